"""The contract between an implementing partner and a UN agency: through it figures and allegations go (§4.b)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel
from signatories.models import Organization


class AgreementState(models.TextChoices):
    """Whether an act ended it; whether it is in force on a day follows from the dates."""

    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("Ended early")
    STRUCK = "struck", _("Struck out")


class Rating(models.TextChoices):
    """Outcome of the UN implementing partner PSEA capacity assessment."""

    FULL = "full", _("Full capacity")
    MEDIUM = "medium", _("Medium capacity")
    LOW = "low", _("Low capacity")


class PartnerAgreement(GovernedModel):
    """One agreement. All days are dates in the network's time zone; ``ends_on`` and ``valid_until`` inclusive.

    An agreement that was struck out counts nowhere; the history keeps it with the reason.
    """

    partner = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="agreements_as_partner",
        verbose_name=_("implementing partner"),
    )
    agency = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="agreements_as_agency",
        verbose_name=_("UN agency"),
    )
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    psea_clause = models.BooleanField(_("PSEA clause"))
    psea_clause_on = models.DateField(_("date of the PSEA clause"), null=True, blank=True)
    assessed_on = models.DateField(_("capacity assessed on"), null=True, blank=True)
    rating = models.CharField(_("capacity"), max_length=10, choices=Rating.choices, blank=True)
    valid_until = models.DateField(_("assessment valid until"), null=True, blank=True)
    partner_portal_id = models.CharField(_("UN Partner Portal id"), max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=AgreementState.choices, default=AgreementState.RECORDED, editable=False
    )

    class Meta:
        ordering = ("-begins_on", "id")
        verbose_name = _("partner agreement")
        verbose_name_plural = _("partner agreements")
        indexes = [
            models.Index(fields=["partner", "begins_on"], name="agreement_of_partner"),
            models.Index(fields=["agency", "begins_on"], name="agreement_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("begins_on")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(psea_clause=True, psea_clause_on__isnull=False)
                | models.Q(psea_clause=False, psea_clause_on__isnull=True),
                name="agreement_clause_has_its_date",
            ),
            models.CheckConstraint(
                condition=models.Q(assessed_on__isnull=True, valid_until__isnull=True, rating="")
                | (
                    models.Q(assessed_on__isnull=False, valid_until__isnull=False)
                    & models.Q(valid_until__gte=models.F("assessed_on"))
                    & ~models.Q(rating="")
                ),
                name="agreement_assessment_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.agency}"

    def in_force_on(self, day: date) -> bool:
        """Whether it binds both on a day."""
        struck = self.state == AgreementState.STRUCK
        return not struck and self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)

    def assessment_expired_on(self, day: date) -> bool:
        """Whether a capacity assessment was recorded and no longer holds on a day."""
        return self.valid_until is not None and self.valid_until < day
