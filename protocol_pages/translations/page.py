"""What the pages of a reviewer's text show: each English block with the words that were put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from protocol_pages.editions.blocks import Block, direction

from . import selectors
from .models import ReviewedBlock, ReviewedText, TextState

SHAPE = {
    TextState.DRAFT: "quiet",
    TextState.WAITING: "soon",
    TextState.CONFIRMED: "ok",
    TextState.WITHDRAWN: "none",
    TextState.DISCARDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the text's edition, the version that was put in, and what a confirmed text says beside it."""

    block: Block
    newest: ReviewedBlock | None
    stands: str

    @property
    def text(self) -> str:
        return self.newest.text if self.newest is not None else ""

    @property
    def labels(self) -> str:
        return self.block.labels


def rows(text: ReviewedText) -> list[Row]:
    """Every block that may have words, in order. Two queries."""
    given, stands = selectors.newest(text), selectors.beside(text.edition, text.language).twins
    return [
        Row(block, given.get(block.id), stands[block.id].text if block.id in stands else "")
        for block in selectors.blocks_by_id(text).values()
    ]


def facts(text: ReviewedText) -> dict[str, Any]:
    """What every page of the text needs."""
    return {
        "text": text,
        "shape": SHAPE[TextState(text.state)],
        "dir": direction(text.language),
        "language": text.get_language_display(),
    }
