"""Hostile and odd Word files: each refused with a sentence, within two seconds and 256 MB (security.md 5.5)."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from protocol_pages.editions import blocks as b
from protocol_pages.editions import word_in
from protocol_pages.editions.word_out import Text, word_file
from protocol_pages.editions.wordfile import child, content
from protocol_pages.editions.wordfile.package import W
from protocol_pages.editions.wordfile.read import read
from protocol_pages.editions.wordfile.refusal import Refusal

PROTOCOL = b.read_protocol().blocks
PLAIN = word_file(Text(PROTOCOL, "Protocol", date(2022, 1, 31), "Network", "Protocol: 1", "SHA-256 …"))
SOURCE = zipfile.ZipFile(io.BytesIO(PLAIN))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"
TYPES = SOURCE.read("[Content_Types].xml")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(extra: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None) -> bytes:
    """The protocol's Word file with parts added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SOURCE.namelist():
            archive.writestr(name, (replace or {}).get(name, SOURCE.read(name)))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return target.getvalue()


def body(inside: str) -> bytes:
    """A document with this body."""
    root = f'<w:document xmlns:w="{W.strip("{}")}">'
    return packed(replace={MAIN: f"{root}<w:body>{inside}</w:body></w:document>".encode()})


def swapped(name: str, old: bytes, new: bytes) -> bytes:
    """The document with some bytes of a part changed."""
    assert old in SOURCE.read(name)
    return packed(replace={name: SOURCE.read(name).replace(old, new)})


def typed(old: bytes, new: bytes) -> bytes:
    """The document with another content type."""
    return swapped("[Content_Types].xml", old, new)


def related(kind: str, target: str, outside: bool = True) -> bytes:
    """The document with one more relation."""
    name = "word/_rels/document.xml.rels"
    mode = ' TargetMode="External"' if outside else ""
    row = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return packed(replace={name: SOURCE.read(name).replace(b"</Relationships>", row.encode())})


def field(instruction: str, pieces: int = 1) -> bytes:
    """The document with a field, its instruction cut into pieces."""
    size = -(-len(instruction) // pieces)
    parts = [instruction[at : at + size] for at in range(0, len(instruction), size)]
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in parts)
    chars = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return body(f"<w:p>{chars[0]}{code}{chars[1]}<w:r><w:t>Result</w:t></w:r>{chars[2]}</w:p>")


