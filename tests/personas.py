"""The personas of the network: accounts behind the second factor, one for each capacity (D9).

    client = persona_client(Capacity.COORDINATOR)
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, organization)   # anything with .pk and .name
    actor = persona_actor(Capacity.OFFICE, verified_at=NOW)
    outsider_client()        # a verified member of an organization that nothing else belongs to

A persona's capacities come from a provider of the tests, beside the real ones of ``signatories``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from audit.actors import Actor
from intranet.access import capacities, session
from intranet.access.capacities import HeldCapacity
from intranet.access.devices import Authenticator
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.factories import make_authenticator, make_user

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Organization(Protocol):
    """What a persona needs to know of an organization."""

    pk: Any
    name: Any


@dataclass
class SomeOrganization:
    """An organization for tests that do not need the real model."""

    name: str
    pk: UUID


ELSEWHERE = SomeOrganization("Elsewhere Relief (invented)", UUID("00000000-0000-4000-8000-00000000e15e"))
_held: dict[UUID, list[HeldCapacity]] = {}


def _provide(user: User, at: datetime) -> list[HeldCapacity]:
    return _held.get(user.pk, [])


capacities.register(_provide)


class PersonaClient(Client):
    """Django's test client of a signed-in persona; ``user``, ``device``, ``actor`` are at hand."""

    user: User
    device: Authenticator
    held: list[HeldCapacity]

    @property
    def actor(self) -> Actor:
        """The persona as a service sees it; the last code was accepted just now."""
        held = self.held[0] if self.held else None
        return capacities.actor_for(self.user, held, now())

    def forget_code(self) -> None:
        """The last accepted code becomes too old for grave acts."""
        stored = self.session
        if stored.pop(session.VERIFIED_AT, None):
            stored.save()


def give(user: User, capacity: Capacity | str, organization: Organization | None = None) -> HeldCapacity:
    """Let ``user`` hold a capacity from now on (in tests)."""
    held = HeldCapacity(
        Capacity(capacity),
        organization.pk if organization is not None else None,
        str(organization.name) if organization is not None else "",
    )
    _held.setdefault(user.pk, []).append(held)
    return held


def take_away(user: User) -> None:
    """``user`` holds no capacity of the tests any more."""
    _held.pop(user.pk, None)


def sign_in(user: User, *, at: datetime | None = None) -> PersonaClient:
    """A client signed in with password and second factor, the code accepted at ``at`` (default now)."""
    client = PersonaClient()
    client.user = user
    client.held = list(_held.get(user.pk, []))
    client.device = Authenticator.objects.filter(user=user).first() or make_authenticator(user)
    client.force_login(user, BACKEND)
    moment = (at or now()).isoformat()
    stored = client.session
    stored[DEVICE_ID_SESSION_KEY] = client.device.persistent_id
    stored[session.SIGNED_IN_AT] = stored[session.SEEN_AT] = stored[session.VERIFIED_AT] = moment
    if client.held:
        stored[session.CAPACITY] = client.held[0].key
    stored.save()
    return client


def password_only(user: User) -> Client:
    """A session of the password alone, made by force: the doors never give one to an enrolled account."""
    client = Client()
    client.force_login(user, BACKEND)
    stored = client.session
    stored[session.SIGNED_IN_AT] = stored[session.SEEN_AT] = now().isoformat()
    stored.save()
    return client


def persona_client(
    capacity: Capacity | str, organization: Organization | None = None, **fields: Any
) -> PersonaClient:
    """A new account in one capacity, signed in and verified."""
    user = make_user(f"{capacity}.{uuid4().hex[:8]}@example.org", **fields)
    give(user, capacity, organization)
    return sign_in(user)


def outsider_client() -> PersonaClient:
    """A verified focal point of another organization."""
    return persona_client(Capacity.PRIMARY_FOCAL_POINT, ELSEWHERE)


def persona_actor(
    capacity: Capacity | str,
    organization: Organization | None = None,
    *,
    verified_at: datetime | None = None,
    user: User | None = None,
    label: str = "",
) -> Actor:
    """An actor for services. No database is touched: without ``user`` the actor has no account id."""
    return Actor(
        label=label or (user.label if user else f"{capacity} persona"),
        capacity=str(capacity),
        user_id=user.pk if user else None,
        organization_id=organization.pk if organization is not None else None,
        organization=str(organization.name) if organization is not None else "",
        verified_at=verified_at,
    )
