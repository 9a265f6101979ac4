"""Forms of organizations' answers (D24, D17)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.forms import BaseForm
from intranet.forms.fields import DayField

from .inputs import OutsideAnswer
from .tokens import Choice
from .views.common import upload_of

EFFECTS = {
    Choice.AUTHORIZE: _("Only this data set, only this recipient. Any change asks you again."),
    Choice.REFUSE: _("The request stops."),
    Choice.NEED_TO_ASK: _("Your Head of Agency gets the same page. The clock goes on."),
}


class AnswerForm(BaseForm):
    """The three answers, none chosen beforehand; the hash of the data set that the page shows."""

    choice = forms.ChoiceField(
        label=_("Your organization’s answer"),
        choices=[(choice.value, choice.label) for choice in Choice],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        help_text=_("The Coordinator and the office read it. No figure, no name, no case."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    data_set_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def choices_shown(self) -> list[dict[str, Any]]:
        """The radios with what each does."""
        return [{"value": c.value, "label": c.label, "hint": EFFECTS[c]} for c in Choice]


class OutsideForm(BaseForm):
    """An answer that arrived by mail, letter or paper (D17)."""

    choice = forms.ChoiceField(
        label=_("What the organization answered"),
        choices=[
            (Choice.AUTHORIZE.value, _("It authorizes this release")),
            (Choice.REFUSE.value, _("It does not authorize it")),
        ],
        widget=forms.RadioSelect,
        help_text=_("A no takes effect at once. A yes waits for a confirmation."),
    )
    person = forms.CharField(label=_("In whose name"), max_length=160)
    capacity = forms.ChoiceField(
        label=_("In which capacity"),
        choices=[("", "–"), *[(c.value, c.label) for c in Capacity if c in ORGANIZATION_POSTS]],
    )
    received_on = DayField(label=_("Received on"))
    file = forms.FileField(
        label=_("The mail, letter or paper"),
        help_text=_("PDF, Word, picture or saved mail (.eml), at most 10 MB."),
    )
    comment = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def value(self) -> OutsideAnswer:
        """What was typed, for the service."""
        data = self.cleaned_data
        upload = upload_of(data["file"])
        assert upload is not None
        return OutsideAnswer(
            choice=data["choice"],
            person=data["person"],
            capacity=data["capacity"],
            received_on=data["received_on"],
            file=upload,
            comment=data["comment"],
        )


class ConfirmForm(BaseForm):
    """Does the organization stand by what was received outside?"""

    stands = forms.ChoiceField(
        label=_("Does this answer stand?"),
        choices=[
            ("yes", _("Yes, this is the organization’s answer")),
            ("no", _("No, nobody here gave this answer")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason, if it does not stand"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("stands") == "no" and not data.get("note", "").strip():
            self.add_error("note", _("Reason: write why this answer does not stand."))
        return data


class DenyForm(BaseForm):
    """The organization says that a recorded no is not its own (D17)."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Why this is not your organization’s answer. No figure, no name, no case."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectionForm(BaseForm):
    """Why a recorded no was recorded wrongly (D17)."""

    note = forms.CharField(
        label=_("What was recorded wrongly"),
        max_length=1000,
        help_text=_("For example: the letter is about another request. No figure, no name, no case."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionReplyForm(BaseForm):
    """The office's word on a correction, with the file before it."""

    accepted = forms.ChoiceField(
        label=_("What does the file say?"),
        choices=[
            ("yes", _("The record was wrong: it does not count")),
            ("no", _("The record is right: it stands")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason, if it stands"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("accepted") == "no" and not data.get("note", "").strip():
            self.add_error("note", _("Reason: write why the record is right."))
        return data
