"""Who acts: a value passed to every governed act, and remembered for the history rows it writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one capacity (D9), or a job.

    ``label`` and ``organization`` are text on purpose: they outlive the account and the row.
    ``verified_at`` is the UTC instant of the last accepted second-factor code (D11), None if never.
    """

    label: str
    capacity: str
    user_id: UUID | None = None
    organization_id: UUID | None = None
    organization: str = ""
    verified_at: datetime | None = None

    @property
    def is_system(self) -> bool:
        return self.capacity == SYSTEM


def system_actor(job: str) -> Actor:
    """The actor of a job: ``system:run_due``. It never consents and never authorizes (D26)."""
    return Actor(label=f"system:{job}", capacity=SYSTEM)


@dataclass(frozen=True, slots=True)
class Acting:
    """``rows``: ids of the history rows written so far; the act's event carries them (``Event.data``)."""

    actor: Actor
    reason: str = ""
    rows: list[str] = field(default_factory=list)


class NobodyActs(RuntimeError):
    """A governed row was saved outside ``acting(...)``: history would not know who did it."""


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current_acting() -> Acting | None:
    """Who acts in this context, None outside ``acting``."""
    return _acting.get()


@contextmanager
def acting(actor: Actor, reason: str = "") -> Iterator[Acting]:
    """Every history row written inside names ``actor`` and ``reason``, and is noted in ``rows``."""
    current = Acting(actor, reason)
    token = _acting.set(current)
    try:
        yield current
    finally:
        _acting.reset(token)
