"""A hand-over that was put on paper: what was open at that instant, frozen in a Word file and a PDF."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel

from ..models import Organization, Person


class Scope(models.TextChoices):
    PERSON = "person", _("Hand-over of a post")
    NETWORK = "network", _("Hand-over of the coordination")


class HandOver(AppendOnlyModel):
    """One paper. ``person`` and ``organization``: whose posts, where; both empty for the whole network.

    The page itself is derived and always of now; this row exists only where somebody kept it.
    """

    scope = models.CharField(max_length=10, choices=Scope.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    made_capacity = models.CharField(max_length=40)

    class Meta:
        ordering = ("-made_at",)
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope="network", person=None, organization=None)
                | models.Q(scope="person", person__isnull=False, organization__isnull=False),
                name="hand_over_of_a_person_or_all",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())
