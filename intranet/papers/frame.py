"""What stands around the text of every Word paper: letterhead, reference strip, next header, foot, pen lines."""

from __future__ import annotations

from intranet.clock import wording

from .package import RELS
from .package import R as REL
from .paper import Paper
from .parts import CM, NS, border, cell, page_field, para, picture, row, run, table
from .styles import INK2, PRIMARY, SOFT
from .words import WORDS, coordinator, kept, plain, sender, short_hash

WIDTH = 9071
_BOLD = "<w:b/><w:bCs/>"
DOCUMENT_RELS = [
    *[
        (f"rId{name.capitalize()}", name, f"{name}.xml")
        for name in ("styles", "numbering", "settings", "fontTable")
    ],
    *[("rIdHeaderFirst", "header", "header1.xml"), ("rIdHeaderDefault", "header", "header2.xml")],
    *[("rIdFooterFirst", "footer", "footer1.xml"), ("rIdFooterDefault", "footer", "footer2.xml")],
]


def text_runs(text: str, rtl: bool, style: str = "", rpr: str = "") -> str:
    """The runs of a text; its line ends become breaks."""
    return "<w:r><w:br/></w:r>".join(
        run(kept(line, rtl), rtl, style, rpr) for line in plain(text).split("\n")
    )


def part(tag: str, body: str) -> bytes:
    """An XML part with our namespaces."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:{tag} {NS}>{body}</w:{tag}>".encode()


def rels(rows: list[tuple[str, str, str]]) -> bytes:
    """A part of relations: id, kind, target."""
    body = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELS}">{body}</Relationships>'.encode()


class Frame:
    """The frame of one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.rtl = paper, paper.language == "ar"
        self.words = WORDS[paper.language]
        self.network, self.office, self.descriptor = sender(paper.letterhead, paper.language)

    def p(self, style: str, text: str, *, jc: str = "", ppr: str = "", rpr: str = "") -> str:
        """A paragraph in the paper's own direction."""
        return para(style, text_runs(text, self.rtl, rpr=rpr), self.rtl, ppr, jc)

    def specimen(self) -> str:
        """One line in practice mode; its room is kept otherwise, so that the layout does not move."""
        return self.p("Specimen Line", self.words["specimen"] if self.paper.specimen else "")

    def letterhead(self) -> str:
        """Own language at the start side, the other smaller at the end side, a rule below."""
        left = self.p("Letterhead Name", self.network)
        if self.descriptor:
            left += self.p("Letterhead Office", self.descriptor)
        left += self.p("Letterhead Office", self.office, rpr=_BOLD)
        network, office, _descriptor = sender(self.paper.letterhead, "en" if self.rtl else "ar")
        rtl = not self.rtl
        right = para("Letterhead Other Name", text_runs(network, rtl), rtl, "", "start")
        right += para("Letterhead Other", text_runs(office, rtl), rtl, "", "start")
        first = round((11.7 if self.rtl else 7.0) * CM)
        rule = border("bottom", 0.75, PRIMARY)
        cells = cell(first, left, rule, align="bottom") + cell(WIDTH - first, right, rule, align="bottom")
        return table((first, WIDTH - first), row(cells), self.rtl, bottom=5)

    def strip(self) -> str:
        """Number, date and page under the letterhead."""
        columns = [(self.words["date"], wording.long_date(self.paper.day, self.paper.language))]
        widths = [round(6.3 * CM)]
        if self.paper.number:
            columns.insert(0, (self.words["number"], kept(plain(self.paper.number), self.rtl)))
            widths.insert(0, round(6.7 * CM))
        widths.append(WIDTH - sum(widths))
        rule = border("bottom", 0.5, SOFT)
        cells = "".join(
            cell(width, self.p("Ref Label", label) + self.p("Ref Value", value), rule)
            for width, (label, value) in zip(widths, columns, strict=False)
        )
        pages = self.pages("1")
        last = self.p("Ref Label", self.words["page"], jc="end")
        last += para("Ref Value", pages, self.rtl, "", "end")
        return table(tuple(widths), row(cells + cell(widths[-1], last, rule)), self.rtl, top=8.5, bottom=5)

    def pages(self, first: str) -> str:
        """ "1 of 2" as fields."""
        of = run(self.words["of"], self.rtl)
        return page_field("PAGE", first, self.rtl) + of + page_field("NUMPAGES", first, self.rtl)

    def first_header(self) -> bytes:
        """Specimen line, letterhead, strip."""
        thin = para("Thin", "", self.rtl)
        return part("hdr", self.specimen() + self.letterhead() + thin + self.strip() + thin)

    def next_header(self) -> bytes:
        """Network at the start; number, date and page at the end; a rule."""
        dot = self.words["dot"]
        start = [kept(plain(self.paper.number), self.rtl)] if self.paper.number else []
        start += [wording.plain_date(self.paper.day, self.paper.language), self.words["page_word"]]
        end = run(dot.join(start), self.rtl) + self.pages("2")
        first = round(6.5 * CM)
        rule = border("bottom", 0.75, PRIMARY)
        cells = cell(first, self.p("Foot Text", self.network), rule)
        cells += cell(WIDTH - first, para("Foot Text", end, self.rtl, "", "end"), rule)
        below = para("Thin", "", self.rtl, '<w:spacing w:after="160"/>')
        return part(
            "hdr", self.specimen() + table((first, WIDTH - first), row(cells), self.rtl, bottom=5) + below
        )

    def foot_lines(self) -> tuple[str, ...]:
        """What the foot says: number and hash, verify address, whom to ask."""
        paper, words = self.paper, self.words
        first = [kept(plain(paper.number), self.rtl)] if paper.number else [plain(paper.title)]
        if paper.sha256:
            first.append(words["hash"] + kept(short_hash(paper.sha256), self.rtl) + " …")
        found = [words["dot"].join(first)]
        if paper.verify:
            found += [words["verify"], paper.verify]
        if paper.number:
            found.append(words["doubt"].format(coordinator(paper.letterhead, paper.language)))
        return tuple(found)

    def footer(self) -> bytes:
        """The foot's lines; the square code at the end side."""
        text, *more = self.foot_lines()
        lines = self.p("Foot Text", text, rpr=_BOLD) + "".join(self.p("Foot Text", line) for line in more)
        side = round(2.6 * CM) if self.paper.verify else 0
        rule = border("top", 0.5, SOFT)
        cells = cell(WIDTH - side, lines, rule, align="center")
        widths: tuple[int, ...] = (WIDTH,)
        if side:
            code = para("Foot Picture", picture("rIdCode", 1.9, self.words["code"]), self.rtl, "", "end")
            cells += cell(side, code, rule)
            widths = (WIDTH - side, side)
        top = 0 if side else 5
        return part("ftr", table(widths, row(cells), self.rtl, top=top) + para("Thin", "", self.rtl))

    def signatures(self) -> str:
        """A line for the pen above each title, two in a row, held together."""
        titles = self.paper.signed_under
        if not titles:
            return ""
        gap = round(1.5 * CM)
        width = (WIDTH - gap) // 2
        keep = '<w:keepNext/><w:spacing w:before="900"/>'
        out = ""
        for start in range(0, len(titles), 2):
            pair = titles[start : start + 2]
            cells = ""
            for place in range(2):
                rule = border("top", 0.5, INK2) if place < len(pair) else ""
                text = pair[place] if place < len(pair) else ""
                cells += cell(width, self.p("Signature", text), rule)
                cells += cell(gap, para("Signature", "", self.rtl)) if place == 0 else ""
            out += para("Signature", "", self.rtl, keep)
            out += table((width, gap, WIDTH - gap - width), row(cells), self.rtl, top=3)
        return out + para("Thin", "", self.rtl)
