"""The form of a mail that was told by another channel."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField

from .models import Channel
from .services import Told


class ToldForm(BaseForm):
    """By which channel and on which day; who enters it is known."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Other channel"), max_length=120, required=False, help_text=_("Which one; no name, no case.")
    )
    told_on = DayField(label=_("Told on"))

    def value(self) -> Told:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Told(channel=data["channel"], told_on=data["told_on"], other=data["other"])
