"""Every URL pattern of the site with an address that resolves to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

NO_SUCH_ID = "00000000-0000-4000-8000-000000000000"
_TYPICAL = ("9.i", "9", "1", "v1", "2022-01-31", "2025-01")
GUESSES = ("999999", "no-such", NO_SUCH_ID, *_TYPICAL, "a/b", "x", "axes", "no-such/", "release", "en", "")


@dataclass(frozen=True)
class Address:
    """One pattern: where it leads, and an address (None where no sample matched)."""

    route: str
    path: str | None
    view: Callable[..., Any]
    namespaces: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        return self.route


def addresses() -> list[Address]:
    """All patterns of ROOT_URLCONF, with the language prefix ``en``."""
    return list(_walk(get_resolver(), "", "", ()))


def _walk(resolver: URLResolver, route: str, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        for sample in _samples(entry):
            path = prefix + sample
            if isinstance(entry, URLResolver):
                inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
                yield from _walk(entry, here, path, inside)
                break
            if _leads_to(f"/{path}", entry) or sample == _samples(entry)[-1]:
                reached = f"/{path}" if _leads_to(f"/{path}", entry) else None
                yield Address(here, reached, entry.callback, namespaces, entry.name or "")
                break


def _samples(entry: URLPattern | URLResolver) -> list[str]:
    pattern = entry.pattern
    if isinstance(pattern, RoutePattern):
        kinds = [type(converter).regex for converter in pattern.converters.values()]
        fitting = iter(
            [next((g for g in GUESSES if re.fullmatch(kind, g)), f"no sample for {kind}") for kind in kinds]
        )
        return [re.sub(r"<[^>]+>", lambda match: next(fitting), str(pattern))]
    if isinstance(pattern, RegexPattern):
        shape, names = normalize(str(pattern).removeprefix("^"))[0]
        return [shape % dict.fromkeys(names, guess) for guess in GUESSES]
    return [str(pattern)]  # the language prefix


def _leads_to(path: str, entry: URLPattern) -> bool:
    try:
        return resolve(path).func is entry.callback
    except Resolver404:
        return False
