"""The form by which editors hand over files of the library: what the name says, no macros, nothing from elsewhere.

Members open these files on their own machines. Nothing is parsed here but what ``check_office`` has bounded;
material of the field is larger than a signed paper, so the limits are wider than those of forms (U2-U4).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm

from intranet.files.office import EXCEL, WORD, Kind, check_office
from intranet.files.store import FileRefused
from intranet.files.uploads import TooLarge

MEGABYTE = 1024 * 1024
LARGEST = 60 * MEGABYTE
# Charts keep their numbers as an embedded workbook; programs and objects of other applications stay out.
FORBIDDEN = ("vbaproject", "activex", "oleobject", "macrosheets", ".docm", ".xlsm", ".pptm", ".exe")


def _of_library(kind: Kind) -> Kind:
    return replace(
        kind,
        forbidden=FORBIDDEN,
        most_entries=2000,
        largest_part=40 * MEGABYTE,
        largest_total=120 * MEGABYTE,
    )


SLIDES = replace(
    WORD,
    main="ppt/presentation.xml",
    damaged=gettext_lazy("File: it is damaged or not a presentation. Save it again as .pptx and send that."),
)
OFFICE = {"docx": _of_library(WORD), "xlsx": _of_library(EXCEL), "pptx": _of_library(SLIDES)}


class LibraryFileForm(BaseDocumentForm):
    """Wagtail's form; a new file is looked into before anybody is offered it."""

    def clean_file(self) -> Any:
        """Raises ValidationError with the fix."""
        handed = self.cleaned_data["file"]
        if not isinstance(handed, UploadedFile):
            return handed
        if isinstance(handed, TooLarge) or (handed.size or 0) > LARGEST:
            raise ValidationError(
                _("File: it is larger than %s MB. Link to it at its publisher.") % (LARGEST // MEGABYTE)
            )
        handed.seek(0)
        try:
            looked_into(str(handed.name), handed.read())
        except FileRefused as refused:
            raise ValidationError(str(refused)) from None
        handed.seek(0)
        return handed


def looked_into(name: str, content: bytes) -> None:
    """Raise FileRefused unless the content is what the name says. Other endings are Wagtail's to refuse."""
    ending = name.rpartition(".")[2].lower()
    if ending in OFFICE:
        check_office(content, OFFICE[ending])
    elif (ending == "pdf" and not content.startswith(b"%PDF-")) or (
        ending in {"txt", "csv"} and b"\0" in content
    ):
        raise FileRefused(
            _("File: its content is not what its name says. Save it again as PDF and send that.")
        )
