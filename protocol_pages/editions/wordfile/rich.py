"""Runs of words become one text in canonical form with marks on it (D1): bold, italic, links, note marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..blocks import BOLD, ITALIC, LINK, Mark
from ..canonical import canonical_block

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\ufeff\u202a-\u202e\u2066-\u2069"  # they could turn a sentence round
    "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # no Word file can hold them
)

Run = tuple[str, bool, bool, str]  # text, bold, italic, link


def clean(text: str) -> str:
    """Without invisible characters that nobody wrote on purpose, in NFC."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def join(runs: Iterable[Run]) -> tuple[str, tuple[Mark, ...]]:
    """The text and its marks; white space is collapsed across the runs."""
    parts: list[str] = []
    marks: list[Mark] = []
    length, spaced = 0, True
    for words, bold, italic, link in runs:
        part = _SPACE.sub(" ", clean(words))
        if spaced:
            part = part.lstrip(" ")
        if not part:
            continue
        parts.append(part)
        spaced = part.endswith(" ")
        for kind, there, address in ((BOLD, bold, ""), (ITALIC, italic, ""), (LINK, bool(link), link)):
            if there:
                _put(marks, Mark(length, length + len(part), kind, address))
        length += len(part)
    text = "".join(parts).rstrip(" ")
    found = tuple(sorted(trimmed(text, marks)))
    canonical = canonical_block(text)
    # Emphasis signs or accents that only the whole text shows: the words count, the marks go.
    return (text, found) if canonical == text else (canonical, ())


def _put(marks: list[Mark], new: Mark) -> None:
    """Add a mark, or lengthen the one of its kind that ends where it begins."""
    for place in range(len(marks) - 1, max(len(marks) - 4, -1), -1):
        old = marks[place]
        if (old.kind, old.address) == (new.kind, new.address):
            if old.end == new.start:
                marks[place] = Mark(old.start, new.end, old.kind, old.address)
                return
            break
    marks.append(new)


def trimmed(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """Marks without the spaces at their ends; empty ones go."""
    found = []
    for mark in marks:
        start, end = mark.start, min(mark.end, len(text))
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if start < end:
            found.append(Mark(start, end, mark.kind, mark.address))
    return found


def cut(text: str, marks: Sequence[Mark], start: int) -> tuple[str, tuple[Mark, ...]]:
    """Text and marks from ``start`` on, as a typed number is taken off."""
    rest = text[start:]
    left = len(rest) - len(rest.lstrip(" "))
    gone = start + left
    moved = [Mark(max(m.start - gone, 0), m.end - gone, m.kind, m.address) for m in marks if m.end > gone]
    return rest.lstrip(" "), tuple(trimmed(rest.lstrip(" "), moved))


def glued(
    first: str, marks: Sequence[Mark], second: str, more: Sequence[Mark]
) -> tuple[str, tuple[Mark, ...]]:
    """Two texts that a page end broke, one space between them."""
    gap = len(first) + 1
    moved = [Mark(m.start + gap, m.end + gap, m.kind, m.address) for m in more]
    return f"{first} {second}", (*marks, *moved)


def whole(text: str, marks: Sequence[Mark], kind: str) -> bool:
    """Whether all letters of a text carry a mark."""
    covered = set[int]()
    for mark in marks:
        if mark.kind == kind:
            covered.update(range(mark.start, mark.end))
    letters = [place for place, char in enumerate(text) if char.isalnum()]
    return bool(letters) and all(place in covered for place in letters)
