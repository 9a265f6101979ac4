"""Storing, checking and reading private files."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _

from .models import StoredFile

LARGEST = 10 * 1024 * 1024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (DOCX, b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".eml": ("message/rfc822", b""),
}
ENDINGS = tuple(_KINDS)
DOCUMENTS = (".pdf", ".docx")  # a signed paper or a decision: no picture, no mail
Upload = tuple[str, bytes, str]  # name, content, content type as ``check`` found it


class FileRefused(ValueError):
    """The upload is not taken; the sentence says why and what to do."""


class FileDamaged(RuntimeError):
    """The stored bytes are not those that were stored."""


def check(name: str, content: bytes, endings: Collection[str] = ENDINGS) -> str:
    """Content type of an acceptable upload; raises FileRefused with a sentence otherwise.

    ``endings``: the kinds that are taken here, ``ENDINGS`` or ``DOCUMENTS``.
    """
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in endings:
        if len(endings) < len(ENDINGS):
            raise FileRefused(_("File: send a PDF or a Word document (.docx)."))
        raise FileRefused(
            _("File: send a PDF, a Word document (.docx), a picture (PNG, JPEG) or a saved mail (.eml).")
        )
    kind, magic = _KINDS[ending]
    if not content:
        raise FileRefused(_("File: it is empty. Choose the file again."))
    if len(content) > LARGEST:
        raise FileRefused(_("File: it is larger than 10 MB. Send a smaller scan."))
    if not content.startswith(magic):
        raise FileRefused(
            _("File: its content is not what its name says. Save it again as PDF and send that.")
        )
    if ending == ".docx":
        from .office import check_office

        check_office(content)
    return kind


_on_trial: ContextVar[bool] = ContextVar("files_on_trial", default=False)


@contextmanager
def on_trial() -> Iterator[None]:
    """Rows of files are written without their bytes: for acts whose transaction is undone in any case."""
    token = _on_trial.set(True)
    try:
        yield
    finally:
        _on_trial.reset(token)


def store(
    name: str,
    content: bytes,
    owner: models.Model,
    now: datetime,
    *,
    content_type: str,
    holds_figures: bool = False,
) -> StoredFile:
    """Put the bytes into storage and write their row; call inside ``acting(actor)``.

    The bytes go first under a random name: if the transaction then fails, an unreferenced object is
    left behind, never a row without bytes.
    """
    stored = StoredFile(
        name=name[-160:],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        owner_type=str(owner._meta.model_name),
        owner_id=owner.pk,
        stored_at=now,
        holds_figures=holds_figures,
    )
    place = f"{uuid.uuid4()}"
    stored.storage_name = place if _on_trial.get() else default_storage.save(place, ContentFile(content))
    stored.save()
    return stored


def read(stored: StoredFile) -> bytes:
    """The bytes as stored; raises FileDamaged when their SHA-256 differs."""
    with default_storage.open(stored.storage_name) as handle:
        content = bytes(handle.read())
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(f"{stored.pk}: the stored bytes changed")
    return content
