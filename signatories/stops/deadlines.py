"""The expected review of a suspension: pure days, Home's rows, and the reminder (network practice).

§4.f sets no term to a suspension: the review is the organization's own day, and nothing happens when it
passes but a reminder to the organization itself. Calendar days of the network's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, MANAGEMENT, OFFICE, Capacity
from intranet.clock import pulse
from intranet.clock.due import DueRow, Job, Standing, WaitingRow
from intranet.clock.wording import long_date
from intranet.notices.models import Notice
from intranet.workflow.registry import subject_of

from ..days import network_day
from ..models import ParticipationEntry, Person
from ..selectors import contacts_for, entries_on, organization_of, position, positions_on
from ..speaking import speaker_on
from ..telling import Words, tell
from . import selectors
from .policy import side_of
from .selectors import Held

REMIND_AT = (-7, 0)  # calendar days from the expected review (network practice)
SHOWN_AHEAD = 14  # calendar days before it that Home shows the row
CATCH_UP_DAYS = 31  # a reminder for a review that passed longer ago is no longer written
STOPPERS = MANAGEMENT | {Capacity.SIGNER}


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder. ``code``: ``T-7`` or ``T``."""

    code: str
    on: date


def steps(review_on: date) -> list[Step]:
    """All reminders of a review, in order."""
    return [Step("T" if days == 0 else f"T{days:+d}", review_on + timedelta(days=days)) for days in REMIND_AT]


def step_now(review_on: date, today: date) -> Step | None:
    """The newest reminder whose day has come: after an outage one mail goes out, not two."""
    if today > review_on + timedelta(days=CATCH_UP_DAYS):
        return None
    return max((s for s in steps(review_on) if s.on <= today), key=lambda s: s.on, default=None)


def remind(now: datetime, dry_run: bool) -> Iterable[str]:
    """Remind the organizations whose expected review is near or has come; numbers alone in the report."""
    today = network_day(now)
    announced = positions_on(date.max)
    due: list[tuple[Held, Step]] = []
    for held in selectors.holding(today).suspensions:
        review_on = held.entry.review_on
        step = step_now(review_on, today) if review_on is not None else None
        if step is not None and announced[held.organization.pk].suspended:  # its end is not announced yet
            due.append((held, step))
    keys = {held.entry.pk: f"stops.review:{held.entry.pk}:{step.code}" for held, step in due}
    kept = Notice.objects.filter(once__startswith="stops.review:").values_list("once", flat=True)
    done = {once.rpartition(":")[0] for once in kept if once}  # one mark a language
    people = contacts_for([held.organization for held, _step in due], today, now)
    written = 0
    for held, _step in due:
        to = list(people[held.organization.pk].management)
        speaker = speaker_on(held.organization, today)
        if speaker is not None and speaker.person is not None and speaker.person not in to:
            to.append(speaker.person)
        if keys[held.entry.pk] in done or not to:
            continue
        if not dry_run:
            _write(held, to, keys[held.entry.pk], now)
        written += 1
    if written:
        yield f"Review of a suspension: {written} organizations reminded."


def _write(held: Held, to: list[Person], once: str, now: datetime) -> None:
    assert held.entry.review_on is not None
    review_on = held.entry.review_on

    def words() -> Words:
        day = long_date(review_on)
        return Words(
            _("Review of your suspension: %s") % day,
            _("Your organization expected to review its suspension of sharing on %s.") % day,
            reverse("take-part"),
        )

    about = subject_of(held.entry)
    tell("stops.review", to, words, now, rule="§4.f", about=about, organization=held.organization, once=once)


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``unacknowledged``: withdrawals that the actor's side has not acknowledged."""
    side = side_of(actor)
    return {} if side is None else {"unacknowledged": pulse.rows_of(selectors.unacknowledged(side), pk="pk")}


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """The own review for those who may resume; a withdrawal to acknowledge for Coordinator and office."""
    if actor.capacity in STOPPERS and actor.organization_id is not None:
        yield from _own_review(actor, now)
    side = side_of(actor)
    if side is not None:
        yield from _to_acknowledge(actor, now)


