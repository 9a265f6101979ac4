"""Which list a numbered paragraph belongs to, and how deep it stands. Lists go on after other paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from .candidates import Candidate
from .typed import Number

_LETTERED = ("lower", "upper", "roman", "ROMAN", "other")


@dataclass(slots=True)
class _Open:
    """A list that may go on: its family, how far it has counted, its indent and depth; Word's own list and level."""

    family: str
    value: int
    indent: int
    level: int
    run: str
    inner: int


class Lists:
    """The lists open at this place of the document, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._colon = False  # the item before ends with a colon: a list below it may begin
        self._direct = False  # the paragraph before was an item
        self._headings: dict[str, int] = {}  # how many levels of a list of Word's are headings

    def heading(self, candidate: Candidate) -> None:
        """A heading ends every list; levels that it takes of a list of Word's are none of the items'."""
        self._open, self._colon, self._direct = [], False, False
        if candidate.automatic:
            run = candidate.list_run
            self._headings[run] = max(self._headings.get(run, 0), candidate.level)

    def goes_on(self, candidate: Candidate) -> bool:
        """Whether the paragraph is the next one of a list that is open."""
        return self._at(_number(candidate)) is not None

    def _at(self, number: Number) -> int | None:
        for place in range(len(self._open) - 1, -1, -1):
            row = self._open[place]
            value = number.value(row.family)
            if value is not None and (number.bullet or value == row.value + 1):
                return place
        return None

    def item(self, candidate: Candidate) -> int:
        """Count the paragraph as an item; its depth, 1 is outermost."""
        number, indent = _number(candidate), candidate.look.indent
        place = self._at(number)
        inner = candidate.level - 1 - self._headings.get(candidate.list_run, 0) if candidate.automatic else 0
        if inner > 0:
            level = self._inside(candidate.list_run, inner)
        elif place is not None and not (number.bullet and indent > self._open[place].indent):
            level = self._open[place].level
        else:
            level = self._begin(number, indent)
        family, value = self._family(number)
        self._open = [row for row in self._open if row.level < level]
        self._open.append(_Open(family, value, indent, level, candidate.list_run, max(inner, 0)))
        self._colon, self._direct = candidate.text.rstrip().endswith(":"), True
        return level

    def _inside(self, run: str, inner: int) -> int:
        """The depth of an inner level of a list of Word's: below the item that it belongs to."""
        for row in reversed(self._open):
            if row.run == run and row.inner < inner:
                return row.level + inner - row.inner
        return inner + 1

    def _begin(self, number: Number, indent: int) -> int:
        """The depth of a list that begins here."""
        if not self._open:
            return 1
        top = self._open[-1]
        lettered = number.values[0][0].split("|")[0] in _LETTERED
        first = any(value == 1 for _, value in number.values)
        below = self._colon or indent > top.indent or (lettered and first and self._direct)
        if below and (number.bullet or not top.family.startswith("bullet") or indent > top.indent):
            return top.level + 1
        return 1

    def _family(self, number: Number) -> tuple[str, int]:
        if number.bullet:
            return "bullet", 0
        for family, value in number.values:  # a list that begins with "i" counts in Roman figures
            if value == 1:
                return family, value
        place = self._at(number)
        if place is not None:
            family = self._open[place].family
            return family, number.value(family) or 0
        return number.values[0]

    def paragraph(self, ends_with_colon: bool) -> None:
        """A paragraph between: lists may go on after it, a new one begins outermost."""
        self._colon = self._direct = False
        if ends_with_colon:
            self._open = []


def _number(candidate: Candidate) -> Number:
    assert candidate.number is not None
    return candidate.number
