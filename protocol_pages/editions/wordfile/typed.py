"""Numbers that somebody typed before a text, and what kind of list a number belongs to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..blocks import DASH
from .numbering import roman

BULLETS = "•▪◦●○■□❑➢►✓✔☐☒⁃∙·–—−-"
_WORDS = "Article|Section|Clause|Annex|Part|Chapter|Principle|المادة|البند|القسم|الفصل|الملحق|مادة|بند"
_NUMBER = re.compile(
    rf"(?P<bullet>(?:[{re.escape(BULLETS)}]{{1,2}}|\*)(?=\s))|"
    rf"(?P<worded>(?:{_WORDS})\s+(?:\d{{1,3}}|[IVXLC]{{1,6}}|[A-Z])\s?[.:)–-]?(?=\s|$))|"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,3}[.)]?(?=\s)|"
    r"\(?(?:\d{1,3}|[\u0660-\u0669]{1,3}|[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6}|[أ-ي])[.)][-–]?(?=\s))|"
    r"(?P<bare>\d{1,3}(?:\.\d{1,3})*\.?(?=\t))"
)
_CORE = re.compile(r"(\d+)(?!.*\d)|([\u0660-\u0669]+)|\b([A-Za-z]+)\b|([أ-ي])")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_ROMANS = {roman(value): value for value in range(1, 200)}
DECIMAL, LOWER, UPPER, LOW_ROMAN, UP_ROMAN, OTHER = "decimal", "lower", "upper", "roman", "ROMAN", "other"


@dataclass(frozen=True, slots=True)
class Number:
    """A number before a text. ``family``: numbers of one list look alike ("decimal|%.", "lower|(%)").

    ``values``: what it may count, by family: "c." is the third letter and a Roman hundred.
    """

    text: str
    values: tuple[tuple[str, int], ...]
    bullet: bool = False
    worded: bool = False

    @property
    def depth(self) -> int:
        """1 for "7.", 2 for "7.2"."""
        return self.text.rstrip(".)").count(".") + 1

    def value(self, family: str) -> int | None:
        """What it counts in a family, None where it is not of that family."""
        return dict(self.values).get(family)


def number_of(text: str, printed: str = "") -> Number:
    """The number as a value; ``printed`` where a bullet is printed as a dash."""
    if printed == DASH or text in BULLETS or text == "*":
        return Number(DASH, (("bullet", 0),), bullet=True)
    core = _CORE.search(text)
    if core is None:
        return Number(text, ((f"{OTHER}|{text}", 0),))
    shape = text[: core.start()] + "%" + text[core.end() :]
    token, values = core[0], []
    if token.translate(_DIGITS).isdecimal():
        values = [(DECIMAL, int(token.translate(_DIGITS)))]
    elif len(token) == 1 and token.isascii():
        values = [(LOWER, ord(token) - 96) if token.islower() else (UPPER, ord(token) - 64)]
    elif len(token) == 1:
        values = [(OTHER, 0)]
    if token.lower() in _ROMANS:
        values.append((LOW_ROMAN if token.islower() else UP_ROMAN, _ROMANS[token.lower()]))
    found = tuple((f"{family}|{shape}", value) for family, value in values or [(OTHER, 0)])
    return Number(text, found, worded=bool(re.match(_WORDS, text)))


def typed(text: str, raw: str) -> tuple[Number, int] | None:
    """The number at the beginning of a text and where the words begin; ``raw`` still has its tabs."""
    found = _NUMBER.match(raw.lstrip())
    if found is None:
        return None
    sign = " ".join(found[0].split())
    if not text.startswith(sign) or len(text) <= len(sign):
        return None
    number = number_of(sign, DASH if found["bullet"] else "")
    return number, len(sign)
