"""How a Word file carries the ids of its blocks: a hidden bookmark each, and their facts in a custom XML part.

Word and LibreOffice keep both when somebody edits and saves. A bookmark alone is enough to know a block again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from ..blocks import ID, KINDS, BadProtocolFile, Block, check_labels

NAMESPACE = "urn:psea-intranet:edition:1"
PREFIX = "_psea_"
NUMBER_STYLE = "EditionNumber"  # character style of a number that no automatic list can show
_LONGEST = 40  # characters of a bookmark's name in Word
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_ESCAPED = re.compile(r"_([0-9a-f]{1,6})_")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a block was when it was written out. ``rtl``: most of its letters ran right to left."""

    id: str
    kind: str
    level: int
    section: str
    number: str
    addresses: tuple[str, ...]
    lang: str
    rtl: bool = False


def bookmark(block_id: str) -> str:
    """The bookmark of a block."""
    safe = "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in block_id)
    if len(PREFIX) + len(safe) > _LONGEST:
        safe = "_h_" + hashlib.sha256(block_id.encode()).hexdigest()[:24]
    return PREFIX + safe


def block_id(name: str) -> str:
    """The id that a bookmark carries, "" for other bookmarks and for those that only the facts explain."""
    if not name.startswith(PREFIX) or name.startswith(f"{PREFIX}_h_"):
        return ""
    found = _ESCAPED.sub(lambda sign: chr(min(int(sign[1], 16), 0x10FFFF)), name[len(PREFIX) :])
    return found if ID.fullmatch(found) else ""


def is_rtl(text: str) -> bool:
    """Whether most letters of a text run right to left."""
    letters = len(_LETTER.findall(text))
    return letters > 0 and len(_RTL.findall(text)) * 2 > letters


def facts_xml(blocks: Sequence[Block], sha256: str) -> bytes:
    """The custom XML part."""
    rows = "".join(
        f"<block mark={quoteattr(bookmark(block.id))} id={quoteattr(block.id)} kind={quoteattr(block.kind)} "
        f'level="{block.level}" section={quoteattr(block.section)} number={quoteattr(block.number)} '
        f"addresses={quoteattr(json.dumps(block.addresses))} lang={quoteattr(block.lang)} "
        f'rtl="{int(is_rtl(block.text))}"/>'
        for block in blocks
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<edition xmlns="{NAMESPACE}" sha256={quoteattr(sha256)}>{rows}</edition>'.encode()


def read_facts(root: Any) -> dict[str, Facts]:
    """Bookmark → facts, from a custom XML part; anything that is not as we write it is left out."""
    found: dict[str, Facts] = {}
    if root is None or root.tag != f"{{{NAMESPACE}}}edition":
        return found
    for row in root.iterfind(f"{{{NAMESPACE}}}block"):
        try:
            addresses = json.loads(row.get("addresses", "[]"))
            facts = Facts(
                row.get("id", ""),
                row.get("kind", ""),
                int(row.get("level", "0")),
                row.get("section", ""),
                row.get("number", ""),
                tuple(str(value) for value in addresses) if isinstance(addresses, list) else (),
                row.get("lang", ""),
                row.get("rtl") == "1",
            )
            _check(facts)
        except ValueError:
            continue
        found[row.get("mark", "")] = facts
    return found


def _check(facts: Facts) -> None:
    """Raise BadProtocolFile for labels that we never write: a file may say anything of itself."""
    if facts.kind not in KINDS:
        raise BadProtocolFile(f"unknown kind {facts.kind!r}")
    check_labels(
        Block(facts.id, facts.kind, facts.level, facts.section, facts.number, facts.addresses, facts.lang, "")
    )
