"""One search over the clauses in force, the published pages and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

from . import spelling, texts
from .editions import reader, selectors
from .editions.reader import ShownBlock
from .reference import GlossaryTerm
from .visible import viewable_pages

LIMIT = 20  # results of each kind


@dataclass(frozen=True)
class Found:
    """What a search found, by kind. Nothing in it that the person may not open."""

    clauses: tuple[ShownBlock, ...]
    pages: tuple[Any, ...]
    terms: tuple[Any, ...]

    @property
    def count(self) -> int:
        return len(self.clauses) + len(self.pages) + len(self.terms)


def find(request: HttpRequest, q: str, on: date, capacity: str) -> Found:
    """Search for ``q`` (all words) as the request's person in ``capacity`` on a calendar day."""
    if not q:
        return Found((), (), ())
    try:
        clauses = reader.search(selectors.edition_in_force(on), q, capacity)[:LIMIT]
    except selectors.NoEdition:
        clauses = []
    wanted = texts.query(q)
    pages = texts.matching(viewable_pages(request), wanted)[:LIMIT].specific() if wanted is not None else []
    return Found(tuple(clauses), tuple(pages), tuple(_terms(q)))


def _terms(q: str) -> list[GlossaryTerm]:
    """Terms that say all words, in any of the spellings of a word."""
    wanted = list(spelling.words(q))
    if not wanted:
        return []

    def says(term: GlossaryTerm) -> bool:
        told = (term.term, term.definition, term.term_ar, term.definition_ar, term.term_ckb)
        text = spelling.folded(" ".join(told))
        return all(word in text for word in wanted)

    return [term for term in GlossaryTerm.objects.filter(retired=False) if says(term)][:LIMIT]


def kind_of(page: Any) -> StrOrPromise:
    """What a found page is, in words."""
    name: StrOrPromise = page.specific_class._meta.verbose_name
    return name
