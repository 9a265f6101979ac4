"""A forgotten or changed password: no sign-in by it, every other session ends, the factor stays (A6)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from audit.ledger import Subject
from intranet.notices import outbox

from . import attempts
from .models import User


def ask_for_reset(email: str, at: datetime) -> None:
    """Write the mail if there is such an account; the same event and the same answer if there is none.

    One mail in ten minutes for one account. No hash is computed in either case (A18).
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    attempts.noted(Actor(label=address[:200], capacity=""), at, "access.reset_asked")
    if user is None or not user.is_open(at) or not user.has_usable_password():
        return
    outbox.write(
        outbox.Letter(
            kind="access.password_reset",
            to=[user.email],
            subject=_("Choose a new password"),
            text=_(
                "Somebody asked for a new password for your account. If it was you, choose it here within two "
                "hours:\n\n%(link)s\n\nIf not, do nothing. Your second factor stays as it is."
            )
            % {"link": outbox.PRIVATE_LINK},
            once=f"reset:{user.pk}:{int(at.timestamp()) // 600}",
        ),
        at,
        about=Subject("account", str(user.pk)),
    )


def account_of(uid: str, token: str, at: datetime) -> User | None:
    """The account that a reset link belongs to, None when the link is not valid (any more)."""
    try:
        key = force_str(urlsafe_base64_decode(uid))
        user = User.objects.filter(pk=key).first()
    except (ValueError, ValidationError):
        return None
    if user is None or not user.is_open(at):
        return None
    return user if default_token_generator.check_token(user, token) else None


def set_password(user: User, password: str, at: datetime, actor: Actor, action: str) -> None:
    """``action``: ``access.password_reset`` or ``access.password_changed``. All sessions end."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.set_password(password)
        locked.end_sessions()
        locked.save(update_fields=["password", "session_stamp"])
        user.password, user.session_stamp = locked.password, locked.session_stamp
        attempts.noted(actor, at, action)
        attempts.tell(
            user,
            at,
            "password_changed",
            gettext_lazy("Your password was changed"),
            gettext_lazy(
                "All other sessions were ended. If it was not you, tell the PSEA Coordinator at once."
            ),
        )
