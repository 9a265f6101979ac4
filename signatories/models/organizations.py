"""Organizations of the network: those that sign, the office, the coordination, others (§2)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class Kind(models.TextChoices):
    """What an organization is. Only the first three sign the protocol and report."""

    UN_AGENCY = "un_agency", _("UN agency")
    PARTNER_NGO = "partner_ngo", _("Implementing partner (NGO)")
    PARTNER_GOVERNMENT = "partner_government", _("Implementing partner (government)")
    OFFICE = "office", _("DSRSG/HC/RC office")
    COORDINATION = "coordination", _("PSEA coordination")
    EXTERNAL = "external", _("External organization")


SIGNING_KINDS = frozenset({Kind.UN_AGENCY, Kind.PARTNER_NGO, Kind.PARTNER_GOVERNMENT})


class OrganizationState(models.TextChoices):
    """Where an organization stands after its last act, whatever day that act takes effect.

    The runner locks and checks it; screens and rules ask ``selectors.standing`` for a day instead.
    """

    LISTED = "listed", _("Invited")
    SIGNATORY = "signatory", _("Signatory")
    SUSPENDED = "suspended", _("Sharing suspended")
    FLOW_STOPPED = "flow_stopped", _("Flow of data stopped")
    SUSPENDED_STOPPED = "suspended_stopped", _("Sharing suspended, flow of data stopped")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Organization(GovernedModel):
    """One organization. ``active_from`` and ``active_to`` (inclusive): calendar dates in the network's zone."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200, unique=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    name_ckb = models.CharField(_("name in Kurdish"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    region = models.CharField(
        _("region"), max_length=60, blank=True, help_text=_("For its non-working days. Empty: the network's.")
    )
    active_from = models.DateField(_("in the network from"))
    active_to = models.DateField(_("in the network until"), null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=OrganizationState.choices, default=OrganizationState.LISTED, editable=False
    )

    class Meta:
        ordering = ("name_en",)
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name_en

    @property
    def name(self) -> str:
        """The name in the reader's language, English where there is none."""
        return getattr(self, f"name_{get_language() or 'en'}", "") or self.name_en

    @property
    def short(self) -> str:
        """The acronym, the name where there is none."""
        return self.acronym or self.name

    @property
    def may_sign(self) -> bool:
        """Whether this kind of organization signs the protocol (§2)."""
        return self.kind in SIGNING_KINDS

    def active_on(self, day: date) -> bool:
        """Whether it belongs to the network on a day."""
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)
