"""A paper as a Word file. The same paper gives the same bytes; reopened and compared before it is given out."""

from __future__ import annotations

from .bidi import mostly_rtl
from .check import check_facts, verify
from .frame import DOCUMENT_RELS, WIDTH, Frame, part, rels
from .package import Parts, core_properties, tidy, write_package
from .paper import Block, Facts, Heading, Items, Paper, Quote, Table, Text
from .parts import CM, border, cell, para, row, run, table
from .qr import qr_png
from .styles import DARK, INK2, PAPER_STYLES, SOFT, SURFACE, fonts_xml, numbering_xml, styles_xml
from .words import kept, lines, plain

_FIRST_NUMBERED = 3  # list 1 is the letters', list 2 has dashes
_KEEP = "<w:keepNext/>"


def file_name(paper: Paper, ending: str = "docx") -> str:
    """A file name from number or kind and day: no organization, no person."""
    name = paper.number or f"{paper.kind}-{paper.day.isoformat()}"
    return "".join(char if char.isalnum() or char in "-." else "-" for char in name) + f".{ending}"


def author_of(paper: Paper) -> str:
    """The author in the properties: network and office as the settings name them, no person."""
    return f"{paper.letterhead.network_en}, {paper.letterhead.office_en}"


def render(paper: Paper) -> bytes:
    """The Word file, verified. Raises LetterFault when a text of the paper does not stand in it."""
    check_facts(paper)
    body = _Body(paper)
    frame = body.frame
    text = body.text()
    parts: Parts = {
        "word/document.xml": text,
        "word/styles.xml": styles_xml(PAPER_STYLES),
        "word/numbering.xml": numbering_xml(body.numbered),
        "word/fontTable.xml": fonts_xml(),
        "word/header1.xml": frame.first_header(),
        "word/header2.xml": frame.next_header(),
        "word/footer1.xml": frame.footer(),
        "word/footer2.xml": frame.footer(),
        "word/_rels/document.xml.rels": rels(DOCUMENT_RELS),
    }
    if paper.verify:
        parts["word/media/code.png"] = qr_png(paper.verify)
        for name in ("footer1", "footer2"):
            parts[f"word/_rels/{name}.xml.rels"] = rels([("rIdCode", "image", "media/code.png")])
    core = core_properties(
        title=plain(" ".join(filter(None, (paper.title, paper.number)))),
        author=author_of(paper),
        day=paper.day,
        language="ar-IQ" if paper.language == "ar" else "en-GB",
    )
    data = write_package(tidy(parts, core))
    verify(data, paper, frame.foot_lines(), author_of(paper))
    return data


