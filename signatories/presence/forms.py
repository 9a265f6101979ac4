"""One question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.forms import BaseForm

from .models import Reply


class StillYouForm(BaseForm):
    """Yes; no, I left; or what has to be corrected."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Is this still you?"),
        choices=[choice for choice in Reply.choices if choice[0] != Reply.SEEN],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What has to be corrected, or since when you are gone"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reply") == Reply.CORRECT and not data.get("note", "").strip():
            self.add_error("note", _("What has to be corrected: write it in one sentence."))
        return data


class LookedAfterForm(BaseForm):
    """What was done about it."""

    note = forms.CharField(
        label=gettext_lazy("What you did"),
        max_length=300,
        help_text=gettext_lazy("For example: “called; she stays” or “the end of the post is recorded”"),
    )
