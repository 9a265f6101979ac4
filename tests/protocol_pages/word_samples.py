"""Texts turned into Word files, as different people would type them: styles, typed numbers, automatic numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

SEED_0 = Path(__file__).with_name("seed_000.txt")
_INLINE = re.compile(
    r"\*\*(.+?)\*\*|\*(.+?)\*|<sup>(.+?)</sup>|\[([^\]]+)\]\((https?://[^)]+)\)|(\^\[\d+\]\^)"
)


@dataclass(frozen=True)
class Line:
    """One paragraph of a text: ``kind`` is heading, item, bullet, text, row or note."""

    kind: str
    text: str
    number: str = ""
    level: int = 1


def lines_of(text: str) -> Iterator[Line]:
    """The paragraphs of a seed, each with the number that stands before it."""
    for raw in text.replace("\r", "").split("\n"):
        line = raw.strip()
        if not line:
            continue
        if "\t" in line and not re.match(r"\d+\.\t", line):
            yield Line("row", line)
        elif match := re.match(r"#+\s+(.*)", line):
            yield Line("heading", match[1])
        elif match := re.match(r"([-❑])\s+(.*)", line):
            yield Line("bullet", match[2], "-", 2 if raw.startswith(" ") else 1)
        elif match := re.match(r"(\d+\.|[A-Z]\.)\s+(.*)", line):
            short = len(match[2]) < 80 and not match[2].endswith((".", ";"))
            yield Line("heading" if short else "item", match[2], match[1], 2 if match[1].isupper() else 1)
        elif re.match(r"[¹²³⁴⁵⁶⁷⁸⁹]|\[\d+\] ", line):
            yield Line("note", line)
        else:
            yield Line("text", line)


def saved(document: WordDocument) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def words(paragraph: Paragraph, text: str) -> None:
    """Text with the seeds' signs as real bold, italic, raised runs and links."""
    place = 0
    for match in _INLINE.finditer(text):
        paragraph.add_run(text[place : match.start()])
        bold, italic, raised, label, address, note = match.groups()
        run = paragraph.add_run(
            bold or italic or raised or (label if not address else "") or (note or "").strip("^")
        )
        run.bold, run.italic = bool(bold) or None, bool(italic) or None
        run.font.superscript = bool(raised or note) or None
        if address:
            link(paragraph, label, address)
        place = match.end()
    paragraph.add_run(text[place:])


def link(paragraph: Paragraph, text: str, address: str) -> None:
    """A real link."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = paragraph.add_run(text)
    element.append(run._r)
    paragraph._p.append(element)


def numbered(document: WordDocument, formats: list[tuple[str, str]]) -> int:
    """A list definition of one's own, a level for each (format, text); its number for ``put_in_list``."""
    part = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    key = str(900 + len(part))
    abstract.set(qn("w:abstractNumId"), key)
    for level, (kind, shape) in enumerate(formats):
        row = OxmlElement("w:lvl")
        row.set(qn("w:ilvl"), str(level))
        for name, value in (("start", "1"), ("numFmt", kind), ("lvlText", shape)):
            child = OxmlElement(f"w:{name}")
            child.set(qn("w:val"), value)
            row.append(child)
        abstract.append(row)
    first = part.find(qn("w:num"))
    first.addprevious(abstract)
    return int(part.add_num(int(key)).numId)


def restarted(document: WordDocument, like: int) -> int:
    """Another list of the same look, from 1 again."""
    part = document.part.numbering_part.element
    abstract = next(n for n in part.num_lst if n.numId == like).abstractNumId.val
    num = part.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(num.numId)


def put_in_list(paragraph: Paragraph, number: int, level: int = 0) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def tables(document: WordDocument, rows: list[str]) -> None:
    """Rows of cells parted by tabs."""
    cells = [row.split("\t") for row in rows]
    table = document.add_table(len(cells), max(map(len, cells)))
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            words(cell.paragraphs[0], text)


Style = Callable[[WordDocument, Line], None]


def built(text: str, style: Style) -> bytes:
    """A text as a Word file in one person's style."""
    document = Document()
    rows: list[str] = []
    for line in [*lines_of(text), Line("end", "")]:
        if line.kind == "row":
            rows.append(line.text)
            continue
        if rows:
            tables(document, rows)
            rows = []
        if line.kind != "end":
            style(document, line)
    return saved(document)


def typed_numbers(document: WordDocument, line: Line) -> None:
    """Everything typed, nothing styled: how most protocols arrive."""
    sign = {"bullet": "• ", "heading": f"{line.number} " if line.number else ""}.get(
        line.kind, f"{line.number} ".lstrip()
    )
    paragraph = document.add_paragraph()
    words(paragraph, sign + line.text)
    if line.kind == "heading":
        for run in paragraph.runs:
            run.bold = True


def heading_styles(document: WordDocument, line: Line) -> None:
    """Word's own styles; numbers of headings typed, lists automatic."""
    styles = {"heading": f"Heading {line.level}", "bullet": "List Bullet" + (" 2" if line.level == 2 else "")}
    paragraph = document.add_paragraph(style=styles.get(line.kind))
    words(
        paragraph, (f"{line.number} " if line.number and line.kind in ("heading", "item") else "") + line.text
    )


def automatic_numbers() -> Style:
    """Sections, items and bullets all counted by Word; page breaks in between."""
    lists: dict[str, int] = {}
    last: dict[str, int] = {"item": 0, "heading": 0}

    def style(document: WordDocument, line: Line) -> None:
        if not lists:
            lists["heading"] = numbered(document, [("decimal", "%1."), ("upperLetter", "%2.")])
            lists["item"] = numbered(document, [("decimal", "%1.")])
            lists["bullet"] = numbered(document, [("bullet", "\uf0b7"), ("bullet", "o")])
        paragraph = document.add_paragraph(style=f"Heading {line.level}" if line.kind == "heading" else None)
        words(paragraph, line.text)
        value = int(line.number.rstrip(".")) if line.number.rstrip(".").isdecimal() else 0
        kind = line.kind
        if kind == "item" and value == last["heading"] + 1 and value != last["item"] + 1:
            kind = "heading"  # a numbered paragraph that is a section of its own
        if kind == "bullet":
            put_in_list(paragraph, lists["bullet"], line.level - 1)
        elif line.number and kind in ("heading", "item"):
            if kind == "item" and value == 1 and last["item"]:
                lists["item"] = restarted(document, lists["item"])
            put_in_list(paragraph, lists[kind], line.level - 1 if kind == "heading" else 0)
            last[kind] = value or last[kind]
            if kind == "heading" and value:
                last["item"] = 0 if not last["item"] else last["item"]
        if line.kind == "text" and len(line.text) > 200:
            paragraph.add_run().add_break(WD_BREAK.PAGE)

    return style
