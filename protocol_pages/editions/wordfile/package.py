"""A Word file from outside, opened with limits and refused for what a text does not need (security.md 5.5)."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import struct
import zipfile
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from .refusal import Refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_PART = 10 * 1024 * 1024
LARGEST_TOTAL = 20 * 1024 * 1024
MOST_ENTRIES = 200
MOST_RATIO = 100  # unpacked to packed, of parts above RATIO_FROM
RATIO_FROM = 200_000  # bytes
MOST_TAGS = 300_000  # in all parts that are parsed

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|(?:[\w.-]+/)*_rels/[\w.-]*\.rels|docProps/[\w.-]+\.(?:xml|jpe?g|png|emf|wmf)|"
    r"docMetadata/[\w.-]+\.xml|customXml/(?:_rels/)?[\w.-]+\.(?:xml|rels)|"
    r"word/(?:(?:theme|glossary|charts|diagrams|drawings|ink)/)*[\w.-]+\.xml|"
    r"word/(?:theme/|glossary/)?media/[\w. -]+\.(?:png|jpe?g|jfif|gif|emf|wmf|tiff?|bmp|svg|webp|wdp)|"
    r"word/fonts/[\w.-]+\.(?:odttf|ttf|fntdata)|word/printerSettings/[\w.-]+\.bin|"
    r"mimetype|\[trash\]/[\w.-]+",
    re.IGNORECASE,
)
_EXECUTES = (
    "vbaproject",
    "vbadata",
    "macro",
    "activex",
    "customui",
    "attachedtoolbars",
    "keymapcustomizations",
)
_EMBEDS = ("embeddings/", "oleobject", "afchunk", "subdoc", "webextension")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BAD_TYPES = ("macroenabled", "activex", "vbaproject", "oleobject", "control+xml")
_BAD_RELATIONS = {
    "aFChunk": "embedded",
    "subDocument": "embedded",
    "oleObject": "embedded",
    "package": "embedded",
    "control": "macros",
    "vbaProject": "macros",
    "attachedTemplate": "elsewhere",
    "mailMergeSource": "elsewhere",
    "mailMergeHeaderSource": "elsewhere",
    "frame": "elsewhere",
}
LINKS = ("https", "http", "mailto")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")
_LOCAL, _END = 30, 22  # bytes of a local header and of the archive's end, without their texts


def local(tag: Any) -> str:
    """The name of an element without its namespace, "" for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """The parts of a harmless Word file. Raises Refusal."""

    def __init__(self, content: bytes) -> None:
        _kind_of(content)
        self.parts = _unpacked(content)
        self.tags = 0
        self._check_types()
        for name in self.parts:
            if name.lower().endswith(".rels"):
                self._check_relations(name)
        found = [target for kind, target, _ in self.relations("").values() if kind == "officeDocument"]
        if len(found) != 1 or found[0] not in self.parts:
            raise Refusal("damaged")
        self.main = found[0]

    def xml(self, name: str) -> Any:
        """The root of a part, or None where the file has no such part."""
        if name not in self.parts:
            return None
        data = self.parts[name]
        if len(data) > LARGEST_PART:
            raise Refusal("unpacks")
        declared = _DECLARED.match(data.replace(b"\x00", b"")[:300].lstrip(b"\xef\xbb\xbf\xff\xfe"))
        if declared and declared[1].lower() not in _ENCODINGS:
            raise Refusal("damaged")
        bare = data.replace(b"\x00", b"")
        if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise Refusal("declares")
        self.tags += bare.count(b"<")
        if self.tags > MOST_TAGS:
            raise Refusal("unpacks")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refusal("damaged") from error
        if root.getroottree().docinfo.doctype:
            raise Refusal("declares")
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of a part ("" is the package): id → (kind, target part or address, is outside)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for row in root if root is not None else ():
            target, outside = row.get("Target", ""), row.get("TargetMode", "").strip().lower() == "external"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def related(self, kind: str) -> Any:
        """The root of the main part's first relation of a kind (``styles``, ``footnotes``), or None."""
        for found, target, outside in self.relations(self.main).values():
            if found == kind and not outside:
                return self.xml(target)
        return None

    def _check_types(self) -> None:
        root = self.xml("[Content_Types].xml")
        if root is None:
            raise Refusal("damaged")
        kinds = [row.get("ContentType", "") for row in root]
        for kind in kinds:
            if any(word in kind.lower() for word in _BAD_TYPES):
                raise Refusal("macros")
        if _MAIN not in kinds:
            if any("template.main+xml" in kind for kind in kinds):
                raise Refusal("template")
            raise Refusal(
                "other_office"
                if any("sheet.main" in k or "presentation.main" in k for k in kinds)
                else "damaged"
            )

    def _check_relations(self, name: str) -> None:
        root = self.xml(name)
        for row in root:
            kind, target = row.get("Type", "").rpartition("/")[2], row.get("Target", "").strip()
            outside = row.get("TargetMode", "").strip().lower() == "external"
            if "purl.oclc.org/ooxml" in row.get("Type", ""):
                raise Refusal("strict")
            if kind in _BAD_RELATIONS:
                raise Refusal(_BAD_RELATIONS[kind])
            if outside:
                if kind != "hyperlink":
                    raise Refusal("elsewhere", kind)
                if not harmless(target):
                    raise Refusal("link", target)
            elif ":" in target or "\\" in target or target.startswith("//"):
                raise Refusal("elsewhere", kind)


