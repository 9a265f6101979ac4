"""The library's list and search over five thousand resources against one plain indexed query of the same words."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from protocol_pages import shelves, texts
from protocol_pages.models import PageText, ResourceIndexPage, ResourceKind, ResourcePage
from tests.bench.timing import interleaved

RESOURCES = 5000
_WORDS = ("training", "reporting", "prevention", "assistance", "coordination", "investigation", "monitoring")
_AREAS = ("management", "prevention", "response")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
QUERIES = {
    "list": "",
    "one common word": "q=training",
    "two words": "q=handbook+assistance",
    "a choice": "kind=tool",
}


def build(number: int = RESOURCES) -> None:
    """Published resources, written straight into the tables for measuring."""
    index = ResourceIndexPage.objects.get()
    kind, locale, at = ContentType.objects.get_for_model(ResourcePage), Locale.objects.first(), timezone.now()
    first = index.numchild + 1
    pages = Page.objects.bulk_create(
        Page(
            title=f"Handbook {n} on {_WORDS[n % 7]}",
            draft_title=f"Handbook {n}",
            slug=f"bench-{n}",
            content_type=kind,
            locale=locale,
            path=index.path + _step(first + n),
            depth=index.depth + 1,
            url_path=f"{index.url_path}bench-{n}/",
            live=True,
            first_published_at=at,
            last_published_at=at,
        )
        for n in range(number)
    )
    index.numchild += number
    index.save()
    rows = [
        (
            *(p.pk, "en", "Summary", "", ResourceKind.values[n % 9], _AREAS[n % 3], "", 2000 + n % 25),
            *(f"Body {n % 30}", "Iraq" if n % 2 else "", "", "everybody", "", "", ""),
        )
        for n, p in enumerate(pages)
    ]
    columns = (
        "page_ptr_id, language, summary, body, kind, area, also_available_in, year, author, country, article"
    )
    columns += ", audience, size, external_url, source_note"
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO protocol_pages_resourcepage ({columns}) VALUES ({marks})", rows)
    PageText.objects.bulk_create(
        PageText(
            page_id=p.pk, title=p.title.lower(), about="summary", body=f"{_WORDS[n % 5]} text " * 20, file=""
        )
        for n, p in enumerate(pages)
    )


def _step(number: int) -> str:
    found = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found


def asked(query: str) -> HttpRequest:
    """The list's request of somebody who may see everything."""
    request = HttpRequest()
    request.GET = QueryDict(query)
    request.session = {}  # type: ignore[assignment]
    return request


def ours(query: str) -> None:
    """What the page asks: the resources of the first page, how many there are, every facet's counts."""
    index = ResourceIndexPage.objects.get()
    list(shelves.shelf(asked(query), index)["list"].object_list)


def plain(words: str) -> list[Any]:
    """One indexed query: the first page of resources that say the words."""
    rows = ResourcePage.objects.select_related("theme", "document")
    wanted = texts.query(words)
    rows = texts.matching(rows, wanted) if wanted else rows.order_by("-first_published_at")
    return list(rows[: shelves.ON_A_PAGE])


def table() -> list[tuple[str, ...]]:
    """A row a query: how many queries, how long, the plain query, the ratio."""
    found = []
    for name, query in QUERIES.items():
        with CaptureQueriesContext(connection) as captured:
            ours(query)
        words = QueryDict(query).get("q", "")
        mine, theirs = interleaved(12, partial(ours, query), partial(plain, words))
        found.append((name, f"{len(captured)}", f"{mine:.1f} ms", f"{theirs:.1f} ms", f"{mine / theirs:.1f}"))
    return found
