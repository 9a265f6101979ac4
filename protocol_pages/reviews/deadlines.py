"""When the annual review is upcoming, open, due, overdue (§8, D6), and its reminders. Pure but for Home's rows.

Calendar days of the network's time zone. Due each 31 January; it opens 60 days before (network practice).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from protocol_pages.editions.review import DUE_DAY, DUE_MONTH
from signatories.days import network_day
from signatories.selectors import positions_on

from . import selectors
from .models import AnswerState, CycleState, ReviewAnswer, ReviewCycle

OPENS_BEFORE = 60  # calendar days
REMIND_AT = (-60, -30, -14, 0)  # calendar days from the due day: to organizations without an answer
WEEK = 7  # after the due day, to those who keep the review alone


class Stage(models.TextChoices):
    """Where the review of a year stands on a day, while nobody has closed it."""

    UPCOMING = "upcoming", gettext_lazy("Upcoming")
    OPEN = "open", gettext_lazy("Open")
    DUE = "due", gettext_lazy("Due today")
    OVERDUE = "overdue", gettext_lazy("Overdue")


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder. ``code``: ``T-60`` ... ``T``, ``T+7`` ...; ``on``: its calendar day."""

    code: str
    on: date

    @property
    def days(self) -> int:
        """Days from the due day; negative before it."""
        return int(self.code[1:] or 0)


def due_on(year: int) -> date:
    """31 January of the year, the anniversary of the approval (D6)."""
    return date(year, DUE_MONTH, DUE_DAY)


def opens_on(year: int) -> date:
    """The day on which the review of a year opens."""
    return due_on(year) - timedelta(days=OPENS_BEFORE)


def year_of(today: date) -> int:
    """The year of the review that comes next on a day, the due day itself included."""
    return today.year if today <= due_on(today.year) else today.year + 1


def stage(year: int, today: date) -> Stage:
    """Where the review of a year stands, as long as it is not closed."""
    if today < opens_on(year):
        return Stage.UPCOMING
    if today < due_on(year):
        return Stage.OPEN
    return Stage.DUE if today == due_on(year) else Stage.OVERDUE


def step_now(year: int, today: date) -> Step | None:
    """The newest reminder whose day has come: after an outage one mail goes out, not all that were missed."""
    due = due_on(year)
    days = list(REMIND_AT)
    weeks = (today - due).days // WEEK
    if weeks > 0:
        days.append(weeks * WEEK)
    come = [number for number in days if due + timedelta(days=number) <= today]
    if not come:
        return None
    newest = max(come)
    return Step("T" if newest == 0 else f"T{newest:+d}", due + timedelta(days=newest))


SHAPES = {
    Stage.UPCOMING: Standing.QUIET,
    Stage.OPEN: Standing.OPEN,
    Stage.DUE: Standing.SOON,
    Stage.OVERDUE: Standing.LATE,
}


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``review_year`` of the review under way (0: none), ``review_answered`` by the own organization,
    ``review_waiting``: answers from outside that the actor's organization, or the office, may confirm.
    """
    running = ReviewCycle.objects.filter(state=CycleState.RUNNING).order_by("year").values("year")[:1]
    wanted: dict[str, Any] = {"review_year": Coalesce(Subquery(running), 0)}
    answers = ReviewAnswer.objects.filter(cycle__state=CycleState.RUNNING)
    waiting = answers.filter(state=AnswerState.WAITING)
    if actor.capacity in OFFICE:
        wanted["review_waiting"] = pulse.number_of(waiting.exclude(by_id=actor.user_id))
    elif actor.capacity in ORGANIZATION_POSTS and actor.organization_id is not None:
        own = {"organization": actor.organization_id}
        wanted["review_waiting"] = pulse.number_of(waiting.filter(**own))
        counted = answers.exclude(state=AnswerState.DENIED).filter(**own)
        wanted["review_answered"] = pulse.number_of(counted)
    return wanted


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Answer it; confirm what was recorded from outside; close it."""
    year = pulse.number("review_year", actor, now)
    if not year:
        return
    today = network_day(now)
    found = stage(year, today)
    cycle = selectors.running() if pulse.number("review_waiting", actor, now) else None
    if cycle is not None:
        for answer in selectors.waiting(cycle):
            mine = actor.capacity in OFFICE or answer.organization_id == actor.organization_id
            if mine and answer.by_id != actor.user_id:
                yield _confirm(cycle, answer, found)
    if actor.capacity in COORDINATION:
        yield DueRow(
            what=_("Annual review %(year)s: close it with a decision record") % {"year": year},
            url=reverse("review", args=[year]),
            why="§8",
            last_day=due_on(year),
            state=found.label,
            standing=SHAPES[found],
            do=pgettext("button", "Open"),
        )
    elif actor.capacity in ORGANIZATION_POSTS and not pulse.number("review_answered", actor, now):
        yield from _answer(year, found, today, actor)


def _answer(year: int, found: Stage, today: date, actor: Actor) -> Iterable[DueRow]:
    position = positions_on(today).get(actor.organization_id) if actor.organization_id else None
    if position is None or not position.member:
        return
    yield DueRow(
        what=_("Annual review %(year)s: answer for your organization") % {"year": year},
        url=reverse("review", args=[year]),
        why="§8",
        last_day=due_on(year),
        state=found.label,
        standing=SHAPES[found],
        do=_("Answer"),
        detail=_("“No change”, or a comment on a clause. Silence is no answer."),
    )


def _confirm(cycle: ReviewCycle, answer: ReviewAnswer, found: Stage) -> DueRow:
    return DueRow(
        what=_("Annual review: confirm an answer that arrived outside"),
        url=reverse("review-answer", args=[answer.pk]),
        why="D17",
        last_day=cycle.due_on,
        state=_("Not confirmed"),
        standing=SHAPES[found],
        do=_("Look and confirm"),
    )
