"""Forms of a reviewer's text. They read and check what was typed; the acts are the services'."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField
from protocol_pages.editions import word_in
from protocol_pages.editions.blocks import direction
from protocol_pages.editions.models import Edition

from .models import Language
from .services import Facts


class FactsForm(BaseForm):
    """Whose text it is, and how it came."""

    reviewer_name = forms.CharField(
        label=_("Name of the reviewer"),
        max_length=160,
        help_text=_("The person who answers for these words; never a machine"),
    )
    reviewer_title = forms.CharField(label=_("Title and organization of the reviewer"), max_length=200)
    reviewed_on = DayField(label=_("Reviewed on"))
    source = forms.CharField(
        label=_("How the text came"),
        max_length=300,
        help_text=_("For example: mail of 12 March with a Word file, or a letter with its reference"),
    )
    file = UploadField(label=_("What the reviewer sent"), required=False)

    def facts(self) -> Facts:
        """What was typed, as the service takes it."""
        given: dict[str, Any] = {item.name: self.cleaned_data[item.name] for item in fields(Facts)}
        return Facts(**given)


class EditionField(forms.ModelChoiceField):
    """Editions by their numbers: their titles are alike."""

    def label_from_instance(self, obj: Edition) -> str:
        return _("Edition %(label)s") % {"label": obj.label}


class BeginForm(FactsForm):
    """A text of one fixed edition in one language."""

    language = forms.ChoiceField(
        label=_("Language of the text"), choices=Language.choices, widget=forms.RadioSelect
    )
    edition = EditionField(
        label=_("Edition that it translates"), queryset=Edition.objects.none(), empty_label=None
    )
    field_order = ("language", "edition")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = (  # type: ignore[attr-defined]
            Edition.objects.order_by("-number", "-minor").defer("canonical_text")
        )


class BlockForm(BaseForm):
    """The reviewer's words for one block."""

    text = forms.CharField(
        label=_("The reviewer’s words"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=_(
            "Without the printed number. Keep footnote marks like [1]. Empty: this block has no text."
        ),
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": direction(language)}


class WordForm(BaseForm):
    """The Word file that a reviewer filled in."""

    file = forms.FileField(
        label=_("Word document"),
        help_text=_(
            "The edition’s own Word file with the reviewer’s words typed over the English, at most 10 MB"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"
        self.fields["file"].error_messages["empty"] = word_in.SENTENCES["empty"]


class ConfirmForm(BaseForm):
    """The second person says that they compared; sealed with the words that they saw."""

    compared = forms.BooleanField(
        label=_(
            "I compared every block below with what the reviewer sent, and the reviewer is who is named here."
        )
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
