"""The outbox: one row a written notice, one row a delivery attempt, one where people were told otherwise."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel
from audit.protection import append_only

RETRY_AFTER = (1, 5, 30, 120, 360, 720)  # minutes after the first, second ... failed attempt
STUCK_AFTER = 3  # failed attempts until the Coordinator is told


class Notice(models.Model):
    """One mail to the people of ONE organization or office, written in the transaction of its act.

    The text is final when written. Only the delivery columns change afterwards. ``id`` is the
    Message-ID, so a repeated delivery can be recognised. After an address was repaired a copy of its own
    goes to it (``outbox.send_again``); the addresses of this row stay what they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    organization_id = models.UUIDField(null=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=5, default="en")
    rule = models.CharField(max_length=40, blank=True)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    once = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001 (many rows have none)

    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)  # None: delivered, or given up
    delivered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    refused = models.JSONField(default=list)  # addresses, in small letters, that the mail server refused
    sent_again_at = models.DateTimeField(
        null=True
    )  # others went instead: copies after a repair, or a later act's

    class Meta:
        ordering = ("written_at",)
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="notice_waiting",
                condition=models.Q(delivered_at__isnull=True),
            ),
            models.Index(fields=["object_type", "object_id"], name="notice_object"),
            models.Index(fields=["written_at"], name="notice_refused", condition=~models.Q(refused=[])),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_stuck(self) -> bool:
        """Several failed attempts, or refused for good: somebody must look at it."""
        if self.delivered_at is not None or self.sent_again_at is not None:
            return False
        return self.attempts >= STUCK_AFTER or self.bounced_at is not None

    def retry_at(self, now: datetime) -> datetime | None:
        """When to try again after the attempt that just failed, None when all tries are used."""
        if self.attempts > len(RETRY_AFTER):
            return None
        return now + timedelta(minutes=RETRY_AFTER[self.attempts - 1])


@append_only
class Attempt(models.Model):
    """One try to deliver."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    ok = models.BooleanField()
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.at} {'ok' if self.ok else self.error}"


class Channel(models.TextChoices):
    """How else people were told."""

    PHONE = "phone", _("By telephone")
    MESSAGE = "message", _("By a message service")
    IN_PERSON = "in_person", _("In person")
    LETTER = "letter", _("By letter")
    OTHER_ADDRESS = "other_address", _("By e-mail from another account, or to another address")
    OTHER = "other", _("Another way")


class ToldState(models.TextChoices):
    TOLD = "told", _("Told by another channel")


class ToldOtherwise(AppendOnlyModel):
    """That a stuck mail was told by another channel: which, when, entered by whom. The mail stays undelivered.

    ``told_on``: calendar date in the network's time zone; ``at``: when it was entered (UTC).
    """

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="told")
    state = models.CharField(max_length=10, choices=ToldState.choices)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    other = models.CharField(_("other channel"), max_length=120, blank=True)
    told_on = models.DateField(_("told on"))
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("mail told by another channel")

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.told_on}"
