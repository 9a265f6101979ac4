"""A bar for each organization beside the table that says the same: drawn on the server, words and numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """``length``: of 100, which is the whole width. ``percent`` as written beside the bar."""

    name: str
    percent: str
    length: str


def bars(rows: Sequence[tuple[str, float]]) -> list[Bar]:
    """One bar a row, in its order."""
    return [Bar(name, f"{percent:.1f} %", f"{min(percent, 100):.1f}") for name, percent in rows]
