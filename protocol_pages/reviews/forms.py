"""Forms of the annual review. They read and check what was typed; the acts are the services'."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField
from signatories.models import ReceivedHow

from .models import CommentKind, Disposition, Outcome
from .services import Decision, Outside, Proposal

NO_NAMES = _("Name no survivor, no other person and no case.")
COPY = _("A .docx of at most 10 MB, with its tracked changes and comments in it")
DISPOSITIONS = [
    choice for choice in Disposition.choices if choice[0] not in (Disposition.OPEN, Disposition.TAKEN_BACK)
]


class CommentForm(BaseForm):
    """A comment on one clause; today's text stands in the field of the proposed wording."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CommentKind.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, help_text=NO_NAMES
    )
    proposed_text = forms.CharField(
        label=_("Proposed wording"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=8000,
        required=False,
        help_text=_("Today’s text stands here: change the words. Left as it is, no wording is proposed."),
    )

    def proposal(self, block_id: str) -> Proposal:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Proposal(block_id, data["kind"], data["comment"], data["proposed_text"])


class OutsideForm(BaseForm):
    """How an answer arrived outside the system, and in whose name (D17)."""

    name = forms.CharField(label=_("In whose name"), max_length=160)
    title = forms.CharField(label=_("In which title"), max_length=160)
    how = forms.ChoiceField(label=_("How it arrived"), widget=forms.RadioSelect, choices=ReceivedHow.choices)
    received_on = DayField(label=_("Received on"))
    file = UploadField(label=_("File"))

    def outside(self) -> Outside:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Outside(data["how"], data["received_on"], data["name"], data["title"], data["file"])


class OutsideCommentForm(CommentForm, OutsideForm):
    """A comment that arrived outside."""


class CopyForm(BaseForm):
    """A copy of the text with tracked changes and comments."""

    file = UploadField(label=_("Word document"), endings=(".docx",), help_text=COPY)


class OutsideCopyForm(OutsideForm):
    """Such a copy that arrived outside."""

    file = UploadField(label=_("Word document"), endings=(".docx",), help_text=COPY)


class DisposeForm(BaseForm):
    """What becomes of a comment, and why."""

    disposition = forms.ChoiceField(label=_("Disposition"), choices=DISPOSITIONS, widget=forms.RadioSelect)
    wording = forms.CharField(
        label=_("Wording for the draft"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=8000,
        required=False,
        help_text=_("Only for “partly accepted”: the words that go into the draft."),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class DecisionForm(BaseForm):
    """The decision record: without it no review closes."""

    decided_by = forms.CharField(
        label=_("Who decided"), max_length=200, help_text=_("The body or meeting, for example UNCT")
    )
    decided_on = DayField(label=_("Decided on"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    minutes = UploadField(label=_("Minutes"))

    def decision(self) -> Decision:
        """What was typed, as the service takes it."""
        given: dict[str, Any] = {item.name: self.cleaned_data[item.name] for item in fields(Decision)}
        return Decision(**given)
