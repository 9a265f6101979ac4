"""Forms of a lost phone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField

from .models import Channel
from .services import Identity, Letter

_COMPARED = _(
    "For example: “face and voice; she named the day on which she took the post”. Write no number of a document."
)


class IdentityForm(BaseForm):
    """How the identity was checked: by which channel, and what was compared."""

    channel = forms.ChoiceField(
        label=_("How you spoke with the person"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.LETTER],
        widget=forms.RadioSelect,
    )
    compared = forms.CharField(
        label=_("What you compared"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_COMPARED,
    )

    @property
    def identity(self) -> Identity:
        return Identity(self.cleaned_data["channel"], self.cleaned_data["compared"])


class ConfirmForm(IdentityForm):
    """The second person's own check; a letter is compared with what is on file."""

    def __init__(self, *args: object, by_letter: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].label = _("How you checked it yourself")
        if by_letter:
            self.fields["channel"].choices = Channel.choices  # type: ignore[attr-defined]


class LetterForm(BaseForm):
    """A letter that takes the place of the voucher."""

    letter_from = forms.CharField(
        label=_("From"), max_length=200, help_text=_("Name and title, as they stand under the letter")
    )
    received_on = DayField(label=_("Received on"))
    file = UploadField(label=_("The letter"))
    compared = forms.CharField(
        label=_("What you compared"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: “letterhead and signature with the endorsement of 2022”"),
    )

    @property
    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(data["letter_from"], data["received_on"], data["file"])

    @property
    def identity(self) -> Identity:
        return Identity(Channel.LETTER, self.cleaned_data["compared"])


class StopForm(BaseForm):
    """Why it goes no further."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
