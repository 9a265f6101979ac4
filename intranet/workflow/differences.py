"""Which words of two texts differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*\S+\s*")
SHORT = 3  # words: shorter values are shown whole, one against the other
LONGEST = 1500  # words: longer texts are compared line by line


@dataclass(frozen=True)
class Part:
    """A stretch of text: ``same``, ``removed`` (stands in the older text alone) or ``added``."""

    kind: str
    text: str


def sides(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """The older and the newer text, each in parts, differing words marked."""
    left, right = _tokens(old), _tokens(new)
    if min(len(old.split()), len(new.split())) <= SHORT:
        return [Part("removed", old)], [Part("added", new)]
    matcher = SequenceMatcher(None, left, right)
    if matcher.ratio() < 0.3:
        return [Part("removed", old)], [Part("added", new)]
    before: list[Part] = []
    after: list[Part] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            before.append(Part("same", "".join(left[a:b])))
            after.append(Part("same", "".join(right[c:d])))
            continue
        if b > a:
            before.append(Part("removed", "".join(left[a:b])))
        if d > c:
            after.append(Part("added", "".join(right[c:d])))
    return before, after


def _tokens(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= LONGEST else text.splitlines(keepends=True)
