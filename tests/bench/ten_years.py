"""Ten years of a network's ledger, posts and histories, written straight into the tables for measuring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from intranet.access.roles import Capacity
from signatories.models import EntryKind, Organization, ParticipationEntry, Person, Post

FIRST = date(2016, 2, 1)
ENTRIES = 40  # a quarter of a year apart
_POSTS = (Capacity.HEAD_OF_AGENCY, Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT)


def build(organizations: int) -> None:
    """Each organization with forty entries, five holders of each post in turn, and a history row an act."""
    made = [_organization(number) for number in range(organizations)]
    Organization.objects.bulk_create(made)
    history = Organization.history.model
    past = [(item, _then(number)) for item in made for number in range(ENTRIES)]
    history.objects.bulk_create(
        history(
            **{field.attname: getattr(item, field.attname) for field in Organization._meta.fields}
            | {"name_en": _name_then(item, number)},
            history_date=_instant(day),
            history_type="~" if number else "+",
            history_actor="bench",
            history_capacity="system",
        )
        for number, (item, day) in ((n % ENTRIES, pair) for n, pair in enumerate(past))
    )
    ParticipationEntry.objects.bulk_create(_entry(item, number) for item in made for number in range(ENTRIES))
    people = [
        Person(name=f"Person {number}", email=f"bench{number}.{uuid4().hex[:8]}@example.org")
        for number in range(organizations * 15)
    ]
    Person.objects.bulk_create(people)
    log = Person.history.model
    log.objects.bulk_create(
        log(
            **{field.attname: getattr(person, field.attname) for field in Person._meta.fields},
            history_date=_instant(FIRST),
            history_type="+",
            history_actor="bench",
            history_capacity="system",
        )
        for person in people
    )
    Post.objects.bulk_create(
        _post(item, place, people) for n, item in enumerate(made) for place in _places(n)
    )


def _organization(number: int) -> Organization:
    return Organization(kind="un_agency", name_en=f"Ten Years {number:03}", active_from=FIRST)


def _name_then(item: Organization, number: int) -> str:
    """Every tenth organization had another name in its first five years."""
    renamed = int(item.name_en[-3:]) % 10 == 0
    return f"Old name of {item.name_en}" if renamed and number < ENTRIES // 2 else item.name_en


def _then(number: int) -> date:
    return FIRST + timedelta(days=91 * number)


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def _entry(item: Organization, number: int) -> ParticipationEntry:
    kinds = (EntryKind.ENDORSED, EntryKind.SUSPENDED, EntryKind.RESUMED, EntryKind.ENDORSED)
    kind = EntryKind.WITHDRAWN if number == 30 else kinds[number % 4]
    return ParticipationEntry(
        organization=item,
        number=number + 1,
        kind=kind,
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


def _places(organization: int) -> list[tuple[int, int, int]]:
    """(organization, which post, which holder)."""
    return [(organization, post, turn) for post in range(3) for turn in range(5)]


def _post(item: Organization, place: tuple[int, int, int], people: list[Person]) -> Post:
    organization, post, turn = place
    begins = FIRST + timedelta(days=730 * turn)
    last = None if turn == 4 else begins + timedelta(days=729)
    person = people[organization * 15 + post * 5 + turn]
    return Post(person=person, organization=item, capacity=_POSTS[post], begins_on=begins, ends_on=last)
