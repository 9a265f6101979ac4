"""What sign-ins and codes leave behind: events, lockout counts, a warning to the account's owner (D15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django_stubs_ext import StrOrPromise

from audit import ledger
from audit.actors import Actor
from audit.ledger import Kind
from audit.models import Event
from intranet.clock import now
from intranet.notices import outbox

from .devices import Authenticator
from .models import User


def signed_in(request: HttpRequest, actor: Actor, at: datetime, how: str) -> Event:
    """A sign-in with password and second factor. ``how``: ``code``, ``backup code``, ``enrolment``."""
    return ledger.record(
        now=at, actor=actor, action="access.sign_in", kind=Kind.SIGN_IN, clause="D15", data={"with": how}
    )


def noted(actor: Actor, at: datetime, action: str, *, done: bool = True, reason: str = "") -> Event:
    """Any other event of the doors: sign-out, step-up, refusal."""
    return ledger.record(
        now=at,
        actor=actor,
        action=action,
        kind=Kind.SIGN_IN,
        clause="D15",
        outcome="done" if done else "refused",
        reason=reason,
    )


def account_actor(user: User, verified_at: datetime | None = None) -> Actor:
    """The account itself, before it acts in any capacity."""
    return Actor(label=user.label, capacity="", user_id=user.pk, verified_at=verified_at)


def wrong_code(request: HttpRequest, user: User) -> None:
    """Count a wrong code with the failed passwords (A12), note it, warn the owner."""
    at = now()
    _count(request, user)
    noted(account_actor(user), at, "access.code", done=False, reason="wrong code")
    device = Authenticator.objects.devices_for_user(user).first()
    failures = device.throttling_failure_count if device else 0
    if failures and failures % settings.SECOND_FACTOR_ALERT_AFTER == 0:
        tell(
            user,
            at,
            "wrong_codes",
            gettext_lazy("Wrong codes for your account"),
            gettext_lazy(
                "Somebody who knows your password typed several wrong codes. If it was not you, change your "
                "password now and tell the PSEA Coordinator."
            ),
        )


def _count(request: HttpRequest, user: User) -> None:
    """Axes' row may vanish by somebody's success between its two looks: then the count starts anew."""
    credentials = {"username": user.email, "password": "*"}
    for last in (False, True):
        try:
            with transaction.atomic():
                user_login_failed.send(sender=__name__, credentials=credentials, request=request)
            return
        except IntegrityError:
            if last:
                raise


def tell(user: User, at: datetime, kind: str, subject: StrOrPromise, text: StrOrPromise) -> None:
    """One mail to the account's owner about the account, in the owner's language: no link, no code."""
    language = language_of(user)
    with translation.override(language):
        letter = outbox.Letter(
            kind=f"access.{kind}", to=[user.email], subject=str(subject), text=str(text), language=language
        )
        outbox.write(letter, at)


_languages: list[Callable[[User], str]] = []


def language_of(user: User) -> str:
    """The owner's language for mail; the language of the moment for an account that belongs to nobody."""
    return next(filter(None, (ask(user) for ask in _languages)), None) or get_language() or "en"


def speaks(language_of: Callable[[User], str]) -> None:
    """The floors above know in which language the owner of an account is written to; empty: they do not."""
    _languages.append(language_of)


def _locked_out(sender: Any, request: HttpRequest, username: str, ip_address: str, **kwargs: Any) -> None:
    """One event a lockout; the tries that follow while it lasts are only counted."""
    if getattr(request, "axes_failures_since_start", None) != settings.AXES_FAILURE_LIMIT:
        return
    actor = Actor(label=(username or "unknown")[:200], capacity="")
    noted(actor, now(), "access.locked_out", done=False, reason=f"too many failures from {ip_address}")


def connect() -> None:
    """Called once by the app's ``ready``."""
    user_locked_out.connect(_locked_out, dispatch_uid="intranet.access.locked_out")


__all__ = ["account_actor", "connect", "language_of", "noted", "signed_in", "speaks", "tell", "wrong_code"]
