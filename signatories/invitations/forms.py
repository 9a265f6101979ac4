"""Forms of invitations to endorse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField
from signatories.models import SIGNING_KINDS, Organization

from .models import InvitationRound


class RoundForm(BaseForm):
    """Until when the organizations are asked to endorse."""

    due_on = DayField(label=_("Due on"))


class OneMoreForm(BaseForm):
    """One more organization, for example one that withdrew and may come back."""

    organization = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=Organization.objects.none(),
        error_messages={"invalid_choice": _("Organization: choose one of the list.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed for an organization that withdrew"),
    )

    def __init__(self, *args: Any, invited: InvitationRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = invited.invitations.values("organization")
        others = Organization.objects.filter(kind__in=SIGNING_KINDS).exclude(pk__in=asked)
        self.fields["organization"].queryset = others  # type: ignore[attr-defined]


class CloseForm(BaseForm):
    """Why no further reminders go out."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
