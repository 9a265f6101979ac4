"""Who is asked and who may speak: what this slice needs of the register of organizations and posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from forms_app.common import figures
from forms_app.common.figures import Reading
from intranet.access.models import User
from intranet.network.once import reading
from signatories import selectors
from signatories.days import network_day
from signatories.models import Organization, Person

from .models import DataRequest


def today(now: datetime) -> date:
    """The network's calendar day of a UTC instant."""
    return network_day(now)


def speaking(ids: Iterable[UUID], now: datetime) -> list[Organization]:
    """Those of ``ids`` that are signatories today and have not suspended sharing, by name. Two queries.

    A withdrawn or suspended organization is not asked and its data does not leave (D22, trap 12).
    """
    wanted = set(ids)
    if reading():  # the page has read the whole ledger, or will
        found = {entry.organization_id: entry.organization for entry in selectors.entries_on(today(now))}
        known = [organization for pk, organization in found.items() if pk in wanted]
        return still_speaking(sorted(known, key=lambda organization: organization.name_en), now)
    return still_speaking(Organization.objects.filter(pk__in=wanted).order_by("name_en"), now)


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
