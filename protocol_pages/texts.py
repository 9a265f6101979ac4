"""The words by which pages are found: title, summary, text and the text of the file, folded (``spelling``).

One row a page, derived from what is published. Search asks one indexed column, always under the filter of
what the person may open (W4); nothing here is shown to anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.utils.html import strip_tags

from . import spelling

MOST_WORDS = 250_000  # bytes of different words of one text; PostgreSQL takes a megabyte
LONGEST_QUERY = 12  # words
_PREFIX = 3  # letters from which a word also stands for longer ones


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page says, by how much it tells of it."""

    title: str
    about: str = ""
    body: str = ""
    file: str = ""


def plain(html: str) -> str:
    """The words of an editor's text, those of neighbouring paragraphs apart."""
    return strip_tags(html.replace(">", "> "))


def keep(page_id: int, said: Spoken) -> None:
    """Write the words of a page over the earlier ones."""
    from .search_models import PageText

    PageText.objects.update_or_create(
        page_id=page_id,
        defaults={
            "title": spelling.folded(said.title),
            "about": spelling.folded(said.about),
            "body": spelling.folded(said.body, MOST_WORDS),
            "file": spelling.folded(said.file, MOST_WORDS),
        },
    )


def query(text: str) -> SearchQuery | None:
    """All words of ``text``, each also as the beginning of a longer one; None where there is no word."""
    wanted = []
    for word in list(dict.fromkeys(spelling.words(text)))[:LONGEST_QUERY]:
        plain = re.sub(r"[^\w]", "", word)
        if plain:
            wanted.append(f"{plain}:*" if len(plain) >= _PREFIX else plain)
    return SearchQuery(" & ".join(wanted), search_type="raw", config="english") if wanted else None


def matching(pages: Any, wanted: SearchQuery) -> Any:
    """``pages`` (already filtered by what the person may open) that say all words, best first."""
    found = pages.filter(words__vector=wanted).annotate(rank=SearchRank("words__vector", wanted))
    return found.order_by("-rank", "-first_published_at")
