"""A member's own statistics with the caveat of §7A: one row a note that was made, and its Word file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class State(models.TextChoices):
    """A note is made once; another one is another note."""

    MADE = "made", _("Made")


class Use(models.TextChoices):
    """What §7A.1 authorizes a member to use its own statistics for. The media is neither (§7A.3)."""

    INTERNAL = "internal", _("Internal reporting")
    DONOR = "donor", _("Donor reporting")


class Language(models.TextChoices):
    """Languages of the note; the caveat stays in English in both (D4)."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic, with the caveat in English")


class OwnNote(GovernedModel):
    """Who took which own figures out, for what, to whom. The figures stand in the file alone.

    ``first_month`` and ``last_month``: first days of months, both included. ``number`` counts within one
    organization, so that it tells nobody how many others made. ``months_reported``: months of the period
    that have a report.
    """

    organization = models.ForeignKey(
        "signatories.Organization", on_delete=models.PROTECT, related_name="own_notes"
    )
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    first_month = models.DateField(_("from"))
    last_month = models.DateField(_("to"))
    use = models.CharField(_("used for"), max_length=20, choices=Use.choices)
    purpose = models.CharField(_("purpose"), max_length=300)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    recipient_name = models.CharField(_("recipient's name"), max_length=120)
    recipient_title = models.CharField(_("recipient's title"), max_length=120)
    recipient_organization = models.CharField(_("recipient's organization"), max_length=160)
    months_reported = models.PositiveSmallIntegerField()
    edition_label = models.CharField(max_length=20)
    data_set_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    made_capacity = models.CharField(max_length=40)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        verbose_name = _("own statistics")
        verbose_name_plural = _("own statistics")
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_own_note_number"),
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")), name="own_note_period"
            ),
        ]

    def __str__(self) -> str:
        return self.number
