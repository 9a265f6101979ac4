"""What was endorsed since a draft was begun comes into the draft (D7), block by block by stable id (D2). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block


@dataclass(frozen=True, slots=True)
class Merged:
    """``both``: blocks that draft and later edition changed, each in its own way; there the draft's words stay."""

    blocks: tuple[Block, ...]
    both: tuple[Block, ...]


def merged(base: Sequence[Block], draft: Sequence[Block], later: Sequence[Block]) -> Merged:
    """``base``: what the draft was begun from; ``later``: the edition that it shall start from now."""
    old, mine, theirs = ({block.id: block for block in text} for text in (base, draft, later))
    kept: dict[str, Block] = {}
    both: list[Block] = []
    for key in dict.fromkeys([*mine, *theirs]):
        own, new, was = mine.get(key), theirs.get(key), old.get(key)
        chosen = new if own == was else own
        if own != was and new not in (was, own):
            found = own or new
            assert found is not None
            both.append(found)
        if chosen is not None:
            kept[key] = chosen
    moved = [key for key in mine if key in old] != [key for key in old if key in mine]
    first, second = (draft, later) if moved else (later, draft)
    order = _woven([block.id for block in first], [block.id for block in second])
    return Merged(tuple(kept[key] for key in order if key in kept), tuple(both))


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """``first`` in its order; what only ``second`` has stands behind the one that it follows there."""
    order = list(first)
    there = set(first)
    before = ""
    for key in second:
        if key not in there:
            order.insert(order.index(before) + 1 if before else 0, key)
            there.add(key)
        before = key
    return order
