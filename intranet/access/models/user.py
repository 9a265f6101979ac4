"""Accounts. People, posts and organizations live a floor above; here is only who can sign in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without password nobody can sign in until an invitation is used."""
        if not email:
            raise ValueError("E-mail: write the address that the account is for")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The technical superuser: holds no capacity and so can do no governed act (trap 21)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


def new_stamp() -> str:
    """A random sign of 16 characters."""
    return get_random_string(16)


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """One account. Accounts are deactivated, never deleted: evidence names them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("given name"), max_length=80, blank=True)
    last_name = models.CharField(_("family name"), max_length=80, blank=True)
    session_stamp = models.CharField(max_length=16, default=new_stamp, editable=False)
    may_enrol_until = models.DateTimeField(null=True, editable=False)  # first enrolment, from an invitation
    set_up_at = models.DateTimeField(null=True, editable=False)  # the first second factor; never taken back
    access_ends_at = models.DateTimeField(null=True, editable=False)  # a leaver's hour, UTC

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The person's name as evidence keeps it, the address where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def end_sessions(self) -> None:
        """Every session of this account ends with its next request; save the row afterwards."""
        self.session_stamp = new_stamp()

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with ``end_sessions``."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for key in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(key)

    def _session_hash(self, key: str | bytes | None) -> str:
        value = f"{self.password}{self.session_stamp}"
        return salted_hmac("intranet.access.session", value, secret=key, algorithm="sha256").hexdigest()

    def is_open(self, now: datetime) -> bool:
        """Not deactivated, and the hour at which a leaver's access ends (UTC) has not come."""
        return self.is_active and (self.access_ends_at is None or now < self.access_ends_at)

    def may_enrol(self, now: datetime) -> bool:
        """Whether a first second factor may be set up with the password alone, from an invitation."""
        return self.may_enrol_until is not None and now < self.may_enrol_until
