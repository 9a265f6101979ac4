"""The form of the import: a workbook, and the scans that its rows name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.files import store
from intranet.forms import BaseForm
from signatories.services import Upload

from .services import Workbook

LARGEST_REQUEST = 64 * 1024 * 1024  # bytes of workbook and scans together


class ScansHandler(MemoryFileUploadHandler):
    """Files of the import stay in memory, as all uploads do, up to LARGEST_REQUEST together."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.activated = content_length <= LARGEST_REQUEST


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Several files, each as (name, bytes, content type); one that may not be taken is named."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> tuple[Upload, ...]:
        found = []
        for handed in data or ():
            content = handed.read()
            try:
                found.append((handed.name, content, store.check(handed.name, content)))
            except store.FileRefused as refusal:
                raise ValidationError(f"{handed.name}: {refusal}") from refusal
        return tuple(found)


class ImportForm(BaseForm):
    """Checked or imported; the buttons say which."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("The filled-in template, an Excel workbook (.xlsx) of at most 5 MB"),
    )
    scans = ScansField(
        label=gettext_lazy("Scans of signed papers"),
        required=False,
        help_text=gettext_lazy(
            "Only for the sheet signatures; choose all of them at once, at most 10 MB each and 60 MB together"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workbook"].widget.attrs["accept"] = ".xlsx"
        self.fields["workbook"].error_messages["empty"] = _("Workbook: the file is empty. Choose it again.")
        self.fields["scans"].widget.attrs["accept"] = ".pdf,.docx,.png,.jpg,.jpeg,.eml"

    @property
    def sent(self) -> Workbook:
        """The cleaned files."""
        handed = self.cleaned_data["workbook"]
        return Workbook(handed.name, handed.read(), self.cleaned_data["scans"])
