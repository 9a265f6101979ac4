"""The acknowledgement of a withdrawal: that it arrived, nothing more (fields 4.5)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel

from ..models import ParticipationEntry


class Side(models.TextChoices):
    """Whose acknowledgement it is; a withdrawal has one of each."""

    COORDINATION = "coordination", _("PSEA Coordinator")
    OFFICE = "office", _("DSRSG/HC/RC office")


class AcknowledgementState(models.TextChoices):
    GIVEN = "given", _("Given")


class Acknowledgement(AppendOnlyModel):
    """Coordinator or office say that the withdrawal reached them. It takes effect without this (§9.i fn5).

    ``at``: UTC. ``by``, ``capacity``: as text, they outlive account and person.
    """

    entry = models.ForeignKey(ParticipationEntry, on_delete=models.PROTECT, related_name="acknowledgements")
    side = models.CharField(max_length=20, choices=Side.choices)
    state = models.CharField(max_length=10, choices=AcknowledgementState.choices, editable=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    capacity = models.CharField(max_length=40)
    by_user_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("at",)
        verbose_name = _("acknowledgement of a withdrawal")
        verbose_name_plural = _("acknowledgements of a withdrawal")
        constraints = [models.UniqueConstraint(fields=["entry", "side"], name="acknowledged_once_a_side")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_side_display()}"
