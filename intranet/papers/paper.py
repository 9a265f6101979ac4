"""What a paper of the network is made from: frozen facts in, Word and PDF out (`word.render`, `pdf.render`).

A paper is what the network hands to a person to keep: a certificate, an acknowledgement, an annex, a page of
hand-over. The caller gathers the facts in the paper's own language; nothing here reads a database, a clock or
a setting, and the same paper gives the same bytes. Dates are calendar dates of the network's time zone.
Letters that release figures have a stricter way of their own (`forms_app.common.letters`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .letterhead import Language, Letterhead

Emphasis = tuple[
    int, int, str
]  # first character, the one behind the last, "bold" or "italic"; the PDF prints it


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. ``small``: a note in the size of captions."""

    text: str
    small: bool = False
    marks: tuple[Emphasis, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the protocol or of a person, exactly as they stand, in their own language and direction."""

    text: str
    source: str = ""
    language: Language = "en"
    marks: tuple[Emphasis, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list: numbered or with bullets. ``marks``: of each item, or none at all."""

    items: tuple[str, ...]
    numbered: bool = False
    marks: tuple[tuple[Emphasis, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, a line each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a head that is repeated on each page. Every row as long as ``head``.

    ``widths``: shares of the columns in any unit; empty: from the length of the texts. ``captioned``: False where
    the heading right above says it already; the caption then is for screen readers alone. ``marks``: of each cell
    of ``rows``, or none at all.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    end_aligned: frozenset[int] = frozenset()  # columns of numbers
    widths: tuple[float, ...] = ()
    captioned: bool = True
    marks: tuple[tuple[tuple[Emphasis, ...], ...], ...] = ()


Block = Heading | Text | Quote | Items | Facts | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``kind``: its name in ``kinds``; ``number``: empty for a print that nobody quotes.

    ``signed_under``: titles that stand under lines for the pen, never a person's name.
    ``sha256``: hash of the text that the paper certifies, 64 hexadecimal digits, or empty.
    ``verify``: the address where holders of an account compare the file; printed as text and as square code.
    ``specimen``: says on every page that names and figures are invented (practice mode).
    Line ends inside texts are kept; a text with several lines becomes several paragraphs.
    """

    kind: str
    language: Language
    letterhead: Letterhead
    number: str
    day: date
    title: str
    blocks: tuple[Block, ...]
    addressee: tuple[str, ...] = ()
    signed_under: tuple[str, ...] = ()
    sha256: str = ""
    verify: str = ""
    specimen: bool = False
