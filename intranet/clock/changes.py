"""What changed since the last visit, for one capacity: sources that slices register, read in ONE query.

A source gives a queryset in the shape of ``columns``; all of them are united, so that Home asks once
however many slices there are. Nothing is marked as seen: rows are derived from when things happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from audit.ledger import Kind
from audit.models import Event

FIRST_VISIT = timedelta(days=30)  # calendar days shown to somebody who was never here (network practice)


class Row(NamedTuple):
    """One row of a source: when, from which source, and up to four words of its own."""

    at: datetime
    source: str
    ref: str
    label: str
    word: str
    more: str


@dataclass(frozen=True)
class Change:
    """One line for people. ``at``: UTC instant."""

    what: StrOrPromise
    url: str
    at: datetime


Rows = Callable[[Actor, datetime], "QuerySet[Any] | None"]


@dataclass(frozen=True)
class Source:
    """``rows(actor, since)``: what the actor may know of, as ``columns``; None for a capacity it is not for.

    ``show``: a row in words, with its address.
    """

    name: str
    rows: Rows
    show: Callable[[Row], Change]


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Called by each slice's AppConfig.ready; a second registration of a name is a mistake."""
    for source in sources:
        if source.name in _sources:
            raise ValueError(f"{source.name} is registered twice")
        _sources[source.name] = source


def columns(rows: QuerySet[Any], at: str, **words: Any) -> QuerySet[Any]:
    """``rows`` as the columns of a change. ``words``: ref, label, word, more, as field names or expressions."""
    named: Mapping[str, Any] = {
        f"change_{name}": Cast(given if hasattr(given, "resolve_expression") else F(given), CharField())
        if (given := words.get(name)) is not None
        else Value("", CharField())
        for name in ("ref", "label", "word", "more")
    }
    shaped = rows.order_by().annotate(change_at=F(at), **named)
    return shaped.values_list("change_at", "change_ref", "change_label", "change_word", "change_more")


def newest_events(
    actor: Actor, since: datetime, chosen: Q, word: str = "action", more: Any = "organization"
) -> QuerySet[Any]:
    """The newest event of each object among ``chosen``, the actor's own acts left out, as ``columns``.

    ref: the object's id; label: the reference people know it by; word: the act, or another field of the
    event; more: for which organization the person acted, or another expression of the event.
    """
    events = Event.objects.filter(chosen, at__gt=since, outcome="done", kind=Kind.ACT)
    if actor.user_id is not None:
        events = events.exclude(actor_id=actor.user_id)
    newer = events.filter(
        object_type=OuterRef("object_type"),
        object_id=OuterRef("object_id"),
        sequence__gt=OuterRef("sequence"),
    )
    return columns(
        events.filter(~Exists(newer)),
        "at",
        ref="object_id",
        label="object_label",
        word=word,
        more=more,
    )


def since(actor: Actor, last_visit: datetime | None, now: datetime, limit: int) -> list[Change]:
    """The newest ``limit`` changes since the last visit (UTC), newest first. One query."""
    begin = last_visit if last_visit is not None else now - FIRST_VISIT
    found = [
        rows.annotate(change_source=Value(name, CharField())).values_list(
            "change_at", "change_source", "change_ref", "change_label", "change_word", "change_more"
        )
        for name, rows in _asked(actor, begin)
    ]
    if not found:
        return []
    united = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return [_sources[row[1]].show(Row(*row)) for row in united.order_by("-change_at")[:limit]]


def _asked(actor: Actor, begin: datetime) -> Iterable[tuple[str, QuerySet[Any]]]:
    for name in sorted(_sources):
        rows = _sources[name].rows(actor, begin)
        if rows is not None:
            yield name, rows
