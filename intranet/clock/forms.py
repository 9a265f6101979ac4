"""Forms of the calendar of non-working days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField

from .services import DayFacts


class DayForm(BaseForm):
    """A new day off."""

    on = DayField(label=_("Date"))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    region = forms.CharField(
        label=_("Region"), max_length=60, required=False, help_text=_("Empty: the whole network")
    )
    estimated = forms.BooleanField(label=_("An estimate until it is announced"), required=False)

    def facts(self) -> DayFacts:
        """The cleaned values."""
        data: dict[str, Any] = self.cleaned_data
        return DayFacts(
            on=data["on"],
            name=data["name"],
            name_ar=data["name_ar"],
            region=data["region"],
            estimated=data["estimated"],
            cancelled=data.get("cancelled", False),
        )


class ChangeDayForm(DayForm):
    """A day off that is there already; it is cancelled, never deleted."""

    cancelled = forms.BooleanField(
        label=_("Cancelled: not a day off after all"),
        required=False,
        help_text=_("The entry stays in the list for the history."),
    )
    reason = forms.CharField(label=_("Reason for this change"), max_length=300)
