"""Clocks and silence of one organization in one round (D25, D26). Pure: facts, calendar and now in.

Silence is derived: the follow-up reached the organization, its business days have passed, and nobody
answered. Nothing here knows the word authorized, so no amount of time can lead to it (§7B.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from intranet.clock.business_days import BusinessCalendar, CalendarNotConfirmed, Counted

from .tokens import UNANSWERED, AskState


@dataclass(frozen=True, slots=True)
class Clock:
    """The running clock as it was counted and told, and what became of its message.

    ``delivered_at``: when the message was handed over, None while it waits in the outbox.
    """

    kind: str
    counted_from: datetime
    business_days: int
    ends_at: datetime
    last_day: date
    calendar_version: str
    delivered_at: datetime | None
    bounced: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it holds now. ``ends_at`` is exclusive (UTC); ``last_day`` in the network's zone.

    ``moved_from``: the last day that was told before the calendar changed, None when unchanged.
    ``missing_year``: a year that nobody confirmed; then nothing can be said to have passed.
    """

    kind: str
    ends_at: datetime
    last_day: date
    calendar_version: str
    counted: Counted | None = None
    moved_from: date | None = None
    missing_year: int | None = None

    def passed(self, now: datetime) -> bool:
        """Whether the deadline is over; never when its year is not confirmed."""
        return self.missing_year is None and now >= self.ends_at


def due(clock: Clock, calendar: BusinessCalendar | None) -> Due:
    """The deadline by today's calendar; without a calendar (closed round) the stored count stands.

    It counts from the day on which the message really left. A change of the calendar moves it only
    later: nobody is told one day and measured by an earlier one (trap 4).
    """
    told = Due(clock.kind, clock.ends_at, clock.last_day, clock.calendar_version)
    if calendar is None:
        return told
    start = max(clock.counted_from, clock.delivered_at or clock.counted_from)
    try:
        counted = calendar.count(start, clock.business_days)
    except CalendarNotConfirmed as missing:
        return replace(told, missing_year=missing.year)
    if counted.ends_at < clock.ends_at:
        return told
    if counted.ends_at == clock.ends_at:
        return replace(told, counted=counted)
    return Due(
        clock.kind,
        counted.ends_at,
        counted.last_day,
        counted.calendar_version,
        counted,
        moved_from=clock.last_day,
    )


@dataclass(frozen=True, slots=True)
class Position:
    """What the clock of one organization needs to know. ``state`` is the stored one."""

    state: str
    clock: Clock
    waits_for_confirmation: bool = False

    @property
    def bounced(self) -> bool:
        """The message of the running clock came back: not silence, a contact to repair (trap 6)."""
        return self.state in UNANSWERED and self.clock.bounced

    @property
    def undelivered(self) -> bool:
        """The message of the running clock has not left yet."""
        return self.state in UNANSWERED and self.clock.delivered_at is None and not self.clock.bounced

    def _passed(self, now: datetime, calendar: BusinessCalendar | None) -> bool:
        if self.waits_for_confirmation or self.clock.bounced or self.clock.delivered_at is None:
            return False
        return due(self.clock, calendar).passed(now)

    def follow_up_is_due(self, now: datetime, calendar: BusinessCalendar | None) -> bool:
        """§7B.2, first half: the focal points did not respond (network practice says by when)."""
        return self.state == AskState.ASKED and self._passed(now, calendar)

    def is_silent(self, now: datetime, calendar: BusinessCalendar | None) -> bool:
        """§7B.2, second half: no response from senior management either. It is not authorization."""
        return self.state == AskState.FOLLOWED_UP and self._passed(now, calendar)
