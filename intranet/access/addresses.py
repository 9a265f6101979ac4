"""Whose address a request comes from, and the high cap on failures from one address (A14, A16)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest

from audit import ledger
from audit.actors import Actor
from audit.models import Event
from intranet.clock import now


def client_address(request: HttpRequest) -> str:
    """The caller's address. ``X-Forwarded-For`` counts only as far as our own proxies wrote it.

    With TRUSTED_PROXIES = n the n-th entry from the right is what our outermost proxy saw; whatever
    the caller put before it is ignored. With 0 the header is ignored altogether.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    trusted = int(settings.TRUSTED_PROXIES)
    if trusted < 1:
        return direct
    hops = [
        hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()
    ]
    return hops[-trusted] if len(hops) >= trusted else direct


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that somebody tried, as lockout counts it: one name whatever the capitals."""
    given = credentials or {}
    return str(given.get("username") or given.get("email") or "").strip().lower()


def failures_from(address: str, at: datetime) -> int:
    """Failed sign-ins from one address within the cool-off time."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)
    return int(attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0)


def _note_once(address: str, at: datetime) -> None:
    """One event for an address within the cool-off time."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if not Event.objects.filter(action="access.address_closed", actor_label=address, at__gte=since).exists():
        ledger.record(
            now=at,
            actor=Actor(label=address, capacity=""),
            action="access.address_closed",
            kind=ledger.Kind.SIGN_IN,
            clause="D15",
            outcome="refused",
            reason="too many failed sign-ins from one address",
        )


class AddressCapBackend:
    """First of the backends: too many failures from one address, whatever the accounts, end the try."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Never signs anybody in; raises PermissionDenied above the cap."""
        if request is None:
            return
        address, at = client_address(request), now()
        if failures_from(address, at) >= settings.ADDRESS_FAILURE_LIMIT:
            _note_once(address, at)
            request.axes_locked_out = True  # type: ignore[attr-defined]
            raise PermissionDenied("Too many failed sign-ins from this address")

    def get_user(self, user_id: Any) -> None:
        """Knows nobody."""
