"""The stored Arabic translation beside the caveats (D4): a second column, row by row, marked unofficial.

Used only where the office has stored a translation. The English column keeps its styles and its words; the
Arabic one has a style of its own, so nobody, reader or machine, takes it for the protocol.
"""

from copy import deepcopy
from typing import Any

from lxml import etree

from intranet.papers.bidi import clean
from intranet.papers.package import W
from intranet.papers.parts import para, run

from .context import Caveat, Caveats
from .fill import Filler, ancestor, tag
from .template_words import COMMON


def _made(xml: str) -> Any:
    return etree.fromstring(xml.replace("<w:p>", f'<w:p xmlns:w="{W}">', 1))


def _line(text: str, after: float) -> Any:
    spacing = f'<w:spacing w:after="{round(after * 20)}"/>'
    return _made(para("Caveat Translation", run(clean(text), True), True, spacing))


def _translated(item: Caveat) -> list[Any]:
    lines = [_line(item.text, 2 if item.purposes else 6)]
    return lines + [_line(f"– {text}", 1.5) for text in item.purposes]


def _set_width(element: Any, width: int) -> None:
    element.set(tag("w"), str(width))


def put_translation(filler: Filler, caveats: Caveats) -> None:
    """Turn the one-cell caveat block into two columns: tags on top, then one row for each caveat.

    Expects the English paragraphs to stand in the block already, in the order of `caveats`.
    """
    first = caveats.items[0].text
    lead = next(p for p in filler.root.iter(tag("p")) if _text(p) == clean(first))
    cell, row, table = (ancestor(lead, name) for name in ("tc", "tr", "tbl"))
    paragraphs = cell.findall(tag("p"))
    start = paragraphs.index(lead)
    width = int(cell.find(f"{tag('tcPr')}/{tag('tcW')}").get(tag("w")))
    widths = (round(width * 0.58), width - round(width * 0.58))
    grid = table.find(tag("tblGrid"))
    column = grid.find(tag("gridCol"))
    second = deepcopy(column)
    column.addnext(second)
    for element, size in zip((column, second), widths, strict=True):
        _set_width(element, size)

    def new_row(left: list[Any], right: list[Any]) -> None:
        twin = deepcopy(row)
        base = twin.find(tag("tc"))
        for paragraph in base.findall(tag("p")):
            base.remove(paragraph)
        other = deepcopy(base)
        borders = other.find(f"{tag('tcPr')}/{tag('tcBorders')}")
        if borders is not None:
            borders.getparent().remove(borders)
        base.addnext(other)
        for target, size, content in zip((base, other), widths, (left, right), strict=True):
            _set_width(target.find(f"{tag('tcPr')}/{tag('tcW')}"), size)
            for paragraph in content:
                target.append(paragraph)
                filler.done.add(paragraph)
        row.addprevious(twin)

    words = COMMON["ar"]
    left = _made(para("Caveat Tag", run(words["tag"], False), False))
    right = _made(para("Caveat Tag", run(words["translation_tag"], True), False, jc="end"))
    new_row([left], [right])
    position = start
    for item, translation in zip(caveats.items, caveats.translation, strict=True):
        count = len(item.paragraphs)
        new_row(paragraphs[position : position + count], _translated(translation))
        position += count
    row.getparent().remove(row)


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(tag("t")))