def linked(info: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """The document with an entry of a special kind."""
    target = io.BytesIO(PLAIN)
    with zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo("word/theme/theme1.xml")
        info(entry)
        archive.writestr(entry, b"/etc/passwd")
    return target.getvalue()


def symbolic(entry: zipfile.ZipInfo) -> None:
    entry.create_system, entry.external_attr = 3, 0o120777 << 16


def squeezed(entry: zipfile.ZipInfo) -> None:
    entry.compress_type = zipfile.ZIP_LZMA


def encrypted() -> bytes:
    data = bytearray(PLAIN)
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    return bytes(data)


def renamed() -> bytes:
    """An entry whose own header has another name than the directory."""
    data = bytearray(PLAIN)
    at = data.index(b"word/document.xml")
    data[at : at + 17] = b"word/d0cument.xml"
    return bytes(data)


def gap() -> bytes:
    """Something hidden between the last entry and the directory."""
    start = PLAIN.index(b"PK\x01\x02")
    data = bytearray(PLAIN[:start] + b"MZ" + bytes(400) + PLAIN[start:])
    end = data.rindex(b"PK\x05\x06")
    offset = int.from_bytes(data[end + 16 : end + 20], "little") + 402
    data[end + 16 : end + 20] = offset.to_bytes(4, "little")
    return bytes(data)


BILLION = (
    b'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="x">&b;</w:document>'
)
FILE = b'<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x">&a;</w:document>'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
WORD_TYPE = b"openxmlformats-officedocument.wordprocessingml.document.main"
ELSEWHERE = "another address or template"
REMOTE = (
    f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{OFFICE}/attachedTemplate" '
    'Target="file:///x.dotm" TargetMode="External"/></Relationships>'
).encode()
PICTURE = "<w:p><w:fldSimple w:instr=' INCLUDEPICTURE \"https://example.org/x\" '/></w:p>"
LETTERS = "".join(f"{n} word " for n in range(110_000))
PARAGRAPH = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is empty"),
    "larger than 10 MB": (lambda: PLAIN + bytes(word_in.LARGEST), "larger than 10 MB"),
    "old Word": (lambda: OLD, "old Word file"),
    "password": (lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    "encrypted entry": (encrypted, "has a password"),
    "PDF": (lambda: b"%PDF-1.7\n", "it is a PDF"),
    "RTF": (lambda: b"{\\rtf1 text}", "rich text"),
    "ODT": (lambda: ODT, "OpenDocument"),
    "HTML": (lambda: b"<html><body>Protocol</body></html>", "not a Word document"),
    "plain text": (lambda: b"1. Introduction", "not a Word document"),
    "spreadsheet": (lambda: typed(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"), "Excel or Power"),
    "template": (lambda: typed(b"document.main+xml", b"template.main+xml"), "Word template"),
    "strict": (lambda: swapped("_rels/.rels", OFFICE.encode(), STRICT), "Strict Open XML"),
    "macro type": (lambda: typed(WORD_TYPE, b"ms-word.document.macroEnabled.main"), "macros"),
    "macro part": (lambda: packed({"word/vbaProject.bin": b"x"}), "macros"),
    "ActiveX": (lambda: packed({"word/activeX/activeX1.xml": b"<x/>"}), "macros"),
    "custom ribbon": (lambda: packed({"customUI/customUI14.xml": b"<x/>"}), "macros"),
    "embedded object": (lambda: packed({"word/embeddings/oleObject1.bin": b"x"}), "embedded objects"),
    "embedded workbook": (lambda: packed({"word/embeddings/sheet.xlsx": b"x"}), "embedded objects"),
    "alternative chunk": (lambda: related("aFChunk", "chunk.html", outside=False), "embedded objects"),
    "sub-document": (lambda: related("subDocument", "https://example.org/x.docx"), "embedded objects"),
    "OLE relation": (lambda: related("oleObject", "file:///c:/x.xls"), "embedded objects"),
    "remote template": (lambda: related("attachedTemplate", "https://example.org/evil.dotm"), ELSEWHERE),
    "template in settings": (lambda: packed({"word/_rels/settings.xml.rels": REMOTE}), ELSEWHERE),
    "remote picture": (lambda: related("image", "https://example.org/pixel.png"), ELSEWHERE),
    "remote frame": (lambda: related("frame", "https://example.org/"), ELSEWHERE),
    "mail merge": (lambda: related("mailMergeSource", "file:///people.csv"), ELSEWHERE),
    "inner relation to a place": (lambda: related("styles", "file:///etc/passwd", outside=False), ELSEWHERE),
    "script link": (lambda: related("hyperlink", "javascript:alert(1)"), "no web or mail address"),
    "file link": (lambda: related("hyperlink", "file://server/share"), "no web or mail address"),
    "network link": (lambda: related("hyperlink", "\\\\server\\share"), "no web or mail address"),
    "DDE": (lambda: field(' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"'), "field that runs or loads"),
    "DDE in pieces": (lambda: field(" DDE excel x", pieces=6), "field that runs or loads"),
    "include": (lambda: field(' INCLUDETEXT "c:\\secret.docx"'), "field that runs or loads"),
    "include picture": (lambda: body(PICTURE), "field that runs or loads"),
    "link field": (lambda: field(' HYPERLINK "javascript:alert(1)"'), "no web or mail address"),
    "billion laughs": (lambda: packed(replace={MAIN: BILLION}), "document type declaration"),
    "external entity": (lambda: packed(replace={MAIN: FILE}), "document type declaration"),
    "entity in UTF-16": (lambda: packed(replace={MAIN: FILE.decode().encode("utf-16")}), "document type declaration"),
    "entity in the relations": (lambda: packed(replace={"_rels/.rels": FILE}), "document type declaration"),
    "odd encoding": (lambda: packed(replace={MAIN: b"<?xml version='1.0' encoding='utf-7'?><x/>"}), "damaged"),
    "big part": (lambda: packed({"word/media/zeros.png": bytes(11 * 1024 * 1024)}), "unpacks to far more"),
    "high ratio": (lambda: packed({"word/media/zeros.png": bytes(9 * 1024 * 1024)}), "unpacks to far more"),
    "many elements": (lambda: body(PARAGRAPH * 60_000), "unpacks to far more"),
    "many paragraphs": (lambda: body(PARAGRAPH * 3_001), "longer than a protocol"),
    "many letters": (lambda: body(f"<w:p><w:r><w:t>{LETTERS}</w:t></w:r></w:p>"), "longer than a protocol"),
    "many entries": (lambda: packed({f"word/x{n}.xml": b"<x/>" for n in range(200)}), "unpacks to far more"),
    "deep": (lambda: body("<w:p>" + "<w:smartTag>" * 400 + "</w:smartTag>" * 400 + "</w:p>"), "damaged"),
    "bytes before": (lambda: b"MZ" + PLAIN, "something else is hidden"),
    "bytes behind": (lambda: PLAIN + b"<script>", "something else is hidden"),
    "bytes between": (gap, "something else is hidden"),
    "up the tree": (lambda: packed({"../../etc/passwd": b"x"}), "damaged"),
    "absolute": (lambda: packed({"/etc/passwd": b"x"}), "damaged"),
    "backslash": (lambda: packed({"word\\x.xml": b"x"}), "damaged"),
    "same name twice": (lambda: packed({"WORD/DOCUMENT.XML": b"<x/>"}), "damaged"),
    "two names": (renamed, "damaged"),
    "symbolic link": (lambda: linked(symbolic), "damaged"),
    "other compression": (lambda: linked(squeezed), "damaged"),
    "unknown part": (lambda: packed({"word/run.exe": b"MZ"}), "part that a text does not need"),
    "cut off": (lambda: PLAIN[:-300], "damaged"),
    "cut inside": (lambda: PLAIN[:900] + PLAIN[1200:], "something else is hidden"),
    "broken XML": (lambda: packed(replace={MAIN: b"<w:document"}), "damaged"),
    "another root": (lambda: packed(replace={MAIN: b"<document/>"}), "damaged"),
    "no document": (lambda: packed(replace={"_rels/.rels": f'<Relationships xmlns="{RELS}"/>'.encode()}), "damaged"),
    "no text": (lambda: body("<w:p/>"), "no text was found"),
}  # fmt: skip


def refusal_of(data: bytes) -> str:
    """The sentence for a file, read here; the child's own tests are below."""
    if not data or len(data) > word_in.LARGEST:
        with pytest.raises(word_in.FileRefused) as refused:
            word_in.read("file.docx", data)
        return str(refused.value)
    with pytest.raises(Refusal) as found:
        read(data)
    return str(word_in.refused(found.value.code, found.value.detail))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(kind: str) -> None:
    make, words = HOSTILE[kind]
    said = refusal_of(make())
    assert words in said
    assert said.startswith("File: ")
    assert "%(" not in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("text.doc", "old Word file"), ("text.docm", "macros"), ("text.dotx", "Word template"),
        ("text.pdf", "it is a PDF"), ("text.odt", "OpenDocument"), ("text.xlsx", "Excel or PowerPoint"),
        ("text", "send a Word document"), ("text.docx.exe", "send a Word document"),
    ],
)  # fmt: skip
def test_a_name_of_another_kind_is_refused_before_anything_is_read(name: str, words: str) -> None:
    with pytest.raises(word_in.FileRefused, match=words):
        word_in.read(name, PLAIN)


@pytest.mark.rule("D2")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'id="7b-2" kind="item"', b'id="7b-2" kind="poem"'),
        (b'id="7b-2"', b'id="7b/2?x y"'),
        (b'id="7b-2"', b'id="' + b"x" * 60 + b'"'),
        (b'["7B.2"]', b'["../7B 2"]'),
        (b'["7B.2"]', b'["7B.2.3.4.5"]'),
        (b'id="7b-2" kind="item" level="1"', b'id="7b-2" kind="item" level="99999"'),
    ],
)
def test_labels_that_a_file_makes_up_are_left_out(old: bytes, new: bytes) -> None:
    """A custom part may say anything of itself: no address without a page gets into a draft."""
    name = "customXml/item1.xml"
    data = SOURCE.read(name)
    assert old in data
    found = word_in.read("file.docx", packed(replace={name: data.replace(old, new)})).after.text
    b.check_blocks(found)
    assert [block.text for block in found] == [block.text for block in PROTOCOL]


