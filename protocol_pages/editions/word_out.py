"""An edition as a Word file: headings, automatic numbers, footnotes, tables, right-to-left; ids carried along. Pure.

The same text gives the same bytes. What ``wordfile`` reads of the file are the same blocks again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from xml.sax.saxutils import escape

from intranet.papers.bidi import segments
from intranet.papers.package import RELS, R, core_properties, write_package
from intranet.papers.styles import SOFT, fonts_xml

from . import blocks as b
from . import word_parts
from .blocks import BOLD, ITALIC, LINK, RTL, Block, Mark
from .canonical import canonical_block
from .footnotes import MARK
from .footnotes import marks as note_marks
from .tables import Cell, cells_of
from .word_styles import HEAD, Lists, style_of, styles
from .wordfile.ids import NUMBER_STYLE, bookmark, facts_xml, is_rtl
from .wordfile.package import harmless

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """What is written. ``day``: calendar date for the properties; ``author``: the network, no person.

    ``edge``: a line for the head of each page; ``foot``: one for its foot.
    """

    blocks: tuple[Block, ...]
    title: str
    day: date
    author: str
    edge: str
    foot: str
    language: str = "en"
    sha256: str = ""


def word_file(text: Text) -> bytes:
    """The Word file."""
    body = _Body(text.blocks)
    document = body.xml()
    parts = {
        "word/document.xml": document.encode(),
        "word/styles.xml": styles(),
        "word/numbering.xml": body.lists.xml(),
        "word/settings.xml": word_parts.settings(),
        "word/fontTable.xml": fonts_xml(),
        "word/footnotes.xml": body.notes_xml(),
        "word/header1.xml": word_parts.edge("hdr", _legal(text.edge), pages=False),
        "word/footer1.xml": word_parts.edge("ftr", _legal(text.foot), pages=True),
        "customXml/item1.xml": facts_xml(text.blocks, text.sha256),
        "docProps/core.xml": core_properties(
            title=_legal(text.title),
            author=_legal(text.author),
            day=text.day,
            language="ar-IQ" if text.language == "ar" else "en-GB",
        ),
    }
    parts["word/_rels/document.xml.rels"] = word_parts.relations(body.links)
    parts["word/_rels/footnotes.xml.rels"] = word_parts.rels(word_parts.link_rows(body.links))
    parts["_rels/.rels"] = word_parts.rels(
        [
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>',
            f'<Relationship Id="rId2" Type="{RELS}/metadata/core-properties" Target="docProps/core.xml"/>',
        ]
    )
    parts["[Content_Types].xml"] = word_parts.types()
    return write_package(parts)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


class _Body:
    """The document's text, paragraph by paragraph."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.lists = Lists()
        self.links: dict[str, str] = {}
        self.real = self._real_notes()
        self._by_number = {
            int(MARK.findall(block.number)[0]): block for block in blocks if block.id in self.real
        }
        self._noted: set[int] = set()
        self._auto = 0
        self._ids = count(1)

    def _real_notes(self) -> set[str]:
        """Ids of the footnotes that Word can hold: at the end, each referred to once and in order."""
        tail = list[Block]()
        for block in reversed(self.blocks):
            if block.kind != b.FOOTNOTE:
                break
            tail.insert(0, block)
        body = [block for block in self.blocks if block not in tail]
        seen = [n for block in body for n in note_marks(block.text)]
        numbers = [int(found[1]) if (found := MARK.fullmatch(block.number)) else -1 for block in tail]
        fits = numbers == sorted(set(numbers)) and all(
            seen.count(n) == 1 and block.id == f"fn{n}" for n, block in zip(numbers, tail, strict=True)
        )
        # Word prints notes in the order of their marks: they come back sorted by number, so any order fits.
        return {block.id for block in tail} if fits else set()

    def xml(self) -> str:
        """The main part."""
        rows = [self._block(block) for block in self.blocks if block.id not in self.real]
        if rows and rows[-1].endswith("</w:tbl>"):
            rows.append("<w:p/>")
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
            '<w:footerReference w:type="default" r:id="rIdfooter"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1417" w:right="1417" w:bottom="1247" w:left="1417" w:header="680" w:footer="567" '
            'w:gutter="0"/>'
            "</w:sectPr>"
        )
        return f"{HEAD}<w:document {word_parts.NS}><w:body>{''.join(rows)}{section}</w:body></w:document>"

    def notes_xml(self) -> bytes:
        """The footnotes, after the lines that part them from the text."""
        rows = [
            f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
            for key, kind, tag in (
                (-1, "separator", "separator"),
                (0, "continuationSeparator", "continuationSeparator"),
            )
        ]
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        mark += '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        for number, block in sorted(self._by_number.items()):
            rtl = block.lang in RTL
            bidi = "<w:bidi/>" if rtl else ""
            rows.append(
                f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>'
                f"{mark}{self._runs(block, block.text, rtl)}</w:p></w:footnote>"
            )
        return f"{HEAD}<w:footnotes {word_parts.NS}>{''.join(rows)}</w:footnotes>".encode()

    def _block(self, block: Block) -> str:
        rtl = block.lang in RTL
        if block.kind == b.TABLE:
            rows = cells_of(block)
            if len(rows) > 1 or len(rows[0]) > 1 or (block.level == 1 and rows[0][0].text != block.text):
                return self._table(block, rows, rtl)
        place = self.lists.place(block) if block.number else None
        ppr = f'<w:pStyle w:val="{style_of(block)}"/>'
        number = ""
        if place is not None:
            ppr += f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>'
        elif block.number:
            number = (
                f'<w:r><w:rPr><w:rStyle w:val="{NUMBER_STYLE}"/></w:rPr>'
                f'<w:t xml:space="preserve">{escape(_legal(block.number))}</w:t></w:r><w:r><w:tab/></w:r>'
            )
        ppr += "<w:bidi/>" if rtl else ""
        if block.kind == b.ITEM and place is None:
            ppr += f'<w:ind w:left="{397 * max(block.level, 1)}" w:hanging="397"/>'
        return f"<w:p><w:pPr>{ppr}</w:pPr>{self._marked(block, number + self._runs(block, block.text, rtl))}</w:p>"

    def _marked(self, block: Block, content: str) -> str:
        key = next(self._ids)
        name = bookmark(block.id)
        return f'<w:bookmarkStart w:id="{key}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{key}"/>'

    def _table(self, block: Block, rows: list[list[Cell]], rtl: bool) -> str:
        columns = len(rows[0])
        widths = _widths(rows, columns)
        rule = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{SOFT}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        out = ""
        for place, row in enumerate(rows):
            cells = ""
            for column, cell in enumerate(row):
                right = is_rtl(cell.text) if any(map(str.isalpha, cell.text)) else rtl  # a cell of its own
                bidi = "<w:bidi/>" if right else ""
                words = self._runs(block, cell.text, right, cell.marks, bold=place == 0 and len(rows) > 1)
                content = self._marked(block, words) if place == column == 0 else words
                cells += (
                    f'<w:tc><w:tcPr><w:tcW w:w="{widths[column]}" w:type="dxa"/></w:tcPr>'
                    f'<w:p><w:pPr><w:pStyle w:val="EditionCell"/>{bidi}</w:pPr>{content}</w:p></w:tc>'
                )
            head = "<w:tblHeader/>" if place == 0 and len(rows) > 1 else ""
            out += f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        visual = "<w:bidiVisual/>" if rtl else ""
        margins = (
            '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        )
        props = f'{visual}<w:tblW w:w="{word_parts.WIDTH}" w:type="dxa"/><w:tblBorders>{rule}</w:tblBorders>'
        props += f'<w:tblLayout w:type="fixed"/>{margins}'
        return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{out}</w:tbl>"

    def _runs(
        self, block: Block, text: str, rtl: bool, marks: Sequence[Mark] | None = None, bold: bool = False
    ) -> str:
        """The runs of a text. ``marks``: of these words, the block's own where they are the whole block."""
        marks = block.marks if marks is None else marks
        marks = marks if canonical_block(block.text) == block.text else ()
        edges = {0, len(text)} | {m.start for m in marks} | {m.end for m in marks}
        inside = block.id in self.real  # a note has no notes
        notes = {f.start(): f for f in MARK.finditer(text) if not inside and int(f[1]) in self._by_number}
        for found in notes.values():
            edges |= {found.start(), found.end()}
        steps = sorted(edge for edge in edges if 0 <= edge <= len(text))
        out = ""
        for begin, end in pairwise(steps):
            if begin in notes:
                out += self._note(int(notes[begin][1]))
                continue
            on = [mark for mark in marks if mark.start <= begin and end <= mark.end]
            kinds = {mark.kind for mark in on}
            address = next((m.address for m in on if m.kind == LINK and harmless(m.address)), "")
            piece = _run(text[begin:end], rtl, bold or BOLD in kinds, ITALIC in kinds, bool(address))
            if address:
                key = self.links.setdefault(_legal(address), f"rIdLink{len(self.links) + 1}")
                piece = f'<w:hyperlink r:id="{key}">{piece}</w:hyperlink>'
            out += piece
        return out

    def _note(self, number: int) -> str:
        """A footnote's mark; where Word would count otherwise, the number stands there as it is."""
        self._auto += 1
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if self._auto == number:
            return f'<w:r>{style}<w:footnoteReference w:id="{number}"/></w:r>'
        self._auto -= 1
        custom = f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/><w:t>{number}</w:t>'
        return f"<w:r>{style}{custom}</w:r>"


def _run(text: str, rtl: bool, bold: bool, italic: bool, link: bool) -> str:
    """Words as runs, cut by direction (a run of Arabic says so, digits and Latin in it do not)."""
    out = ""
    for piece, right in segments(_legal(text), rtl):
        props = '<w:rStyle w:val="Hyperlink"/>' if link else ""
        props += ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
        props += "<w:rtl/>" if right else '<w:lang w:val="en-GB" w:bidi="en-GB"/>' if rtl else ""
        head = f"<w:rPr>{props}</w:rPr>" if props else ""
        out += f'<w:r>{head}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
    return out


def _widths(rows: Sequence[Sequence[Cell]], columns: int) -> list[int]:
    weights = [min(max(8, *(len(row[column].text) for row in rows)), 60) for column in range(columns)]
    widths = [word_parts.WIDTH * weight // sum(weights) for weight in weights]
    return [*widths[:-1], word_parts.WIDTH - sum(widths[:-1])]
