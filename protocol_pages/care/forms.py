"""Small forms of care."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField

from .models import Trouble


class StillCorrectForm(BaseForm):
    """When to ask again."""

    next_on = DayField(label=_("Look at it again by"), help_text=_("Usually a year from now"))


class TroubleForm(BaseForm):
    """What is wrong; choices only."""

    trouble = forms.ChoiceField(label=_("What is wrong"), choices=Trouble.choices, widget=forms.RadioSelect)


class SettleForm(BaseForm):
    """What an editor did about it."""

    action = forms.ChoiceField(
        label=_("What you found"),
        choices=[("mend", _("Corrected")), ("dismiss", _("Nothing to correct"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed where there was nothing to correct"),
    )
