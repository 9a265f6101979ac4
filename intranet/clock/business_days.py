"""Business days of the network (D25). Pure: facts and calendar in, instant and explanation out."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class CalendarNotConfirmed(Exception):
    """A date needs a year whose non-working days nobody has confirmed: an error, never a guess."""

    def __init__(self, year: int) -> None:
        super().__init__(f"The calendar of non-working days for {year} is not confirmed.")
        self.year = year


class DayKind(StrEnum):
    START = "start"  # the day of sending, not counted
    COUNTED = "counted"
    WEEKEND = "weekend"
    NON_WORKING = "non_working"


@dataclass(frozen=True, slots=True)
class Day:
    """One line of "how is this counted": ``number`` of the business day, 0 where not counted."""

    on: date
    kind: DayKind
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted deadline: the instant it ends (UTC, exclusive) and every day of the way there."""

    ends_at: datetime
    last_day: date
    days: tuple[Day, ...]
    calendar_version: str


@dataclass(frozen=True)
class BusinessCalendar:
    """``weekend``: ISO weekdays (5 = Friday). ``non_working``: dates with their names, for one region.

    ``confirmed_years``: years whose list somebody confirmed. ``version``: stored with each deadline.
    ``announced``: days of ``non_working`` that somebody entered by hand, with the day on which it was done.
    """

    timezone: ZoneInfo
    weekend: frozenset[int]
    non_working: Mapping[date, str]
    confirmed_years: frozenset[int]
    version: str
    announced: Mapping[date, date] = field(default_factory=dict)

    def without(self, days: Set[date]) -> BusinessCalendar:
        """The calendar as it was before ``days`` were announced."""
        return replace(
            self,
            non_working={on: name for on, name in self.non_working.items() if on not in days},
            announced={on: told for on, told in self.announced.items() if on not in days},
        )

    def local_date(self, instant: datetime) -> date:
        """The calendar date of a UTC instant in the network's time zone."""
        return instant.astimezone(self.timezone).date()

    def start_of(self, day: date) -> datetime:
        """00:00 of ``day`` in the network's time zone, as UTC."""
        return datetime.combine(day, time.min, self.timezone).astimezone(UTC)

    def is_business_day(self, day: date) -> bool:
        """Raises CalendarNotConfirmed when the year is not confirmed."""
        return self._kind(day) is DayKind.COUNTED

    def count(self, sent_at: datetime, business_days: int) -> Counted:
        """The deadline ``business_days`` after ``sent_at``.

        The day of sending is not counted; the deadline ends at 00:00 after the last counted day, so
        an answer strictly before it is in time (§7B.2, D25).
        """
        if business_days < 1:
            raise ValueError("business_days must be at least 1")
        day = self.local_date(sent_at)
        days = [Day(day, DayKind.START)]
        number = 0
        while number < business_days:
            day += timedelta(days=1)
            kind = self._kind(day)
            if kind is DayKind.COUNTED:
                number += 1
                days.append(Day(day, kind, number))
            else:
                days.append(Day(day, kind, name=self.non_working.get(day, "")))
        return Counted(self.start_of(day + timedelta(days=1)), day, tuple(days), self.version)

    def business_day_on_or_before(self, day: date) -> date:
        """The due day itself, or the business day before it (D37)."""
        while not self.is_business_day(day):
            day -= timedelta(days=1)
        return day

    def business_day_on_or_after(self, day: date) -> date:
        """The day itself, or the business day after it."""
        while not self.is_business_day(day):
            day += timedelta(days=1)
        return day

    def business_day_before(self, day: date, business_days: int) -> date:
        """The business day that lies ``business_days`` before ``day``; ``day`` itself is not counted."""
        for _step in range(business_days):
            day = self.business_day_on_or_before(day - timedelta(days=1))
        return day

    def business_days_left(self, now: datetime, last_day: date) -> int:
        """Business days after today up to and including ``last_day``; negative when it has passed."""
        today = self.local_date(now)
        step = 1 if last_day >= today else -1
        left, day = 0, today
        while day != last_day:
            day += timedelta(days=step)
            left += step if self.is_business_day(day if step > 0 else day + timedelta(days=1)) else 0
        return left

    def _kind(self, day: date) -> DayKind:
        if day.year not in self.confirmed_years:
            raise CalendarNotConfirmed(day.year)
        if day in self.non_working:
            return DayKind.NON_WORKING
        return DayKind.WEEKEND if day.isoweekday() in self.weekend else DayKind.COUNTED
