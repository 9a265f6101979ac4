"""Answers to "is this still you?": written once, only added to; the newest one of a round counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel

from ..models import Person


class Reply(models.TextChoices):
    """What somebody says about the posts that they hold. ``SEEN`` is said by who looks after them."""

    YES = "yes", _("Yes, this is still me")
    LEFT = "left", _("No, I left")
    CORRECT = "correct", _("Yes, but something has to be corrected")
    SEEN = "seen", _("Looked after")


class PresenceAnswer(AppendOnlyModel):
    """One answer. ``round_on``: first day of the round, in the network's time zone; ``at``: UTC.

    No answer ends a post by itself, and neither does silence: people record the end (D9).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="presence")
    round_on = models.DateField()
    number = models.PositiveIntegerField()  # 1, 2, 3 ... of the person in the round
    reply = models.CharField(max_length=10, choices=Reply.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_capacity = models.CharField(max_length=40)

    class Meta:
        ordering = ("at", "number")
        verbose_name = _("answer to “is this still you?”")
        verbose_name_plural = _("answers to “is this still you?”")
        constraints = [
            models.UniqueConstraint(fields=["person", "round_on", "number"], name="presence_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reply_display()}"
