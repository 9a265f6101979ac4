"""Build the letter templates: `python -m forms_app.common.letters.build_templates`.

Run it after a change of `template_words`, `template_styles` or this file and commit the result. Once a
template is in use the office changes it in Word and uploads the replacement; nothing here is needed then.
"""

import re
from datetime import date
from pathlib import Path

from intranet.papers.letterhead import Language
from intranet.papers.package import RELS, Parts, core_properties, tidy, write_package
from intranet.papers.package import R as REL
from intranet.papers.parts import CM, NS, border, cell, page_field, para, picture, row, run, table
from intranet.papers.qr import qr_png
from intranet.papers.styles import DARK, INK2, PRIMARY, SOFT, SURFACE, fonts_xml, numbering_xml, styles_xml

from .context import Kind
from .template_words import COMMON, MEMO, OWN_DATA, RELEASE

FOLDER = Path(__file__).parent / "template"
WIDTH = 9071
WORDING = {"release": RELEASE, "own_data": OWN_DATA, "memo": MEMO}
NUMBER = {"release": "letter_number", "own_data": "letter_number", "memo": "request_number"}
_LEAD = re.compile(r"\*\*(.+?)\*\*")


class Builder:
    """One template: a kind of letter in one language."""

    def __init__(self, kind: Kind, language: Language) -> None:
        self.kind, self.language, self.rtl = kind, language, language == "ar"
        self.words = COMMON[language] | WORDING[kind][language]
        self.number = NUMBER[kind]

    # -- small pieces -------------------------------------------------------------------------------------

    def text(self, key: str) -> str:
        """The wording of a key, with this kind's own terms put in."""
        words = self.words
        terms = {"<what>": words["what"], "<number>": self.number, "<kind>": words["what"].capitalize()}
        text = words[key]
        for mark, term in terms.items():
            text = text.replace(mark, term)
        return text

    def marked(self, text: str, style: str = "Lead") -> str:
        """Runs, with `**…**` in a character style."""
        out, last = "", 0
        for match in _LEAD.finditer(text):
            out += run(text[last : match.start()], self.rtl)
            out += run(match.group(1), self.rtl, style)
            last = match.end()
        return out + run(text[last:], self.rtl)

    def p(self, style: str, text: str, *, jc: str = "", ppr: str = "", strong: str = "Lead") -> str:
        """A paragraph in the letter's own direction."""
        return para(style, self.marked(text, strong), self.rtl, ppr, jc)

    def other(self, style: str, text: str, jc: str) -> str:
        """A paragraph in the other language's direction, at the end side."""
        return para(style, run(text, not self.rtl), not self.rtl, "", jc)

    # -- header and footer --------------------------------------------------------------------------------

    def letterhead(self) -> str:
        """Own language at the start side, the other smaller at the end side, a rule below."""
        own, other = ("ar", "en") if self.rtl else ("en", "ar")
        if self.kind == "own_data":
            left = self.p("Letterhead Name", "{{organization}}")
            left += self.p("Letterhead Office", "**{{member_of}}**", strong="StrongFigure")
            right = para(
                "Letterhead Other Name",
                run(f"{{{{network_{other}}}}}", not self.rtl),
                not self.rtl,
                "",
                "start",
            )
        else:
            left = self.p("Letterhead Name", f"{{{{network_{own}}}}}")
            left += self.p("Letterhead Office", f"{{{{descriptor_{own}}}}}")
            left += self.p("Letterhead Office", f"**{{{{office_{own}}}}}**", strong="StrongFigure")
            right = self.other("Letterhead Other Name", f"{{{{network_{other}}}}}", "start")
            right += self.other("Letterhead Other", f"{{{{office_{other}}}}}", "start")
        first = round((11.7 if self.rtl else 7.0) * CM)
        widths = (first, WIDTH - first)
        rule = border("bottom", 0.75, PRIMARY)
        cells = cell(widths[0], left, rule, align="bottom") + cell(widths[1], right, rule, align="bottom")
        return table(widths, row(cells), self.rtl, bottom=5)

    def strip(self) -> str:
        """The reference strip under the letterhead: number, request, date, page."""
        first = "memo" if self.kind == "memo" else ("note" if self.kind == "own_data" else "letter")
        columns = [
            (self.words[first], "{{" + self.number + "}}"),
            (self.words["request"], "{{request_number}}"),
        ]
        if self.kind != "release":
            columns = [(self.words["request" if self.kind == "memo" else first], "{{" + self.number + "}}")]
        widths = [round(3.35 * CM) * (1 if self.kind == "release" else 2)] * len(columns) + [round(6.3 * CM)]
        widths.append(WIDTH - sum(widths))
        columns.append((self.words["date"], "{{date_long}}"))
        cells = ""
        rule = border("bottom", 0.5, SOFT)
        for width, (label, value) in zip(widths, columns, strict=False):
            cells += cell(width, self.p("Ref Label", label) + self.p("Ref Value", value), rule)
        pages = (
            page_field("PAGE", "1", self.rtl)
            + run(self.words["of"], self.rtl)
            + page_field("NUMPAGES", "2", self.rtl)
        )
        last = self.p("Ref Label", self.words["page"], jc="end") + para(
            "Ref Value", pages, self.rtl, "", "end"
        )
        return table(tuple(widths), row(cells + cell(widths[-1], last, rule)), self.rtl, top=8.5, bottom=5)

    def first_header(self) -> str:
        """Specimen line, letterhead, strip."""
        thin = para("Thin", "", self.rtl)
        return self.p("Specimen Line", "{{specimen}}") + self.letterhead() + thin + self.strip() + thin

    def next_header(self) -> str:
        """Network at the start; number, date and page at the end; a rule."""
        dot = self.words["dot"]
        end = run("{{" + self.number + "}}" + dot + "{{date}}" + dot + self.words["page_word"], self.rtl)
        end += (
            page_field("PAGE", "2", self.rtl)
            + run(self.words["of"], self.rtl)
            + page_field("NUMPAGES", "2", self.rtl)
        )
        widths = (round(6.5 * CM), WIDTH - round(6.5 * CM))
        rule = border("bottom", 0.75, PRIMARY)
        start = "{{organization}}" if self.kind == "own_data" else "{{network}}"
        cells = cell(widths[0], self.p("Foot Text", start), rule)
        cells += cell(widths[1], para("Foot Text", end, self.rtl, "", "end"), rule)
        body = table(widths, row(cells), self.rtl, bottom=5)
        below = para("Thin", "", self.rtl, '<w:spacing w:after="160"/>')
        return self.p("Specimen Line", "{{specimen}}") + body + below

    def footer(self) -> str:
        """Number, first digits of the hash, how to verify; the square code at the end side."""
        lines = self.p("Foot Text", self.text("foot_1"), strong="StrongFigure")
        lines += self.p("Foot Text", self.text("foot_2")) + self.p("Foot Text", self.text("foot_3"))
        code = para("Foot Picture", picture("rIdCode", 1.75, "{{qr}}"), self.rtl, "", "end")
        widths = (WIDTH - round(3 * CM), round(3 * CM))
        rule = border("top", 0.5, SOFT)
        cells = cell(widths[0], lines, rule, align="center") + cell(widths[1], code, rule)
        return table(widths, row(cells), self.rtl) + para("Thin", "", self.rtl)

    # -- body ---------------------------------------------------------------------------------------------

    def address(self) -> str:
        """Addressee, with "Confidential" opposite."""
        above = f'<w:spacing w:before="{240 if self.rtl else 400}"/>'
        lines = self.p("Letter Address", "**{{recipient_name}}**", ppr=above, strong="StrongFigure")
        for name in ("recipient_title", "recipient_organization", "recipient_address"):
            lines += self.p("Letter Address", f"{{{{{name}}}}}")
        colour = f'<w:b/><w:bCs/><w:color w:val="{PRIMARY}"/>'
        mark = para(
            "Letter Address", run(self.words["confidential"], self.rtl, rpr=colour), self.rtl, above, "end"
        )
        mark += self.p("Foot Text", self.words["only"], jc="end")
        widths = (round(11 * CM), WIDTH - round(11 * CM))
        return table(widths, row(cell(widths[0], lines) + cell(widths[1], mark)), self.rtl)

    def subject(self) -> str:
        """The subject line: its label regular and grey."""
        label = run(
            self.words["subject_label"],
            self.rtl,
            rpr=f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{INK2}"/>',
        )
        return para("Letter Subject", label + run(self.text("subject"), self.rtl), self.rtl)

    def data_table(self) -> str:
        """Caption and table; the filler repeats both for each table and the middle row for each figure."""
        keep = "<w:keepNext/>"
        figure = round((2.3 if self.rtl else 3.0) * CM)
        widths = (WIDTH - figure, figure)
        align = "start" if self.rtl else "end"
        strong = "StrongFigure"

        def line(style: str, label: str, value: str, borders: str, keep_next: str, head: bool = False) -> str:
            mark = ("**", "**") if style == "Total" else ("", "")
            text_style = "Table Text" if style == "Total" else style
            value_style = "Table Figure" if style in ("Total", "Table Text") else style
            cells = cell(
                widths[0], self.p(text_style, label.join(mark), ppr=keep_next, strong=strong), borders
            )
            cells += cell(
                widths[1],
                self.p(value_style, value.join(mark), ppr=keep_next, jc=align, strong=strong),
                borders,
            )
            return row(cells, head)

        head = border("top", 1.25, DARK) + border("bottom", 0.5, INK2)
        total = border("top", 0.5, INK2) + border("bottom", 1.25, DARK)
        rows = line("Table Head", "{{label_head}}", "{{figure_head}}", head, keep, head=True)
        rows += line("Table Text", "{{row_label}}", "{{row_figure}}", border("top", 0.25, SOFT), keep)
        rows += line("Total", self.words["total"], "{{row_total}}", total, "")
        pad = 1.3 if self.rtl else 1.7
        body = table(
            widths,
            rows,
            self.rtl,
            top=pad,
            bottom=pad,
            caption="{{table_title}}",
            description="{{table_description}}",
        )
        return self.p("Table Caption", self.words["table"], strong=strong) + body

    def caveats(self) -> str:
        """The caveat block: one cell that never splits, left-to-right also in the Arabic letter."""
        keep = "<w:keepNext/><w:keepLines/>"
        content = ""
        width = WIDTH - 34
        if self.rtl:
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width - 480}"/></w:tabs>'
            arabic = run(self.words["tag_ar"], True).replace('<w:rStyle w:val="LTRRun"/>', "")
            content += para(
                "Caveat Tag", run(self.words["tag"], False) + "<w:r><w:tab/></w:r>" + arabic, False, tabs
            )
        if self.kind == "own_data":
            content += para("Caveat Single", run("{{caveat_item}}", False), False)
        else:
            content += para("Caveat Item", run("{{caveat_item}}", False), False)
            content += para("Caveat Purpose", run("{{caveat_purpose}}", False), False)
        block = cell(width, content, border("left", 2.25, PRIMARY), SURFACE)
        heading = self.p("Section Heading", self.text("caveats_heading"), ppr=keep)
        heading += self.p("Section Source", self.text("source"), ppr=keep)
        return heading + table((width,), row(block), False, top=7, bottom=2, sides=12)

    def signature(self) -> str:
        """A rule to sign on, the titles under it; at the left in both languages."""
        width = round((9.2 if self.rtl else 6.7) * CM)
        lines = self.p("Signature", "{{signature}}")
        name = cell(width, lines, border("top", 0.5, INK2))
        empty = cell(WIDTH - width, para("Signature", "", self.rtl))
        widths = (WIDTH - width, width) if self.rtl else (width, WIDTH - width)
        cells = empty + name if self.rtl else name + empty
        return table(widths, row(cells), self.rtl, top=3)

    def body(self) -> str:
        """The letter from the addressee to the signature."""
        if self.kind == "memo":
            from .build_memo import memo_body

            return memo_body(self)
        out = self.address() + self.subject() + self.p("Letter Body", "{{salutation}}")
        out += "".join(self.p("Letter Body", self.text(key)) for key in ("requested", "released", "period"))
        out += self.data_table() + self.p("Note", "{{notes}}")
        if self.kind == "release":
            out += self.p("Completeness", self.text("completeness"))
        out += self.caveats()
        if self.kind == "release":
            keep = "<w:keepNext/>"
            after = '<w:spacing w:before="240"/>'
            out += self.p("Undertaking", self.text("onward"), ppr=keep + after)
            if not self.rtl:
                out += para("Rule Quote", run("{{onward_rule}}", False), False)
            out += self.p("Authorization", self.text("authorization"))
        keep = "<w:keepNext/>"
        out += self.p("Note", self.text("fingerprint"), ppr=keep)
        out += self.p(
            "Signature",
            self.words["closing"],
            ppr=f'<w:spacing w:before="{120 if self.rtl else 240}" w:after="900"/>',
        )
        return out + self.signature() + para("Thin", "", self.rtl)

    def document(self) -> bytes:
        """The main part, A4 with the margins of the letter."""
        section = "".join(
            f'<w:{part}Reference w:type="{kind}" r:id="rId{part.capitalize()}{kind.capitalize()}"/>'
            for part in ("header", "footer")
            for kind in ("first", "default")
        )
        section += '<w:pgSz w:w="11906" w:h="16838"/>'
        section += (
            '<w:pgMar w:top="794" w:right="1417" w:bottom="850" w:left="1417" '
            'w:header="454" w:footer="624" w:gutter="0"/>'
        )
        section += "<w:titlePg/>" + ("<w:bidi/>" if self.rtl else "")
        return _part("document", f"<w:body>{self.body()}<w:sectPr>{section}</w:sectPr></w:body>")

    def parts(self) -> Parts:
        """All parts of the template."""
        footer = _part("ftr", self.footer())
        parts = {
            "word/document.xml": self.document(),
            "word/styles.xml": styles_xml(),
            "word/numbering.xml": numbering_xml(),
            "word/fontTable.xml": fonts_xml(),
            "word/header1.xml": _part("hdr", self.first_header()),
            "word/header2.xml": _part("hdr", self.next_header()),
            "word/footer1.xml": footer,
            "word/footer2.xml": footer,
            "word/media/code.png": qr_png("PLACEHOLDER " * 10),
            "word/_rels/document.xml.rels": _rels(DOCUMENT_RELS),
        }
        for name in ("footer1", "footer2"):
            parts[f"word/_rels/{name}.xml.rels"] = _rels([("rIdCode", "image", "media/code.png")])
        return parts


