"""The Word file that is frozen with an edition. One place that decides how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intranet.network.models import NetworkSettings

from .blocks import Block
from .canonical import canonical_block, canonical_text, fingerprint
from .compare import in_canonical_order
from .word_out import Text, word_file
from .wordfile.read import read


class WordFault(Exception):
    """The finished file does not hold the edition; it must not be kept or given out. ``block``: the first lost one."""

    def __init__(self, block: str) -> None:
        super().__init__(f"The Word file does not hold the edition: block {block}.")
        self.block = block


def word(label: str, title: str, text: tuple[Block, ...], day: date, language: str = "en") -> bytes:
    """An edition as a Word file, read back before it is kept: the same blocks, ids included. Raises WordFault.

    ``day``: calendar date of the properties, so that the same edition gives the same bytes.
    """
    sha256 = fingerprint(canonical_text(text))
    network = NetworkSettings.current()
    data = word_file(
        Text(
            text,
            title,
            day,
            network.letterhead_name,
            edge=f"{title}: {label}",
            foot=f"SHA-256 {sha256[:16]} …",
            language=language,
            sha256=sha256,
        )
    )
    prove(data, text)
    return data


def prove(data: bytes, text: Sequence[Block]) -> None:
    """Read the file back; WordFault unless it says block by block what the edition says."""
    found = in_canonical_order(read(data).after.text)
    wanted = in_canonical_order(text)
    if [said(block) for block in found] != [said(block) for block in wanted]:
        lost = next((w.id for w, f in zip(wanted, [*found, *wanted], strict=False) if said(w) != said(f)), "")
        raise WordFault(lost)


def said(block: Block) -> Block:
    """A block as it can be compared: its words in canonical form; their look is no part of the text."""
    return replace(block, text=canonical_block(block.text), marks=())
