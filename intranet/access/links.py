"""One-time links in mails: a row keeps only a hash, the link itself is made again when the mail leaves.

So neither the database nor the outbox opens an account: that takes SECRET_KEY too.
"""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from intranet.notices import outbox
from intranet.notices.models import Notice

from .models import Invitation, User


def token_of(seed: str) -> str:
    """The 256-bit token that belongs to a row's random ``seed``."""
    digest = salted_hmac("intranet.access.invitation", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What the database keeps of a token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_link(seed: str, language: str = "en") -> str:
    """The absolute address that the invited person opens."""
    with translation.override(language):
        return settings.BASE_URL + reverse("access:invitation", args=[token_of(seed)])


def reset_link(user: User, language: str = "en") -> str:
    """The absolute address for a new password; worth nothing after a password change or a sign-in."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    with translation.override(language):
        path = reverse("access:password_reset", args=[uid, default_token_generator.make_token(user)])
    return settings.BASE_URL + path


def _for_invitation(notice: Notice) -> str:
    return invitation_link(Invitation.objects.get(pk=notice.object_id).seed, notice.language)


def _for_reset(notice: Notice) -> str:
    return reset_link(User.objects.get(pk=notice.object_id), notice.language)


def register() -> None:
    """Called once by the app's ``ready``."""
    outbox.private_link("access.invitation", _for_invitation)
    outbox.private_link("access.recovery", _for_invitation)
    outbox.private_link("access.password_reset", _for_reset)
