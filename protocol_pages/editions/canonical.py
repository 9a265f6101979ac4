"""The canonical text of an edition and its fingerprint (D1), version 1. Pure.

Version 1: UTF-8 in NFC, LF line ends, one line a block with one empty line between blocks and one LF at the
end, white space inside a block collapsed (this joins what page ends broke), emphasis marks removed, footnote
marks as ``[n]``, the footnotes' texts at the end in the order of their numbers. Printed numbers and list
marks belong to the text; addresses do not.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from protocol_pages.editions.blocks import FOOTNOTE, Block

VERSION = 1

_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_SUPERSCRIPTS = str.maketrans(
    {"¹": "[1]", "²": "[2]", "³": "[3]"} | {chr(0x2070 + n): f"[{n}]" for n in range(4, 10)}
)


def canonical_block(text: str) -> str:
    """One block's text in canonical form; stable when applied again."""
    joined = " ".join(text.translate(_SUPERSCRIPTS).split())
    return unicodedata.normalize("NFC", _EMPHASIS.sub(r"\2", joined))


def canonical_text(blocks: Sequence[Block]) -> str:
    """The whole text of an edition from its blocks, in their order, footnotes last."""
    body = [block for block in blocks if block.kind != FOOTNOTE]
    notes = [block for block in blocks if block.kind == FOOTNOTE]
    return "\n\n".join(canonical_block(block.printed) for block in [*body, *notes]) + "\n"


def fingerprint(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
