"""Invented monthly figures: small, plausible, enough contributors in every cell that is not empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forms_app.monthly_reports import codes

# (position of the month in the year, nature, category of personnel): one report received each.
_PATTERN = (
    (1, "sexual_exploitation", "partner_ngo"),
    (5, "sexual_abuse", "un_staff"),
    (9, "sexual_exploitation", "un_staff"),
)


def months_back(last: date, count: int) -> list[date]:
    """First days of ``count`` months, the newest being ``last``, oldest first."""
    months = [last]
    while len(months) < count:
        first = months[0]
        months.insert(
            0, date(first.year - (first.month == 1), 12 if first.month == 1 else first.month - 1, 1)
        )
    return months


def previous_month(day: date) -> date:
    """First day of the month before the one of ``day``."""
    return months_back(day.replace(day=1), 2)[0]


def next_month(month: date) -> date:
    """First day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def figures(position: int, month: date) -> dict[str, int] | None:
    """What organization number ``position`` reports for ``month``; None: nothing to report."""
    hits = [
        (nature, personnel)
        for at, nature, personnel in _PATTERN
        if (month.month - 1) % 12 == (at + position) % 12
    ]
    if not hits:
        return None
    return dict(_counts(hits))


def one_report(nature: str, personnel: str) -> dict[str, int]:
    """The figures of a month with one report received."""
    return dict(_counts([(nature, personnel)]))


def _counts(hits: list[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    received = len(hits)
    yield codes.RECEIVED, received
    yield codes.ALREADY_SENT, 0
    for section, index in ((codes.NATURE, 0), (codes.PERSONNEL, 1)):
        for name in section.names:
            yield name, sum(1 for hit in hits if name.endswith(f"__{hit[index]}"))
    for name in codes.ASSISTANCE.names:
        yield name, received if name.endswith("__in_progress") else 0
    for name in codes.INVESTIGATION.names:
        yield name, received if name.endswith(("__new", "__preliminary")) else 0
