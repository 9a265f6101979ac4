"""Who else may open and invite whom, and what follows: the floors above know posts and say so (D8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM, Actor
from intranet.workflow.machine import ALLOWED, Decision

from .models import Invitation, User
from .roles import COORDINATION

Inviter = Callable[[Actor, str, datetime], Decision]  # actor, address of the account, now
Recoverer = Callable[[Actor, User, datetime], Decision]
Used = Callable[[Invitation, Actor, datetime], None]
Closed = Callable[[User, Actor, datetime], None]


@dataclass
class _Floors:
    inviters: list[Inviter] = field(default_factory=list)
    recoverers: list[Recoverer] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)


_floors = _Floors()


def register(
    *,
    inviter: Inviter | None = None,
    recoverer: Recoverer | None = None,
    used: Used | None = None,
    closed: Closed | None = None,
) -> None:
    """Called by an AppConfig's ``ready``.

    ``inviter``: lets more people than the Coordinator invite an address. ``recoverer``: says whether a
    lost phone stands confirmed. ``used``, ``closed``: run in the transaction in which an invitation is
    used, or an account deactivated.
    """
    if inviter is not None:
        _floors.inviters.append(inviter)
    if recoverer is not None:
        _floors.recoverers.append(recoverer)
    if used is not None:
        _floors.used.append(used)
    if closed is not None:
        _floors.closed.append(closed)


def may_open(actor: Actor, address: str, now: datetime) -> Decision:
    """Open an account for ``address`` and invite it: coordination, the server, or whom a floor above allows."""
    if actor.capacity in COORDINATION or actor.capacity == SYSTEM:
        return ALLOWED
    answers = [inviter(actor, address, now) for inviter in _floors.inviters]
    return next(
        (answer for answer in answers if answer.allowed),
        next(
            (answer for answer in answers if answer.reason),
            Decision(False, _("Only the PSEA Coordinator opens and closes accounts."), "D10"),
        ),
    )


def may_recover(actor: Actor, user: User, now: datetime) -> Decision:
    """A link for an account that is set up: only where a floor above says that two people stand behind it."""
    if actor.capacity == SYSTEM:
        return ALLOWED
    answers = [recoverer(actor, user, now) for recoverer in _floors.recoverers]
    refusal = Decision(False, _("A lost phone needs two people: one vouches, another confirms."), "D11")
    return next((answer for answer in answers if answer.allowed), refusal)


def tell_used(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """An invitation was used."""
    for listener in _floors.used:
        listener(invitation, actor, now)


def tell_closed(user: User, actor: Actor, now: datetime) -> None:
    """An account was deactivated."""
    for listener in _floors.closed:
        listener(user, actor, now)
