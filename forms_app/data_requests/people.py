"""Who is asked and who may speak: what this slice needs of the register of organizations and posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from audit.ledger import Kind
from audit.models import Event
from forms_app.common import figures
from intranet.access.models import User
from intranet.access.roles import COORDINATION
from signatories import selectors
from signatories.days import network_day
from signatories.models import Organization, Person

from .models import Ask, DataRequest

ASKING = ("ask.ask", "ask.follow_up", "ask.send_again")  # acts that ask an organization for its answer


def today(now: datetime) -> date:
    """The network's calendar day of a UTC instant."""
    return network_day(now)


def speaking(ids: Iterable[UUID], now: datetime) -> list[Organization]:
    """Those of ``ids`` that are signatories today and have not suspended sharing, by name. Two queries.

    A withdrawn or suspended organization is not asked and its data does not leave (D22, trap 12).
    """
    return still_speaking(Organization.objects.filter(pk__in=list(ids)).order_by("name_en"), now)


def still_speaking(organizations: Iterable[Organization], now: datetime) -> list[Organization]:
    """Those of ``organizations`` that are signatories today and have not suspended sharing. One query."""
    found = list(organizations)
    positions = selectors.positions_on(today(now), found)
    return [
        organization
        for organization in found
        if (position := positions.get(organization.pk)) is not None
        and position.member
        and not position.suspended
    ]


def to_ask(request: DataRequest, now: datetime, without: Iterable[str] = ()) -> list[Organization]:
    """Whom a full round asks (D22): every organization with a report for a month of the period.

    ``without``: ids of organizations left out on the office's written instruction (D29).
    """
    period = request.period
    if period is None:
        return []
    left_out = set(without)
    return [
        organization
        for organization in speaking(figures.provider().contributors(period), now)
        if str(organization.pk) not in left_out
    ]


def is_coordination_person(user_id: UUID | None, now: datetime) -> bool:
    """Whether the account belongs to the Coordinator or the acting one, in whatever capacity (trap 16)."""
    if user_id is None:
        return False
    return any(person.user_id == user_id for person in selectors.coordination_people(today(now)))


def asked_or_chased(user_id: UUID | None, ask: Ask) -> bool:
    """Whether the account sent this organization the request or a follow-up, in any round of it (trap 16).

    Read from the ledger of events: it does not matter who holds which post today.
    """
    if user_id is None:
        return False
    own = Ask.objects.filter(round__request=ask.round.request_id, organization=ask.organization_id)
    return Event.objects.filter(
        object_type="ask",
        object_id__in=[str(pk) for pk in own.values_list("pk", flat=True)],
        action__in=ASKING,
        outcome="done",
        actor_id=user_id,
    ).exists()


def coordinated(user_id: UUID | None, request: DataRequest) -> bool:
    """Whether the account did any act on the request as Coordinator or acting one, whenever (D20)."""
    if user_id is None:
        return False
    return Event.objects.filter(
        object_type=str(request._meta.model_name),
        object_id=str(request.pk),
        kind=Kind.ACT,
        outcome="done",
        capacity__in=COORDINATION,
        actor_id=user_id,
    ).exists()


def posts_in(user_id: UUID | None, organization_id: UUID, now: datetime) -> bool:
    """Whether the account's person holds any post of the organization today."""
    if user_id is None:
        return False
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return False
    return any(post.organization_id == organization_id for post in selectors.posts_held(user, today(now)))


def office_person(person_id: UUID, now: datetime) -> Person | None:
    """The person of the office with this id, None for anybody else."""
    return next((p for p in selectors.office_people(today(now)) if p.pk == person_id), None)


def has_account(name: str, email: str) -> bool:
    """Whether somebody of this name or address has an account in the network (D34)."""
    wanted = " ".join(name.split()).casefold()
    if email and User.objects.filter(email__iexact=email.strip()).exists():
        return True
    if email and Person.objects.filter(email__iexact=email.strip(), user__isnull=False).exists():
        return True
    if any(" ".join(user.label.split()).casefold() == wanted for user in User.objects.all()):
        return True
    return Person.objects.filter(name__iexact=" ".join(name.split()), user__isnull=False).exists()
