"""What is read of a Word file: blocks with where they come from, guesses, losses, proposals; as JSON too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..blocks import Block, block_from


@dataclass(frozen=True, slots=True)
class Remark:
    """A guess or a loss: ``code`` is a key of ``word_in.GUESSES`` or ``LOSSES``; ``block``: its id or ""."""

    code: str
    block: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A block and the lines of the file that it was made of, as Word shows them; ``known``: it had an id."""

    block: Block
    source: tuple[str, ...]
    known: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one author proposes at one block (§8).

    ``kind``: ``change``, ``add`` (a block after this one), ``remove`` or ``comment``. ``today``: the block's
    text before all changes; ``proposed``: with this author's changes alone; ``comment``: what they remarked.
    """

    block_id: str
    author: str
    kind: str
    today: str
    proposed: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the text: all tracked changes accepted, or all rejected."""

    blocks: tuple[Recognised, ...]
    guesses: tuple[Remark, ...]
    losses: tuple[Remark, ...]

    @property
    def text(self) -> tuple[Block, ...]:
        """The blocks alone."""
        return tuple(row.block for row in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file as read. ``before``: the text with every tracked change rejected, the same where there are none."""

    title: str
    after: Reading
    before: Reading
    proposals: tuple[Proposal, ...] = ()

    @property
    def revised(self) -> bool:
        """Whether the copy is marked up: its two readings differ."""
        return self.after != self.before


def to_json(document: Document) -> dict[str, Any]:
    """Plain lists and texts."""
    return asdict(document) | {"before": asdict(document.before) if document.revised else None}


def _reading(raw: Mapping[str, Any]) -> Reading:
    return Reading(
        tuple(
            Recognised(block_from(row["block"]), tuple(map(str, row["source"])), bool(row["known"]))
            for row in raw["blocks"]
        ),
        tuple(Remark(**row) for row in raw["guesses"]),
        tuple(Remark(**row) for row in raw["losses"]),
    )


def from_json(raw: Mapping[str, Any]) -> Document:
    """The document again. Raises ``BadProtocolFile``, KeyError, TypeError for anything else."""
    after = _reading(raw["after"])
    before = _reading(raw["before"]) if raw["before"] else after
    return Document(str(raw["title"]), after, before, tuple(Proposal(**row) for row in raw["proposals"]))
