"""A table as the text of one block: ``| a | b | | c | d |``, row after row. Pure.

The canonical text collapses white space, so rows are told apart by the number of columns (a block's ``level``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .blocks import Block, Mark

_BAR = "¦"  # stands for a bar inside a cell


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """The text of a table whose rows are equally long."""
    lines = ("| " + " | ".join(cell.replace("|", _BAR) for cell in row) + " |" for row in rows)
    return " ".join(" ".join(lines).split())


def rows_of(text: str, columns: int) -> list[list[str]]:
    """The rows again; a text that is no such table is one cell."""
    cells = [cell.strip() for cell in text.split("|")]
    inside, step = cells[1:-1], columns + 1
    whole = columns > 0 and len(cells) > 2 and (len(inside) + 1) % step == 0
    if not whole or cells[0] or cells[-1] or any(inside[columns::step]):
        return [[text]]
    return [inside[start : start + columns] for start in range(0, len(inside), step)]


class Cell(NamedTuple):
    """A cell's words and how some of them look, counted from the cell's first letter."""

    text: str
    marks: tuple[Mark, ...] = ()


def places_of(text: str, columns: int) -> list[list[int]]:
    """Where each cell of ``rows_of`` begins in the text."""
    rows = rows_of(text, columns)
    if rows == [[text]]:
        return [[0]]
    starts, place = [], 0
    for piece in text.split("|"):
        starts.append(place + len(piece) - len(piece.lstrip()))
        place += len(piece) + 1
    inside, step = starts[1:-1], columns + 1
    return [inside[start : start + columns] for start in range(0, len(inside), step)]


def cells_of(block: Block) -> list[list[Cell]]:
    """The rows of a table with the marks of each cell."""
    rows, places = rows_of(block.text, block.level), places_of(block.text, block.level)
    return [
        [
            Cell(text, _inside(block.marks, place, place + len(text)))
            for text, place in zip(row, at, strict=True)
        ]
        for row, at in zip(rows, places, strict=True)
    ]


def _inside(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.address)
        for m in marks
        if m.start < end and m.end > start
    )
