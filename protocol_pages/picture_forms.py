"""The form by which editors hand over pictures: nothing of a camera or a drawing program stays in them (§4.g)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.forms import BaseImageForm

from intranet.files.uploads import TooLarge

_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
QUALITY = 90  # of a picture that is written anew


class PictureForm(BaseImageForm):
    """Wagtail's form; a new file is written anew, without place, names and comments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].to_python = _readable(self.fields["file"].to_python)

    def clean_file(self) -> Any:
        """The picture alone. Raises ValidationError with the fix when it cannot be read."""
        handed = self.cleaned_data["file"]
        if not isinstance(handed, UploadedFile):
            return handed
        name = str(handed.name)
        kind = _KINDS.get("." + name.rpartition(".")[2].lower())
        if kind is None:
            raise ValidationError(_("File: send a picture as PNG, JPEG or WebP."))
        handed.seek(0)
        try:
            with Image.open(handed) as opened:
                content = _written_anew(opened, kind)
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            raise _unreadable() from None
        return InMemoryUploadedFile(
            BytesIO(content), "file", name, f"image/{kind.lower()}", len(content), None
        )


def _unreadable() -> ValidationError:
    return ValidationError(_("File: this picture cannot be read. Save it again and send that."))


def _readable(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wagtail measures the picture first, and a file cut short must be refused there too."""

    def checked(data: Any) -> Any:
        if isinstance(data, TooLarge):
            raise ValidationError(_("File: it is larger than 10 MB. Save the picture smaller and send that."))
        try:
            return to_python(data)
        except OSError:
            raise _unreadable() from None

    return checked


def _written_anew(opened: Image.Image, kind: str) -> bytes:
    turned = ImageOps.exif_transpose(opened)  # as people saw it, before the note that turned it goes
    plain = Image.new(turned.mode, turned.size)
    if turned.mode == "P" and (palette := turned.getpalette()):
        plain.putpalette(palette)
    plain.paste(turned, (0, 0))
    more: dict[str, Any] = {} if kind == "PNG" else {"quality": QUALITY}
    if "transparency" in turned.info:
        more["transparency"] = turned.info["transparency"]
    out = BytesIO()
    plain.save(out, kind, **more)
    return out.getvalue()
