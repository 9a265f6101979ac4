"""The library's list: facets, search, what is new since the last visit; coverage of languages for editors.

Everything asks ``viewable_pages`` first (W4). The number of queries does not grow with the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from intranet.access import session

from . import texts
from .reference import Area, ResourceTheme
from .visible import viewable_pages

if TYPE_CHECKING:
    from .resource_pages import ResourcePage

ON_A_PAGE = 15
MOST_CHOICES = 20  # of one facet; the commonest
LONGEST_QUERY = 100  # letters
FACETS: dict[str, StrOrPromise] = {
    "area": _("Area"),
    "theme": _("Theme"),
    "kind": _("Kind"),
    "language": _("Language"),
    "audience": _("For whom"),
    "country": _("Country"),
    "author": _("Body"),
    "year": _("Year"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet with how many resources it leaves under the other choices."""

    value: str
    label: StrOrPromise
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet of the filter panel."""

    name: str
    label: StrOrPromise
    choices: list[Choice]


class _Counted(Paginator):
    """The facets have counted already."""

    def __init__(self, rows: Any, size: int, number: int) -> None:
        super().__init__(rows, size)
        self._number = number

    @cached_property
    def count(self) -> int:
        return self._number


def _wanted(params: Mapping[str, str]) -> dict[str, str]:
    """Facets of the address that can be asked for; what no resource can have is ignored."""
    from .resource_pages import Audience, ResourceKind

    known: dict[str, Iterable[str]] = {
        "area": Area.values,
        "kind": ResourceKind.values,
        "audience": Audience.values,
        "language": dict(settings.LANGUAGES),
    }
    found = {}
    for name in FACETS:
        value = params.get(name, "").strip()[:200]
        if not value or (name in known and value not in known[name]) or "\0" in value:
            continue
        if name == "year" and not (value.isdecimal() and len(value) <= 4):
            continue
        found[name] = value
    return found


def _tagged(theme: str) -> Any:
    from .resource_pages import ResourcePage

    return ResourcePage.tags.through.objects.filter(resourcetheme__name=theme).values("resourcepage_id")


def _condition(name: str, value: str) -> Q:
    if name == "theme":
        return Q(theme__name=value) | Q(pk__in=_tagged(value))
    return Q(**{name: value})


def shelf(request: HttpRequest, index: Any) -> dict[str, Any]:
    """What the list shows for ``?q=&area=&theme=&kind=&language=&audience=&country=&author=&year=&new=1``."""
    from .resource_pages import ResourcePage

    params = request.GET
    q = " ".join(params.get("q", "").split())[:LONGEST_QUERY]
    wanted, since = _wanted(params), session.last_visit(request)
    rows = viewable_pages(request, ResourcePage.objects).child_of(index)
    searched = texts.query(q) if q else None
    if q:
        rows = rows.filter(words__vector=searched) if searched is not None else rows.none()
    only_new = bool(params.get("new")) and since is not None
    if only_new:
        rows = rows.filter(first_published_at__gt=since)
    conditions = {name: _condition(name, value) for name, value in wanted.items()}
    counted = _counts(rows, conditions)
    shown = rows.filter(*conditions.values())
    shown = texts.matching(shown, searched) if searched is not None else shown.order_by("-first_published_at")
    page = _page(
        shown.select_related("theme", "document"), counted.pop(("all", ""), 0), params.get("page", "1")
    )
    others = _others(request, page.object_list)
    for item in page.object_list:
        item.others = others.get(item.pk, [])
        item.is_new = (
            since is not None and item.first_published_at is not None and item.first_published_at > since
        )
    asked = {**wanted, **({"q": q} if q else {}), **({"new": "1"} if only_new else {})}
    return {
        "q": q,
        "list": page,
        "found": page.paginator.count,
        "facets": _facets(counted, wanted),
        "filtered": bool(asked),
        "since": since,
        "only_new": only_new,
        "query": urlencode(asked),
        "registers": viewable_pages(request).child_of(index).exclude(content_type__model="resourcepage"),
    }


def _page(rows: Any, count: int, number: str) -> ListPage[Any]:
    return _Counted(rows, ON_A_PAGE, count).get_page(number)


def _counts(rows: Any, conditions: Mapping[str, Q]) -> dict[tuple[str, str], int]:
    """How many resources each value of each facet leaves under the other choices, all in one query."""
    parts = [_all(rows.filter(*conditions.values()))]
    for name in FACETS:
        others = rows.filter(*(condition for key, condition in conditions.items() if key != name))
        parts.append(_one(others, name, "theme__name" if name == "theme" else name))
    tagged = rows.filter(*(condition for key, condition in conditions.items() if key != "theme"))
    parts.append(_one(tagged.filter(tags__isnull=False), "tag", "tags__name"))
    found: dict[tuple[str, str], int] = {}
    for facet, value, number in parts[0].union(*parts[1:], all=True):
        key = ("theme" if facet == "tag" else facet, value or "")
        found[key] = found.get(key, 0) + number
    return found


def _all(rows: Any) -> QuerySet[Any]:
    whole = rows.order_by().annotate(facet=Value("all", CharField()), value=Value("", CharField()))
    return whole.values("facet", "value").annotate(number=Count("pk")).values_list("facet", "value", "number")


def _one(rows: Any, name: str, field: str) -> QuerySet[Any]:
    named = rows.order_by().annotate(facet=Value(name, CharField()), value=Cast(F(field), CharField()))
    return named.values("facet", "value").annotate(number=Count("pk")).values_list("facet", "value", "number")


def _facets(counted: Mapping[tuple[str, str], int], wanted: Mapping[str, str]) -> list[Facet]:
    from .resource_pages import Audience, ResourceKind

    labels: dict[str, Mapping[str, StrOrPromise]] = {
        "area": dict(Area.choices),
        "kind": dict(ResourceKind.choices),
        "audience": dict(Audience.choices),
        "language": dict(settings.LANGUAGES),
        "theme": {theme.name: str(theme) for theme in ResourceTheme.objects.all()},
    }
    facets = []
    for name, label in FACETS.items():
        values = {value: n for (facet, value), n in counted.items() if facet == name and value}
        if chosen := wanted.get(name):
            values.setdefault(chosen, 0)
        ordered = sorted(values, key=lambda value: (-values[value], value))[:MOST_CHOICES]
        if chosen and chosen not in ordered:
            ordered.append(chosen)
        ordered.sort(key=lambda value: value if name != "year" else str(9999 - int(value)))
        named = labels.get(name, {})
        choices = [Choice(v, named.get(v, v), values[v], v == chosen) for v in ordered]
        if choices:
            facets.append(Facet(name, label, choices))
    return facets


def in_other_languages(request: HttpRequest, page: ResourcePage) -> list[ResourcePage]:
    """The same resource in other languages, as far as this person may open it."""
    from .resource_pages import ResourcePage

    first = page.translation_of_id or page.pk
    same = Q(pk=first) | Q(translation_of=first)
    found = viewable_pages(request, ResourcePage.objects).filter(same).exclude(pk=page.pk)
    return list(found.order_by("language"))


def _others(request: HttpRequest, pages: Iterable[ResourcePage]) -> dict[int, list[ResourcePage]]:
    """For each page of a list the same resource in other languages. One query for all."""
    from .resource_pages import ResourcePage

    firsts = {page.pk: page.translation_of_id or page.pk for page in pages}
    same = Q(pk__in=firsts.values()) | Q(translation_of__in=firsts.values())
    by_first: dict[int, list[ResourcePage]] = {}
    for found in viewable_pages(request, ResourcePage.objects).filter(same).order_by("language"):
        by_first.setdefault(found.translation_of_id or found.pk, []).append(found)
    return {pk: [p for p in by_first.get(first, []) if p.pk != pk] for pk, first in firsts.items()}


@dataclass(frozen=True)
class Covered:
    """One resource over the network's languages. ``cells``: page here, "elsewhere" or ""."""

    first: ResourcePage
    cells: list[tuple[str, Any]]
    missing: int


