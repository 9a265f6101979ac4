"""What this slice tells in an organization's year: which months were reported when. No figures (D13)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from intranet.clock.wording import month as month_words
from intranet.clock.wording import plain_date
from intranet.papers.paper import Block, Facts, Heading, Table, Text
from signatories.days import network_day
from signatories.register.year import Asked

from . import deadlines, selectors
from .deadlines import Word
from .selectors import MonthRow


def part(asked: Asked) -> tuple[Block, ...]:
    """The year's months that have ended and in which the organization was a signatory. Five queries.

    Due days are those of the confirmed calendar; what came after the due day is said, never judged.
    """
    newest = deadlines.newest_open(network_day(asked.now))
    count = (newest.year - asked.year) * 12 + newest.month
    months = selectors.own_months(asked.organization, asked.now, count) if count > 0 else []
    rows = [row for row in reversed(months) if row.month.year == asked.year]
    heading = Heading(_("Monthly reports"))
    if not rows:
        return (heading, Text(_("No month of this year has ended in which a report was due.")))
    head = (_("Month"), _("Report"), _("Due on"), _("First sent on"))
    lines = tuple(_line(row, asked) for row in rows)
    return (
        heading,
        Facts(_counts(rows)),
        Table(_("Months of the year"), head, lines, widths=(25, 31, 22, 22)),
    )


def _counts(rows: list[MonthRow]) -> tuple[tuple[str, str], ...]:
    counted = Counter(_kind(row) for row in rows)
    words = {
        "on time": _("On time"),
        "late": _("After the due day"),
        "missing": _("Missing"),
        "open": _("Not due yet"),
        "not asked": _("Not asked for"),
    }
    return tuple(
        (label, str(counted[kind]))
        for kind, label in words.items()
        if counted[kind] or kind in {"on time", "late", "missing"}
    )


def _kind(row: MonthRow) -> str:
    if row.is_reported:
        return "late" if row.cell.late_days else "on time"
    if row.cell.word in {Word.DUE, Word.NOT_OPEN}:
        return "open"
    return "missing" if row.is_awaited else "not asked"


def _line(row: MonthRow, asked: Asked) -> tuple[str, str, str, str]:
    word = str(row.cell.word.label)
    if row.is_reported and row.cell.late_days:
        word = _("%(word)s, after the due day") % {"word": word}
    sent_at = getattr(row.report, "sent_at", None)
    sent: date | None = network_day(sent_at) if sent_at else None
    return (
        month_words(row.month, asked.language),
        word,
        plain_date(row.due, asked.language) if row.due else "–",
        plain_date(sent, asked.language) if sent else "–",
    )
