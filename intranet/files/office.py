"""Hostile Word files refused before anything parses them (security.md 5.5, U1-U4)."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _

MOST_ENTRIES = 200
LARGEST_PART = 10 * 1024 * 1024
LARGEST_TOTAL = 20 * 1024 * 1024
_RELATIONSHIP = re.compile(rb"<[^<>]*Relationship\b[^<>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_HYPERLINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_FORBIDDEN = ("vbaproject", "activex", "embeddings/", "oleobject")


def check_office(content: bytes) -> None:
    """Raise FileRefused for a bomb, a macro, an embedded object, a DTD or an external reference."""
    from .store import FileRefused

    damaged = FileRefused(_("File: it is damaged or not a Word document. Save it again and send that."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
            raise damaged
        if "word/document.xml" not in names or "[Content_Types].xml" not in names:
            raise damaged
        if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
            raise damaged
        if any(word in name.lower() for name in names for word in _FORBIDDEN):
            raise FileRefused(_("File: it holds macros or embedded objects. Save it as PDF and send that."))
        total = 0
        for entry in entries:
            with archive.open(entry) as part:
                data = part.read(LARGEST_PART + 1)
            total += len(data)
            if len(data) > LARGEST_PART or total > LARGEST_TOTAL:
                raise FileRefused(
                    _("File: it unpacks to far more than its size. Save it as PDF and send that.")
                )
            if entry.filename.endswith((".xml", ".rels")):
                _check_part(entry.filename, data)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as trouble:
        raise damaged from trouble


def _check_part(name: str, data: bytes) -> None:
    from .store import FileRefused

    head = data.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise FileRefused(
            _("File: it holds a document type declaration, which Word never writes. Save it as PDF.")
        )
    if name.endswith(".rels"):
        for relationship in _RELATIONSHIP.findall(head):
            if _EXTERNAL.search(relationship) and not _HYPERLINK.search(relationship):
                raise FileRefused(_("File: it loads something from elsewhere. Save it as PDF and send that."))