class _Body:
    """The text of one paper from the addressee to the pen lines."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.frame, self.rtl = paper, Frame(paper), paper.language == "ar"
        self.numbered = 0

    def text(self) -> bytes:
        """The main part, A4 with the margins of the letters."""
        section = "".join(
            f'<w:{name}Reference w:type="{kind}" r:id="rId{name.capitalize()}{kind.capitalize()}"/>'
            for name in ("header", "footer")
            for kind in ("first", "default")
        )
        section += '<w:pgSz w:w="11906" w:h="16838"/>'
        section += (
            '<w:pgMar w:top="794" w:right="1417" w:bottom="850" w:left="1417" '
            'w:header="454" w:footer="624" w:gutter="0"/>'
        )
        section += "<w:titlePg/>" + ("<w:bidi/>" if self.rtl else "")
        body = self.addressee() + self.frame.p("Heading 1", self.paper.title)
        body += "".join(self.block(block) for block in self.paper.blocks) + self.frame.signatures()
        return part("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>")

    def addressee(self) -> str:
        """The addressee's lines, the first one bold."""
        out = ""
        for number, line in enumerate(self.paper.addressee):
            above = f'<w:spacing w:before="{240 if self.rtl else 400}"/>' if number == 0 else ""
            bold = "<w:b/><w:bCs/>" if number == 0 else ""
            out += self.frame.p("Letter Address", line, ppr=above, rpr=bold)
        return out

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                return self.frame.p("Heading 2", block.text)
            case Text():
                style = "Note" if block.small else "Letter Body"
                return "".join(self.frame.p(style, line) for line in lines(block.text))
            case Quote():
                return self.quote(block)
            case Items():
                return self.items(block)
            case Facts():
                return self.facts(block)
            case Table():
                return self.table(block)

    def quote(self, block: Quote) -> str:
        """Shaded, in the direction of its own language; the source under it in the paper's."""
        rtl = block.language == "ar"
        content = "".join(
            para("Paper Quote", run(kept(line, rtl), rtl), rtl, '<w:spacing w:after="60"/>')
            for line in lines(block.text)
        )
        if block.source:
            content += self.frame.p("Note", block.source)
        box = table((WIDTH,), row(cell(WIDTH, content, fill=SURFACE)), self.rtl, top=6, bottom=6, sides=10)
        return box + para("Thin", "", self.rtl, '<w:spacing w:after="120"/>')

    def items(self, block: Items) -> str:
        """A list of its own: numbers begin at 1 again."""
        number = 2
        if block.numbered:
            number = _FIRST_NUMBERED + self.numbered
            self.numbered += 1
        ppr = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        out = "".join(self.frame.p("Paper Item", item, ppr=ppr) for item in block.items)
        return out + para("Thin", "", self.rtl, '<w:spacing w:after="60"/>')

    def facts(self, block: Facts) -> str:
        """Label and value beside each other, a hairline between the rows."""
        widths = (round(5.6 * CM), WIDTH - round(5.6 * CM))
        rule = border("bottom", 0.25, SOFT)
        rows = "".join(
            row(
                cell(widths[0], self.frame.p("Fact Label", label), rule)
                + cell(widths[1], self.frame.p("Fact Value", value), rule)
            )
            for label, value in block.rows
        )
        below = para("Thin", "", self.rtl, '<w:spacing w:after="160"/>')
        return table(widths, rows, self.rtl, top=2, bottom=2) + below

    def cell_lines(self, style: str, text: str, ppr: str, jc: str) -> str:
        """A paragraph a line: what is said in Arabic within an English table runs right to left."""
        out = ""
        for line in plain(text).split("\n"):
            if not self.rtl and mostly_rtl(line):
                out += para(style, run(kept(line, True), True), True, ppr)
            else:
                out += self.frame.p(style, line, ppr=ppr, jc=jc)
        return out

    def table(self, block: Table) -> str:
        """Caption, a head that repeats, rows that never split over pages."""
        widths = _twips(column_shares(block))

        def line(style: str, texts: tuple[str, ...], borders: str, keep: str, head: bool = False) -> str:
            cells = ""
            for place, (width, text) in enumerate(zip(widths, texts, strict=True)):
                # At the end in Latin script; in right-to-left columns that would put the units out of line.
                jc = "end" if place in block.end_aligned and not self.rtl else ""
                cells += cell(width, self.cell_lines(style, text, keep, jc), borders)
            return row(cells, head)

        top = border("top", 1.25, DARK) + border("bottom", 0.5, INK2)
        rows = line("Table Head", block.head, top, _KEEP, head=True)
        for number, texts in enumerate(block.rows):
            last = number == len(block.rows) - 1
            rule = border("bottom", 1.25, DARK) if last else border("bottom", 0.25, SOFT)
            rows += line("Table Text", texts, rule, "")
        body = table(
            widths,
            rows,
            self.rtl,
            top=1.7,
            bottom=1.7,
            sides=4,
            caption=plain(block.caption),
            description=plain(", ".join(block.head)),
        )
        caption = self.frame.p("Table Caption", block.caption) if block.captioned else ""
        return caption + body + para("Thin", "", self.rtl, '<w:spacing w:after="120"/>')


def column_shares(block: Table) -> tuple[float, ...]:
    """The columns' shares of the width, adding up to 1: as given, else by the length of the texts."""
    weights = list(block.widths)
    if not weights:
        for place, title in enumerate(block.head):
            longest = max((len(row[place]) for row in block.rows), default=0)
            words = [word for row in (block.head, *block.rows) for word in row[place].split()]
            word = max(map(len, words), default=1)
            weights.append(max(6.0, min(max(longest, len(title)), 38), min(word, 24)))
    return tuple(weight / sum(weights) for weight in weights)


def _twips(shares: tuple[float, ...]) -> tuple[int, ...]:
    widths = [round(share * WIDTH) for share in shares]
    return (*widths[:-1], WIDTH - sum(widths[:-1]))
