"""The protocol as blocks (D2): one block is one paragraph, heading or list item, with a stable id."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

DATA_FILE = Path(__file__).parent / "data" / "protocol-iraq-2022.json"

LETTERHEAD = "letterhead"
TITLE = "title"
HEADING = "heading"
PARAGRAPH = "paragraph"
ITEM = "item"
QUOTE = "quote"
ENDORSEMENT = "endorsement"
FOOTNOTE = "footnote"
TABLE = "table"  # ``level`` is its number of columns; cells stand in the text, see ``tables``
KINDS = (LETTERHEAD, TITLE, HEADING, PARAGRAPH, ITEM, QUOTE, ENDORSEMENT, FOOTNOTE, TABLE)

DASH = "-"  # how the canonical text prints every bullet
BOLD, ITALIC, LINK = "bold", "italic", "link"


# An address below ``/protocol/v1/``: what does not fit has no page, so no block carries it.
ADDRESS = r"(?:[1-9][0-9]?[a-zA-Z]?|[cC][0-9]+|fn[0-9]+|end|title)(?:/[0-9A-Za-z]{1,8}){0,2}"
_ADDRESS = re.compile(ADDRESS, re.ASCII)
ID = re.compile(r"[\w.-]{1,40}")  # stands in addresses and anchors
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,6})?", re.ASCII)
_LONGEST_LABEL = 10  # characters of a printed number, a section
_DEEPEST = 999  # of a level: a table's is its number of columns


class BadProtocolFile(ValueError):
    """The data file does not hold a protocol; the message names the block and what is wrong.

    ``code`` is a key of ``life.FAULTS`` for what people can do in a draft, ``detail`` what it is about.
    """

    def __init__(self, message: str, code: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.code, self.detail = code, detail


RTL = ("ar", "ckb")  # languages of this product that run from right to left


class ClauseNotFound(LookupError):
    """No block of the edition carries the address."""


class Mark(NamedTuple):
    """Emphasis or a link on the characters ``start`` to ``end`` of a block's text; never part of the text (D1)."""

    start: int
    end: int
    kind: str
    address: str = ""


def direction(language: str) -> str:
    """How a language is written: "rtl" or "ltr"."""
    return "rtl" if language in RTL else "ltr"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an edition.

    ``id``: stable across editions, also the anchor. ``number``: what is printed before the text ("7.",
    "A.", "-", "[3]" for a footnote), part of the canonical text. ``addresses``: the rulebook's labels
    ("7B.3", "9.a"), outside the text; unique within an edition. ``level``: depth of a heading or list, 1 is
    outermost. ``section``: "7B", or "" outside sections. ``text`` holds footnote marks as ``[n]``; ``marks``
    are how some of its words look.
    """

    id: str
    kind: str
    level: int
    section: str
    number: str
    addresses: tuple[str, ...]
    lang: str
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def labels(self) -> str:
        """ "§9.a, §9.b", empty for a block without addresses."""
        return ", ".join(f"§{address}" for address in self.addresses)

    @property
    def direction(self) -> str:
        """ "rtl" or "ltr": how its language runs."""
        return direction(self.lang)

    @property
    def printed(self) -> str:
        """The block as the canonical text prints it: its number, one space, its text."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """A protocol as stored in a data file: what an edition is drafted from. Dates have no time."""

    title: str
    language: str
    number: int
    minor: int
    effective_from: date
    endorsed_by: str
    endorsed_on: date
    document_ref: str
    blocks: tuple[Block, ...]


def block_from(row: Mapping[str, Any]) -> Block:
    """One block from its stored fields; ``BadProtocolFile`` names what is missing or unknown."""
    try:
        block = Block(
            id=str(row["id"]),
            kind=str(row["kind"]),
            level=int(row["level"]),
            section=str(row["section"]),
            number=str(row["number"]),
            addresses=tuple(str(address) for address in row["addresses"]),
            lang=str(row["lang"]),
            text=str(row["text"]),
            marks=tuple(Mark(int(s), int(e), str(kind), str(to)) for s, e, kind, to in row.get("marks", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadProtocolFile(f"Block {row.get('id', '?')}: {error}") from error
    if block.kind not in KINDS:
        raise BadProtocolFile(f"Block {block.id}: unknown kind {block.kind!r}.")
    if not block.id or not block.text.strip():
        raise BadProtocolFile(f"Block {block.id or '?'}: id and text must not be empty.", "empty", block.id)
    return block


def check_labels(block: Block) -> None:
    """Refuse labels that no page, anchor or frozen row can hold (``BadProtocolFile``)."""
    if not ID.fullmatch(block.id):
        raise BadProtocolFile(
            f"Block {block.id}: an id has at most 40 letters, digits, dots and hyphens.", "id", block.id
        )
    for address in block.addresses:
        if not _ADDRESS.fullmatch(normal_address(address).replace(".", "/")):
            raise BadProtocolFile(f"Block {block.id}: {address!r} is no address.", "address", address)
    if max(len(block.number), len(block.section)) > _LONGEST_LABEL:
        raise BadProtocolFile(
            f"Block {block.id}: number and section have at most 10 characters.", "label", block.id
        )
    if not (0 <= block.level <= _DEEPEST and _LANGUAGE.fullmatch(block.lang)):
        raise BadProtocolFile(f"Block {block.id}: level or language is not possible.", "label", block.id)


def check_blocks(blocks: Sequence[Block]) -> None:
    """Refuse an empty protocol, impossible labels, an id or address used twice (``BadProtocolFile``)."""
    if not blocks:
        raise BadProtocolFile("A protocol needs at least one block.", "none")
    ids: set[str] = set()
    addresses: set[str] = set()
    for block in blocks:
        check_labels(block)
        if block.id in ids:
            raise BadProtocolFile(f"Block id {block.id} is used twice.", "id_twice", block.id)
        ids.add(block.id)
        for address in (normal_address(value) for value in block.addresses):
            if address in addresses:
                raise BadProtocolFile(f"Address {address} is used twice.", "address_twice", address)
            addresses.add(address)


def read_protocol(path: Path = DATA_FILE) -> ProtocolFile:
    """The protocol in a data file, checked. Errors: ``BadProtocolFile``, ``OSError``."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        edition = raw["edition"]
        protocol = ProtocolFile(
            title=raw["title"],
            language=raw["language"],
            number=int(edition["number"]),
            minor=int(edition["minor"]),
            effective_from=date.fromisoformat(edition["effective_from"]),
            endorsed_by=edition["endorsed_by"],
            endorsed_on=date.fromisoformat(edition["endorsed_on"]),
            document_ref=edition["document_ref"],
            blocks=tuple(block_from(row) for row in raw["blocks"]),
        )
    except BadProtocolFile:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise BadProtocolFile(f"{path.name}: {error}") from error
    check_blocks(protocol.blocks)
    return protocol


def normal_address(address: str) -> str:
    """An address as compared: "§7B.3", "7b/3/" and "7b.3" are the same."""
    return address.strip().removeprefix("§").strip("/").replace("/", ".").casefold()


def find(blocks: Iterable[Block], address: str) -> Block:
    """The block that carries the address, in any spelling; ``ClauseNotFound`` if none does."""
    wanted = normal_address(address)
    for block in blocks:
        if any(normal_address(value) == wanted for value in block.addresses):
            return block
    raise ClauseNotFound(address)