def coverage(request: HttpRequest) -> list[Covered]:
    """Which resource is there in which language, those with most gaps first. Constant number of queries."""
    from .resource_pages import ResourcePage

    pages = list(viewable_pages(request, ResourcePage.objects).order_by("title"))
    by_first: dict[int, list[ResourcePage]] = {}
    for page in pages:
        by_first.setdefault(page.translation_of_id or page.pk, []).append(page)
    names = {code: {name, english} for code, name, english in _named(languages())}
    found = []
    for key, same in by_first.items():
        first = next((page for page in same if page.pk == key), same[0])
        here = {page.language: page for page in same}
        said = " ".join(page.also_available_in for page in same).casefold()
        cells: list[tuple[str, Any]] = []
        for code in names:
            elsewhere = any(name.casefold() in said for name in names[code])
            cells.append((code, here.get(code) or ("elsewhere" if elsewhere else "")))
        found.append(Covered(first, cells, sum(1 for _code, cell in cells if not cell)))
    return sorted(found, key=lambda row: (-row.missing, row.first.title))


def _named(here: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str, str]]:
    english = {"ar": "Arabic", "en": "English", "ckb": "Kurdish"}
    for code, name in here:
        yield code, name, english.get(code, name)


def cross_walk() -> tuple[list[str], list[tuple[StrOrPromise, list[list[ResourceTheme]]]]]:
    """Themes by area and framework: the names of the frameworks, and for each area a cell for each of them."""
    themes = list(ResourceTheme.objects.filter(retired=False).exclude(area=""))
    frameworks = sorted({theme.framework for theme in themes})
    rows: list[tuple[StrOrPromise, list[list[ResourceTheme]]]] = []
    for value, label in Area.choices:
        mine = [theme for theme in themes if theme.area == value]
        rows.append((label, [[t for t in mine if t.framework == framework] for framework in frameworks]))
    return frameworks, rows


def languages() -> list[tuple[str, str]]:
    """Code and name of the languages that the network holds material in, in their order."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]
