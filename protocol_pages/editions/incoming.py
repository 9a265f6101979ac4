"""A Word document on its way to a draft: read, known again, looked at, and only then saved.

``actor`` and ``now`` (UTC) are explicit. Reading saves nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from audit.actors import Actor

from . import blocks as b
from . import drafting, selectors, word_in
from .blocks import Block
from .matching import match, same_words
from .models import Edition, EditionDraft
from .wordfile.document import Document, Proposal, Reading, Remark, from_json, to_json


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read. ``base``: the edition that it revises; ``sha256``: of the file."""

    name: str
    sha256: str
    document: Document
    base: Edition | None

    @property
    def proposals(self) -> list[Proposal]:
        """What a marked-up copy proposes, at blocks of ``base`` where they are known again (§8)."""
        return word_in.proposals(self.document)


def read(name: str, content: bytes, language: str) -> Incoming:
    """Read a file against the edition adopted last. Raises ``word_in.FileRefused``."""
    document = word_in.read(name, content, language)
    base = selectors.latest_edition()
    sha256 = hashlib.sha256(content).hexdigest()
    return Incoming(name[-160:], sha256, document if base is None else known_again(document, base), base)


def save(
    incoming: Incoming, actor: Actor, now: datetime, *, accepted: bool = True, key: UUID | None = None
) -> EditionDraft:
    """A draft of the next edition from the file's blocks. Raises ``runner.Refused``.

    ``accepted``: with the tracked changes of a marked-up copy, else as it stood before them.
    """
    reading = incoming.document.after if accepted else incoming.document.before
    title = incoming.document.title or (incoming.base.title if incoming.base else incoming.name)
    summary = _("From the Word file %(name)s (SHA-256 %(hash)s)") % {
        "name": incoming.name,
        "hash": incoming.sha256[:16],
    }
    return drafting.begin(
        reading.text, actor, now, base=incoming.base, summary=summary[:300], title=title[:300], key=key
    )


def to_row(incoming: Incoming) -> dict[str, Any]:
    """What a form carries from the review to the saving."""
    return {
        "name": incoming.name,
        "sha256": incoming.sha256,
        "document": to_json(incoming.document),
        "base": str(incoming.base.pk) if incoming.base is not None else "",
    }


def from_row(row: Mapping[str, Any]) -> Incoming:
    """The same again. Raises LookupError when another edition was adopted meanwhile."""
    base = selectors.latest_edition()
    if (str(base.pk) if base is not None else "") != row["base"]:
        raise LookupError("another edition was adopted since the file was read")
    return Incoming(row["name"], row["sha256"], from_json(row["document"]), base)


def known_again(document: Document, base: Edition) -> Document:
    """The document with the ids of the blocks of ``base`` that it revises."""
    current, used = selectors.blocks_of(base), selectors.used_ids()
    before, names = _matched(document.before, current, used)
    after = _matched(document.after, current, used)[0] if document.revised else before
    proposals = tuple(
        replace(row, block_id=names.get(row.block_id, row.block_id)) for row in document.proposals
    )
    return Document(document.title, after, before, proposals)


def _matched(
    reading: Reading, current: tuple[Block, ...], used: frozenset[str]
) -> tuple[Reading, Mapping[str, str]]:
    known = {row.block.id for row in reading.blocks if row.known}
    found = match(reading.text, known, current, used)
    rows = tuple(replace(row, block=block) for row, block in zip(reading.blocks, found.blocks, strict=True))
    guesses = [
        replace(remark, block=found.renamed.get(remark.block, remark.block)) for remark in reading.guesses
    ]
    said = {block.id: block for block in found.blocks}
    guesses += [how_again(said[twin.id], twin) for twin in found.again.values()]
    losses = tuple(
        replace(remark, block=found.renamed.get(remark.block, remark.block)) for remark in reading.losses
    )
    return Reading(rows, tuple(guesses), losses), found.renamed


def how_again(block: Block, twin: Block) -> Remark:
    """How a block was known again: by its words, but a footnote with other words only by its number."""
    by_number = block.kind == b.FOOTNOTE and not same_words(block, twin)
    return Remark("matched_note" if by_number else "matched", twin.id, twin.labels or twin.printed[:40])