def test_a_bookmark_that_makes_up_an_id_is_left_out() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_psea_a_2f_b"/>'
    found = read(body(f"<w:p>{mark}<w:r><w:t>A text that has words.</w:t></w:r></w:p>")).after.text
    b.check_blocks(found)


@pytest.mark.parametrize("address", ["https://un.org/", "http://un.org/a", "mailto:iraq-psea@un.org"])
def test_links_to_the_web_and_to_mail_are_harmless(address: str) -> None:
    assert read(related("hyperlink", address)).after.text == PROTOCOL


@pytest.mark.parametrize(
    "kind", ["billion laughs", "DDE", "macro part", "many elements", "bytes behind", "no text"]
)
def test_the_limited_process_says_the_same(kind: str) -> None:
    make, words = HOSTILE[kind]
    with pytest.raises(word_in.FileRefused, match=words):
        word_in.read("file.docx", make())


def test_the_limited_process_reads_the_protocol() -> None:
    assert word_in.read("protocol.docx", PLAIN).after.text == PROTOCOL


# The largest files that are let in, each at one of the limits.
ITEM = "<w:p><w:r><w:t>{0}. Item {1} of a list.</w:t></w:r></w:p>"
ADDED = '<w:p><w:r><w:t>Text {0}.</w:t></w:r><w:ins w:author="{1}"><w:r><w:t>More.</w:t></w:r></w:ins></w:p>'
LARGEST = {
    "paragraphs": lambda: body("".join(ITEM.format(n % 30 + 1, n) for n in range(2_990))),
    "changes": lambda: body("".join(ADDED.format(n, n % 40) for n in range(2_900))),
}


