"""Which capacities an account holds now: floors above register where to look (D8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from audit.actors import Actor

from .models import User
from .roles import Capacity


@dataclass(frozen=True, slots=True)
class HeldCapacity:
    """One capacity of one account. ``key`` is what the session remembers when it is chosen.

    ``organization`` is the name that evidence keeps; ``translated`` has it by language code, where there is one.
    """

    capacity: Capacity
    organization_id: UUID | None = None
    organization: str = ""
    translated: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def shown_organization(self) -> str:
        """The organization's name in the reader's language."""
        return self.translated.get(get_language() or "") or self.organization

    @property
    def key(self) -> str:
        return f"{self.capacity}:{self.organization_id or ''}"


Provider = Callable[[User, datetime], Iterable[HeldCapacity]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """``provider(user, now)`` yields the capacities that its records give the account now."""
    _providers.append(provider)


def held_by(user: User, now: datetime) -> list[HeldCapacity]:
    """All capacities of an account at ``now`` (UTC), in the order of the enum, without doubles."""
    held = {item.key: item for provider in _providers for item in provider(user, now)}
    order = list(Capacity)
    return sorted(held.values(), key=lambda item: (order.index(item.capacity), item.organization))


def actor_for(user: User, held: HeldCapacity | None, verified_at: datetime | None) -> Actor:
    """The actor of a signed-in person in one capacity; without any capacity a bare member account."""
    if held is None:
        return Actor(label=user.label, capacity="", user_id=user.pk, verified_at=verified_at)
    return Actor(
        label=user.label,
        capacity=held.capacity.value,
        user_id=user.pk,
        organization_id=held.organization_id,
        organization=held.organization,
        verified_at=verified_at,
    )
