"""Hostile Office files refused before anything parses them (security.md 5.5, U1-U4): Word and Excel."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

MOST_ENTRIES = 200
LARGEST_PART = 10 * 1024 * 1024
LARGEST_TOTAL = 20 * 1024 * 1024
MOST_TAGS = 600_000  # a small part of many elements grows to hundreds of megabytes in a parser
_RELATIONSHIP = re.compile(rb"<[^<>]*Relationship\b[^<>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_HYPERLINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_HEADER = 30  # bytes of a local file header before name and extra field


@dataclass(frozen=True)
class Kind:
    """What makes a package one of this kind, what it must not hold, its limits, the sentence for each refusal."""

    main: str
    damaged: StrOrPromise
    macros: StrOrPromise
    unpacks: StrOrPromise
    declares: StrOrPromise
    elsewhere: StrOrPromise
    forbidden: tuple[str, ...]
    most_entries: int = MOST_ENTRIES
    largest_part: int = LARGEST_PART  # bytes, unpacked
    largest_total: int = LARGEST_TOTAL


WORD = Kind(
    main="word/document.xml",
    damaged=gettext_lazy("File: it is damaged or not a Word document. Save it again and send that."),
    macros=gettext_lazy("File: it holds macros or embedded objects. Save it as PDF and send that."),
    unpacks=gettext_lazy("File: it unpacks to far more than its size. Save it as PDF and send that."),
    declares=gettext_lazy(
        "File: it holds a document type declaration, which Word never writes. Save it as PDF."
    ),
    elsewhere=gettext_lazy("File: it loads something from elsewhere. Save it as PDF and send that."),
    forbidden=("vbaproject", "activex", "embeddings/", "oleobject"),
)
EXCEL = Kind(
    main="xl/workbook.xml",
    damaged=gettext_lazy("File: it is damaged or not an Excel workbook. Save it again as .xlsx."),
    macros=gettext_lazy(
        "File: it holds macros or embedded objects. Copy the cells into the template and send that."
    ),
    unpacks=gettext_lazy(
        "File: it unpacks to far more than its size. Copy the cells into the template and send that."
    ),
    declares=gettext_lazy(
        "File: it holds a document type declaration, which Excel never writes. Copy the cells into the template."
    ),
    elsewhere=gettext_lazy(
        "File: it loads something from another file or address. Copy the cells into the template as values."
    ),
    forbidden=(
        "vbaproject",
        "activex",
        "embeddings/",
        "oleobject",
        "macrosheets",
        "dialogsheets",
        "externallinks",
        "connections.xml",
        "querytables",
        "ctrlprops",
        "customui",
    ),
)


def check_office(content: bytes, kind: Kind = WORD) -> None:
    """Raise FileRefused for a bomb, a macro, an embedded object, a DTD or an external reference."""
    from .store import FileRefused

    damaged = FileRefused(str(kind.damaged))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > kind.most_entries or len({name.lower() for name in names}) != len(names):
            raise damaged
        if kind.main not in names or "[Content_Types].xml" not in names:
            raise damaged
        if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
            raise damaged
        if not _side_by_side(entries, archive.start_dir) or any(entry.flag_bits & 1 for entry in entries):
            raise damaged
        if any(word in name.lower() for name in names for word in kind.forbidden):
            raise FileRefused(str(kind.macros))
        total = 0
        for entry in entries:
            with archive.open(entry) as part:
                data = part.read(kind.largest_part + 1)
            total += len(data)
            if len(data) > kind.largest_part or total > kind.largest_total:
                raise FileRefused(str(kind.unpacks))
            if entry.filename.endswith((".xml", ".rels", ".vml")):
                _check_part(entry.filename, data, kind)
    except (
        zipfile.BadZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
    ) as trouble:
        if isinstance(trouble, FileRefused):
            raise
        raise damaged from trouble
    except Exception as trouble:  # zlib and friends, each with an error of its own
        raise damaged from trouble


def _side_by_side(entries: list[zipfile.ZipInfo], end: int) -> bool:
    """The entries fill the file from its first byte on without overlapping: no polyglot, no zip within."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if not ordered or ordered[0].header_offset != 0:
        return False
    starts = [entry.header_offset for entry in ordered[1:]] + [end]
    return all(
        entry.header_offset + _HEADER + entry.compress_size <= following
        for entry, following in zip(ordered, starts, strict=True)
    )


def _check_part(name: str, data: bytes, kind: Kind) -> None:
    from .store import FileRefused

    head = data.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise FileRefused(str(kind.declares))
    if head.count(b"<") > MOST_TAGS:
        raise FileRefused(str(kind.unpacks))
    if name == "[Content_Types].xml" and b"macroenabled" in head.lower():
        raise FileRefused(str(kind.macros))
    if name.endswith(".rels"):
        for relationship in _RELATIONSHIP.findall(head):
            if _EXTERNAL.search(relationship) and not _HYPERLINK.search(relationship):
                raise FileRefused(str(kind.elsewhere))
