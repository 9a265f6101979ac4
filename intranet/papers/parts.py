"""Pieces of WordprocessingML for the template builder: runs, paragraphs, cells, tables, fields, the picture."""

import re
from xml.sax.saxutils import escape, quoteattr

from .bidi import segments
from .styles import style_id

CM = 567
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
LTR_LANG = '<w:lang w:val="en-GB" w:bidi="en-GB"/>'


_MARK = re.compile(r"(\{\{[a-z0-9_]+\}\})")


def _pieces(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Direction segments; a placeholder is one left-to-right piece, so that it can be read in Word."""
    out: list[tuple[str, bool]] = []
    for part in _MARK.split(text):
        out += [(part, False)] if _MARK.fullmatch(part) else segments(part, rtl)
    return out


def run(text: str, rtl: bool, style: str = "", rpr: str = "") -> str:
    """Text as runs, cut by direction. `rpr` is extra formatting that stands before size and direction."""
    out = []
    for piece, right in _pieces(text, rtl):
        chosen = style or ("LTRRun" if rtl and not right else "")
        props = f'<w:rStyle w:val="{chosen}"/>' if chosen else ""
        props += rpr + ("<w:rtl/>" if right else "")
        if rtl and not right and style:
            props += LTR_LANG
        head = f"<w:rPr>{props}</w:rPr>" if props else ""
        out.append(f'<w:r>{head}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return "".join(out)


def page_field(name: str, result: str, rtl: bool) -> str:
    """A PAGE or NUMPAGES field with its value stored, so that a reader who updates nothing sees a number."""
    props = '<w:rPr><w:rStyle w:val="LTRRun"/></w:rPr>' if rtl else ""
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{props}{piece}</w:r>" for piece in pieces)


def para(style: str, content: str, rtl: bool, ppr: str = "", jc: str = "") -> str:
    """A paragraph in NAME or NAME RTL. `ppr` in schema order, before jc."""
    align = f'<w:jc w:val="{jc}"/>' if jc else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style, rtl)}"/>{ppr}{align}</w:pPr>{content}</w:p>'


def border(tag: str, points: float, colour: str) -> str:
    """One border, in eighths of a point."""
    return f'<w:{tag} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="{colour}"/>'


def cell(width: int, content: str, borders: str = "", fill: str = "", align: str = "") -> str:
    """A table cell of `width` twips."""
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    props += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    props += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    props += f'<w:vAlign w:val="{align}"/>' if align else ""
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content}</w:tc>"


def row(cells: str, head: bool = False) -> str:
    """A row that never splits over two pages; `head` repeats on the next page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def table(
    widths: tuple[int, ...],
    rows: str,
    rtl: bool,
    *,
    top: float = 0,
    bottom: float = 0,
    sides: float = 0,
    caption: str = "",
    description: str = "",
    indent: int = 0,
) -> str:
    """A fixed table; `top`, `bottom`, `sides` are cell padding in points. Right-to-left tables mirror."""
    margins = "".join(
        f'<w:{tag} w:w="{round(value * 20)}" w:type="dxa"/>'
        for tag, value in (("top", top), ("left", sides), ("bottom", bottom), ("right", sides))
    )
    props = "<w:bidiVisual/>" if rtl else ""
    props += f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>'
    props += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    if caption:
        props += (
            f"<w:tblCaption w:val={quoteattr(caption)}/><w:tblDescription w:val={quoteattr(description)}/>"
        )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def picture(relation: str, centimetres: float, alt: str) -> str:
    """The square code, inline. Its alternative text names it as the placeholder."""
    size = round(centimetres * 360000)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size}" cy="{size}"/>'
        f'<wp:docPr id="1" name="Code" descr={quoteattr(alt)}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="Code"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
