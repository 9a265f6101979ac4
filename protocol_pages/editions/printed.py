"""An edition as a paper, for its PDF. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intranet.papers.letterhead import Letterhead
from intranet.papers.paper import Block as Piece
from intranet.papers.paper import Heading, Items, Paper, Quote, Table, Text

from . import blocks as b
from .blocks import Block
from .tables import rows_of

RTL = ("ar", "ckb")
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
    dashes: list[str] = []
    for block in text:
        if block.kind in _APART:
            continue
        if block.kind == b.ITEM and block.number == "-" and block.level <= 1 and block.lang not in RTL:
            dashes.append(block.text)
            continue
        if dashes:
            found.append(Items(tuple(dashes)))
            dashes = []
        found.append(_piece(block))
    return [*found, Items(tuple(dashes))] if dashes else found


def _piece(block: Block) -> Piece:
    if block.kind == b.HEADING:
        return Heading(block.printed)
    if block.kind == b.TABLE:
        rows = rows_of(block.text, block.level)
        if len(rows) > 1:
            return Table(block.number, tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))
    if block.kind == b.QUOTE or block.lang in RTL:
        return Quote(block.printed, language="ar" if block.lang in RTL else "en")
    indent = "\u2003" * (block.level - 1) if block.kind == b.ITEM else ""
    dash = "–" if block.number == "-" else block.number
    return Text(f"{indent}{dash} {block.text}".lstrip(" "), small=block.kind == b.FOOTNOTE)
