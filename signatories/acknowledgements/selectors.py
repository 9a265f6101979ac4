"""Who has acknowledged and who has not. Days are dates in the network's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from ..cascade import selectors as cascade
from ..cascade.models import CascadeRecord
from ..cascade.selectors import Reach
from ..days import network_day
from ..models import Organization, Person, Post
from ..withdrawn import shut_out
from .models import TextAcknowledgement
from .rules import Facts


def _held(day: date) -> QuerySet[Post]:
    """Posts held on a day that give access: nobody is asked what they can no longer open (§9.i)."""
    posts = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
    return posts.exclude(shut_out(day))


def account_holders(day: date) -> QuerySet[Person]:
    """People with an open account and a post on a day."""
    return Person.objects.filter(
        Exists(_held(day).filter(person=OuterRef("pk"))), user__isnull=False, user__is_active=True
    )


def _number_in_force(day: date) -> Subquery:
    newest = Edition.objects.filter(effective_from__lte=day).order_by("-effective_from", "-number", "-minor")
    return Subquery(newest.values("number")[:1])


def standing(day: date) -> QuerySet[TextAcknowledgement]:
    """Acknowledgements that count on a day: this edition or a minor one of it, not too old (D7)."""
    return TextAcknowledgement.objects.filter(valid_until__gte=day, edition__number=_number_in_force(day))


def waiting(now: datetime) -> QuerySet[Person]:
    """Account holders who are asked; nobody where no edition is in force."""
    day = network_day(now)
    newest_post = (
        _held(day).filter(person=OuterRef("person")).order_by().values("person").annotate(n=Max("begins_on"))
    )
    good = standing(day).filter(person=OuterRef("pk"), given_on__gte=Subquery(newest_post.values("n")[:1]))
    return account_holders(day).filter(Exists(Edition.objects.filter(effective_from__lte=day)), ~Exists(good))


def facts_of(person: Person, day: date) -> Facts:
    """Two queries."""
    newest = (
        TextAcknowledgement.objects.filter(person=person).select_related("edition").order_by("-at").first()
    )
    since = _held(day).filter(person=person).aggregate(n=Max("begins_on"))["n"]
    return Facts(newest, since)


def of(person: Person) -> QuerySet[TextAcknowledgement]:
    """All of one person, the newest first."""
    return TextAcknowledgement.objects.filter(person=person).select_related("edition")


@dataclass(frozen=True, slots=True)
class OrganizationRate:
    """Account holders of one organization, and how many of them stand acknowledged.

    ``shared``: with how many of its people, without accounts too, the standards were shared (cascade, §4.h).
    """

    organization: Organization
    people: int
    acknowledged: int
    shared: Reach

    @property
    def percent(self) -> float | None:
        return None if not self.people else round(100 * self.acknowledged / self.people, 1)


def rates(now: datetime, organization: UUID | None = None) -> list[OrganizationRate]:
    """By organization, by name. Five queries, whatever the number.

    Staff without an account are in ``shared`` alone, by the records of the edition in force.
    """
    day = network_day(now)
    posts = _held(day).filter(person__user__isnull=False, person__user__is_active=True)
    if organization is not None:
        posts = posts.filter(organization=organization)
    held: dict[UUID, set[UUID]] = {}
    for where, who in posts.values_list("organization_id", "person_id"):
        held.setdefault(where, set()).add(who)
    missing = set(waiting(now).values_list("pk", flat=True))
    records: dict[UUID, list[CascadeRecord]] = {}
    for record in _shared(day, organization):
        records.setdefault(record.organization_id, []).append(record)
    return [
        OrganizationRate(
            row, len(held[row.pk]), len(held[row.pk] - missing), cascade.reach(records.get(row.pk, []))
        )
        for row in Organization.objects.filter(pk__in=held).order_by(F("name_en"))
    ]


def _shared(day: date, organization: UUID | None) -> list[CascadeRecord]:
    try:
        return cascade.records(edition_in_force(day).number, organization)
    except NoEdition:
        return []


def total(rows: Iterable[OrganizationRate]) -> tuple[int, int]:
    """(people, acknowledged) of all; somebody in two organizations counts in each."""
    listed = list(rows)
    return sum(row.people for row in listed), sum(row.acknowledged for row in listed)