@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_files_stay_within_two_seconds_and_256_mb(kind: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert word_in.read("file.docx", LARGEST[kind]()).after.blocks
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent <= child.SECONDS
    assert child.MEMORY == 256 * 1024 * 1024


def started(code: str) -> subprocess.CompletedProcess[str]:
    program = f"import sys; sys.path.insert(0, sys.argv[1])\nfrom protocol_pages.editions.wordfile import child\n{code}"
    command = [sys.executable, "-I", "-c", program, str(word_in._ROOT)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_process_ends_where_its_limits_do() -> None:
    """More memory than it has, or a file of its own: no answer; its seconds are the system's to count."""
    for code, words in (
        ("child.limit(); x = [bytes(1 << 20) for n in range(400)]", "MemoryError"),
        ("import tempfile; child.limit(); tempfile.TemporaryFile()", "No usable temporary directory"),
    ):
        done = started(code)
        assert done.returncode != 0
        assert words in done.stderr
    code = "child.limit(); import resource; print(resource.getrlimit(resource.RLIMIT_CPU))"
    assert started(code).stdout.strip() == "(2, 2)"


def test_a_crash_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_in, "_START", "raise SystemExit(3)")
    with pytest.raises(word_in.FileRefused, match="unpacks to far more"):
        word_in.read("file.docx", PLAIN)
    monkeypatch.setattr(word_in, "_START", "raise SystemExit(4)")
    with pytest.raises(word_in.FileRefused, match="damaged"):
        word_in.read("file.docx", PLAIN)


def test_limits_are_those_of_the_design() -> None:
    assert (child.MEMORY, child.SECONDS, content.MOST_PARAGRAPHS) == (256 << 20, 2, 3_000)
