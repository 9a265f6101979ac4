"""Read once a request what many rows of one page ask for: settings and calendars.

Only while a page (GET, HEAD) or one answer of many sources is being read; an act always reads afresh. Outside of
both nothing is remembered. A change of a remembered thing forgets it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

T = TypeVar("T")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("once_a_request", default=None)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` returns, made once while one page is read."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    found: T = memory[key]
    return found


def reading() -> bool:
    """Whether one page is being read, so that what is read once serves all of it."""
    return _memory.get() is not None


@contextmanager
def one_answer() -> Iterator[None]:
    """Many sources are read for one answer and nothing is written meanwhile; a page's own memory serves within it."""
    token = _memory.set({}) if _memory.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _memory.reset(token)


def forget(**_signal: Any) -> None:
    """Something remembered has changed (also a receiver of ``post_save``)."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()


class OnceMiddleware:
    """Opens the memory of one request that only reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _memory.set({} if request.method in {"GET", "HEAD"} else None)
        try:
            return self.get_response(request)
        finally:
            _memory.reset(token)
