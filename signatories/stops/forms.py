"""Forms of the stops: each its own, with the words of its addressee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField

from ..models import SuspensionReason, SuspensionScope

GO_ON = (("yes", _("They go on meanwhile.")), ("no", _("They rest meanwhile.")))
INVOLVED = (("no", _("It is not involved")), ("yes", _("It is involved")))
NO_NAMES = _("Name no survivor, no other person and no case.")


def _text(label: Any, required: bool, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("help_text", NO_NAMES)
    return forms.CharField(
        label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs
    )


class _Answers(BaseForm):
    """``given``: what the service takes, without the page's own id."""

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "submission_key"}


class SuspendForm(_Answers):
    """§4.f: to the office; a right, nobody approves it (fields 4.6)."""

    reason = forms.ChoiceField(label=_("Reason"), choices=SuspensionReason.choices, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("What is suspended"), choices=SuspensionScope.choices, widget=forms.RadioSelect
    )
    notifications_continue = forms.ChoiceField(
        label=_("Notifications of allegations (section 4)"),
        choices=GO_ON,
        widget=forms.RadioSelect,
    )
    effective_on = DayField(label=_("From"))
    review_on = DayField(
        label=_("Expected review"),
        required=False,
        help_text=_(
            "The day on which you expect to look at it again, for example 25/1/2026. You are reminded a week "
            "before and on the day; nothing else happens. Empty: no reminder."
        ),
    )
    statement = _text(_("Communication to the office"), required=False)

    def clean_notifications_continue(self) -> bool:
        return bool(self.cleaned_data["notifications_continue"] == "yes")


class ResumeForm(_Answers):
    """The second signed act that ends a suspension; to the office."""

    effective_on = DayField(label=_("From"))
    statement = _text(_("Communication to the office"), required=False)


class FlowStopForm(_Answers):
    """§9.f: to the Coordinator, in writing, with the reasons (fields 4.6)."""

    breach_reference = forms.CharField(
        label=_("Breach"),
        max_length=20,
        help_text=_("Its reference, like BR-2026-01"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    office_involved = forms.ChoiceField(
        label=_("The DSRSG/HC/RC office in this breach"),
        choices=INVOLVED,
        widget=forms.RadioSelect,
        help_text=_("If it is involved, the office does not read this stop."),
    )
    reasons = _text(_("Reasons for stopping the flow of data"), required=True)
    effective_on = DayField(label=_("From"))

    def clean_office_involved(self) -> bool:
        return bool(self.cleaned_data["office_involved"] == "yes")


class FlowResumeForm(_Answers):
    """The second signed act that lets the data flow again; to the Coordinator."""

    effective_on = DayField(label=_("From"))
    statement = _text(_("Communication to the Coordinator"), required=False)


class AcknowledgeForm(BaseForm):
    """One button; its random id makes a double submit one record."""
