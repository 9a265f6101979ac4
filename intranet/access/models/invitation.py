"""Invitations: the one way to a password and a first second factor (one-time, hashed, with an end)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel

from .user import User


def new_seed() -> str:
    """128 random bits, hexadecimal."""
    return secrets.token_hex(16)


class Invitation(GovernedModel):
    """One invitation for one account. The link is not stored: its hash is, and a seed that needs SECRET_KEY."""

    class State(models.TextChoices):
        OPEN = "open", _("sent")
        USED = "used", _("used")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Purpose(models.TextChoices):
        FIRST = "first", _("first sign-in")
        RECOVERY = "recovery", _("lost phone")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.FIRST)
    address = models.EmailField(blank=True)  # where the link went; empty: the account's address
    state = models.CharField(max_length=20, choices=State.choices)
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, default="en")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-sent_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="open"), name="one_open_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.state}"

    def is_valid(self, now: datetime) -> bool:
        """Open, and its end has not come."""
        return self.state == self.State.OPEN and now < self.expires_at
