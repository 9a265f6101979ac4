"""Names of receiving parties as people type them. Pure; nothing here decides that two names are one party.

``key``: names that differ only in case, spaces, punctuation or invisible marks are the same name. ``near``:
whether two names are so alike that a person must say whether they are one party.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.82  # ratio of difflib from which two names are near; below it nobody is asked

# Words that many names share and that alone tell no party from another.
_SHARED = (
    "a an and at de des du for in la le of on the to al agency association foundation fund group institute "
    "ngo ingo office organisation organization trust country international mission national regional inc llc "
    "ltd gmbh example منظمة مؤسسة مكتب وكالة جمعية صندوق الدولية مثال"
)
COMMON = frozenset(_SHARED.split())
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})


def key(name: str) -> str:
    """The name without case, punctuation, tatweel, vowel signs and invisible marks; words by single spaces."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    plain = "".join(char if char.isalnum() else " " for char in text)
    return " ".join(plain.split())


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.translate(_ARABIC))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    words = text.split()
    return [_folded(word) for word in words if word not in COMMON] or [_folded(word) for word in words]


def _initials(text: str) -> set[str]:
    every, own = text.split(), _words(text)
    return {"".join(_folded(word)[0] for word in some) for some in (every, own) if len(some) > 1}


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def near(one: str, other: str) -> bool:
    """Whether two different keys may be one party: alike in spelling, one within the other, or its initials."""
    if one == other or not one or not other:
        return False
    first, second = set(_words(one)), set(_words(other))
    if first <= second or second <= first:
        return True
    joined = [_folded(name).replace(" ", "") for name in (one, other)]
    if joined[0] in _initials(other) or joined[1] in _initials(one):
        return True
    by_words = ["".join(sorted(first)), "".join(sorted(second))]
    return any(
        _alike(*sorted(pair)) for pair in (joined, by_words)
    )  # sorted: difflib's ratio has a direction
