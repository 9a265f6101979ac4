"""A table as the text of one block: ``| a | b | | c | d |``, row after row. Pure.

The canonical text collapses white space, so rows are told apart by the number of columns (a block's ``level``).
"""

from __future__ import annotations

from collections.abc import Sequence

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
