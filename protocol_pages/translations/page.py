"""What the pages of a reviewer's text show: each English block with the words that were put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from protocol_pages.editions.beside import direction
from protocol_pages.editions.blocks import Block

from . import selectors
from .models import ReviewedText, TextState

SHAPE = {
    TextState.DRAFT: "quiet",
    TextState.WAITING: "soon",
    TextState.CONFIRMED: "ok",
    TextState.WITHDRAWN: "none",
    TextState.DISCARDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the text's edition, the words that were put in, and what a confirmed text says beside it."""

    block: Block
    text: str
    stands: str

    @property
    def labels(self) -> str:
        return ", ".join(f"§{address}" for address in self.block.addresses)


def rows(text: ReviewedText) -> list[Row]:
    """Every block that may have words, in order. Two queries."""
    words, stands = selectors.words_of(text), selectors.beside(text.edition, text.language)
    return [
        Row(block, words.get(block.id, ""), stands.twins[block.id].text if block.id in stands.twins else "")
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
