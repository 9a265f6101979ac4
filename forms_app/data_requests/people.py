"""Who is asked and who may speak: what this slice needs of the register of organizations and posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from audit.ledger import Kind
from audit.models import Event
from forms_app.common import figures
from forms_app.common.figures import Reading
from intranet.access.models import User
from intranet.access.roles import COORDINATION
from intranet.network.once import reading
from signatories import selectors
from signatories.days import network_day
from signatories.models import Organization, Person
from signatories.standing import Position
from signatories.stops import effects

from .models import Ask, DataRequest

ASKING = ("ask.ask", "ask.follow_up", "ask.send_again")  # acts that ask an organization for its answer


def today(now: datetime) -> date:
    """The network's calendar day of a UTC instant."""
    return network_day(now)


def speaking(ids: Iterable[UUID], now: datetime) -> list[Organization]:
    """Those of ``ids`` whom a round may ask today, by name: signatories without any stop (D22). Two queries."""
    wanted = set(ids)
    if reading():  # the page has read the whole ledger, or will
        listed = {entry.organization_id: entry.organization for entry in selectors.entries_on(today(now))}
        known = [organization for pk, organization in listed.items() if pk in wanted]
        found = sorted(known, key=lambda organization: organization.name_en)
    else:
        found = list(Organization.objects.filter(pk__in=wanted).order_by("name_en"))
    positions = selectors.positions_on(today(now), found)
    return [o for o in found if o.pk in positions and effects.is_asked(positions[o.pk])]


def stopped_since(
    organizations: Iterable[Organization], issued_at: datetime, now: datetime
) -> dict[UUID, Position]:
    """Those that a stop keeps out of a round today, or kept out since it was issued (trap 12). One query.

    ``issued_at``: UTC. A stop that was lifted meanwhile counts too: a consent does not come back with it.
    """
    found = list(organizations)
    positions = selectors.positions_on(today(now), found)
    issued_on = today(issued_at)
    return {
        organization.pk: position
        for organization in found
        if (position := positions.get(organization.pk, Position()))
        and (not effects.is_asked(position) or effects.consent_is_broken(position, issued_at, issued_on))
    }


def is_out(organization: Organization, issued_at: datetime, now: datetime) -> bool:
    """Whether a stop keeps this organization out of a round that was issued at ``issued_at`` (UTC)."""
    return organization.pk in stopped_since([organization], issued_at, now)


def to_ask(
    request: DataRequest, now: datetime, without: Iterable[str] = (), figures_read: Reading | None = None
) -> list[Organization]:
    """Whom a full round asks (D22): every organization with a report for a month of the period.

    ``without``: ids of organizations left out on the office's written instruction (D29).
    ``figures_read``: the figures of the request's period, where they were read already.
    """
    period = request.period
    if period is None:
        return []
    left_out = set(without)
    return [
        organization
        for organization in speaking((figures_read or figures.provider()).contributors(period), now)
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
