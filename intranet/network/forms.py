"""The settings form, in groups that people recognise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseModelForm, DayField, KeyField, NumberField

from .models import NetworkSettings

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Names"),
        ("network_name", "network_name_ar", "network_name_ckb", "country", "country_ar", "country_ckb"),
    ),
    (_("Titles"), ("office_title", "office_title_ar", "coordinator_title", "coordinator_title_ar")),
    (_("Reporting channels"), ("hotline", "inter_agency_email", "channels_verified_on")),
    (_("Time"), ("time_zone", "weekend", "report_due_day", "first_answer_days")),
    (_("People"), ("still_you_months", "still_you_grace_days")),
    (_("Release"), ("minimum_contributors",)),
    (
        _("Letterhead"),
        (
            "letterhead_name",
            "letterhead_name_ar",
            "letterhead_office",
            "letterhead_office_ar",
            "letterhead_lines",
            "letterhead_lines_ar",
        ),
    ),
)
LABELS = {
    "network_name": _("Name of the network"),
    "network_name_ar": _("Name in Arabic"),
    "network_name_ckb": _("Name in Kurdish (Sorani)"),
    "country": _("Country"),
    "country_ar": _("Country in Arabic"),
    "country_ckb": _("Country in Kurdish (Sorani)"),
    "office_title": _("Title of the office"),
    "office_title_ar": _("Title of the office in Arabic"),
    "coordinator_title": _("Title of the Coordinator"),
    "coordinator_title_ar": _("Title of the Coordinator in Arabic"),
    "hotline": _("Hotline"),
    "inter_agency_email": _("Inter-agency e-mail"),
    "time_zone": _("Time zone"),
    "weekend": _("Weekend"),
    "still_you_months": _("“Is this still you?” every so many months"),
    "letterhead_name": _("Name on letters"),
    "letterhead_name_ar": _("Name on letters in Arabic"),
    "letterhead_office": _("Sending office on letters"),
    "letterhead_office_ar": _("Sending office on letters in Arabic"),
    "letterhead_lines": _("Lines under the name on letters"),
    "letterhead_lines_ar": _("Lines under the name on letters in Arabic"),
}
PRACTICE = _("Network practice, not protocol text.")


class SettingsForm(BaseModelForm):
    """Everything in D42 that is a setting; a reason is kept with each change."""

    channels_verified_on = DayField(
        label=_("Hotline and e-mail verified on"),
        required=False,
        help_text=_("The day on which somebody called and wrote, for example 25/1/2026"),
    )
    report_due_day = NumberField(label=_("Monthly report due on day"), least=1, most=28, help_text=PRACTICE)
    first_answer_days = NumberField(
        label=_("Working days for the first answer"), least=1, most=30, help_text=PRACTICE
    )
    minimum_contributors = NumberField(
        label=_("Organizations behind each number, at least"), least=3, most=20, help_text=PRACTICE
    )
    still_you_grace_days = NumberField(
        label=_("Days for the answer to “is this still you?”"), least=3, most=28, help_text=PRACTICE
    )
    base = KeyField(required=False)  # the record that the person saw
    reason = forms.CharField(label=_("Reason for this change"), max_length=300)

    class Meta:
        model = NetworkSettings
        fields = [name for _group, names in GROUPS for name in names]
        labels = LABELS
        help_texts = {
            "weekend": _("Day numbers: Monday is 1. 56 is Friday and Saturday."),
            "time_zone": _("For example Asia/Baghdad"),
            "still_you_months": PRACTICE,
        }
        widgets = {
            "letterhead_lines": forms.Textarea(attrs={"rows": 3}),
            "letterhead_lines_ar": forms.Textarea(attrs={"rows": 3, "dir": "rtl", "lang": "ar"}),
        }

    def groups(self) -> list[dict[str, Any]]:
        """Bound fields by group, for the template; the reason comes last, alone."""
        return [{"label": label, "fields": [self[name] for name in names]} for label, names in GROUPS]
