"""Private files: hostile uploads refused with a sentence, bytes hashed, given out only under a policy."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from intranet.files.store import FileRefused, check

PLAIN = b"%PDF-1.7\n%%EOF"


def word(extra: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None) -> bytes:
    """A real Word file, with parts added or replaced."""
    buffer = io.BytesIO()
    Document().save(buffer)
    source = zipfile.ZipFile(io.BytesIO(buffer.getvalue()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, (replace or {}).get(name, source.read(name)))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return target.getvalue()


def rels(body: str) -> bytes:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{body}</Relationships>"
    ).encode()


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEMPLATE = rels(
    f'<Relationship Id="a" Type="{OFFICE}/attachedTemplate" TargetMode="External" Target="http://x/y"/>'
)
HIDDEN = rels(
    f'<Relationship Id="a" Type="{OFFICE}/hyperlink" TargetMode="External" Target="https://example.org"/>'
    f'<Relationship Id="b" Type="{OFFICE}/image" TargetMode="External" Target="http://x/y.png"/>'
)
LINK = rels(
    f'<Relationship Id="a" Type="{OFFICE}/hyperlink" TargetMode="External" Target="https://example.org"/>'
)


def doubled() -> bytes:
    target = io.BytesIO(word())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<x/>")
    return target.getvalue()


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("scan.pdf", PLAIN, "application/pdf"),
    ("SCAN.PDF", PLAIN, "application/pdf"),
    ("letter.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("letter.docx", word({"word/_rels/x.xml.rels": LINK}), None),
    ("photo.png", b"\x89PNG\r\n\x1a\n123", "image/png"),
])  # fmt: skip
def test_ordinary_files_are_taken(name: str, content: bytes, kind: str | None) -> None:
    assert check(name, content).startswith(kind or "application/vnd.openxml")


@pytest.mark.rule("security 5.5")
@pytest.mark.parametrize(("name", "content", "says"), [
    ("page.html", b"<script>", "PDF"),
    ("picture.svg", b"<svg/>", "PDF"),
    ("nothing", PLAIN, "PDF"),
    ("empty.pdf", b"", "empty"),
    ("big.pdf", PLAIN + b"0" * (10 * 1024 * 1024), "10 MB"),
    ("really.pdf", b"MZ\x90", "content"),
    ("letter.docx", b"PK\x03\x04 no archive", "damaged"),
    ("letter.docx", word({"word/vbaProject.bin": b"x"}), "macros"),
    ("letter.docx", word({"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    ("letter.docx", word({"word/_rels/settings.xml.rels": TEMPLATE}), "elsewhere"),
    ("letter.docx", word({"word/_rels/x.xml.rels": HIDDEN}), "elsewhere"),
    ("letter.docx", word({"word/_rels/x.xml.rels": TEMPLATE.replace(b'"External"', b" 'external'")}), "elsewhere"),
    ("letter.docx", word({"word/_rels/x.xml.rels": TEMPLATE.decode().encode("utf-16")}), "elsewhere"),
    ("letter.docx", word(replace={"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "declaration"),
    ("letter.docx", word({"word/media/zeros.bin": b"\x00" * (11 * 1024 * 1024)}), "unpacks"),
    ("letter.docx", word({"../../etc/passwd": b"x"}), "damaged"),
    ("letter.docx", word({f"word/x{n}.xml": b"<x/>" for n in range(200)}), "damaged"),
    ("letter.docx", doubled(), "damaged"),
])  # fmt: skip
def test_hostile_files_are_refused_with_a_sentence(name: str, content: bytes, says: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check(name, content)
    assert str(refused.value).startswith("File: ")
    assert says in str(refused.value)
