"""One spelling for the many of a word: what people type and what pages say are folded alike before search.

English: organisation and organization, programme and program, behaviour and behavior. Arabic: vowel marks and
the lengthening stroke go, the forms of alif, yeh, heh and kaf become one, the article goes with what is joined
to it, Arabic and Persian digits become Western ones. Kurdish letters fold to the Arabic ones that people type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېێ", "ي"),
        "ئ": "ي",
        "ؤ": "و",
        "ۆ": "و",
        **dict.fromkeys("ةەۀہھ", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        "ـ": None,
        "\u200c": None,
        **{digit: str(n) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, digit in enumerate(digits)},
    }
)
_ARTICLE = re.compile(r"^(?:[وفبك]{0,2}ال|لل)(?=\w{3})")
_BRITISH = (
    (re.compile(r"is(ations?|e|es|ed|ing|ers?)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|al|ally|able)?$"), r"or\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"gramme(s?)$"), r"gram\1"),
    (re.compile(r"(def|lic|off|pret)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"ll(ed|ing|ers?)$"), r"l\1"),
)
_WORD = re.compile(r"[\w]+")
LONGEST_WORD = 60  # letters


def fold(word: str) -> str:
    """One word in the one spelling under which it is kept and looked for."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain).casefold().translate(_LETTERS)
    if plain.isascii():
        for british, american in _BRITISH:
            if len(plain) > 4:
                plain = british.sub(american, plain)
        return plain
    return _ARTICLE.sub("", plain)


def words(text: str) -> Iterable[str]:
    """The folded words of a text, in its order."""
    for found in _WORD.findall(unicodedata.normalize("NFC", text.replace("_", " "))):
        if len(found) <= LONGEST_WORD and (folded := fold(found)):
            yield folded


def folded(text: str, most: int | None = None) -> str:
    """A text in the one spelling; with ``most`` (bytes) each word once, as many as fit."""
    if most is None:
        return " ".join(words(text))
    kept: dict[str, None] = {}
    size = 0
    for word in words(text):
        if word in kept:
            continue
        size += len(word.encode()) + 1
        if size > most:
            break
        kept[word] = None
    return " ".join(kept)
