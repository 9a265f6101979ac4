"""Who is asking: the account and the second factor of the session, from the row that the session came with."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import is_verified
from django_otp.models import Device

from .models import User
from .session_store import SessionStore


class WhoMiddleware(AuthenticationMiddleware):
    """Sets ``request.user``, with ``otp_device`` and ``is_verified()``.

    In the place of Django's and django-otp's own, which ask the database once each. The same conditions hold.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(partial(account_of, request))  # type: ignore[assignment]


def account_of(request: HttpRequest) -> User | AnonymousUser:
    """The account that is signed in: active, its password and sign unchanged since (A7), else nobody."""
    user = _signed_in(request.session)  # type: ignore[arg-type]
    found = user or AnonymousUser()
    device = _device(request.session, user) if user else None  # type: ignore[arg-type]
    found.otp_device = device  # type: ignore[union-attr]
    found.is_verified = partial(is_verified, found)  # type: ignore[union-attr]
    return found


def _signed_in(session: SessionStore) -> User | None:
    named, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    user = session.account
    if user is None or str(user.pk) != named or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    if not user.is_active:
        return None
    signed = session.get(HASH_SESSION_KEY) or ""
    present = user.get_session_auth_hash()
    if constant_time_compare(signed, present):
        return user
    if signed and any(constant_time_compare(signed, old) for old in user.get_session_auth_fallback_hash()):
        session.cycle_key()  # signed with an earlier SECRET_KEY: from now on with the present one
        session[HASH_SESSION_KEY] = present
        return user
    session.flush()
    return None


def _device(session: SessionStore, user: User) -> Device | None:
    """The second factor that this session was opened with, while it is still the account's own."""
    named = session.get(DEVICE_ID_SESSION_KEY)
    if named in session.devices:
        return SimpleLazyObject(lambda: Device.from_persistent_id(named))  # rarely looked at
    if named is not None:
        del session[DEVICE_ID_SESSION_KEY]
    return None
