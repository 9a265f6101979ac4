"""The demo's people: languages and duty stations, agreements, a new name, a successor named ahead (invented)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

from intranet.access.roles import Capacity
from intranet.clock.services import DayFacts, add_day
from signatories import services as people
from signatories.agreements import services as agreements
from signatories.agreements.services import Assessment, Terms
from signatories.models import Person
from signatories.names import Names

from .stage import Stage

REGION = "Kurdistan Region"
IN_THE_REGION = "zagros"
RENAMED = "marshland"
SUCCEEDED = "agency-c"
UNREACHABLE = ("al-nahda", Capacity.HEAD_OF_AGENCY)
IN_TWO = ("two-rivers", Capacity.SENIOR_MANAGEMENT)
_TOWNS = ("Baghdad", "Erbil", "Basra", "Mosul", "Duhok", "Kirkuk")
_SPOKEN = (["ar", "en"], ["ckb", "en", "ar"], ["ar"], ["en", "fr"], ["ar", "ckb"], ["kmr", "ar", "en"])


class Played(Protocol):
    """What this module needs of the demo."""

    stage: Stage
    until: datetime

    def at(self, day: date, hour: int, play: Callable[[], object]) -> None:
        """Plan a scene."""


def plan(demo: Played) -> None:
    """What is there from the beginning, at once; what happens later, as scenes."""
    stage = demo.stage
    today = demo.until.astimezone(stage.clock.zone).date()
    _describe(stage)
    _region(stage)
    for key, name in (("agency-a", "EAA (example)"), ("al-nahda", "نهضة للإغاثة (مثال)")):
        people.add_other_name(stage.organizations[key], name, stage.coordinator, stage.clock.tick())
    _agreements(stage, today)
    demo.at(today - timedelta(days=150), 11, lambda: _rename(stage))
    demo.at(today - timedelta(days=12), 11, lambda: _name_a_successor(stage, today + timedelta(days=20)))
    demo.at(today - timedelta(days=9), 12, lambda: _in_two_organizations(stage))
    demo.at(today - timedelta(days=3), 12, lambda: _mail_came_back(stage))


def _describe(stage: Stage) -> None:
    """Everybody writes their own details; every fourth leaves the phone out."""
    for number, ((_key, _capacity), member) in enumerate(stage.members.items()):
        values = {
            "languages": _SPOKEN[number % len(_SPOKEN)],
            "duty_station": _TOWNS[number % len(_TOWNS)],
            "phone": "" if number % 4 else f"+964 000 000 {number:04}",
        }
        people.describe_person(member.person, values, member.actor(stage.now), stage.now)
    stage.clock.tick()


def _region(stage: Stage) -> None:
    """A region with a day of its own, and an organization in it."""
    day = DayFacts(date(stage.clock.today.year, 12, 17), "Regional day (example)", region=REGION)
    add_day(day, stage.coordinator, stage.now)
    organization = stage.organizations[IN_THE_REGION]
    people.correct_organization(
        organization, {"region": REGION}, stage.coordinator, stage.clock.tick(), "seat in the region"
    )


def _agreements(stage: Stage, today: date) -> None:
    """One in force, one that ends soon with an expired assessment, one without a clause, one that ended."""
    begun = stage.clock.today
    month = timedelta(days=30)
    clause = begun - timedelta(days=20)
    for number, (partner, agency, ends_on, has_clause, assessment) in enumerate(
        (
            ("al-nahda", "agency-a", today + 12 * month, True, _assessed(begun, today + 14 * month, "full")),
            ("tigris-aid", "agency-a", today + month, True, _assessed(begun, today - month, "medium")),
            ("zagros", "agency-a", None, False, None),
            ("tigris-aid", "agency-b", today + 6 * month, True, _assessed(begun, today + month, "low")),
            ("two-rivers", "agency-c", today - 3 * month, True, None),
        ),
        start=1,
    ):
        agreements.record_agreement(
            stage.organizations[partner],
            stage.organizations[agency],
            Terms(
                begins_on=begun,
                ends_on=ends_on,
                psea_clause=has_clause,
                psea_clause_on=clause if has_clause else None,
                reference=f"PCA-{begun.year}-{number:02} (example)",
                partner_portal_id=f"0000{number:03}",
            ),
            stage.actor(agency, Capacity.PRIMARY_FOCAL_POINT) if number % 2 else stage.coordinator,
            stage.clock.tick(),
            assessment,
        )


def _assessed(on: date, valid_until: date, rating: str) -> Assessment:
    return Assessment(on - timedelta(days=40), rating, valid_until)


def _rename(stage: Stage) -> None:
    organization = stage.organizations[RENAMED]
    people.rename_organization(
        organization,
        Names("Marshland Water and Sanitation (example)", "مياه الأهوار والإصحاح (مثال)"),
        stage.clock.today,
        stage.coordinator,
        stage.now,
        "Registration decision 12 (example)",
    )


def _name_a_successor(stage: Stage, last_day: date) -> None:
    """The secondary focal point leaves on a day ahead; who follows is named already."""
    member = stage.members[SUCCEEDED, Capacity.SECONDARY_FOCAL_POINT]
    post = member.person.posts.get(organization=member.organization, capacity=member.capacity)
    people.end_post(post, last_day, stage.coordinator, stage.now, "end of assignment")
    people.appoint(
        Person(name="Shirin Example-Next", email=f"next@{SUCCEEDED}.example"),
        member.organization,
        member.capacity,
        last_day + timedelta(days=1),
        stage.coordinator,
        stage.clock.tick(),
        instrument="Letter of the Head of Agency (example)",
    )


def _in_two_organizations(stage: Stage) -> None:
    """One account in two organizations: it acts for one at a time."""
    person = stage.members[IN_TWO].person
    home = stage.organizations["palm"]
    people.appoint(person, home, Capacity.MEMBER, stage.clock.today, stage.coordinator, stage.now)


def _mail_came_back(stage: Stage) -> None:
    """A contact to repair."""
    people.note_bounce(stage.members[UNREACHABLE].person, stage.coordinator, stage.now)
