"""Styles, numbering and fonts of letter templates and papers.

Every paragraph style is a pair, NAME and NAME RTL; the caveats exist left-to-right only. Sizes are points,
Latin and complex script; line spacing is exact, so that pages break alike whatever Arabic font is at hand.
"""

from dataclasses import dataclass

from .package import W

INK, INK2, PRIMARY, DARK, SURFACE, SOFT = "1B2733", "4A5763", "0B5C8F", "083F63", "F5F7F9", "C9D2DA"
AMBER = "7A4B00"
CUSTOM = ' w:customStyle="1"'
LATIN, ARABIC = "Calibri", "Noto Sans Arabic"


@dataclass(frozen=True)
class Style:
    """One paragraph style: (Latin, complex) size, (LTR, RTL) line, (LTR, RTL) space before and after."""

    name: str
    size: tuple[float, float]
    line: tuple[float, float]
    before: tuple[float, float] = (0, 0)
    after: tuple[float, float] = (0, 0)
    bold: bool = False
    colour: str = INK
    keep_next: bool = False
    ltr_only: bool = False
    level: int | None = None
    indent: tuple[float, float] = (0, 0)
    jc: str = ""
    auto_line: bool = False
    bar: bool = False
    outline: int | None = None
    built_in: bool = False  # a style that Word knows by this name


STYLES = (
    Style("Specimen Line", (8.5, 8), (11, 11), after=(10, 10), colour=AMBER, jc="center"),
    Style("Letterhead Name", (18, 13), (22, 25), bold=True, colour=DARK),
    Style("Letterhead Office", (10, 9.5), (13.5, 16), colour=INK2),
    Style("Letterhead Other Name", (10.5, 10), (14, 17), bold=True, colour=DARK),
    Style("Letterhead Other", (9.5, 8.5), (13.5, 16), colour=INK2),
    Style("Ref Label", (8.5, 8), (11, 13), colour=INK2),
    Style("Ref Value", (11, 10), (15, 16), bold=True),
    Style("Letter Address", (11, 10), (14.5, 17.5)),
    Style("Letter Body", (11, 10), (14.5, 17.5), after=(6, 6)),
    Style(
        "Letter Subject",
        (13.5, 12.5),
        (18, 22),
        (13, 9),
        (8, 6),
        bold=True,
        colour=DARK,
        keep_next=True,
        outline=0,
    ),
    Style("Table Caption", (10.5, 10), (14, 17), (9, 7), (3, 3), bold=True, keep_next=True),
    Style("Table Head", (9, 8.5), (12.5, 14), colour=INK2),
    Style("Table Text", (10, 9.5), (13.5, 15)),
    Style("Table Figure", (10, 9.5), (13.5, 15)),
    Style("Note", (9, 8.5), (12, 14.5), before=(4, 4), colour=INK2),
    Style("Completeness", (11, 10), (14.5, 17.5), before=(10, 10)),
    Style(
        "Section Heading",
        (13.5, 12.5),
        (18, 22),
        (14, 14),
        (2, 2),
        bold=True,
        colour=DARK,
        keep_next=True,
        outline=1,
    ),
    Style("Section Source", (9.5, 9), (13, 15.5), after=(6, 6), colour=INK2, keep_next=True),
    Style("Caveat Tag", (9, 8.5), (13, 13), after=(5, 5), bold=True, colour=PRIMARY, ltr_only=True),
    Style("Caveat Item", (10.5, 10), (13.5, 13.5), after=(6, 6), ltr_only=True, level=0, indent=(19.6, 19.6)),
    Style(
        "Caveat Purpose", (10.5, 10), (13.5, 13.5), after=(1.5, 0), ltr_only=True, level=1, indent=(34, 14.4)
    ),
    Style("Caveat Single", (10.5, 10), (13.5, 13.5), after=(6, 6), ltr_only=True),
    Style("Caveat Translation", (10.5, 9.5), (13.5, 15), after=(6, 6)),
    Style("Rule Quote", (10.5, 10), (13.5, 13.5), after=(6, 6), ltr_only=True, indent=(12, 0), bar=True),
    Style("Undertaking", (11, 10), (14.5, 17.5), after=(6, 6)),
    Style("Authorization", (11, 10), (14.5, 17.5), keep_next=True),
    Style("Signature", (11, 10), (14.5, 17.5), keep_next=True),
    Style("Foot Text", (8.5, 8), (11, 13.5), colour=INK2),
    Style("Foot Picture", (8.5, 8), (0, 0), before=(6, 6), auto_line=True),
    Style("Thin", (1, 1), (1, 1)),
)

# What papers have beside them: real headings, lists, facts, quotations.
PAPER_STYLES = (
    Style(
        *("Heading 1", (16, 14.5), (21, 25), (14, 12), (8, 6)),
        bold=True,
        colour=DARK,
        keep_next=True,
        outline=0,
        built_in=True,
    ),
    Style(
        *("Heading 2", (13, 12), (17, 21), (12, 10), (4, 3)),
        bold=True,
        colour=DARK,
        keep_next=True,
        outline=1,
        built_in=True,
    ),
    Style("Paper Item", (11, 10), (14.5, 17.5), after=(3, 3)),
    Style("Paper Quote", (10.5, 10), (14, 17)),
    Style("Fact Label", (9.5, 9), (14.5, 17.5), colour=INK2),
    Style("Fact Value", (11, 10), (14.5, 17.5)),
)


