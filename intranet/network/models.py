"""The network's settings (D42). Every change is a new dated row; the newest is in force."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel
from intranet.compiled import Statement

from .once import once

WEEKDAYS = {1: "Monday", 2: "Tuesday", 3: "Wednesday", 4: "Thursday", 5: "Friday", 6: "Saturday", 7: "Sunday"}


def _time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("Time zone: write a name like Asia/Baghdad."))


def _weekend(value: str) -> None:
    if not value or any(c not in "1234567" for c in value):
        raise ValidationError(
            _("Weekend: write day numbers, Monday is 1, for example 56 for Friday and Saturday.")
        )


class NetworkSettings(AppendOnlyModel):
    """One dated record of everything that a country's network sets for itself."""

    at = models.DateTimeField(_("in force since"))
    by = models.CharField(_("changed by"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)

    network_name = models.CharField(
        max_length=120, default="Protection from Sexual Exploitation and Abuse Network"
    )
    network_name_ar = models.CharField(max_length=120, default="شبكة الحماية من الاستغلال والانتهاك الجنسيين")
    network_name_ckb = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=60, default="Iraq")
    country_ar = models.CharField(max_length=60, default="العراق")
    country_ckb = models.CharField(max_length=60, blank=True)
    country_code = models.CharField(max_length=2, default="IQ")
    office_title = models.CharField(max_length=120, default="Office of the DSRSG/HC/RC")
    office_title_ar = models.CharField(
        max_length=160, default="مكتب نائب الممثل الخاص للأمين العام/منسق الشؤون الإنسانية/المنسق المقيم"
    )
    coordinator_title = models.CharField(max_length=120, default="PSEA Coordinator")
    coordinator_title_ar = models.CharField(
        max_length=120, default="منسق شبكة الحماية من الاستغلال والانتهاك الجنسيين"
    )
    hotline = models.CharField(_("hotline"), max_length=40, default="80069999")
    inter_agency_email = models.EmailField(_("inter-agency e-mail"), default="Iraq-psea@un.org")
    channels_verified_on = models.DateField(_("verified on"), null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="Asia/Baghdad", validators=[_time_zone])
    weekend = models.CharField(
        max_length=3, default="56", validators=[_weekend], help_text="ISO weekdays, Monday is 1"
    )
    report_due_day = models.PositiveSmallIntegerField(default=7)  # network practice, not protocol text
    first_answer_days = models.PositiveSmallIntegerField(default=5)  # business days, network practice
    follow_up_days = models.PositiveSmallIntegerField(default=5)  # business days, §7B.2
    still_you_months = models.PositiveSmallIntegerField(
        default=3, choices=[(n, str(n)) for n in (1, 2, 3, 4, 6, 12)]
    )  # network practice: how often everybody is asked "is this still you?"
    still_you_grace_days = models.PositiveSmallIntegerField(default=14)  # calendar days, network practice
    minimum_contributors = models.PositiveSmallIntegerField(default=3)  # a cell, D31
    approval_date = models.DateField(null=True, blank=True)
    letterhead_name = models.CharField(max_length=60, default="Iraq PSEA Network")
    letterhead_name_ar = models.CharField(
        max_length=80, default="شبكة الحماية من الاستغلال والانتهاك الجنسيين – العراق"
    )
    letterhead_office = models.CharField(max_length=80, default="Office of the PSEA Coordinator")
    letterhead_office_ar = models.CharField(
        max_length=80, default="مكتب تنسيق الحماية من الاستغلال والانتهاك الجنسيين"
    )
    letterhead_lines = models.TextField(blank=True, default="Protection from Sexual Exploitation and Abuse")
    letterhead_lines_ar = models.TextField(blank=True)

    class Meta:
        ordering = ("-at",)
        get_latest_by = "at"
        verbose_name = _("network settings")
        verbose_name_plural = _("network settings")

    def __str__(self) -> str:
        return f"{self.network_name} ({self.at:%Y-%m-%d})"

    @classmethod
    def current(cls) -> NetworkSettings:
        """The record in force; the shipped defaults (unsaved) on a fresh installation."""
        return once(cls, _in_force)

    @classmethod
    def newest(cls) -> models.QuerySet[NetworkSettings]:
        """The record in force as a query, for whoever asks it together with other things."""
        return cls.objects.order_by("-at")[:1]

    @classmethod
    def is_in_force(cls, pk: UUID | None) -> None:
        """A query of this page has told which record is in force (None: none yet), so that nobody asks again."""
        once(cls, lambda: cls() if pk is None else _record(pk))

    @classmethod
    def due_days(cls) -> tuple[tuple[datetime | None, int], ...]:
        """Since when (UTC) which due day of monthly reports is set, oldest first; None: as shipped."""
        newest = cls.current()
        return _due_days(None if newest._state.adding else newest.pk)

    def weekend_days(self) -> list[int]:
        """ISO weekday numbers of the weekend, sorted."""
        return sorted(int(c) for c in self.weekend)

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


_NEWEST = Statement(lambda: NetworkSettings.newest().values_list("pk"))


def _in_force() -> NetworkSettings:
    for (pk,) in _NEWEST.rows():
        return _record(pk)
    return NetworkSettings()


@lru_cache(maxsize=8)
def _due_days(newest: UUID | None) -> tuple[tuple[datetime | None, int], ...]:
    """Read once for each record in force: older ones never change."""
    shipped = (None, NetworkSettings().report_due_day)
    if newest is None:
        return (shipped,)
    return (shipped, *NetworkSettings.objects.order_by("at").values_list("at", "report_due_day"))


@lru_cache(maxsize=8)
def _record(pk: UUID) -> NetworkSettings:
    """One record. It never changes, so a process reads it once; which one is in force is asked each time."""
    return NetworkSettings.objects.get(pk=pk)
