"""The demo's people: a lost phone under way, somebody who leaves, an invitation, answers of the quarter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from signatories import services as people
from signatories.leaving import services as leaving
from signatories.models import Person
from signatories.presence import rounds
from signatories.presence import services as presence
from signatories.presence.models import Reply
from signatories.recovery import services as recovery
from signatories.selectors import posts_held

from .stage import Plan, Stage

ORGANIZATION = "agency-a"
LEAVER = ("agency-d", Capacity.SENIOR_MANAGEMENT)
SILENT = ("zagros", Capacity.PRIMARY_FOCAL_POINT)
LEFT = ("palm", Capacity.SENIOR_MANAGEMENT)
CORRECTED = ("two-rivers", Capacity.SECONDARY_FOCAL_POINT)


def plan(at: Plan, stage: Stage, today: date) -> None:
    """Everything lies a few days back, so that it is under way when somebody looks."""
    began = rounds.round_on(today, 3, 14).begins_on
    at(began + timedelta(days=2), 9, partial(_answer, stage))
    at(today - timedelta(days=4), 14, partial(_invite, stage))
    at(today - timedelta(days=3), 12, partial(_leave, stage))
    at(today - timedelta(days=1), 15, partial(_lose_a_phone, stage))


def _answer(stage: Stage) -> None:
    """Most say yes; one left, one wants a correction, one stays silent."""
    for (key, capacity), member in list(stage.members.items()):
        if (key, capacity) == SILENT or not posts_held(member.person, stage.clock.today):
            continue
        reply, note = Reply.YES, ""
        if (key, capacity) == LEFT:
            reply, note = Reply.LEFT, "moved to another country (example)"
        elif (key, capacity) == CORRECTED:
            reply, note = Reply.CORRECT, "the duty station is Basrah now (example)"
        presence.answer(member.person, reply, member.actor(stage.now), stage.now, note)


def _invite(stage: Stage) -> None:
    """A Head of Agency fills an own post and invites; nobody has come in yet."""
    head = stage.members[ORGANIZATION, Capacity.HEAD_OF_AGENCY]
    person = Person(name="Noor Example-New", email=f"new-member@{ORGANIZATION}.example", language="ar")
    people.appoint(
        person, head.organization, Capacity.MEMBER, stage.clock.today, head.actor(stage.now), stage.now
    )
    people.invite_person(person, head.actor(stage.now), stage.clock.tick())


def _leave(stage: Stage) -> None:
    """Announced some days ahead, to the hour."""
    member = stage.members[LEAVER]
    head = stage.members[LEAVER[0], Capacity.HEAD_OF_AGENCY]
    day = stage.clock.today + timedelta(days=9)
    leaves_at = datetime.combine(day, time(14), stage.clock.zone)
    leaving.leave(
        member.person, member.organization, leaves_at, head.actor(stage.now), stage.now, "end of contract"
    )


def _lose_a_phone(stage: Stage) -> None:
    """A colleague has vouched; the Coordinator's confirmation is still missing."""
    lost = stage.members[ORGANIZATION, Capacity.SENIOR_MANAGEMENT]
    voucher = stage.members[ORGANIZATION, Capacity.SECONDARY_FOCAL_POINT]
    for member in (lost, voucher):
        Authenticator.objects.get_or_create(user=member.user, name="default")  # as their first enrolment did
    recovery.vouch(
        lost.user,
        recovery.Identity("video", "face and voice; named the day of the appointment (example)"),
        voucher.actor(stage.now),
        stage.now,
    )
