"""Texts in other languages that stand beside an edition (D4): unofficial, a reviewer's, never the software's.

The slice that keeps them registers itself; the reader, the clause and the search only show what it gives. An
edition's own words, hash and files know nothing of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django_stubs_ext import StrOrPromise

from .blocks import LETTERHEAD, Block, direction
from .canonical import canonical_block
from .models import Edition


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whose text it is. ``reviewed_on``: a calendar date, as the reviewer gave it."""

    name: str
    title: str
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class Twin:
    """One block in another language. ``newer``: the English of the edition shown has other words than it translates."""

    text: str
    newer: bool
    reviewer: Reviewer


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one edition in one language, by block id. ``of``: how many blocks could have one."""

    language: str
    twins: Mapping[str, Twin]
    of: int

    @property
    def name(self) -> StrOrPromise:
        """The language, as the settings call it."""
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def reviewers(self) -> list[Reviewer]:
        """Everybody whose text is shown, the newest review first."""
        found = {twin.reviewer for twin in self.twins.values()}
        return sorted(found, key=lambda one: (one.reviewed_on, one.name), reverse=True)

    @property
    def newer(self) -> int:
        """How many blocks are marked."""
        return sum(1 for twin in self.twins.values() if twin.newer)

    @property
    def version(self) -> str:
        """Changes with every word, name and mark: part of the key under which a rendered text is kept."""
        return hashlib.sha256(repr((self.language, sorted(self.twins.items()))).encode()).hexdigest()[:16]


Languages = Callable[[Edition], Sequence[str]]
Source = Callable[[Edition, str], Beside | None]
_sources: list[tuple[Languages, Source]] = []


def register(languages: Languages, source: Source) -> None:
    """Called by the ``ready`` of the slice that keeps the texts: which languages there are, and one of them."""
    _sources.append((languages, source))


def languages(edition: Edition) -> list[tuple[str, StrOrPromise]]:
    """Languages that may stand beside an edition, with their names. One query."""
    found = {code for ask, _source in _sources for code in ask(edition)}
    return [(code, name) for code, name in settings.LANGUAGES if code in found]


def beside(edition: Edition, language: str) -> Beside | None:
    """The confirmed text in one language; None where there is none, and for any other word. One query."""
    if language not in dict(settings.LANGUAGES):
        return None
    for _languages, source in _sources:
        found = source(edition, language)
        if found is not None and found.twins:
            return found
    return None


def all_beside(edition: Edition) -> list[Beside]:
    """Every language that there is, for one clause. One query, and one for each language."""
    found = (beside(edition, code) for code, _name in languages(edition))
    return [text for text in found if text is not None]


def translatable(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that a text in another language may stand beside: all English ones but the letterhead."""
    return [block for block in blocks if block.lang == "en" and block.kind != LETTERHEAD]


def language_name(language: str) -> StrOrPromise:
    """The name of a language of the settings."""
    return dict(settings.LANGUAGES).get(language, language)


def fingerprint_of(block: Block) -> str:
    """SHA-256 of a block's words in canonical form (D1): what a translation is bound to, whatever its number."""
    return hashlib.sha256(canonical_block(block.text).encode()).hexdigest()
