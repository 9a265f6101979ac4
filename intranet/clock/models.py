"""The editable calendar of non-working days, confirmed year by year, and the jobs' last runs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel


class NonWorkingDay(GovernedModel):
    """A day on which the network, or one region, does not work. Seeded from a public list, editable."""

    on = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True, help_text=_("Empty: the whole network"))
    estimated = models.BooleanField(_("estimated until announced"), default=False)
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("Not a day off after all; kept for the history")
    )

    class Meta:
        ordering = ("on",)
        verbose_name = _("non-working day")
        verbose_name_plural = _("non-working days")
        constraints = [models.UniqueConstraint(fields=["on", "region"], name="one_day_a_region")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CalendarConfirmation(AppendOnlyModel):
    """Somebody looked at the year's list and confirmed it. Without one, nothing counts in that year."""

    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    days = models.PositiveSmallIntegerField(help_text="How many non-working days the list held")

    class Meta:
        ordering = ("year", "at")

    def __str__(self) -> str:
        return f"{self.year}: {self.by}"


class JobRun(models.Model):
    """One run of a job (run_due, deliver), so that the Coordinator sees when it last ran."""

    job = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ok = models.BooleanField(default=False)
    did = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ("-started_at",)
        indexes = [models.Index(fields=["job", "-started_at"], name="job_last")]

    def __str__(self) -> str:
        return f"{self.job} {self.started_at}"
