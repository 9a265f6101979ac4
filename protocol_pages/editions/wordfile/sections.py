"""Labels of a text that has none yet: sections, addresses that can be cited, ids (D1, D2). Pure.

Addresses fit the site's ones: a section like ``7`` or ``7B`` and at most two parts below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .typed import DECIMAL, LOW_ROMAN, UP_ROMAN, UPPER, Number

_PART = re.compile(r"[0-9a-z]{1,8}")
_SECTION = re.compile(r"[1-9][0-9]?[A-Za-z]?")


class Sections:
    """Where we are in the text, and which labels are taken."""

    def __init__(self, taken_ids: Sequence[str] = (), taken_addresses: Sequence[str] = ()) -> None:
        self.section = ""
        self._top, self._sub = "", 0
        self.last = 0  # the number of the last numbered section
        self._ids, self._addresses = set(taken_ids), {a.casefold() for a in taken_addresses}
        self._used: set[str] = set()
        self._reserved: set[int] = set()
        self._counts: dict[str, int] = {}  # how often an id was wanted
        self._letters = self._paragraphs = 0
        self._items: list[str] = []

    def reserve(self, numbers: Iterable[int]) -> None:
        """Numbers that headings further on carry; no heading without a number takes one of them."""
        self._reserved = set(numbers)

    def enter(self, section: str) -> None:
        """Go on in a section that is known already."""
        if section != self.section:
            self.section = section
            self._letters = self._paragraphs = 0
            self._items = []
        self._used.add(section)
        if match := re.match(r"\d+", section):
            self._top, self.last = match[0], int(match[0])

    def heading(self, level: int, number: Number | None) -> str:
        """The section that a heading opens; one below the second level opens none."""
        if level <= 1 or not self._top or self._goes_on(number):
            found, last = self._counted(number), self.last
            if not found or found in self._used:
                found = self._free()
                self.enter(found)
                self.last = last if self._reserved else self.last
            else:
                self.enter(found)
            self._sub = 0
        elif level == 2:
            self.enter(self._subsection(number))
        return self.section

    def _goes_on(self, number: Number | None) -> bool:
        """Whether a lower heading carries the next section's number, and no top heading further on does."""
        found = self._counted(number)
        following = bool(found) and int(found) == self.last + 1 and self.last > 0
        return following and found not in self._used and int(found) not in self._reserved

    def _counted(self, number: Number | None) -> str:
        for family, value in number.values if number else ():
            counts = family.split("|")[0] in (DECIMAL, UP_ROMAN, LOW_ROMAN) and 0 < value < 100
            if counts and number is not None and number.depth == 1:
                return str(value)
        return ""

    def _free(self) -> str:
        found = self.last + 1
        while str(found) in self._used or found in self._reserved:
            found += 1
        return str(found)

    def _subsection(self, number: Number | None) -> str:
        for family, value in number.values if number else ():
            if family.split("|")[0] == UPPER and f"{self._top}{chr(64 + value)}" not in self._used:
                self._sub = value
                return f"{self._top}{chr(64 + value)}"
        while self._sub < 26:
            self._sub += 1
            if f"{self._top}{chr(64 + self._sub)}" not in self._used:
                return f"{self._top}{chr(64 + self._sub)}"
        return self._top

    def numbered_paragraph(self, number: Number) -> str:
        """Whether a long numbered paragraph is the next section; its number, or ""."""
        found = self._counted(number)
        return found if found and int(found) == self.last + 1 and self._top == str(self.last) else ""

    def address(self, level: int, number: Number | None, kind: str) -> tuple[str, ...]:
        """A free address in this section for a heading, an item or a paragraph; none where none fits."""
        if not _SECTION.fullmatch(self.section):
            return ()
        if kind == "heading":
            wanted = self.section
            if wanted.casefold() in self._addresses:
                self._paragraphs += 1
                wanted = f"{self.section}.h{self._paragraphs}"
        elif kind == "item" and number is not None:
            wanted = self._item(level, number)
        else:
            wanted = f"{self.section}.{'0' if not self._paragraphs else f'p{self._paragraphs}'}"
            self._paragraphs += 1
        while wanted.casefold() in self._addresses:
            self._paragraphs += 1
            wanted = f"{self.section}.p{self._paragraphs}"
        self._addresses.add(wanted.casefold())
        return (wanted,)

    def _item(self, level: int, number: Number) -> str:
        parts = re.findall(r"[0-9a-z]+", number.text.casefold())
        if len(parts) > 1 and parts[0] == self._top and self.section == self._top:  # "2.1" in section 2
            parts = parts[1:]
        token = "".join(parts)[-8:]
        if number.bullet or not _PART.fullmatch(token):
            if level <= 1:
                self._letters += 1
                token = _letters(self._letters)
            else:
                below = self._items[level - 1 :]
                token = str(int(below[0]) + 1) if below and below[0].isdecimal() else "1"
        self._items = [*self._items[: level - 1], token]
        parents = self._items[:-1][:1] if level > 1 else []
        return ".".join((self.section, *parents, token))

    def id(self, wanted: str) -> str:
        """A free id; what it should be called where nothing else is."""
        plain = re.sub(r"[^0-9a-z]+", "-", wanted.casefold()).strip("-")[:30] or "p"
        found, count = plain, self._counts.get(plain, 1)
        while found in self._ids:
            count += 1
            found = f"{plain}-{count}"
        self._counts[plain] = count
        self._ids.add(found)
        return found

    def take(self, block_id: str, addresses: Sequence[str]) -> tuple[str, ...]:
        """Take labels for a block; its addresses, without those that another block has already."""
        if block_id:
            self._ids.add(block_id)
        kept = tuple(a for a in addresses if a.casefold() not in self._addresses)
        self._addresses.update(a.casefold() for a in kept)
        return kept


def _letters(value: int) -> str:
    out = ""
    while value:
        value, rest = divmod(value - 1, 26)
        out = chr(97 + rest) + out
    return out
