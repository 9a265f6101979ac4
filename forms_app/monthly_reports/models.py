"""One report an organization and month, its versions, and the Coordinator's row for the shared channel.

Figures live in ``payload`` alone: insert-only, out of the history tables and of every search (D13).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedHistory, GovernedModel

from .codes import Declaration, IntakeState, State


class MonthlyReport(GovernedModel):
    """What an organization sent for a month (§6.1). ``month``: first day of the month reported."""

    organization = models.ForeignKey(
        "signatories.Organization", on_delete=models.PROTECT, related_name="monthly_reports"
    )
    month = models.DateField(_("month"))
    state = models.CharField(max_length=20, choices=State.choices)

    class Meta:
        ordering = ("-month",)
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["organization", "month"], name="one_report_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="report_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Version(AppendOnlyModel):
    """One signed version. ``statement``: the words above the signature, as they were shown."""

    number = models.PositiveSmallIntegerField()
    payload = models.JSONField(default=dict)  # counts alone, never text
    reason = models.TextField(_("reason"), blank=True)  # demanded from version 2 on
    statement = models.TextField()
    signed_by = models.CharField(max_length=200)
    signed_capacity = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"v{self.number}"


class ReportVersion(Version):
    """A version of a month's report; a correction is a new one with its reason."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.PROTECT, related_name="versions")
    declaration = models.CharField(max_length=20, choices=Declaration.choices)
    history = GovernedHistory(excluded_fields=["payload"])

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_report_version_number")]

    @property
    def is_nothing(self) -> bool:
        return self.declaration == Declaration.NOTHING


class InterAgencyIntake(GovernedModel):
    """What came through the inter-agency channel itself in a month (D35): kept by the Coordinator."""

    month = models.DateField(_("month"), unique=True)
    state = models.CharField(max_length=20, choices=IntakeState.choices)

    class Meta:
        ordering = ("-month",)
        verbose_name = _("inter-agency intake")
        verbose_name_plural = _("inter-agency intakes")
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="intake_month_is_a_first_day")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class IntakeVersion(Version):
    """A version of the month's intake."""

    intake = models.ForeignKey(InterAgencyIntake, on_delete=models.PROTECT, related_name="versions")
    history = GovernedHistory(excluded_fields=["payload"])

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="one_intake_version_number")]
