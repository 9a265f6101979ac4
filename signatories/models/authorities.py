"""Who else than the Head of Agency was given authority to sign, by which instrument, from when (D19)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel

from .ledger import ReceivedHow
from .organizations import Organization
from .people import Person


class AuthorityState(models.TextChoices):
    """Whether it counts at all; on which days it counts follows from the dates alone."""

    WAITING = "waiting", _("Waits for a confirmation")
    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("Ended")
    DENIED = "denied", _("Denied")


COUNTING = frozenset({AuthorityState.RECORDED, AuthorityState.ENDED})


class SigningAuthority(GovernedModel):
    """A recorded authority: ``person`` may sign the protocol for ``organization`` (D19).

    Given by the Head of Agency it counts at once; recorded from an instrument that arrived outside it
    waits for a confirmation by somebody else (D17). Dates of the network's time zone, both included.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="authorities")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    instrument = models.CharField(_("instrument"), max_length=300)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    received_how = models.CharField(max_length=10, choices=ReceivedHow.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_by_id = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=AuthorityState.choices, default=AuthorityState.RECORDED, editable=False
    )

    class Meta:
        ordering = ("begins_on",)
        verbose_name = _("signing authority")
        verbose_name_plural = _("signing authorities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("begins_on")),
                name="authority_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.instrument}"

    @property
    def counts(self) -> bool:
        """Whether it gives any authority: neither waiting for its confirmation nor denied."""
        return self.state in COUNTING

    def held_on(self, day: date) -> bool:
        """Whether the person may sign under it on a day."""
        return self.counts and self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)
