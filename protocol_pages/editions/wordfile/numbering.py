"""Numbers that Word counts by itself, worked out as Word prints them.

Lists that share a definition go on counting whatever stands between their items; an instance with an
override of its own begins anew at its first item. Pure over the parsed parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..blocks import DASH
from .package import W

BULLET = "bullet"
_LEVELS = 9
_MOST = 100_000  # no number of a text is larger; a bomb's is
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph's number as printed. ``style``: its format; ``run``: which list it belongs to."""

    text: str
    style: str
    level: int
    run: str
    value: int = 0

    @property
    def is_bullet(self) -> bool:
        """Whether it is a mark, not a number."""
        return self.style == BULLET


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    paragraph_style: str = ""
    plain: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """The lists of a document and where each of them has got to."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}  # abstract definition → numbering style that holds its levels
        self._named: dict[str, str] = {}  # numbering style → abstract definition
        if root is not None:
            self._read(root)
        self.restart()

    def restart(self) -> None:
        """Count from the beginning again."""
        self._at: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _read(self, root: Any) -> None:
        for row in root.iterfind(f"{W}abstractNum"):
            key = row.get(f"{W}abstractNumId", "")
            self._abstract[key] = {
                _number(level.get(f"{W}ilvl")): _level(level) for level in row.iterfind(f"{W}lvl")
            }
            linked, named = row.find(f"{W}numStyleLink"), row.find(f"{W}styleLink")
            if linked is not None:
                self._links[key] = linked.get(f"{W}val", "")
            if named is not None:
                self._named[named.get(f"{W}val", "")] = key
        for row in root.iterfind(f"{W}num"):
            abstract = row.find(f"{W}abstractNumId")
            found = _List(abstract.get(f"{W}val", "") if abstract is not None else "")
            for change in row.iterfind(f"{W}lvlOverride"):
                at = _number(change.get(f"{W}ilvl"))
                start, level = change.find(f"{W}startOverride"), change.find(f"{W}lvl")
                if level is not None:
                    found.levels[at] = _level(level)
                if start is not None:
                    found.starts[at] = _number(start.get(f"{W}val"))
            self._lists[row.get(f"{W}numId", "")] = found

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a paragraph style stands for in a list; 0 where none names it."""
        found = self._lists.get(list_id)
        levels = self._levels(found) if found else {}
        return next((at for at, level in levels.items() if level.paragraph_style == style), 0)

    def next(self, list_id: str, at: int) -> Label | None:
        """Count one paragraph of a list; None where the list is unknown or prints nothing."""
        found = self._lists.get(list_id)
        if found is None:
            return None
        at = min(max(at, 0), _LEVELS - 1)
        levels = self._levels(found)
        level = levels.get(at, _Level())
        counts = self._at.setdefault(found.abstract, {})
        if at in found.starts and (list_id, at) not in self._begun:
            counts[at] = found.starts[at]
        elif at in counts:
            counts[at] = min(counts[at] + 1, _MOST)
        else:
            counts[at] = level.start
        self._begun.add((list_id, at))
        for deeper in [key for key in counts if key > at]:
            until = levels.get(deeper, _Level()).restart
            if until is None or (until != 0 and at < until):
                del counts[deeper]
        run = f"{found.abstract}/{list_id}"
        if level.style == BULLET:
            return Label(DASH, BULLET, at, run)
        text = self._printed(level, levels, counts, at)
        return Label(text, level.style, at, run, counts[at]) if text.strip() else None

    def _levels(self, found: _List) -> dict[int, _Level]:
        abstract = found.abstract
        for _ in range(3):  # a definition may point to the style that points to the definition
            if self._abstract.get(abstract) or abstract not in self._links:
                break
            abstract = self._named.get(self._links[abstract], "")
        return self._abstract.get(abstract, {}) | found.levels

    def _printed(self, level: _Level, levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
        out = level.text[:60]
        for index in range(_LEVELS):
            if f"%{index + 1}" in out:
                other = levels.get(index, _Level())
                value = counts.get(index, other.start) if index <= at else 0
                style = "decimal" if level.plain else other.style
                out = out.replace(f"%{index + 1}", shown(value, style))
        return " ".join(out.split())


def _level(row: Any) -> _Level:
    def value(name: str, default: str = "") -> str:
        found = row.find(f"{W}{name}")
        return found.get(f"{W}val", default) if found is not None else default

    legal = row.find(f"{W}isLgl")
    restart = row.find(f"{W}lvlRestart")
    return _Level(
        style=value("numFmt", "decimal"),
        text=value("lvlText"),
        start=_number(value("start", "1")),
        paragraph_style=value("pStyle"),
        plain=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        restart=_number(restart.get(f"{W}val")) if restart is not None else None,
    )


def _number(text: str | None) -> int:
    try:
        return min(max(int(text or 0), 0), _MOST)
    except ValueError:
        return 0


def shown(value: int, style: str) -> str:
    """A value in one of Word's number formats; in digits where the format is not known."""
    if style == "none":
        return ""
    if style in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        text = roman(value)
        return text if style == "lowerRoman" else text.upper()
    if style in ("lowerLetter", "upperLetter") and 0 < value <= 26 * 8:
        times, letter = divmod(value - 1, 26)
        text = chr(97 + letter) * (times + 1)
        return text if style == "lowerLetter" else text.upper()
    if style in ("arabicAbjad", "arabicAlpha"):
        letters = _ABJAD if style == "arabicAbjad" else _ALPHA
        return letters[value - 1] if 0 < value <= len(letters) else str(value)
    if style == "decimalZero":
        return f"{value:02d}"
    if style == "ordinal":
        end = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{end}"
    return str(value)


def roman(value: int) -> str:
    """A number from 1 to 3999 in small Roman figures."""
    out = ""
    for size, text in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
        *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        times, value = divmod(value, size)
        out += text * times
    return out
