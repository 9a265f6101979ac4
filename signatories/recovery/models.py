"""A lost phone: who vouched for whom, how the identity was checked, who confirmed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel

from ..models import Organization, Person


class Way(models.TextChoices):
    """By the weightiest capacity of whoever lost the phone; ``ways`` says who acts in each."""

    OFFICE = "office", _("post of the DSRSG/HC/RC office")
    COORDINATION = "coordination", _("PSEA Coordinator")
    NETWORK = "network", _("other post of the network")
    ORGANIZATION = "organization", _("post of an organization")


class RecoveryState(models.TextChoices):
    OPEN = "open", _("Reported")
    VOUCHED = "vouched", _("Vouched for")
    CONFIRMED = "confirmed", _("Confirmed")
    USED = "used", _("Used")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Ended unused")


LIVE = (RecoveryState.OPEN, RecoveryState.VOUCHED, RecoveryState.CONFIRMED)


class Channel(models.TextChoices):
    """How somebody convinced themselves that this is the person."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("video call")
    PHONE = "phone", _("call to a number known before")
    LETTER = "letter", _("letter of the Head of Agency")


class Recovery(GovernedModel):
    """One lost phone. Names stand as text beside their keys: they outlive accounts and posts (trap 18).

    ``organization``: the one in whose name somebody vouched. ``expires_at`` (UTC): until then it must be
    confirmed, and from the confirmation on until then the link holds. ``voucher`` and ``confirmer`` are
    people, so that two accounts of one person would still be one person.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recoveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recoveries")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="recoveries")
    way = models.CharField(max_length=20, choices=Way.choices)
    state = models.CharField(max_length=20, choices=RecoveryState.choices)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    voucher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="vouched_for"
    )
    vouched_by = models.CharField(max_length=200, blank=True)
    voucher_capacity = models.CharField(max_length=40, blank=True)
    vouched_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    compared = models.CharField(max_length=500, blank=True)

    letter_from = models.CharField(max_length=200, blank=True)
    letter_received_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    confirmer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmed_lost_phones"
    )
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmer_capacity = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirm_channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    confirm_compared = models.CharField(max_length=500, blank=True)
    invitation = models.OneToOneField(
        "access.Invitation", on_delete=models.PROTECT, null=True, blank=True, related_name="recovery"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("lost phone")
        verbose_name_plural = _("lost phones")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state__in=[state.value for state in LIVE]),
                name="one_live_recovery",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    @property
    def by_letter(self) -> bool:
        """Vouched for by a letter received outside, because nobody else could vouch (D17)."""
        return self.letter_received_on is not None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def is_over(self, now: datetime) -> bool:
        """Its time is up at ``now`` (UTC), whether or not a job has noted it."""
        return now >= self.expires_at
