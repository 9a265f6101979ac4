"""Forms of this slice. They read and check what was typed; the acts are the services'."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from forms_app.common.parties import ReleasedTo
from intranet.forms import BaseForm, DayField
from signatories.models import Person

from .inputs import Case, Said, Upload

FILE_HINT = _("PDF, Word, picture or saved mail (.eml), at most 10 MB.")


def _long(label: Any, rows: int = 3, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class WordForm(BaseForm):
    """The office's word: typed by an office person, or a signed paper that somebody else records (D17, D20)."""

    text = _long(_("Text of the decision"))
    decided_by = forms.ChoiceField(label=_("Signed by"))
    decided_on = DayField(label=_("Date on the paper"))
    file = forms.FileField(label=_("The signed paper"), help_text=FILE_HINT)

    def __init__(self, *args: Any, on_paper: bool, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_paper:
            del self.fields["decided_by"], self.fields["decided_on"], self.fields["file"]
            return
        chooser = self.fields["decided_by"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [("", "–"), *[(str(p.pk), p.name) for p in people]]

    def said(self) -> Said:
        """What was typed, for the service."""
        data = self.cleaned_data
        signer = data.get("decided_by")
        handed = data.get("file")
        return Said(
            text=data["text"],
            decided_by=UUID(signer) if signer else None,
            decided_on=data.get("decided_on"),
            paper=Upload(handed.name, handed.read()) if handed else None,
        )


class CaseForm(WordForm):
    """Which party, which release, why, from when. The Coordinator proposes; the office's word suspends."""

    party = forms.CharField(label=_("Receiving party"), max_length=200)
    address = _long(_("Postal address"), 2, required=False)
    release_number = forms.CharField(
        label=_("Release"),
        max_length=40,
        help_text=_(
            "The number of the letter, like RL-2026-003; in words if it was shared before this system."
        ),
    )
    same_party = forms.BooleanField(
        label=_("That letter names this party otherwise: I say that they are the same"), required=False
    )
    reason = _long(
        _("Reason"),
        help_text=_("What happened. Coordination, office and auditors read it; it stands in no letter."),
    )
    from_on = DayField(label=_("From"))
    letter_language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("en", _("English")), ("ar", _("Arabic"))]
    )
    field_order = (
        *("party", "address", "release_number", "same_party", "reason", "from_on", "letter_language"),
        *("text", "decided_by", "decided_on", "file"),
    )

    def __init__(self, *args: Any, proposes: bool, releases: list[ReleasedTo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proposes:
            del self.fields["text"]
        self.fields["release_number"].widget.attrs |= {"autocomplete": "off"}
        self.releases = releases

    def case(self) -> Case:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Case(**{name: data[name] for name in Case.__dataclass_fields__})


class NoteForm(BaseForm):
    """One act with its reason."""

    note = _long(_("Reason"))


class PlainForm(BaseForm):
    """One button; its random id makes a double submit one record."""


class NameForm(BaseForm):
    """Whether a near name is the same party; a person says it."""

    name = forms.CharField(label=_("Name as it was used"), max_length=200)
    same = forms.ChoiceField(
        label=_("This name and the suspended party"),
        choices=(("yes", _("Yes, the same party")), ("no", _("No, another party"))),
        widget=forms.RadioSelect,
    )
    note = _long(_("How you know"), 2)

    def clean_same(self) -> bool:
        return bool(self.cleaned_data["same"] == "yes")
