"""The state of play of the whole network, for whoever takes over: floors above register their parts (D8).

A part is derived when it is asked for: facts, calendar and ``now``; nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django_stubs_ext import StrOrPromise

from .due import Standing


@dataclass(frozen=True)
class Line:
    """One line: what it is, how it stands, the next action and until when (last day, the network's zone)."""

    what: StrOrPromise
    state: StrOrPromise = ""
    next: StrOrPromise = ""
    last_day: date | None = None
    url: str = ""
    standing: Standing = Standing.OPEN


@dataclass(frozen=True)
class Part:
    """``nothing``: the sentence where there is no line. ``rule``: the clause, or "practice"."""

    title: StrOrPromise
    lines: tuple[Line, ...]
    nothing: StrOrPromise
    rule: str
    order: int = 50


Source = Callable[[datetime], Iterable[Part]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Called by a slice's AppConfig.ready; ``source(now)`` shows what coordination and office may see."""
    _sources.append(source)


def parts(now: datetime) -> list[Part]:
    """All parts at ``now`` (UTC), in their order."""
    return sorted((part for source in _sources for part in source(now)), key=lambda part: part.order)
