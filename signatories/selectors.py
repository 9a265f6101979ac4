"""What other slices ask about organizations, people and signatures, for any day.

Days are calendar dates in the network's time zone (``days.network_day(now)``). Only entries in effect
count: what was received outside and is not confirmed does not (D17).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from audit.actors import Actor
from audit.models import Event
from intranet.access.models import User
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.network.once import once, reading
from intranet.notices import outbox

from .models import (
    COUNTING,
    EntryKind,
    Organization,
    ParticipationEntry,
    Person,
    Post,
    PostState,
    SigningAuthority,
)
from .standing import Position, Standing, fold, standing_of

__all__ = [
    "Contacts",
    "Position",
    "Standing",
    "authority_of",
    "contacts",
    "contacts_for",
    "coordination_people",
    "coordinator_on",
    "counting_authorities",
    "entries_on",
    "failing_addresses",
    "failing_people",
    "files_read",
    "heads_of",
    "held",
    "holders_of",
    "instruments_of",
    "is_flow_stopped",
    "is_signatory",
    "is_suspended",
    "leave_ahead",
    "leaving_after",
    "office_people",
    "organization_of",
    "papers_waiting",
    "people_of",
    "person_of",
    "position",
    "positions_on",
    "posts_from",
    "posts_held",
    "posts_in",
    "reachable",
    "signatories_on",
    "signer_of",
    "standing",
    "standings_on",
    "waiting_entries",
]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who speaks for an organization on a day; None is a vacancy, shown as "vacant" (D23)."""

    primary: Person | None = None
    secondary: Person | None = None
    head_of_agency: Person | None = None
    senior_management: tuple[Person, ...] = ()

    @property
    def focal_points(self) -> tuple[Person, ...]:
        """The focal points there are, primary first."""
        return tuple(person for person in (self.primary, self.secondary) if person is not None)

    @property
    def management(self) -> tuple[Person, ...]:
        """Head of Agency and senior management, as far as named (§7B.2)."""
        head = (self.head_of_agency,) if self.head_of_agency is not None else ()
        return head + tuple(person for person in self.senior_management if person not in head)

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Each person once."""
        return tuple(dict.fromkeys(self.focal_points + self.management))


_IN_EFFECT = Q(in_effect=True)
_WAITING = Q(in_effect=False, answers__isnull=True, answer_entry__isnull=True)


def _ledger(of: Q) -> QuerySet[ParticipationEntry]:
    entries = ParticipationEntry.objects.filter(of).select_related("signer", "organization")
    return entries.order_by("effective_on", "number")


def _whole_ledger() -> list[ParticipationEntry]:
    """What is in effect, and what was received outside and waits: one query for both while a page is read."""
    return once("ledger", lambda: list(_ledger(_IN_EFFECT | _WAITING)))


def entries_on(day: date) -> list[ParticipationEntry]:
    """All entries in effect up to ``day``, oldest first, with organization and signer. One query a page."""
    return [entry for entry in _whole_ledger() if entry.in_effect and entry.effective_on <= day]


def papers_waiting() -> list[ParticipationEntry]:
    """Entries received outside that nobody has confirmed or denied yet, oldest first. One query a page."""
    waiting = (entry for entry in _whole_ledger() if not entry.in_effect)
    return sorted(waiting, key=lambda entry: entry.recorded_at)


def positions_on(day: date, organizations: Iterable[Organization] | None = None) -> dict[UUID, Position]:
    """Position of each organization that has entries, by id. One query."""
    if organizations is None:
        return dict(once(("positions", day), lambda: _folded(entries_on(day))))
    wanted = [item.pk for item in organizations]
    if reading():  # one page asks for several sets: the whole ledger once
        return {pk: found for pk, found in positions_on(day).items() if pk in set(wanted)}
    return _folded(_ledger(_IN_EFFECT).filter(organization__in=wanted, effective_on__lte=day))


def _folded(entries: Iterable[ParticipationEntry]) -> dict[UUID, Position]:
    found: dict[UUID, Position] = defaultdict(Position)
    for entry in entries:
        found[entry.organization_id] = found[entry.organization_id].after(entry)
    return dict(found)


def position(organization: Organization, day: date) -> Position:
    """Position of one organization. One query."""
    if reading():
        return positions_on(day).get(organization.pk, Position())
    return fold(_ledger(_IN_EFFECT).filter(organization=organization, effective_on__lte=day))


def leave_ahead(organization: Organization, day: date) -> ParticipationEntry | None:
    """The withdrawal that is announced and has not taken effect on ``day``. One query."""
    last = position(organization, date.max).last
    if not isinstance(last, ParticipationEntry) or last.kind != EntryKind.WITHDRAWN:
        return None
    return last if last.effective_on > day else None


def leaving_after(day: date) -> set[UUID]:
    """Ids of the organizations whose announced withdrawal has not taken effect on ``day``. One query."""
    return {
        pk
        for pk, found in positions_on(date.max).items()
        if found.last is not None and found.last.kind == EntryKind.WITHDRAWN and found.last.effective_on > day
    }


def signatories_on(day: date) -> list[Organization]:
    """Organizations that had endorsed and not withdrawn, suspended ones included, by name. Two queries."""
    members = [pk for pk, found in positions_on(day).items() if found.member]
    return list(Organization.objects.filter(pk__in=members))


def standing(organization: Organization, day: date) -> Standing:
    """Standing on a day. One query."""
    return standing_of(organization, position(organization, day), day)


def standings_on(day: date, organizations: Iterable[Organization]) -> dict[UUID, Standing]:
    """Standing of each of ``organizations``, by id. One query."""
    listed = list(organizations)
    found = positions_on(day, listed)
    return {item.pk: standing_of(item, found.get(item.pk, Position()), day) for item in listed}


def is_signatory(organization: Organization, day: date) -> bool:
    """Endorsed and not withdrawn on the day; a suspended organization is a signatory."""
    return position(organization, day).member


def is_suspended(organization: Organization, day: date) -> bool:
    """Sharing is suspended on the day (§4.f). What follows from it: ``stops.effects``."""
    return position(organization, day).suspended


def is_flow_stopped(organization: Organization, day: date) -> bool:
    """The flow of data is stopped on the day (§9.f). What follows from it: ``stops.effects``."""
    return position(organization, day).flow_stopped


def signer_of(organization: Organization, day: date) -> ParticipationEntry | None:
    """The endorsement that binds (or bound last); its signer alone may withdraw (§9.i fn5)."""
    found = position(organization, day).endorsement
    return found if isinstance(found, ParticipationEntry) else None


def waiting_entries(organization: Organization | None = None) -> QuerySet[ParticipationEntry]:
    """Entries received outside that nobody has confirmed or denied yet, oldest first."""
    entries = ParticipationEntry.objects.filter(_WAITING).select_related("organization", "signer")
    if organization is not None:
        entries = entries.filter(organization=organization)
    return entries.order_by("recorded_at")


def held(day: date, now: datetime | None = None) -> QuerySet[Post]:
    """Every post that is held on a day, with person and organization.

    ``now`` (UTC): without those whose hour has passed by then. Who writes to people says it: a leaver reads
    nothing of the organization from that hour on.
    """
    hour = Q() if now is None else Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    return (
        Post.objects.filter(hour, Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
        .select_related("person", "organization")
        .order_by("begins_on", "id")
    )


def posts_in(organization: Organization, day: date, capacities: Iterable[Capacity]) -> list[Post]:
    """The posts of an organization in some capacities that are held on a day. One query."""
    return list(held(day).filter(organization=organization, capacity__in=capacities))


def people_of(organization: Organization) -> QuerySet[Person]:
    """Everybody who holds, held or will hold a post of the organization, by name."""
    some_day = Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=F("posts__begins_on"))
    return Person.objects.filter(some_day, posts__organization=organization).distinct()


def files_read(actor: Actor, entries: Iterable[ParticipationEntry]) -> set[UUID]:
    """Ids of those entries whose file the actor's account has downloaded. One query."""
    listed = {str(entry.pk): entry for entry in entries}
    events = Event.objects.filter(
        object_type="participationentry",
        object_id__in=list(listed),
        actor_id=actor.user_id,
        action="files.download",
    )
    return {
        listed[pk].pk
        for pk, data in events.values_list("object_id", "data")
        if data.get("file") == str(listed[pk].file_id)
    }


