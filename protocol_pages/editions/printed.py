"""An edition as a paper, for its PDF. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intranet.papers.letterhead import Letterhead
from intranet.papers.paper import Block as Piece
from intranet.papers.paper import Emphasis, Heading, Items, Paper, Quote, Table, Text

from . import blocks as b
from .blocks import RTL, Block, Mark
from .tables import cells_of

_APART = (b.TITLE, b.LETTERHEAD)  # the paper has a title and a letterhead of its own


def paper(
    text: Sequence[Block],
    *,
    title: str,
    label: str,
    day: date,
    sha256: str,
    address: str,
    letterhead: Letterhead,
) -> Paper:
    """The paper. ``day``: from which the edition is in force; ``address``: its fixed one, printed on each page."""
    printed = next((block.text for block in text if block.kind == b.TITLE), title)
    return Paper(
        kind="edition",
        language="en",
        letterhead=letterhead,
        number=f"v{label}",
        day=day,
        title=printed,
        blocks=tuple(_pieces(text)),
        sha256=sha256,
        verify=address,
    )


def _pieces(text: Sequence[Block]) -> list[Piece]:
    found: list[Piece] = []
    dashes: list[Block] = []
    for block in text:
        if block.kind in _APART:
            continue
        if block.kind == b.ITEM and block.number == b.DASH and block.level <= 1 and block.lang not in RTL:
            dashes.append(block)
            continue
        if dashes:
            found.append(_dashed(dashes))
            dashes = []
        found.append(_piece(block))
    return [*found, _dashed(dashes)] if dashes else found


def _dashed(items: Sequence[Block]) -> Items:
    return Items(tuple(item.text for item in items), marks=tuple(_emphasis(item.marks) for item in items))


def _emphasis(marks: Sequence[Mark], moved: int = 0) -> tuple[Emphasis, ...]:
    """Bold and italic as the paper prints them, ``moved`` letters on; a link is printed as its words."""
    return tuple((m.start + moved, m.end + moved, m.kind) for m in marks if m.kind in (b.BOLD, b.ITALIC))


def _piece(block: Block) -> Piece:
    if block.kind == b.HEADING:
        return Heading(block.printed)
    if block.kind == b.TABLE:
        head, *rows = cells_of(block)
        if rows:
            return Table(
                block.number,
                tuple(cell.text for cell in head),
                tuple(tuple(cell.text for cell in row) for row in rows),
                marks=tuple(tuple(_emphasis(cell.marks) for cell in row) for row in rows),
            )
    if block.kind == b.QUOTE or block.lang in RTL:
        marks = _emphasis(block.marks, len(block.printed) - len(block.text))
        return Quote(block.printed, language="ar" if block.lang in RTL else "en", marks=marks)
    indent = "\u2003" * (block.level - 1) if block.kind == b.ITEM else ""
    dash = "–" if block.number == b.DASH else block.number
    text = f"{indent}{dash} {block.text}".lstrip(" ")
    marks = _emphasis(block.marks, len(text) - len(block.text))
    return Text(text, small=block.kind == b.FOOTNOTE, marks=marks)
