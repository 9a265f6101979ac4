"""The form of one sharing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField
from intranet.forms.fields import NumberField

from .models import Audience


class ShareForm(BaseForm):
    """When, with whom, how many of how many."""

    shared_on = DayField(label=_("Shared on"))
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, widget=forms.RadioSelect)
    reached = NumberField(
        label=_("Number reached"), help_text=_("How many people of this audience, all sessions together")
    )
    people = NumberField(label=_("People in this audience"), least=1)
