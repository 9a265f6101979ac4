"""A bar for each organization beside the table that says the same: drawn on the server, words and numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, LABEL, GAP = 640, 28, 220, 6
BAR = WIDTH - LABEL - 70


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in the picture, in its own units. ``percent`` as written beside the bar."""

    name: str
    percent: str
    y: int
    middle: int
    length: int


def bars(rows: Sequence[tuple[str, float]]) -> tuple[list[Bar], int]:
    """The bars and the height of the picture."""
    found = [
        Bar(name, f"{percent:.1f} %", n * ROW, n * ROW + ROW // 2 + 2, round(BAR * min(percent, 100) / 100))
        for n, (name, percent) in enumerate(rows)
    ]
    return found, len(found) * ROW + GAP
