"""What a note needs: period, use, purpose, recipient, language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, MonthField

from .models import Language, Use


class NoteForm(BaseForm):
    """Free words go into the note and into the record, never a person's story (§4.g)."""

    first_month = MonthField(label=_("From"))
    last_month = MonthField(label=_("To"))
    use = forms.ChoiceField(label=_("Used for"), choices=Use.choices, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        help_text=_(
            "One sentence, printed in the note and kept in the record. No names of persons concerned."
        ),
    )
    recipient_name = forms.CharField(label=_("Recipient's name"), max_length=120)
    recipient_title = forms.CharField(label=_("Recipient's title"), max_length=120)
    recipient_organization = forms.CharField(label=_("Recipient's organization"), max_length=160)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, months: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_month", "last_month"):
            field = self.fields[name]
            assert isinstance(field, MonthField)
            field.open(months)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last and first > last:
            self.add_error("last_month", _("To: choose the same month as From, or a later one."))
        return cleaned
