"""The clock of a succession: five business days to verify (network practice, not protocol text). Pure.

Passing it means "overdue" on screens and one notice; nothing ever turns time into a yes or a no (D26).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from intranet.clock.business_days import BusinessCalendar, CalendarNotConfirmed, Counted

from .models import Succession, SuccessionState

VERIFY_DAYS = 5  # business days, network practice


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it holds now. ``ends_at``: exclusive, UTC; ``last_day``: in the network's time zone."""

    ends_at: datetime
    last_day: date
    counted: Counted | None
    overdue: bool


def due(succession: Succession, calendar: BusinessCalendar, now: datetime) -> Due | None:
    """The deadline by today's calendar, while it runs; None where no calendar could name a day.

    A holiday announced late moves it only later: nobody is told one day and measured by an earlier one.
    """
    if succession.state != SuccessionState.VERIFYING or succession.counted_from is None:
        return None
    try:
        counted = calendar.count(succession.counted_from, VERIFY_DAYS)
    except CalendarNotConfirmed:
        counted = None
    told, last_day = succession.ends_at, succession.last_day
    if counted is not None and (told is None or counted.ends_at >= told):
        return Due(counted.ends_at, counted.last_day, counted, now >= counted.ends_at)
    if told is None or last_day is None:
        return None
    return Due(told, last_day, None, now >= told)