def _own_review(actor: Actor, now: datetime) -> Iterable[DueRow]:
    organization = organization_of(actor)
    if organization is None:
        return
    today = network_day(now)
    entry = position(organization, today).suspension
    if not isinstance(entry, ParticipationEntry) or entry.review_on is None:
        return
    if today < entry.review_on - timedelta(days=SHOWN_AHEAD):
        return
    if not position(organization, date.max).suspended:
        return  # a resumption or the withdrawal is announced: nothing is left to review
    passed = today > entry.review_on
    yield DueRow(
        what=_("Review the suspension of sharing: resume, or say it anew"),
        url=reverse("take-part"),
        why="§4.f",
        last_day=entry.review_on,
        state=_("Expected review passed") if passed else _("Expected review"),
        standing=Standing.LATE if passed else Standing.SOON,
        do=_("Review"),
        detail=organization.name,
    )


def _to_acknowledge(actor: Actor, now: datetime) -> Iterable[DueRow]:
    waiting = [UUID(row["pk"]) for row in pulse.rows("unacknowledged", actor, now)]
    if not waiting:
        return
    ledger = {entry.pk: entry for entry in entries_on(date.max)}  # read for the whole page anyway
    for entry in (ledger[pk] for pk in waiting):
        if entry.recorded_by_id == actor.user_id:
            continue
        yield DueRow(
            what=_("Acknowledge the withdrawal of %s") % entry.organization.name,
            url=reverse("participation-entry", args=[entry.pk]),
            why="§9.i",
            last_day=None,
            state=_("Not acknowledged"),
            standing=Standing.SOON,
            do=_("Look and acknowledge"),
            detail=_("It takes effect without this."),
        )


def waiting(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    """Stops that hold, for those to whom they are addressed; what the own organization waits for."""
    if actor.capacity in COORDINATION | OFFICE:
        yield from _held(actor, now)
    elif actor.capacity in STOPPERS and actor.organization_id is not None:
        yield from _own(actor, now)


def _held(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    found = selectors.holding(network_day(now))
    for held in found.suspensions:
        yield WaitingRow(
            what=_("Sharing suspended: %s") % held.organization.name,
            url=reverse("participation-entry", args=[held.entry.pk]),
            waits_on=_("the organization"),
            since=held.entry.recorded_at,
            last_day=held.entry.review_on,
        )
    for held in found.flow_stops if actor.capacity in COORDINATION else ():
        yield WaitingRow(
            what=_("Flow of data stopped over %(breach)s: %(organization)s")
            % {"breach": held.entry.breach_reference, "organization": held.organization.name},
            url=reverse("participation-entry", args=[held.entry.pk]),
            waits_on=_("the resolution of the breach"),
            since=held.entry.recorded_at,
        )


def _own(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    organization = organization_of(actor)
    if organization is None:
        return
    found = position(organization, network_day(now))
    stop = found.flow_stop
    if isinstance(stop, ParticipationEntry):
        yield WaitingRow(
            what=_("Your organization stopped the flow of data over %s") % stop.breach_reference,
            url=reverse("participation-entry", args=[stop.pk]),
            waits_on=_("the resolution of the breach"),
            since=stop.recorded_at,
        )
    entry = found.last
    if isinstance(entry, ParticipationEntry) and not found.member and found.endorsement is not None:
        for side, given in selectors.acknowledgements(entry).items():
            if given is None:
                yield WaitingRow(
                    what=_("Acknowledgement of your withdrawal"),
                    url=reverse("participation-entry", args=[entry.pk]),
                    waits_on=side.label,
                    since=entry.recorded_at,
                )


JOBS = (Job("stops.review", "§4.f", remind),)
