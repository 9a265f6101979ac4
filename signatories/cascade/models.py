"""The cascade of §4.h: how the standards were shared inside an organization. Numbers of people, nobody's names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel
from signatories.models import Organization


class Audience(models.TextChoices):
    """With whom they were shared."""

    MANAGEMENT = "management", _("Management")
    STAFF = "staff", _("Staff in offices")
    FIELD = "field", _("Field staff")
    PARTNERS = "partners", _("Staff of implementing partners")
    OTHERS = "others", _("Volunteers, contractors, others")


class CascadeState(models.TextChoices):
    RECORDED = "recorded", _("Recorded")


class CascadeRecord(AppendOnlyModel):
    """One sharing. Of two for the same audience and edition the newer counts: a correction is a new record.

    ``edition_number``: minor editions of it are the same standards (D7). ``shared_on``: date in the network's time
    zone. ``reached`` of ``people``: how many of that audience.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cascade_records")
    edition_number = models.PositiveSmallIntegerField(_("edition"))
    shared_on = models.DateField(_("shared on"))
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices)
    reached = models.PositiveIntegerField(_("number reached"))
    people = models.PositiveIntegerField(_("people in this audience"))
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=CascadeState.choices, editable=False)

    class Meta:
        ordering = ("shared_on", "at")
        verbose_name = _("sharing of the standards")
        verbose_name_plural = _("sharings of the standards")
        indexes = [models.Index(fields=["edition_number", "organization"], name="cascade_of_an_edition")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached__lte=models.F("people"), people__gte=1),
                name="cascade_within_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_audience_display()}, {self.shared_on.isoformat()}"
