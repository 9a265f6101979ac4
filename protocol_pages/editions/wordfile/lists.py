"""Which list a numbered paragraph belongs to, and how deep it stands. Lists go on after other paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from .candidates import Candidate

_LETTERED = ("lower", "upper", "roman", "ROMAN", "other")


@dataclass(slots=True)
class _Open:
    """A list that may go on: its family, how far it has counted, its indent and depth."""

    family: str
    value: int
    indent: int
    level: int


class Lists:
    """The lists open at this place of the document, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._colon = False  # the item before ends with a colon: a list below it may begin

    def close(self) -> None:
        """A heading ends every list."""
        self._open, self._colon = [], False

    def goes_on(self, candidate: Candidate) -> bool:
        """Whether the paragraph is the next one of a list that is open."""
        return self._at(candidate) is not None

    def _at(self, candidate: Candidate) -> int | None:
        number = candidate.number
        assert number is not None
        for place in range(len(self._open) - 1, -1, -1):
            row = self._open[place]
            value = number.value(row.family)
            if value is not None and (number.bullet or value == row.value + 1):
                return place
        return None

    def item(self, candidate: Candidate) -> int:
        """Count the paragraph as an item; its depth, 1 is outermost."""
        number = candidate.number
        assert number is not None
        indent = candidate.look.indent
        place = self._at(candidate)
        if candidate.automatic and candidate.level > 1:
            level = candidate.level
        elif place is not None and not (number.bullet and indent > self._open[place].indent):
            level = self._open[place].level
        else:
            level = self._begin(candidate, indent)
        self._open = [row for row in self._open if row.level < level]
        family, value = self._family(candidate)
        self._open.append(_Open(family, value, indent, level))
        self._colon = candidate.text.rstrip().endswith(":")
        return level

    def _begin(self, candidate: Candidate, indent: int) -> int:
        """The depth of a list that begins here."""
        number = candidate.number
        assert number is not None
        if not self._open:
            return 1
        top = self._open[-1]
        lettered = number.values[0][0].split("|")[0] in _LETTERED
        below = self._colon or indent > top.indent or (lettered and top.family.startswith("decimal"))
        if below and (number.bullet or not top.family.startswith("bullet") or indent > top.indent):
            return top.level + 1
        if number.depth > 1:
            return number.depth - 1
        return 1

    def _family(self, candidate: Candidate) -> tuple[str, int]:
        number = candidate.number
        assert number is not None
        if number.bullet:
            return "bullet", 0
        for family, value in number.values:  # a list that begins with "i" counts in Roman figures
            if value == 1:
                return family, value
        place = self._at(candidate)
        if place is not None:
            family = self._open[place].family
            return family, number.value(family) or 0
        return number.values[0]

    def paragraph(self, ends_with_colon: bool) -> None:
        """A paragraph between: lists may go on after it, a new one begins outermost."""
        self._colon = False
        if ends_with_colon:
            self._open = []
