"""When somebody leaves, to the minute."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField, HourField

from ..days import instant_of


class LeavingForm(BaseForm):
    """Day and hour in the network's time zone, and why."""

    day = DayField(label=_("Last day"), help_text=_("For example 25/1/2026. It may lie ahead."))
    hour = HourField(
        label=_("Hour at which access stops"), help_text=_("For example 14:30, in the network’s time")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("For example: new duty station"))

    @property
    def leaves_at(self) -> datetime:
        """The instant, UTC."""
        return instant_of(self.cleaned_data["day"], self.cleaned_data["hour"])
