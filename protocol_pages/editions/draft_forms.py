"""Forms of a draft's life."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.files.store import DOCUMENTS
from intranet.forms import BaseForm, DayField

from .drafting import Endorsement
from .models import MinorKind

KINDS = (
    ("", _("Substantive: the words bind differently")),
    (MinorKind.TYPING_ERROR, _("Minor: a typing error")),
    (MinorKind.TRANSLATION, _("Minor: a translation")),
)


class PlainForm(BaseForm):
    """A button; its random id makes a double submit one act."""


class NoteForm(BaseForm):
    """An act that asks for a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ProposeForm(BaseForm):
    """Of which kind the edition is. Both consequences stand beside the choice, sealed."""

    minor_kind = forms.ChoiceField(
        label=_("Which kind of edition"), choices=KINDS, required=False, widget=forms.RadioSelect
    )
    summary = forms.CharField(
        label=_("What changes"), max_length=300, help_text=_("In one sentence, for those who read it")
    )
    seal_minor = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    seal_substantive = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    @property
    def seal(self) -> str:
        """The seal that was shown beside the chosen answer."""
        chosen = "seal_minor" if self.cleaned_data["minor_kind"] else "seal_substantive"
        return str(self.cleaned_data[chosen])


class EndorseForm(BaseForm):
    """The record of the endorsement."""

    endorsed_by = forms.CharField(
        label=_("Which body endorsed it"), max_length=200, help_text=_("For example UNCT")
    )
    endorsed_on = DayField(label=_("Endorsed on"))
    document_ref = forms.CharField(
        label=_("Document"),
        max_length=300,
        help_text=_("Minutes, letter or decision, with its own reference"),
    )
    file = UploadField(
        label=_("Signed document"),
        endings=DOCUMENTS,
        required=False,
        help_text=_(
            "The signed minutes or the decision: PDF or Word, at most 10 MB. Every member may read it."
        ),
    )
    no_document = forms.CharField(
        label=_("Why there is no file"),
        max_length=300,
        required=False,
        help_text=_("Only where no signed document can be added; one of the two is needed"),
    )
    scope = forms.CharField(
        label=_("For whom it was endorsed"),
        max_length=300,
        help_text=_("For example: all UN agencies and their implementing partners in the country"),
    )
    effective_from = DayField(label=_("In force from"))
    seal = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def record(self) -> Endorsement:
        """What was typed, as the service takes it."""
        given: dict[str, Any] = {item.name: self.cleaned_data[item.name] for item in fields(Endorsement)}
        return Endorsement(**given)
