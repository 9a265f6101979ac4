"""Two editions side by side: the page, and the Word file with tracked changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from intranet.access.policy import screen
from intranet.clock import wording
from intranet.files.store import DOCX
from intranet.listing import listed

from . import exports, selectors, withheld
from .compare import Change, Comparison, Fate, Row, compare
from .models import Edition
from .redline import RedlineFault
from .views import find_edition

WORDS: dict[Change, StrOrPromise] = {
    Change.UNCHANGED: _("Unchanged"),
    Change.CHANGED: _("Changed"),
    Change.ADDED: _("Added"),
    Change.REMOVED: _("Removed"),
    Change.MOVED: _("Moved"),
    Change.RENUMBERED: _("Renumbered"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the template shows it. ``pieces``: (text, tag, hidden word) for each run of words."""

    row: Row
    state: str
    labels: str
    pieces: tuple[tuple[str, str, str], ...]


def shown_row(row: Row) -> ShownRow:
    """A row with its words, in the reader's language."""
    tags = {
        Fate.SAME: ("", ""),
        Fate.ADDED: ("ins", str(_("Added"))),
        Fate.REMOVED: ("del", str(_("Removed"))),
    }
    return ShownRow(
        row=row,
        state=listed(str(WORDS[change]) for change in row.changes),
        labels=row.block.labels,
        pieces=tuple((piece.text, *tags[piece.fate]) for piece in row.pieces),
    )


@lru_cache(maxsize=64)
def _comparison(old: Edition, new: Edition) -> Comparison:
    """Frozen texts compare the same for ever."""
    return compare(selectors.blocks_of(old), selectors.blocks_of(new))


def summary_of(comparison: Comparison) -> str:
    """ "3 clauses changed, 1 added, 0 removed", and what moved or got another number where any did."""
    counts = comparison.counts
    changed, added, removed = counts[Change.CHANGED], counts[Change.ADDED], counts[Change.REMOVED]
    parts = [
        ngettext("%s paragraph changed", "%s paragraphs changed", changed) % changed,
        ngettext("%s added", "%s added", added) % added,
        ngettext("%s removed", "%s removed", removed) % removed,
    ]
    if moved := counts[Change.MOVED]:
        parts.append(ngettext("%s moved", "%s moved", moved) % moved)
    if renumbered := counts[Change.RENUMBERED]:
        parts.append(ngettext("%s renumbered", "%s renumbered", renumbered) % renumbered)
    return listed(parts)


def _annex(old: Edition, new: Edition) -> tuple[list[str], list[str]]:
    """Names that came into and left the annex of signatories."""
    before, after = set(old.annex), set(new.annex)
    return [name for name in new.annex if name not in before], [
        name for name in old.annex if name not in after
    ]


@require_safe
@screen(_("Protocol: compare two editions"), rule="D7")
def compare_editions(request: HttpRequest, old: tuple[int, int], new: tuple[int, int]) -> HttpResponse:
    """What changed between two editions, the summary first; ``?all=1`` shows the unchanged text too."""
    earlier, later = find_edition(old), find_edition(new)
    comparison = _comparison(earlier, later)
    whole = request.GET.get("all") == "1"
    came, left = _annex(earlier, later)
    context: dict[str, Any] = {
        "old": earlier,
        "new": later,
        "since": {
            "old": wording.plain_date(earlier.effective_from),
            "new": wording.plain_date(later.effective_from),
        },
        "same": comparison.same,
        "summary": summary_of(comparison),
        "rows": [shown_row(row) for row in (comparison.rows if whole else comparison.changed_rows)],
        "whole": whole,
        "annex_came": came,
        "annex_left": left,
        "editions": selectors.editions(),
    }
    return render(request, "protocol_pages/compare/page.html", context)


@require_safe
@screen(_("Protocol: choose two editions to compare"), rule="D7")
def choose_editions(request: HttpRequest) -> HttpResponse:
    """``?old=v1&new=v2`` leads to the comparison; without, the last two texts that differ."""
    every = selectors.editions()
    if not every:
        raise Http404
    by_slug = {edition.slug: edition for edition in every}
    old, new = by_slug.get(request.GET.get("old", "")), by_slug.get(request.GET.get("new", ""))
    if old is None or new is None:
        new = every[-1]
        old = next((edition for edition in reversed(every) if edition.sha256 != new.sha256), every[0])
    return redirect("protocol-compare", old.slug, new.slug)


@require_safe
@screen(_("Protocol: Word file with tracked changes between two editions"), rule="D7")
def redline_file(request: HttpRequest, old: tuple[int, int], new: tuple[int, int]) -> HttpResponse:
    """The Word file; it proves itself each time it is made, or is not given out."""
    earlier, later = find_edition(old), find_edition(new)
    try:
        data = exports.redline(earlier, later)
    except RedlineFault as fault:
        return withheld.page(request, fault, reverse("protocol-compare", args=[earlier.slug, later.slug]))
    response = HttpResponse(data, content_type=DOCX)
    name = f"protocol-{earlier.slug}-{later.slug}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
