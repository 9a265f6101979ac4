"""The table of dispositions as a Word file: clause by clause, who asked for what, what became of it and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from intranet.clock.wording import long_date, plain_date
from intranet.network.models import NetworkSettings
from intranet.papers import word
from intranet.papers.letterhead import Language
from intranet.papers.paper import Block, Facts, Heading, Paper, Quote, Table, Text
from intranet.papers.sender import letterhead
from protocol_pages.editions.wordfile.ids import is_rtl
from signatories.days import network_day

from . import selectors
from .models import Disposition, ReviewComment, ReviewCycle


def dispositions(cycle: ReviewCycle, rows: list[ReviewComment], now: datetime) -> bytes:
    """The Word file, in the reader's language where papers speak it. ``now``: UTC. Raises ``LetterFault``."""
    language: Language = "ar" if translation.get_language() == "ar" else "en"
    with translation.override(language):
        paper = Paper(
            kind="dispositions",
            language=language,
            letterhead=letterhead(NetworkSettings.current()),
            number="",
            day=network_day(now),
            title=_("Annual review %s: comments and dispositions") % cycle.year,
            blocks=(Facts(_facts(cycle, now, language)), *_clauses(rows)),
        )
        return word.render(paper)


def _facts(cycle: ReviewCycle, now: datetime, language: Language) -> tuple[tuple[str, str], ...]:
    assert cycle.edition is not None
    decision = getattr(cycle, "decision", None)
    facts = [
        (_("Text under review"), _("Edition %s") % cycle.edition.label),
        (_("Due"), long_date(cycle.due_on, language)),
    ]
    if decision is not None:
        facts += [
            (_("Outcome"), decision.get_outcome_display()),
            (_("Decided by"), f"{decision.decided_by}, {plain_date(decision.decided_on, language)}"),
            (_("Answered"), f"{decision.answered} / {decision.asked}"),
        ]
    else:
        tally = selectors.tally(cycle, selectors.day_of(cycle, now))
        facts.append((_("Answered so far"), f"{tally.answered} / {tally.asked}"))
    return tuple(facts)


def _clauses(rows: list[ReviewComment]) -> Iterator[Block]:
    if not rows:
        yield Text(_("No comment stands."))
    seen: set[str] = set()
    for first in rows:
        if first.block_id in seen:
            continue
        seen.add(first.block_id)
        yield Heading(first.label)
        runs: Language = "ar" if is_rtl(first.today_text) else "en"
        yield Quote(first.today_text, _("Today’s text"), runs)
        yield Table(
            _("Comments on %s") % first.label,
            (_("No."), _("Organization"), _("Comment and proposed wording"), _("Disposition and reason")),
            tuple(_line(row) for row in rows if row.block_id == first.block_id),
            end_aligned=frozenset({0}),
            widths=(6, 18, 39, 37),
        )


def _line(row: ReviewComment) -> tuple[str, str, str, str]:
    """A line each for label and words: words of another language keep their own direction."""
    said = f"{row.get_kind_display()}\n{row.comment}"
    if row.proposed_text:
        said += "\n" + _("Proposed wording") + f"\n{row.proposed_text}"
    became = row.get_state_display()
    if row.state != Disposition.OPEN:
        became += f"\n{row.reason}"
    if row.state == Disposition.PARTLY:
        became += "\n" + _("Wording for the draft") + f"\n{row.wording}"
    return str(row.number), row.organization.name_en, said, became
