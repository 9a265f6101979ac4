"""Which terms of the glossary a text uses: shown under the protocol's text and beside form labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from .editions.blocks import direction
from .reference import GlossaryTerm


@dataclass(frozen=True, slots=True)
class Word:
    """A term as shown: in the page's language where a reviewer gave it, else in English."""

    pk: str
    term: str
    definition: str
    source: str
    language: str
    names: tuple[str, ...]  # as it may stand in a text

    @property
    def direction(self) -> str:
        return direction(self.language)


def all_words() -> list[Word]:
    """Every term in use, the longest first, so that "focal point" is found before "point". One query."""
    found = []
    for term in GlossaryTerm.objects.filter(retired=False):
        arabic = get_language() == "ar" and bool(term.definition_ar)
        found.append(
            Word(
                str(term.pk),
                (term.term_ar or term.term) if arabic else term.term,
                term.definition_ar if arabic else term.definition,
                term.source,
                "ar" if arabic else "en",
                tuple(name for name in (term.term, term.term_ar, term.term_ckb) if name),
            )
        )
    return sorted(found, key=lambda word: (-len(word.names[0]), word.term))


def used_in(text: str, words: Iterable[Word]) -> list[Word]:
    """The terms that stand in a text as whole words, an English plural included, by their place in it."""
    places: dict[str, tuple[int, Word]] = {}
    taken: list[tuple[int, int]] = []
    for word in words:
        for name in word.names:
            for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", text, re.IGNORECASE):
                if any(start <= hit.start() < end for start, end in taken):
                    continue
                taken.append(hit.span())
                first = places.get(word.pk)
                if first is None or hit.start() < first[0]:
                    places[word.pk] = (hit.start(), word)
    return [word for _place, word in sorted(places.values(), key=lambda row: row[0])]
