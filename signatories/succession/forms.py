"""Forms of a succession. They read and check what was typed; the acts are the services'."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField
from signatories.holder_field import HolderField
from signatories.models import Organization, ReceivedHow

from .selectors import candidates
from .services import LetterInput


class LetterForm(BaseForm):
    """The Head of Agency's letter: who succeeds, from when, by which instrument."""

    successor = HolderField(
        label=_("Successor"),
        help_text=_("Somebody with a post in this organization, now or from a day that is fixed"),
        error_messages={"invalid_choice": _("Successor: choose one of the list.")},
    )
    successor_title = forms.CharField(
        label=_("Title of the successor"), max_length=160, help_text=_("As it stands in letters")
    )
    from_on = DayField(
        label=_("From"),
        help_text=_("The day from which the successor speaks as signer, not the signer any more"),
    )
    instrument = forms.CharField(
        label=_("Instrument"), max_length=300, help_text=_("The letter’s own reference and date")
    )
    file = UploadField(label=_("The letter"))

    def __init__(self, *args: Any, organization: Organization, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = self.fields["successor"]
        assert isinstance(successor, HolderField)
        successor.offer(candidates(organization, today), today)

    def letter(self) -> LetterInput:
        """What was typed, as the services take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "submission_key"}
        return LetterInput(**given)


class ReceivedLetterForm(LetterForm):
    """The same letter where it arrived outside the system (D17)."""

    signed_by = forms.CharField(
        label=_("In whose name"), max_length=160, help_text=_("The Head of Agency who signed the letter")
    )
    signed_title = forms.CharField(label=_("In which title"), max_length=160)
    received_how = forms.ChoiceField(
        label=_("How it arrived"), widget=forms.RadioSelect, choices=ReceivedHow.choices
    )
    received_on = DayField(label=_("Received on"))


class VerifyForm(BaseForm):
    """One side's "identity verified"."""

    how = forms.CharField(
        label=_("How you verified it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("For example: called the organization’s office on its known number; saw the staff card."),
    )


class CouldNotVerifyForm(BaseForm):
    """Why the identity could not be verified."""

    reason = forms.CharField(
        label=_("It could not be verified, because"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ObjectForm(BaseForm):
    """Why it is not so."""

    reason = forms.CharField(
        label=_("Why you object"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class ReceivedObjectionForm(BaseForm):
    """An objection that arrived outside the system (D17)."""

    name = forms.CharField(
        label=_("In whose name"),
        max_length=160,
        help_text=_("The signer, or an office holder of the organization"),
    )
    received_how = forms.ChoiceField(
        label=_("How it arrived"), widget=forms.RadioSelect, choices=ReceivedHow.choices
    )
    received_on = DayField(label=_("Received on"))
    reason = forms.CharField(
        label=_("What it says"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Name no survivor and no case."),
    )
    file = UploadField(label=_("File"))


class TakeBackForm(BaseForm):
    """Why the letter is taken back."""

    reason = forms.CharField(label=_("Why you take it back"), max_length=300)
