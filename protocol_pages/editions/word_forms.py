"""Forms of a Word document that becomes a draft."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm

from . import word_in


class WordForm(BaseForm):
    """The file; nothing is saved by sending it."""

    file = forms.FileField(
        label=_("Word document"),
        help_text=_(
            "A .docx of at most 10 MB: a new text, or a copy marked up with tracked changes and comments"
        ),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES, initial="en")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"
        self.fields["file"].error_messages["empty"] = word_in.SENTENCES["empty"]


class SaveForm(BaseForm):
    """What was read, sealed; and for a marked-up copy which of its two readings is meant."""

    ACCEPTED, BEFORE = "accepted", "before"
    read = forms.CharField(widget=forms.HiddenInput)
    take = forms.ChoiceField(
        label=_("Which text becomes the draft"),
        choices=((ACCEPTED, _("With all tracked changes accepted")), (BEFORE, _("As it stood before them"))),
        widget=forms.RadioSelect,
    )
