"""Sessions at rest: what the table holds opens nothing (T7)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .user import User


class Session(models.Model):
    """One browser's session. ``digest``: SHA-256 of the key in the cookie, which is stored nowhere.

    ``data``: signed for this digest alone, so that a row copied under another key is worth nothing.
    ``user``: whose it is, so that one query answers who is asking; the signed data must say the same.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.user_id or 'nobody'} until {self.expires_at:%Y-%m-%d %H:%M}"
