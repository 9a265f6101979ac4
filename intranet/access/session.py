"""What the session remembers: the chosen capacity and when the last code was accepted (D9, D11)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from audit.actors import Actor
from intranet.clock import now

from .capacities import HeldCapacity, actor_for, held_by
from .models import User

CAPACITY = "capacity"
VERIFIED_AT = "verified_at"
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
LAST_VISIT = "last_visit"
_SEEN_EVERY = timedelta(minutes=1)  # how often "seen" is written


def held_capacities(request: HttpRequest) -> list[HeldCapacity]:
    """The capacities of the signed-in account, once a request."""
    cached: list[HeldCapacity] | None = getattr(request, "_held_capacities", None)
    if cached is None:
        assert isinstance(request.user, User)
        cached = held_by(request.user, now())
        request._held_capacities = cached  # type: ignore[attr-defined]
    return cached


def chosen_capacity(request: HttpRequest) -> HeldCapacity | None:
    """The capacity the person acts in: the chosen one while still held, else the only one, else none."""
    held = held_capacities(request)
    key = request.session.get(CAPACITY)
    chosen = next((item for item in held if item.key == key), None)
    if chosen is None and len(held) == 1:
        return held[0]
    return chosen


def choose_capacity(request: HttpRequest, key: str) -> bool:
    """Remember the capacity; False (and nothing remembered) when it is not held."""
    if not any(item.key == key for item in held_capacities(request)):
        return False
    request.session[CAPACITY] = key
    return True


def begin(request: HttpRequest, at: datetime, last_visit: datetime | None = None) -> None:
    """A session begins at ``at`` (UTC): eight hours at most, half an hour without a page.

    ``last_visit``: when the account signed in the time before, None for the first time.
    """
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = at.astimezone(UTC).isoformat()
    if last_visit is not None:
        request.session[LAST_VISIT] = last_visit.astimezone(UTC).isoformat()


def last_visit(request: HttpRequest) -> datetime | None:
    """When the visit before this one began (UTC), None for the first."""
    return _instant(request, LAST_VISIT)


def began_at(request: HttpRequest) -> datetime | None:
    """When the session began, UTC; None for one that never did."""
    return _instant(request, SIGNED_IN_AT)


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether the session has come to its end by age or by idleness; also one that never began."""
    began, seen = _instant(request, SIGNED_IN_AT), _instant(request, SEEN_AT)
    if began is None or seen is None:
        return True
    too_old = at - began >= timedelta(hours=settings.SESSION_HOURS)
    return too_old or at - seen >= timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def seen(request: HttpRequest, at: datetime) -> None:
    """A page was asked for; written once a minute at most."""
    last = _instant(request, SEEN_AT)
    if last is None or at - last >= _SEEN_EVERY:
        request.session[SEEN_AT] = at.astimezone(UTC).isoformat()


def _instant(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromisoformat(value) if value else None


def mark_verified(request: HttpRequest, at: datetime) -> None:
    """A second-factor code was accepted at ``at`` (UTC)."""
    request.session[VERIFIED_AT] = at.astimezone(UTC).isoformat()


def verified_at(request: HttpRequest) -> datetime | None:
    """When the last code of this session was accepted, None if never."""
    return _instant(request, VERIFIED_AT)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a verified request."""
    assert isinstance(request.user, User)
    return actor_for(request.user, chosen_capacity(request), verified_at(request))
