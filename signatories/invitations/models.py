"""Rounds of invitations to endorse an edition: one act of the Coordinator with a due date (network practice)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel
from intranet.clock.wording import plain_date
from signatories.models import Organization


class RoundState(models.TextChoices):
    """Whether reminders go on; that a later edition replaced the text is derived from the editions."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class InvitationRound(GovernedModel):
    """Asks organizations to endorse one edition until ``due_on`` (date of the network's time zone, included).

    The edition is kept by number: an endorsement of it counts for its minor editions too (D7).
    """

    edition_number = models.PositiveSmallIntegerField()
    edition_label = models.CharField(max_length=20)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=RoundState.choices, default=RoundState.OPEN, editable=False
    )

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")

    def __str__(self) -> str:
        edition = gettext("Edition %(n)s") % {"n": self.edition_label}
        return f"{edition}, {plain_date(self.due_on)}"

    @property
    def is_open(self) -> bool:
        """Nobody closed it."""
        return self.state == RoundState.OPEN


class EndorsementInvitation(AppendOnlyModel):
    """One organization in a round. ``again``: it had withdrawn and was invited by an act of its own, with ``why``."""

    round = models.ForeignKey(InvitationRound, on_delete=models.PROTECT, related_name="invitations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="endorsement_invitations"
    )
    invited_on = models.DateField()
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=200)
    again = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("organization__name_en",)
        verbose_name = _("invitation to endorse")
        verbose_name_plural = _("invitations to endorse")
        constraints = [models.UniqueConstraint(fields=["round", "organization"], name="invited_once_a_round")]

    def __str__(self) -> str:
        return str(self.organization)
