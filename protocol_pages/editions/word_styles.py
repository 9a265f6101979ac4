"""Styles and lists of an edition in Word: real headings, one list definition for each look of a number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from intranet.papers.package import W
from intranet.papers.styles import ARABIC, DARK, INK, INK2, LATIN, PRIMARY, SOFT

from . import blocks as b
from .blocks import DASH, Block
from .wordfile.ids import NUMBER_STYLE
from .wordfile.numbering import roman

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DEEPEST = 9  # levels of a list, as Word has them
_NUMBER = re.compile(r"([^%]*?)(\d{1,4}|[a-zA-Z]|[ivxlc]{2,}|[IVXLC]{2,})([^\w%]*)", re.ASCII)
_ROMANS = {roman(value): value for value in range(1, 400)}


def style_of(block: Block) -> str:
    """The id of a block's paragraph style."""
    if block.kind == b.HEADING:
        return f"Heading{min(max(block.level, 1), 6)}"
    return {
        b.TITLE: "Title",
        b.LETTERHEAD: "EditionLetterhead",
        b.ITEM: "EditionItem",
        b.QUOTE: "Quote",
        b.ENDORSEMENT: "EditionEndorsement",
        b.FOOTNOTE: "FootnoteText",
    }.get(block.kind, "EditionParagraph")


def _paragraph(key: str, name: str, ppr: str = "", rpr: str = "", after: str = "EditionParagraph") -> str:
    custom = ' w:customStyle="1"' if key.startswith("Edition") else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{after}"/><w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
    )


def _size(latin: int, arabic: int) -> str:
    """Half points."""
    return f'<w:sz w:val="{latin}"/><w:szCs w:val="{arabic}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def styles() -> bytes:
    """The style part; right-to-left is said by each paragraph and run."""
    bold, dark = "<w:b/><w:bCs/>", f'<w:color w:val="{DARK}"/>'
    muted = f'<w:color w:val="{INK2}"/>'
    sizes = {1: (30, 28), 2: (26, 24), 3: (23, 22), 4: (22, 21), 5: (22, 21), 6: (22, 21)}
    rows = [
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:eastAsia="{LATIN}" w:hAnsi="{LATIN}" '
        f'w:cs="{ARABIC}"/><w:color w:val="{INK}"/>{_size(22, 21)}'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-IQ"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>',
        _paragraph("EditionLetterhead", "Edition Letterhead", _space(0, 20), _size(20, 20) + muted),
        _paragraph("Title", "Title", f"<w:keepNext/>{_space(240, 320)}", bold + dark + _size(36, 34)),
        *(
            _paragraph(
                f"Heading{level}",
                f"heading {level}",
                f"<w:keepNext/><w:keepLines/>{_space(280 if level == 1 else 200, 80)}"
                f'<w:outlineLvl w:val="{level - 1}"/>',
                bold + dark + _size(*size),
            )
            for level, size in sizes.items()
        ),
        _paragraph("EditionParagraph", "Edition Paragraph", "<w:widowControl/>"),
        _paragraph("EditionItem", "Edition Item", f"<w:widowControl/>{_space(0, 80)}", after="EditionItem"),
        _paragraph(
            "Quote",
            "Quote",
            f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{SOFT}"/></w:pBdr>'
            f'{_space(60, 160)}<w:ind w:left="400" w:right="400"/>',
        ),
        _paragraph("EditionEndorsement", "Edition Endorsement", _space(280, 120), bold),
        _paragraph("FootnoteText", "footnote text", _space(0, 40), _size(18, 18), after="FootnoteText"),
        _paragraph("EditionCell", "Edition Cell", _space(30, 30), _size(20, 20), after="EditionCell"),
        _paragraph("EditionEdge", "Edition Edge", _space(0, 0), _size(16, 16) + muted, after="EditionEdge"),
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{PRIMARY}"/><w:u w:val="single"/></w:rPr></w:style>',
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{NUMBER_STYLE}">'
        '<w:name w:val="Edition Number"/></w:style>',
    ]
    return f'{HEAD}<w:styles xmlns:w="{W}">{"".join(rows)}</w:styles>'.encode()


Look = tuple[str, int, str, str, str]  # group, level, format, before and after the figure


@dataclass(slots=True)
class Lists:
    """Hands out automatic numbers that print exactly what the blocks say."""

    _abstract: list[str] = field(default_factory=list)
    _nums: list[str] = field(default_factory=list)
    _looks: dict[Look, int] = field(default_factory=dict)
    _at: dict[Look, tuple[int, int]] = field(default_factory=dict)  # look → list, last figure
    _indents: dict[int, tuple[int, int]] = field(default_factory=dict)

    def place(self, block: Block) -> tuple[int, int] | None:
        """List and level (from 0) of a block's number; None where no list can print it."""
        group = "item" if block.kind == b.ITEM else "section"
        level = min(max(block.level if block.kind in (b.ITEM, b.HEADING) else 1, 1), DEEPEST)
        if block.number == DASH:
            look: Look = (group, level, "bullet", "", "")
            if look not in self._at:
                self._at[look] = (self._list(look, 1), 0)
            return self._at[look][0], level - 1
        found = _NUMBER.fullmatch(block.number)
        if found is None:
            return None
        before, figure, after = found.groups()
        meanings = _meanings(figure)
        for style, value in meanings:
            look = (group, level, style, before, after)
            if look in self._at and self._at[look][1] == value - 1:
                self._at[look] = (self._at[look][0], value)
                return self._at[look][0], level - 1
        if not meanings:
            return None
        style, value = meanings[0]
        look = (group, level, style, before, after)
        self._at[look] = (self._list(look, value), value)
        return self._at[look][0], level - 1

    def _list(self, look: Look, start: int) -> int:
        """A new list that begins at ``start``."""
        group, level, style, before, after = look
        if look not in self._looks:
            self._looks[look] = len(self._looks)
            text = "–" if style == "bullet" else f"{before}%{level}{after}"
            left = 397 * level if group == "item" else 510
            rows = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
                f'<w:lvlText w:val={quoteattr(text if at == level - 1 else "")}/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{left}" w:hanging="{397 if group == "item" else 510}"/></w:pPr></w:lvl>'
                for at in range(level)
            )
            self._abstract.append(
                f'<w:abstractNum w:abstractNumId="{self._looks[look]}"><w:multiLevelType w:val="multilevel"/>'
                f"{rows}</w:abstractNum>"
            )
        key = len(self._nums) + 1
        override = f'<w:lvlOverride w:ilvl="{level - 1}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._nums.append(
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="{self._looks[look]}"/>'
            f"{'' if style == 'bullet' else override}</w:num>"
        )
        return key

    def xml(self) -> bytes:
        """The numbering part."""
        body = "".join(self._abstract + self._nums)
        return f'{HEAD}<w:numbering xmlns:w="{W}">{body}</w:numbering>'.encode()


def _meanings(figure: str) -> list[tuple[str, int]]:
    """What a figure may count; the likelier first: "i" begins Roman figures, "c" is a letter."""
    if figure.isdecimal():
        return [("decimal", int(figure))] if str(int(figure)) == figure else []
    small, found = figure.islower(), list[tuple[str, int]]()
    if figure.lower() in _ROMANS and figure in (figure.lower(), figure.upper()):
        found.append(("lowerRoman" if small else "upperRoman", _ROMANS[figure.lower()]))
    if len(figure) == 1:
        letter = ("lowerLetter" if small else "upperLetter", ord(figure.lower()) - 96)
        found = [*found, letter] if figure in "iI" else [letter, *found]
    return found
