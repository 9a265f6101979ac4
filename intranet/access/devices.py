"""Second factors: an authenticator app, and one-time backup codes (A10, A11).

Nothing here opens an account to somebody who holds only the database: an authenticator's secret is
derived from a random salt in the row and a key outside the database; backup codes are kept as slow
hashes.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

STEP_SECONDS = 30
DIGITS = 6
TOLERANCE = 1  # steps before and after
CODE_COUNT = 10
CODE_LENGTH = 12  # of 32 signs: 60 bits behind a slow hash
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0, 1


def new_salt() -> str:
    """160 random bits, hexadecimal: what an authenticator's row stores."""
    return secrets.token_hex(20)


def derived_secrets(salt: str) -> Iterator[bytes]:
    """The 20-byte secrets that ``salt`` stands for: with the present key first, then earlier keys."""
    for key in [settings.SECOND_FACTOR_KEY or settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield salted_hmac("intranet.access.authenticator", salt, secret=key, algorithm="sha256").digest()[:20]


def generator(secret: bytes, at: float, drift: int = 0) -> TOTP:
    """The code generator of a secret at ``at`` (Unix seconds)."""
    totp = TOTP(secret, STEP_SECONDS, 0, DIGITS, drift)
    totp.time = at
    return totp


class Authenticator(TimestampMixin, ThrottlingMixin, Device):
    """A code generator app. ``last_step``: the counter of the last accepted code; older ones are refused."""

    salt = models.CharField(max_length=40, default=new_salt, editable=False)
    drift = models.SmallIntegerField(default=0)
    last_step = models.BigIntegerField(default=-1)

    class Meta(Device.Meta):
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def verify_token(self, token: str) -> bool:
        """Accept a code once; wrong ones double the waiting time. Call with the row locked."""
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        if str(token).isascii() and str(token).isdigit():
            for secret in derived_secrets(self.salt):
                totp = generator(secret, time.time(), self.drift)
                if totp.verify(int(token), TOLERANCE, self.last_step + 1):
                    self.last_step, self.drift = totp.t(), totp.drift
                    self.throttle_reset(commit=False)
                    self.set_last_used_timestamp(commit=False)
                    self.save()
                    return True
        self.throttle_increment(commit=True)
        return False

    def get_throttle_factor(self) -> float:
        return float(settings.SECOND_FACTOR_THROTTLE_SECONDS)

    def code_at(self, at: datetime) -> str:
        """The code that the app shows at ``at``; for demonstrations and tests, never for a page."""
        secret = next(derived_secrets(self.salt))
        return str(generator(secret, at.timestamp(), self.drift).token()).zfill(DIGITS)


class BackupDevice(TimestampMixin, ThrottlingMixin, Device):
    """The holder of an account's backup codes. django-otp's clear-text StaticToken is never written."""

    class Meta(Device.Meta):
        verbose_name = _("backup codes")
        verbose_name_plural = _("backup codes")

    def verify_token(self, token: str) -> bool:
        """Accept a code once. One slow hash for every try, also where no such code exists (A18)."""
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        typed = "".join(sign for sign in str(token).lower() if sign in _SIGNS)
        code = self.codes.filter(selector=typed[:2], used_at=None).first()
        if check_password(typed[2:], code.digest if code else _no_code()) and code is not None:
            self.set_last_used_timestamp(commit=False)
            self.throttle_reset(commit=False)
            self.save()
            code.used_at = self.last_used_at
            code.save(update_fields=["used_at"])
            return True
        self.throttle_increment(commit=True)
        return False

    def get_throttle_factor(self) -> float:
        return float(settings.SECOND_FACTOR_THROTTLE_SECONDS)

    def renew(self) -> list[str]:
        """Ten new codes in clear, shown once; the old ones are worth nothing from now on."""
        self.codes.all().delete()
        clear: list[str] = []
        selectors: set[str] = set()
        while len(clear) < CODE_COUNT:
            selector = _random(2)
            if selector in selectors:
                continue
            selectors.add(selector)
            secret = _random(CODE_LENGTH)
            BackupCode.objects.create(device=self, selector=selector, digest=make_password(secret))
            groups = [secret[i : i + 4] for i in range(0, CODE_LENGTH, 4)]
            clear.append("-".join([selector, *groups]))
        return clear

    def left(self) -> int:
        """How many codes are not used yet."""
        return self.codes.filter(used_at=None).count()


class BackupCode(models.Model):
    """One code. ``selector``: its first two signs, in clear, so that one try costs one hash."""

    device = models.ForeignKey(BackupDevice, on_delete=models.CASCADE, related_name="codes")
    selector = models.CharField(max_length=2)
    digest = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "selector"], name="backup_code_selector"),
        ]

    def __str__(self) -> str:
        return self.selector


def _random(length: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


_no_code_digest: list[Any] = []


def _no_code() -> str:
    if not _no_code_digest:
        _no_code_digest.append(make_password(_random(CODE_LENGTH)))
    return str(_no_code_digest[0])
