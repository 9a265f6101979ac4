"""What the pages of this slice are made of: context for templates, nothing decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from intranet.access.http import Request

from . import codes, content, policy
from .codes import ALREADY_SENT, RECEIVED, Section
from .deadlines import Cell, Word
from .models import IntakeVersion, ReportVersion

STYLE: dict[Word, str] = {
    Word.SENT: "sent",
    Word.CORRECTED: "sent",
    Word.NOTHING: "nil",
    Word.DUE: "due",
    Word.LATE: "late",
    Word.MISSING: "late",
    Word.SUSPENDED: "susp",
    Word.FLOW_STOPPED: "susp",
    Word.NOT_SIGNATORY: "na",
    Word.WITHDRAWN: "na",
    Word.NOT_OPEN: "na",
}
STANDING: dict[Word, str] = {
    Word.SENT: "ok",
    Word.CORRECTED: "ok",
    Word.NOTHING: "ok",
    Word.DUE: "soon",
    Word.LATE: "late",
    Word.MISSING: "late",
    Word.SUSPENDED: "quiet",
    Word.FLOW_STOPPED: "quiet",
}


@dataclass(frozen=True)
class Shown:
    """A section of stored counts for reading; ``total`` only where the rows are parts of one number."""

    section: Section
    rows: list[tuple[StrOrPromise, int]]
    total: int | None


def crumbs(request: Request, *more: tuple[StrOrPromise, str]) -> list[dict[str, Any]]:
    """Reporting / …; the last one is the page itself."""
    own = request.actor.capacity in policy.OWN_READERS
    first = {"label": _("Reporting"), "url": reverse("reports" if own else "board")}
    return [first, *({"label": label, "url": url} for label, url in more)]


def shown(asked: content.Form, counts: content.Counts) -> list[Shown]:
    """The sections that a version holds, in order of the page."""
    found = []
    for section in (*asked.after_total, *asked.always):
        if any(name in counts for name in section.names):
            rows = [
                (label, counts.get(name, 0))
                for name, (_code, label) in zip(section.names, section.rows, strict=True)
            ]
            total = content.sum_of(section, counts) if section.parts_of else None
            found.append(Shown(section, rows, total))
    return found


def version_context(version: ReportVersion | IntakeVersion, asked: content.Form) -> dict[str, Any]:
    """A version's figures for reading."""
    counts = content.counts(version.payload)
    return {
        "version": version,
        "received": counts.get(RECEIVED),
        "already_sent": counts.get(ALREADY_SENT),
        "sections": shown(asked, counts),
        "reason": codes.reason_label(version.reason),
    }


def cell_words(cell: Cell) -> str:
    """The word of a cell, and that it came late."""
    if cell.late_days and cell.word in {Word.SENT, Word.NOTHING, Word.CORRECTED}:
        return _("%(word)s, late") % {"word": short_word(cell.word)}
    return str(short_word(cell.word))


def short_word(word: Word) -> StrOrPromise:
    """The word as it fits a cell; the legend says it in full."""
    return (
        _("Nothing")
        if word is Word.NOTHING
        else _("Not signed")
        if word is Word.NOT_SIGNATORY
        else word.label
    )


def chosen(versions: Sequence[Any], wanted: str | None) -> Any:
    """The version with this number, the newest where none is asked or known."""
    return next((v for v in versions if str(v.number) == wanted), versions[0] if versions else None)
