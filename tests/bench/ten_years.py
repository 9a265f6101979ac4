"""Ten years of a network's ledger, posts and histories, written straight into the tables for measuring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from intranet.access.roles import Capacity
from signatories.models import (
    AliasKind,
    EntryKind,
    Organization,
    OrganizationAlias,
    ParticipationEntry,
    Person,
    Post,
)

FIRST = date(2016, 2, 1)
LAST = date(2026, 1, 31)
ENTRIES = 40  # of each organization, a quarter of a year apart
_POSTS = (Capacity.HEAD_OF_AGENCY, Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT)
_TURNS = 5  # holders of each post, two years each


def build(organizations: int) -> None:
    """Each organization with forty entries and five holders of each post in turn; every tenth had another name
    in its first five years."""
    made = [
        Organization(kind="un_agency", name_en=f"Ten Years {n:03}", active_from=FIRST)
        for n in range(organizations)
    ]
    Organization.objects.bulk_create(made)
    ParticipationEntry.objects.bulk_create(_entry(item, n) for item in made for n in range(ENTRIES))
    OrganizationAlias.objects.bulk_create(
        OrganizationAlias(
            organization=item, kind=AliasKind.FORMER, name=f"Former {item.name_en}", held_until=_then(20)
        )
        for item in made[::10]
    )
    holders = [(item, capacity, turn) for item in made for capacity in _POSTS for turn in range(_TURNS)]
    people = [
        Person(name=f"Person {n}", email=f"b{n}.{uuid4().hex[:8]}@example.org") for n in range(len(holders))
    ]
    Person.objects.bulk_create(people)
    _histories(people)
    Post.objects.bulk_create(_post(person, *holder) for person, holder in zip(people, holders, strict=True))


def _then(number: int) -> date:
    return FIRST + timedelta(days=91 * number)


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def _histories(people: list[Person]) -> None:
    """The first row of everybody's history."""
    model = Person.history.model
    names = [field.attname for field in model.tracked_fields]
    model.objects.bulk_create(
        model(
            **{name: getattr(person, name) for name in names},
            history_date=_instant(FIRST),
            history_type="+",
            history_actor="bench",
            history_capacity="system",
        )
        for person in people
    )


def _entry(item: Organization, number: int) -> ParticipationEntry:
    kinds = (EntryKind.ENDORSED, EntryKind.SUSPENDED, EntryKind.RESUMED, EntryKind.ENDORSED)
    return ParticipationEntry(
        organization=item,
        number=number + 1,
        kind=EntryKind.WITHDRAWN if number == 30 else kinds[number % 4],
        in_effect=True,
        effective_on=_then(number),
        recorded_at=_instant(_then(number)),
        edition_number=number // 8 + 1,
        edition_label=str(number // 8 + 1),
        edition_sha256="ab" * 32,
        signer_name="Signer (invented)",
        signer_title="Country Director",
        recorded_by="bench",
        recorded_capacity="system",
    )


def _post(person: Person, item: Organization, capacity: Capacity, turn: int) -> Post:
    begins = FIRST + timedelta(days=730 * turn)
    last = None if turn == _TURNS - 1 else begins + timedelta(days=729)
    return Post(person=person, organization=item, capacity=capacity, begins_on=begins, ends_on=last)
