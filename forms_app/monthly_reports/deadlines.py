"""Due days, words of the month grid and reminder steps: pure functions of facts, calendar and today.

The due day and the reminder days are network practice, not protocol text: §6.1 says "on a monthly basis".
"""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from intranet.clock.business_days import BusinessCalendar
from signatories.stops.matrix import Stop

REMIND_AT = (-5, 0, 3, 7)  # calendar days from the due day, to the focal points (network practice)
MANAGEMENT_AT = 10  # calendar days after the due day, to senior management (network practice)
MISSING_AFTER = 7  # calendar days after the due day: the last reminder to the focal points is out
CATCH_UP_DAYS = 31  # a reminder for a month that was due longer ago is no longer written


class Word(StrEnum):
    """The word in a cell of the month grid; derived, never stored."""

    NOT_OPEN = "not_open"
    DUE = "due"
    SENT = "sent"
    NOTHING = "nothing_to_report"
    LATE = "late"
    CORRECTED = "corrected"
    NOT_SIGNATORY = "not_signatory"
    SUSPENDED = "suspended"
    FLOW_STOPPED = "flow_stopped"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"

    @property
    def label(self) -> StrOrPromise:
        return LABELS[self]


LABELS: dict[Word, StrOrPromise] = {
    Word.NOT_OPEN: _("Not open yet"),
    Word.DUE: _("Due"),
    Word.SENT: _("Sent"),
    Word.NOTHING: _("Nothing to report"),
    Word.LATE: _("Late"),
    Word.CORRECTED: _("Corrected"),
    Word.NOT_SIGNATORY: _("Not a signatory then"),
    Word.SUSPENDED: _("Suspended"),
    Word.FLOW_STOPPED: _("Flow stopped"),
    Word.WITHDRAWN: _("Withdrawn"),
    Word.MISSING: _("Missing"),
}
REPORTED = frozenset({Word.SENT, Word.NOTHING, Word.CORRECTED})
AWAITED = frozenset({Word.DUE, Word.LATE, Word.MISSING})
NOT_THERE = frozenset({Word.NOT_SIGNATORY, Word.WITHDRAWN})
RESTING = {Stop.SUSPENSION: Word.SUSPENDED, Stop.FLOW_STOP: Word.FLOW_STOPPED}  # §4.f, §9.f


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one organization in one month.

    ``rests``: the stop that let the duty rest, or ended it, at the month's end or on its due day. ``state``: the
    state of the report, "" when there is none.
    """

    signatory: bool
    rests: Stop | None = None
    state: str = ""
    sent_on: date | None = None  # local date of the first version


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. ``late_days``: calendar days after the due day that it came, 0 if in time."""

    word: Word
    late_days: int = 0


def first_of(day: date) -> date:
    """The first day of a date's month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=months.monthrange(month.year, month.month)[1])


def shifted(month: date, by: int) -> date:
    """The first day of the month ``by`` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def opens_on(month: date) -> date:
    """A month's figures may be sent from the first day after the month."""
    return shifted(month, 1)


def newest_open(today: date) -> date:
    """The newest month that has ended."""
    return shifted(first_of(today), -1)


def due_on(month: date, calendar: BusinessCalendar, due_day: int) -> date:
    """The due day of ``month``: day ``due_day`` of the following month, or the business day before it (D37).

    A ``due_day`` beyond the month's end means its last day. A day off that was announced when the day before it
    had come moves nothing: nobody is measured by a day that had passed. Raises CalendarNotConfirmed.
    """
    following = shifted(month, 1)
    wanted = following.replace(day=min(max(due_day, 1), last_of(following).day))
    due = calendar.business_day_on_or_before(wanted)
    while late := {day for day, told in calendar.announced.items() if due < day <= wanted and told >= due}:
        calendar = calendar.without(late)  # announced when the day before had come: too late to move to it
        due = calendar.business_day_on_or_before(wanted)
    return due


def due_by(month: date, calendar: BusinessCalendar, settings: Sequence[tuple[date, int]]) -> date:
    """The due day by the setting that was in force when the month opened; a change while it is open may only
    give more time: nobody is told one day and measured by an earlier one (trap 4).

    ``settings``: since which day which due day is set, oldest first, the first one from the beginning on.
    """
    opens = opens_on(month)
    due = due_on(month, calendar, [day for since, day in settings if since <= opens][-1])
    for since, day in settings:
        if opens < since <= due:
            due = max(due, due_on(month, calendar, day))
    return due


def cell(facts: Facts, month: date, due: date, today: date) -> Cell:
    """The word for one organization and month, read on ``today``. A stop or a gap is never a zero (trap 20).

    What comes after a stop is not marked late (§9.e).
    """
    if facts.state:
        late = max(0, (facts.sent_on - due).days) if facts.sent_on and facts.rests is None else 0
        return Cell(Word(facts.state), late)
    if not facts.signatory:
        return Cell(Word.WITHDRAWN if facts.rests is Stop.WITHDRAWAL else Word.NOT_SIGNATORY)
    if facts.rests is not None:
        return Cell(RESTING[facts.rests])
    if today < opens_on(month):
        return Cell(Word.NOT_OPEN)
    if today <= due:
        return Cell(Word.DUE)
    return Cell(
        Word.LATE if today <= due + timedelta(days=MISSING_AFTER) else Word.MISSING, (today - due).days
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder. ``code``: ``T-5``, ``T``, ``T+3``, ``T+7``, ``T+10``."""

    code: str
    on: date
    to_management: bool = False


def steps(month: date, due: date) -> list[Step]:
    """All reminders of a month, in order; none before the month can be sent."""
    opens = opens_on(month)
    to_focal_points = [Step(_code(days), max(opens, due + timedelta(days=days))) for days in REMIND_AT]
    return [*to_focal_points, Step(_code(MANAGEMENT_AT), due + timedelta(days=MANAGEMENT_AT), True)]


def step_now(month: date, due: date, today: date) -> Step | None:
    """The newest reminder whose day has come: after an outage one mail goes out, not four."""
    if today > due + timedelta(days=CATCH_UP_DAYS):
        return None
    return max((s for s in steps(month, due) if s.on <= today), key=lambda s: s.on, default=None)


def _code(days: int) -> str:
    return "T" if days == 0 else f"T{days:+d}"
