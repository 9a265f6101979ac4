"""Two texts of the protocol side by side, block by block. Pure: blocks in, rows out.

Blocks are the same block where their stable ids are the same (D2). Words are compared inside a block, on its
text as printed and in canonical form, so that what the comparison shows is what signatures bind to (D1).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .blocks import FOOTNOTE, Block
from .canonical import canonical_block

_TOKEN = re.compile(r"\s+|[\w\u064b-\u065f\u0670]+|.", re.DOTALL)  # Arabic vowel signs belong to their word


class Change(StrEnum):
    """What happened to a block. Several may hold at once: moved, renumbered and changed."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"


class Fate(StrEnum):
    """What happened to some words of a block."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one fate."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One block in both texts. ``old`` is None for an added one, ``new`` for a removed one."""

    changes: tuple[Change, ...]
    old: Block | None
    new: Block | None
    pieces: tuple[Piece, ...]

    @property
    def block(self) -> Block:
        """The block as it stands now, as it stood where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def unchanged(self) -> bool:
        """Whether nothing happened to the block at all."""
        return self.changes == (Change.UNCHANGED,)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows, in the order of the newer text; a removed block stands where it stood."""

    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[Change, int]:
        """How many blocks were touched in each way; a block that moved and changed counts in both."""
        counted = Counter(change for row in self.rows for change in row.changes)
        return {change: counted[change] for change in Change}

    @property
    def changed_rows(self) -> tuple[Row, ...]:
        """The rows to which something happened."""
        return tuple(row for row in self.rows if not row.unchanged)

    @property
    def same(self) -> bool:
        """Whether both texts are the same, word for word and in the same order."""
        return not self.changed_rows


def printed(block: Block) -> str:
    """A block as the canonical text prints it (D1)."""
    return canonical_block(block.printed)


def in_canonical_order(blocks: Sequence[Block]) -> list[Block]:
    """The blocks as the canonical text has them: the body first, the footnotes at the end."""
    return [b for b in blocks if b.kind != FOOTNOTE] + [b for b in blocks if b.kind == FOOTNOTE]


def pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[Block | None, Block | None]]:
    """Both texts woven together: ``(old, new)`` for a block that kept its place, else one side is None.

    The left sides read in order are ``old``, the right sides are ``new``. As many blocks as possible keep
    their place; a moved one stands twice, once on each side.
    """
    place = {block.id: position for position, block in enumerate(old)}
    common = [block.id for block in new if block.id in place]
    kept = _longest_rising([place[block_id] for block_id in common])
    staying = {common[index] for index in kept}
    woven: list[tuple[Block | None, Block | None]] = []
    rest = deque(old)
    for block in new:
        if block.id in staying:
            woven[_gap(woven) : _gap(woven)] = _until(rest, block.id)
            woven.append((rest.popleft(), block))
        else:
            woven.append((None, block))
    woven[_gap(woven) : _gap(woven)] = [(block, None) for block in rest]
    return woven


def _until(rest: deque[Block], block_id: str) -> list[tuple[Block | None, Block | None]]:
    """Take the blocks off ``rest`` that stood before a block which kept its place."""
    gone: list[tuple[Block | None, Block | None]] = []
    while rest[0].id != block_id:
        gone.append((rest.popleft(), None))
    return gone


def _gap(woven: Sequence[tuple[Block | None, Block | None]]) -> int:
    """Where the additions at the end begin: a removal is shown before them."""
    at = len(woven)
    while at and woven[at - 1][0] is None:
        at -= 1
    return at


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest rising subsequence."""
    tails: list[int] = []  # smallest last number of a subsequence of each length
    ends: list[int] = []  # its index in ``numbers``
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    found: list[int] = []
    step = ends[-1] if ends else None
    while step is not None:
        found.append(step)
        step = before[step]
    return found[::-1]


def compare(old: Sequence[Block], new: Sequence[Block]) -> Comparison:
    """Every block of both texts once, with what happened to it."""
    left, right = in_canonical_order(old), in_canonical_order(new)
    before = {block.id: block for block in left}
    after = {block.id for block in right}
    rows = []
    for earlier, later in pairs(left, right):
        if later is None:
            assert earlier is not None
            if earlier.id not in after:
                rows.append(_row(earlier, None, (Change.REMOVED,)))
        elif earlier is None:
            known = before.get(later.id)
            moved = (Change.ADDED,) if known is None else (Change.MOVED, *_changes(known, later))
            rows.append(_row(known, later, moved))
        else:
            rows.append(_row(earlier, later, tuple(_changes(earlier, later)) or (Change.UNCHANGED,)))
    return Comparison(tuple(rows))


def _changes(old: Block, new: Block) -> Iterator[Change]:
    if old.number != new.number or old.addresses != new.addresses:
        yield Change.RENUMBERED
    same_text = canonical_block(old.text) == canonical_block(new.text)
    if not same_text or (old.kind, old.level, old.lang) != (new.kind, new.level, new.lang):
        yield Change.CHANGED


def _row(old: Block | None, new: Block | None, changes: tuple[Change, ...]) -> Row:
    return Row(changes, old, new, words(printed(old) if old else "", printed(new) if new else ""))


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Word-level changes. The pieces that are not added make ``old``, those not removed make ``new``."""
    if old == new:
        return (Piece(Fate.SAME, old),) if old else ()
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Fate.SAME, "".join(left[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Fate.REMOVED, "".join(left[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Fate.ADDED, "".join(right[j1:j2])))
    return tuple(_readable(pieces))


def _readable(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join changes that only white space keeps apart, so that people read phrases, not single words."""
    removed = added = ""
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        if piece.fate is Fate.REMOVED:
            removed += piece.text
        elif piece.fate is Fate.ADDED:
            added += piece.text
        elif removed and added and not last and not piece.text.strip():
            removed, added = removed + piece.text, added + piece.text
        else:
            yield from _both(removed, added)
            removed = added = ""
            yield piece
    yield from _both(removed, added)


def _both(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Fate.REMOVED, removed)
    if added:
        yield Piece(Fate.ADDED, added)