DOCUMENT_RELS = [
    *[
        (f"rId{name.capitalize()}", name, f"{name}.xml")
        for name in ("styles", "numbering", "settings", "fontTable")
    ],
    *[("rIdHeaderFirst", "header", "header1.xml"), ("rIdHeaderDefault", "header", "header2.xml")],
    *[("rIdFooterFirst", "footer", "footer1.xml"), ("rIdFooterDefault", "footer", "footer2.xml")],
]


def _part(tag: str, body: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:{tag} {NS}>{body}</w:{tag}>".encode()


def _rels(rows: list[tuple[str, str, str]]) -> bytes:
    body = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELS}">{body}</Relationships>'.encode()


def template_name(kind: str, language: str) -> str:
    """The file name of a built-in template."""
    return f"{kind}-{language}.docx"


def build(kind: Kind, language: Language) -> bytes:
    """The bytes of one template."""
    tag = "ar-IQ" if language == "ar" else "en-GB"
    core = core_properties(title="Letter template", author="Template", day=date(2022, 1, 31), language=tag)
    return write_package(tidy(Builder(kind, language).parts(), core))


def main() -> None:
    """Write every template."""
    FOLDER.mkdir(exist_ok=True)
    kinds: tuple[Kind, ...] = ("release", "own_data", "memo")
    languages: tuple[Language, ...] = ("en", "ar")
    for kind in kinds:
        for language in languages:
            (FOLDER / template_name(kind, language)).write_bytes(build(kind, language))


if __name__ == "__main__":
    main()