def style_id(name: str, rtl: bool = False) -> str:
    """The id of a style in the file: its name without spaces, RTL added for the Arabic twin."""
    twin = rtl and not next(style.ltr_only for style in STYLES + PAPER_STYLES if style.name == name)
    return name.replace(" ", "") + ("RTL" if twin else "")


def _half(points: float) -> int:
    return round(points * 2)


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def _paragraph_style(style: Style, rtl: bool) -> str:
    side = 1 if rtl else 0
    name = f"{style.name} RTL" if rtl else style.name
    ppr = "<w:keepNext/>" if style.keep_next else ""
    ppr += "<w:widowControl/>"
    if style.level is not None:
        ppr += f'<w:numPr><w:ilvl w:val="{style.level}"/><w:numId w:val="1"/></w:numPr>'
    if style.bar:
        ppr += f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{SOFT}"/></w:pBdr>'
    if rtl:
        ppr += "<w:bidi/>"
    line = "" if style.auto_line else f' w:line="{twips(style.line[side])}" w:lineRule="exact"'
    if style.auto_line:
        line = ' w:line="240" w:lineRule="auto"'
    ppr += f'<w:spacing w:before="{twips(style.before[side])}" w:after="{twips(style.after[side])}"{line}/>'
    if style.indent != (0, 0):
        ppr += f'<w:ind w:left="{twips(style.indent[0])}" w:hanging="{twips(style.indent[1])}"/>'
    if style.jc:
        ppr += f'<w:jc w:val="{style.jc}"/>'
    if style.outline is not None:
        ppr += f'<w:outlineLvl w:val="{style.outline}"/>'
    rpr = "<w:b/><w:bCs/>" if style.bold else ""
    rpr += f'<w:color w:val="{style.colour}"/>'
    rpr += f'<w:sz w:val="{_half(style.size[0])}"/><w:szCs w:val="{_half(style.size[1])}"/>'
    known = style.built_in and not rtl
    base = style_id(style.name) if style.built_in and rtl else "Normal"
    return (
        f'<w:style w:type="paragraph"{"" if known else CUSTOM} w:styleId="{style_id(style.name, rtl)}">'
        f'<w:name w:val="{name.lower() if known else name}"/><w:basedOn w:val="{base}"/><w:qFormat/>'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def styles_xml(more: tuple[Style, ...] = ()) -> bytes:
    """The style part: defaults, the pairs (those of ``more`` too), three character styles."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{LATIN}" w:hAnsi="{LATIN}" w:cs="{ARABIC}"/>'
    rows = [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="20"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-IQ"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]
    for style in STYLES + more:
        rows.append(_paragraph_style(style, rtl=False))
        if not style.ltr_only:
            rows.append(_paragraph_style(style, rtl=True))
    character = (
        '<w:style w:type="character" w:customStyle="1" w:styleId="{}">'
        '<w:name w:val="{}"/><w:rPr>{}</w:rPr></w:style>'
    )
    rows.append(character.format("Lead", "Lead", f'<w:b/><w:bCs/><w:color w:val="{DARK}"/>'))
    rows.append(character.format("StrongFigure", "Strong Figure", "<w:b/><w:bCs/>"))
    rows.append(character.format("LTRRun", "LTR Run", '<w:lang w:val="en-GB" w:bidi="en-GB"/>'))
    return _part("styles", "".join(rows))


def _part(tag: str, body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} xmlns:w="{W}">{body}</w:{tag}>'
    ).encode()


def numbering_xml(numbered_lists: int | None = None) -> bytes:
    """One list definition with two levels, "1." and a dash; level 1 goes on counting after the purposes.

    With ``numbered_lists`` a paper's lists too: number 2 has dashes, numbers 3, 4 ... count from 1 each.
    """
    tint = f'<w:b/><w:bCs/><w:color w:val="{PRIMARY}"/>'
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="CaveatItem"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(19.6)}" w:hanging="{twips(19.6)}"/></w:pPr><w:rPr>{tint}</w:rPr></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="CaveatPurpose"/>'
        '<w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(34)}" w:hanging="{twips(14.4)}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'
        f'<w:color w:val="{PRIMARY}"/></w:rPr></w:lvl>'
    )
    kinds = (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    if numbered_lists is not None:
        kinds += _list_kind(1, "bullet", "–", tint) + _list_kind(2, "decimal", "%1.", tint)
        lists += '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        for number in range(3, 3 + numbered_lists):
            lists += (
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
    return _part("numbering", kinds + lists)


def _list_kind(number: int, kind: str, text: str, tint: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{twips(28)}" w:hanging="{twips(19.6)}"/></w:pPr>'
        f"<w:rPr>{tint}</w:rPr></w:lvl></w:abstractNum>"
    )


def fonts_xml() -> bytes:
    """The two fonts with the names a reader's machine may know them by. Nothing is embedded."""
    return _part(
        "fonts",
        "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="swiss"/>'
            '<w:pitch w:val="variable"/></w:font>'
            for name, other in ((LATIN, "Carlito"), (ARABIC, "Segoe UI"))
        ),
    )
