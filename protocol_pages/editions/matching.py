"""Blocks of a file that carries no ids, known again by their words in the edition that they revise (D2). Pure.

A block that is the same keeps id and addresses; what is new gets an id that no edition has used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from . import blocks as b
from .blocks import Block, normal_address
from .canonical import canonical_block
from .wordfile.ids import is_rtl

LIKE_ENOUGH = 0.6  # share of words that a revised block has in common with the old one
_LONGEST = 60  # words compared; the beginning of a paragraph tells it
_APART = (b.HEADING, b.TABLE, b.FOOTNOTE, b.TITLE)


@dataclass(frozen=True, slots=True)
class Matched:
    """The blocks with their ids; ``again``: ids in the file → blocks of the edition that they are."""

    blocks: tuple[Block, ...]
    again: Mapping[str, Block]
    renamed: Mapping[str, str]


def match(
    found: Sequence[Block], known: Collection[str], current: Sequence[Block], used: Collection[str]
) -> Matched:
    """``known``: ids that the file itself carried; ``used``: every id that any edition has."""
    old = {block.id: block for block in current}
    pairs = {block.id: old[block.id] for block in found if block.id in known and block.id in old}
    pairs |= _notes(found, old, pairs)
    pairs |= _same(found, current, pairs)
    pairs |= _alike(found, current, pairs)
    ids = set(used) | {block.id for block in pairs.values()}
    addresses = {normal_address(a) for block in pairs.values() for a in block.addresses}
    blocks, renamed = [], {}
    for block in found:
        twin = pairs.get(block.id)
        if twin is not None:
            blocks.append(_as(block, twin))
            renamed[block.id] = twin.id
            continue
        kept = tuple(a for a in block.addresses if normal_address(a) not in addresses)
        addresses |= {normal_address(a) for a in kept}
        new = block.id if block.kind == b.FOOTNOTE and block.id not in old else _free(block.id, ids)
        ids.add(new)
        renamed[block.id] = new
        blocks.append(replace(block, id=new, addresses=kept))
    again = {key: twin for key, twin in pairs.items() if key not in known}
    return Matched(tuple(blocks), again, renamed)


def _as(block: Block, twin: Block) -> Block:
    """The block with the labels of the one it is; of the same kind where the words are the same."""
    same = same_words(block, twin) and block.kind not in _APART
    kind, level = (twin.kind, twin.level) if same else (block.kind, block.level)
    return replace(
        block,
        id=twin.id,
        kind=kind,
        level=level,
        section=twin.section,
        addresses=twin.addresses,
        lang=twin.lang if is_rtl(block.text) == is_rtl(twin.text) else block.lang,
    )


def same_words(block: Block, other: Block) -> bool:
    """Whether two blocks say the same, however it is spaced."""
    return canonical_block(block.text) == canonical_block(other.text)


def _notes(found: Sequence[Block], old: Mapping[str, Block], pairs: Mapping[str, Block]) -> dict[str, Block]:
    """Footnotes are known by their numbers."""
    return {
        block.id: old[block.id]
        for block in found
        if block.kind == b.FOOTNOTE
        and block.id not in pairs
        and block.id in old
        and old[block.id].kind == b.FOOTNOTE
    }


def _fits(block: Block, other: Block) -> bool:
    return block.kind == other.kind or (block.kind not in _APART and other.kind not in _APART)


def _same(found: Sequence[Block], current: Sequence[Block], pairs: Mapping[str, Block]) -> dict[str, Block]:
    """Word for word; of several with the same words each is taken once, in order."""
    taken = {block.id for block in pairs.values()}
    by_words: dict[str, list[Block]] = {}
    for block in current:
        if block.id not in taken:
            by_words.setdefault(canonical_block(block.text), []).append(block)
    result: dict[str, Block] = {}
    for block in found:
        if block.id in pairs:
            continue
        rows = by_words.get(canonical_block(block.text), [])
        twin = next((row for row in rows if _fits(block, row)), None)
        if twin is not None:
            rows.remove(twin)
            result[block.id] = twin
    return result


def _alike(found: Sequence[Block], current: Sequence[Block], pairs: Mapping[str, Block]) -> dict[str, Block]:
    """Revised blocks, looked for only between neighbours that are known already."""
    place = {block.id: index for index, block in enumerate(current)}
    said = {block.id: _words(block) for block in current}  # once: a long file asks for each of them often
    taken = {block.id for block in pairs.values()}
    result: dict[str, Block] = {}
    low = 0
    for index, block in enumerate(found):
        if block.id in pairs:
            low = max(low, place[pairs[block.id].id] + 1)
            continue
        following = (place[pairs[later.id].id] for later in found[index + 1 :] if later.id in pairs)
        high = next((at for at in following if at >= low), len(current))
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(_words(block))
        best, score = None, LIKE_ENOUGH
        for other in current[low:high]:
            if other.id in taken or not _fits(block, other):
                continue
            matcher.set_seq1(said[other.id])
            if (
                matcher.real_quick_ratio() >= score
                and matcher.quick_ratio() >= score
                and matcher.ratio() >= score
            ):
                best, score = other, matcher.ratio()
        if best is not None:
            result[block.id] = best
            taken.add(best.id)
            low = place[best.id] + 1
    return result


def _words(block: Block) -> list[str]:
    return canonical_block(block.text).casefold().split()[:_LONGEST]


def _free(wanted: str, taken: Collection[str]) -> str:
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted[:34]}-{count}"
    return found