def harmless(address: str) -> bool:
    """Whether a link may be kept: https, http, mailto, or a place inside the document."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if not parts.scheme:
        return address.startswith("#")
    return parts.scheme.lower() in LINKS and (parts.scheme.lower() == "mailto" or bool(parts.netloc))


def _kind_of(content: bytes) -> None:
    """Refuse what is no Word file by its first bytes, with the sentence that helps."""
    if not content:
        raise Refusal("empty")
    if len(content) > LARGEST_FILE:
        raise Refusal("large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("protected" if "EncryptedPackage".encode("utf-16-le") in content else "old")
    if content.startswith(b"%PDF"):
        raise Refusal("pdf")
    if content.startswith(b"{\\rtf"):
        raise Refusal("rtf")
    if not content.startswith(b"PK\x03\x04"):
        raise Refusal("polyglot" if b"PK\x05\x06" in content[-70_000:] else "not_word")
    if b"mimetypeapplication/vnd.oasis" in content[:120]:
        raise Refusal("odt")


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        if archive.comment or content[-_END:][:4] != b"PK\x05\x06":
            raise Refusal("polyglot")
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_ENTRIES:
            raise Refusal("unpacks")
        if len({name.lower() for name in names}) != len(names):
            raise Refusal("damaged")
        for entry in entries:
            _check_entry(entry)
        _check_layout(content, entries, archive.start_dir)
        return _read(archive, entries)
    except Refusal:
        raise
    except Exception as trouble:  # zipfile, zlib and struct, each with errors of their own
        raise Refusal("damaged") from trouble


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 1:
        raise Refusal("protected")
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name or "\x00" in name:
        raise Refusal("damaged")
    if stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in (0, 8):
        raise Refusal("damaged")
    low = name.lower()
    if any(word in low for word in _EXECUTES):
        raise Refusal("macros")
    if any(word in low for word in _EMBEDS):
        raise Refusal("embedded")
    if not entry.is_dir() and not _PARTS.fullmatch(name):
        raise Refusal("part", name)
    if entry.file_size > LARGEST_PART:
        raise Refusal("unpacks")
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Refusal("unpacks")


def _check_layout(content: bytes, entries: list[zipfile.ZipInfo], end: int) -> None:
    """The entries fill the file from its first byte to the directory: nothing hides before, between, behind."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    place = 0
    for entry in ordered:
        if not place <= entry.header_offset <= place + 24:  # a data descriptor has at most 24 bytes
            raise Refusal("polyglot")
        head = content[entry.header_offset : entry.header_offset + _LOCAL]
        if len(head) < _LOCAL or head[:4] != b"PK\x03\x04":
            raise Refusal("damaged")
        name_length, extra_length = struct.unpack("<HH", head[26:30])
        start = entry.header_offset + _LOCAL
        raw = content[start : start + name_length]
        if raw not in (
            entry.orig_filename.encode("utf-8", "replace"),
            entry.orig_filename.encode("cp437", "replace"),
        ):
            raise Refusal("damaged")
        place = start + name_length + extra_length + entry.compress_size
    if not place <= end <= place + 24:
        raise Refusal("polyglot")


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        with archive.open(entry) as part:
            data = part.read(LARGEST_PART + 1)
        total += len(data)
        if len(data) > LARGEST_PART or total > LARGEST_TOTAL:
            raise Refusal("unpacks")
        if len(data) != entry.file_size:
            raise Refusal("damaged")
        parts[entry.filename] = data
    return parts