def contacts_for(
    organizations: Iterable[Organization], day: date, now: datetime | None = None
) -> dict[UUID, Contacts]:
    """Contacts of each organization, by id; vacancies are None. ``now``: as in ``held``. One query."""
    ids = [item.pk for item in organizations]
    posts: dict[UUID, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for post in held(day, now).filter(organization__in=ids, capacity__in=ORGANIZATION_POSTS):
        posts[post.organization_id][post.capacity].append(post.person)

    def contacts_in(by_capacity: dict[str, list[Person]]) -> Contacts:
        def one(capacity: Capacity) -> Person | None:
            return next(iter(by_capacity.get(capacity, ())), None)

        return Contacts(
            one(Capacity.PRIMARY_FOCAL_POINT),
            one(Capacity.SECONDARY_FOCAL_POINT),
            one(Capacity.HEAD_OF_AGENCY),
            tuple(by_capacity.get(Capacity.SENIOR_MANAGEMENT, ())),
        )

    return {pk: contacts_in(posts.get(pk, {})) for pk in ids}


def contacts(organization: Organization, day: date, now: datetime | None = None) -> Contacts:
    """Contacts of one organization. ``now``: as in ``held``. One query."""
    return contacts_for([organization], day, now)[organization.pk]


def reachable(organization: Organization, day: date) -> bool:
    """Whether a written request would reach anybody: a focal point or the Head of Agency (D23)."""
    found = contacts(organization, day)
    return bool(found.focal_points or found.head_of_agency)


def posts_held(who: Person | User, day: date) -> list[Post]:
    """Posts that a person, or the person of an account, holds on a day. One query."""
    mine = Q(person=who) if isinstance(who, Person) else Q(person__user=who)
    return list(held(day).filter(mine))


def posts_from(organization: Organization, day: date) -> list[Post]:
    """Posts of an organization that are held on a day or begin later, by first day. One query."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    posts = Post.objects.filter(still, organization=organization).exclude(state=PostState.CANCELLED)
    return list(posts.select_related("person").order_by("begins_on", "id"))


def all_posts(organization: Organization) -> list[Post]:
    """Posts that are, were or will be held there, but not those called off before they began. One query."""
    some_day = Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on"))
    posts = Post.objects.filter(some_day, organization=organization).exclude(state=PostState.CANCELLED)
    return list(posts.select_related("person").order_by("begins_on", "id"))


def coordinator_on(day: date) -> Person | None:
    """The Coordinator; the acting one where the post is vacant."""
    holders = {post.capacity: post.person for post in held(day).filter(capacity__in=COORDINATION)}
    return holders.get(Capacity.COORDINATOR) or holders.get(Capacity.ACTING_COORDINATOR)


def coordination_people(day: date, now: datetime | None = None) -> list[Person]:
    """Coordinator and acting Coordinator, each person once. ``now``: as in ``held``."""
    people = [post.person for post in held(day, now).filter(capacity__in=COORDINATION)]
    return list(dict.fromkeys(people))


def holders_of(capacities: Iterable[str], day: date) -> list[Person]:
    """Holders of any of these capacities on a day, in any organization, each person once."""
    people = [post.person for post in held(day).filter(capacity__in=list(capacities))]
    return list(dict.fromkeys(people))


def heads_of(organizations: Iterable[Organization], day: date) -> dict[UUID, Person]:
    """Head of Agency of each organization that has one on the day. One query."""
    ids = [item.pk for item in organizations]
    posts = held(day).filter(organization__in=ids, capacity=Capacity.HEAD_OF_AGENCY)
    return {post.organization_id: post.person for post in posts}


def office_people(day: date, now: datetime | None = None) -> list[Person]:
    """People of the DSRSG/HC/RC office, without its assistants; each person once. ``now``: as in ``held``."""
    people = [post.person for post in held(day, now).filter(capacity=Capacity.OFFICE)]
    return list(dict.fromkeys(people))


def failing_people() -> QuerySet[Person]:
    """People whose mail comes back: the mail server refused their address, or somebody recorded it."""
    return Person.objects.annotate(address=Lower("email")).filter(
        Q(address_fails_since__isnull=False) | Q(address__in=outbox.refused_addresses())
    )


def failing_addresses() -> frozenset[str]:
    """Their addresses, in small letters. One query."""
    return frozenset(email.lower() for email in failing_people().values_list("email", flat=True))


def organization_of(actor: Actor) -> Organization | None:
    """The organization that the actor acts for, None for jobs and bare accounts."""
    if actor.organization_id is None:
        return None
    pk = actor.organization_id
    return once(("organization", pk), lambda: Organization.objects.filter(pk=pk).first())


def person_of(actor: Actor) -> Person | None:
    """The person behind the actor's account, None for jobs and for accounts without a person."""
    if actor.user_id is None:
        return None
    return Person.objects.filter(user_id=actor.user_id).first()


def language_of(user: User) -> str:
    """The language that the account's person chose; empty for an account without a person."""
    return Person.objects.filter(user=user).values_list("language", flat=True).first() or ""


def authority_of(actor: Actor, organization: Organization, day: date) -> SigningAuthority | None:
    """The recorded authority under which the actor may sign for ``organization`` that day (D19)."""
    if actor.user_id is None:
        return None
    return (
        counting_authorities(day)
        .filter(organization=organization, person__user_id=actor.user_id)
        .select_related("file")
        .first()
    )


def counting_authorities(day: date) -> QuerySet[SigningAuthority]:
    """Authorities that somebody may sign under on a day: confirmed, begun, not over (D19, D17)."""
    return SigningAuthority.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), state__in=COUNTING, begins_on__lte=day
    )


def instruments_of(actor: Actor, day: date) -> list[str]:
    """The instruments of the posts that the actor holds in the chosen capacity that day, where one is named."""
    if actor.organization_id is None:
        return []
    posts = held(day).filter(organization=actor.organization_id, capacity=actor.capacity)
    return [post.instrument for post in posts if post.instrument and post.person.user_id == actor.user_id]
