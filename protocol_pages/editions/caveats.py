"""The caveats of §7A and §7B.7, read word for word from an edition's blocks, never from code (D3).

The caveat of §7A and the quotation in C3 differ in their words; each is used where the protocol puts it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from protocol_pages.editions.blocks import Block, ClauseNotFound, find, normal_address
from protocol_pages.editions.footnotes import without_marks


@dataclass(frozen=True, slots=True)
class ReleaseCaveats:
    """The caveats that go with released data (§7B.7), word for word, without printed numbers.

    ``c2_intro`` is C2's opening sentence part; ``purposes`` are its items, as many as the edition has.
    """

    c1: str
    c2_intro: str
    purposes: tuple[str, ...]
    c3: str


def caveat_7a(blocks: Sequence[Block]) -> str:
    """The caveat that goes with a member's own statistics (§7A.2), footnote marks removed."""
    return without_marks(find(blocks, "7A.caveat").text)


def has_caveats(blocks: Sequence[Block]) -> bool:
    """Whether a text has all of them; letters read them from it alone."""
    try:
        caveat_7a(blocks)
        return bool(caveats_7b7(blocks).purposes)
    except ClauseNotFound:
        return False


def caveats_7b7(blocks: Sequence[Block]) -> ReleaseCaveats:
    """The caveats that go with released consolidated data (§7B.7 C1-C3)."""
    purposes = tuple(
        without_marks(block.text)
        for block in blocks
        if any(normal_address(address).startswith("c2.") for address in block.addresses)
    )
    return ReleaseCaveats(
        c1=without_marks(find(blocks, "C1").text),
        c2_intro=without_marks(find(blocks, "C2").text),
        purposes=purposes,
        c3=without_marks(find(blocks, "C3").text),
    )
