"""One tick."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm


class AcknowledgeForm(BaseForm):
    """The text on the screen goes along by its hash."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label=_("I confirm this"), error_messages={"required": _("Tick the sentence if it is true.")}
    )
