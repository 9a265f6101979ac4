"""What stands beside an edition, derived from confirmed blocks. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from protocol_pages.editions.beside import Reviewer, Twin, fingerprint_of
from protocol_pages.editions.blocks import TABLE, Block
from protocol_pages.editions.canonical import canonical_block
from protocol_pages.editions.footnotes import marks
from protocol_pages.editions.tables import rows_of

LONGEST = 12_000  # characters of one block


@dataclass(frozen=True, slots=True)
class Piece:
    """The newest version of one block in one confirmed text. ``edition``: (number, minor) that it translates."""

    block_id: str
    english_sha256: str
    text: str
    edition: tuple[int, int]
    confirmed_at: datetime
    reviewer: Reviewer


def twins(blocks: Sequence[Block], edition: tuple[int, int], pieces: Iterable[Piece]) -> dict[str, Twin]:
    """By block id. A block with the very words that were translated comes first, then the newest earlier one, marked.

    What was translated from a later edition says nothing about an earlier one unless the words are the same.
    """
    by_id: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.text:
            by_id.setdefault(piece.block_id, []).append(piece)
    found = {}
    for block in blocks:
        here = by_id.get(block.id)
        if not here:
            continue
        print_of = fingerprint_of(block)
        exact = [piece for piece in here if piece.english_sha256 == print_of]
        earlier = [piece for piece in here if piece.edition < edition]
        best = max(exact or earlier, key=lambda piece: piece.confirmed_at, default=None)
        if best is not None:
            found[block.id] = Twin(best.text, not exact, best.reviewer)
    return found


def fault(block: Block, text: str) -> str:
    """Why these words cannot stand beside the block, as a sentence; "" where they can."""
    if not text:
        return ""
    if len(text) > LONGEST:
        return _("Text: it is far longer than a clause. Check what was put in.")
    if text == canonical_block(block.text) and any(letter.isalpha() for letter in text):
        return _("Text: this is the English text. Write the reviewer’s words, or leave it empty.")
    if Counter(marks(text)) != Counter(marks(block.text)):
        wanted = " ".join(f"[{number}]" for number in marks(block.text))
        if not wanted:
            return _("Text: the English has no footnote marks here. Take them out.")
        return _("Text: keep the footnote marks of the English, each once: %s") % wanted
    if block.kind == TABLE:
        shape = [len(row) for row in rows_of(block.text, block.level)]
        if [len(row) for row in rows_of(text, block.level)] != shape:
            return _("Text: this is a table. Keep every bar “|” of the English and write between them.")
    return ""


def seal(reviewer: Reviewer, language: str, edition_sha256: str, texts: Mapping[str, str]) -> str:
    """SHA-256 of everything that a second person confirms: reviewer, language, edition, blocks with their words."""
    said = [reviewer.name, reviewer.title, reviewer.reviewed_on.isoformat(), language, edition_sha256]
    rows = [*said, sorted((key, text) for key, text in texts.items() if text)]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
