"""The register as of any day: who stood where, by which signature, under which name, with which posts.

Nothing is read from today's state: standings are folded from the ledger's entries in effect by the day,
posts from their dates, names from former names and from the history of people. Days are calendar dates in the
network's time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.network.models import NetworkSettings

from ..models import SIGNING_KINDS, EntryKind, Organization, ParticipationEntry, Person, Post
from ..names import Names, names_on
from ..standing import Position, Standing, fold, standing_of

_TURNS = frozenset({EntryKind.ENDORSED.value, EntryKind.WITHDRAWN.value})  # what makes and ends a membership
_ORDER = [capacity for capacity in Capacity if capacity in ORGANIZATION_POSTS]


@dataclass(slots=True)
class Fact:
    """What the fold reads of an entry."""

    kind: str
    effective_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """A post on the day, with the name that its holder had then."""

    capacity: Capacity
    person: str
    begins_on: date


@dataclass(frozen=True, slots=True)
class Signed:
    """An endorsement as the ledger keeps it in text. ``recorded_first``: who recorded what came from outside."""

    effective_on: date
    edition_number: int | None
    edition_label: str
    edition_sha256: str
    signer_name: str
    signer_title: str
    received_how: str
    recorded_by: str
    recorded_first: str | None


_SIGNED = (
    *("effective_on", "edition_number", "edition_label", "edition_sha256", "signer_name"),
    *("signer_title", "received_how", "recorded_by", "answers__recorded_by"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One organization on the day.

    ``signed``: the endorsement that binds, or bound last. ``left_on``: the day of the withdrawal, None for
    those who did not leave. ``member``: endorsed and not withdrawn, whatever it suspends.
    """

    organization: Organization
    names: Names
    standing: Standing
    signed: Signed | None = None
    left_on: date | None = None
    member: bool = False
    posts: tuple[Held, ...] = ()


def register_on(day: date, *, posts: bool = False, only: UUID | None = None) -> list[Row]:
    """Every organization that may sign and was in the network on ``day``, or had signed by then; by name.

    ``posts``: with who spoke for it. ``only``: one organization's row. Six queries at most, however many
    organizations and entries there are.
    """
    found = Organization.objects.filter(kind__in=SIGNING_KINDS)
    organizations = list(found.filter(pk=only) if only else found)
    positions = positions_on(day, only)
    nothing = Position()
    listed = [
        (item, position)
        for item in organizations
        if (position := positions.get(item.pk, nothing)).endorsement is not None or item.active_on(day)
    ]
    names = names_on(day, [item for item, _position in listed])
    signed = _signed(day, only)
    held = posts_on(day, only) if posts else {}
    rows = []
    for item, position in listed:
        standing, last = standing_of(item, position, day), position.last
        rows.append(
            Row(
                organization=item,
                names=names[item.pk],
                standing=standing,
                signed=signed.get(item.pk),
                left_on=last.effective_on if standing == Standing.WITHDRAWN and last else None,
                member=position.member,
                posts=held.get(item.pk, ()),
            )
        )
    return sorted(rows, key=lambda row: row.names.en.casefold())


def _in_effect(day: date, only: UUID | None) -> QuerySet[ParticipationEntry]:
    entries = ParticipationEntry.objects.filter(in_effect=True, effective_on__lte=day)
    return entries if only is None else entries.filter(organization=only)


def positions_on(day: date, only: UUID | None = None) -> dict[UUID, Position]:
    """Each organization's position, folded from its entries in effect by the day. One query."""
    rows = (
        _in_effect(day, only)
        .order_by("organization_id", "effective_on", "number")
        .values_list("organization_id", "kind", "effective_on")
    )
    return {
        pk: fold(Fact(kind, on) for _owner, kind, on in kept(list(group)))
        for pk, group in groupby(rows, key=itemgetter(0))
    }


def kept(rows: Sequence[tuple[Any, str, date]]) -> list[tuple[Any, str, date]]:
    """The few rows of one organization, in order, over which the fold ends where it ends over all of them: same
    membership, stops, binding endorsement, and withdrawal.

    They are the last row of each kind, and the first of the last run of endorsements or of withdrawals: whatever
    lies before that run was undone by it. So ten years of entries cost as little to fold as ten rows.
    """
    last: dict[str, int] = {}
    turn, start = "", -1
    for place, (_owner, kind, _on) in enumerate(rows):
        last[kind] = place
        if kind != turn and kind in _TURNS:
            turn, start = kind, place
    last.pop(EntryKind.WITHDRAWN, None)
    return [rows[place] for place in sorted({start, *last.values()}) if place >= 0]


def _signed(day: date, only: UUID | None) -> dict[UUID, Signed]:
    """The last endorsement of each organization: it binds, or bound last. One query, backwards on the index."""
    rows = (
        _in_effect(day, only)
        .filter(kind=EntryKind.ENDORSED)
        .order_by("-organization_id", "-effective_on", "-number")
        .distinct("organization_id")
        .values_list("organization_id", *_SIGNED)
    )
    return {organization: Signed(*values) for organization, *values in rows}


def posts_on(day: date, only: UUID | None = None) -> dict[UUID, tuple[Held, ...]]:
    """Posts on the day in organizations that may sign, by id, in the order of capacities. One query."""
    rows = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
    rows = rows.filter(organization=only) if only else rows.filter(organization__kind__in=SIGNING_KINDS)
    named = (
        rows.filter(capacity__in=_ORDER)
        .order_by("begins_on", "id")
        .annotate(name=Coalesce(_name_then(day), "person__name"))
        .values_list("organization_id", "capacity", "name", "begins_on")
    )
    held: dict[UUID, list[Held]] = defaultdict(list)
    for organization, capacity, name, begins_on in named:
        held[organization].append(Held(Capacity(capacity), name, begins_on))
    return {
        pk: tuple(sorted(found, key=lambda item: _ORDER.index(item.capacity))) for pk, found in held.items()
    }


def _name_then(day: date) -> Subquery:
    """The name that the person of a post had at the end of a day, by the history; None where listed later."""
    end = datetime.combine(day + timedelta(days=1), time.min, NetworkSettings.current().zone())
    rows = Person.history.filter(id=OuterRef("person_id"), history_date__lt=end)
    return Subquery(rows.order_by("-history_date", "-history_id").values("name")[:1])
