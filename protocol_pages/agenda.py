"""Agenda items that slices add to a meeting: they register a source, meetings ask all of them.

An item is derived at the moment of reading and never copied into the page, so that what is private in a
slice stays under the slice's own policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from audit.actors import Actor


@dataclass(frozen=True)
class Item:
    """One item. ``clause``: what asks for it; ``url``: where the actor sees more, empty for nothing."""

    title: StrOrPromise
    clause: str
    url: str = ""


Source = Callable[[Any, Actor, datetime], Iterable[Item]]  # (the meeting page, actor, now in UTC)
_sources: list[Source] = []


def register(source: Source) -> None:
    """Called by a slice's ``AppConfig.ready``."""
    _sources.append(source)


def items_for(meeting: Any, actor: Actor, now: datetime) -> list[Item]:
    """What slices put on the agenda of ``meeting`` for ``actor``."""
    return [item for source in _sources for item in source(meeting, actor, now)]
