"""Names that an organization had, and other names it goes by. The row of the organization holds today's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel

from .organizations import Organization


class AliasKind(models.TextChoices):
    FORMER = "former", _("Former name")
    OTHER = "other", _("Other name")


class AliasState(models.TextChoices):
    STANDS = "stands", _("Stands")
    STRUCK = "struck", _("Struck out")


class OrganizationAlias(GovernedModel):
    """A former name with its last day (written by a rename alone), or another name without days.

    ``name``: the name in English for a former name; for another name as people write it, in any script.
    ``held_until``: the last day of a former name, inclusive, a date in the network's time zone.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(_("kind"), max_length=10, choices=AliasKind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    name_ckb = models.CharField(_("name in Kurdish"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    held_until = models.DateField(_("held until"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=AliasState.choices, default=AliasState.STANDS, editable=False
    )

    class Meta:
        ordering = ("held_until", "name")
        verbose_name = _("name of an organization")
        verbose_name_plural = _("names of organizations")
        indexes = [models.Index(fields=["organization", "held_until"], name="alias_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="former", held_until__isnull=False)
                | models.Q(kind="other", held_until__isnull=True),
                name="former_names_have_a_last_day",
            ),
            models.UniqueConstraint(
                fields=["organization", "held_until"],
                condition=models.Q(kind="former", state="stands"),
                name="one_former_name_a_last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text under which it can be found."""
        return tuple(text for text in (self.name, self.name_ar, self.name_ckb, self.acronym) if text)
