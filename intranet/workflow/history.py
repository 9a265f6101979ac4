"""What happened to one governed object: who did what, in which capacity, from what to what, refusals included.

An entry is one act: the event of the ledger with the history rows that it wrote (``Event.data["rows"]``).
What another organization did is taken out before anything is counted, numbered or compared (D10).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.actors import SYSTEM, Actor
from audit.ledger import Kind
from audit.models import Event
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, OVERSEERS, Capacity

from . import registry, wording
from .registry import GovernedObject

NETWORK = COORDINATION | OFFICE_AND_ASSISTANTS | {Capacity.CONTENT_EDITOR, SYSTEM}
ACCESS = frozenset({Kind.VIEW.value, Kind.DOWNLOAD.value})
PAGE = 25


@dataclass(frozen=True)
class Change:
    """One value before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line: who, when, in which capacity, what, from what to what, why.

    ``written``: what a new record held, field by field. ``version``: number of the version it made.
    """

    at: datetime
    what: str
    who: str
    capacity: str
    organization: str
    clause: str = ""
    reason: str = ""
    refused: bool = False
    changes: tuple[Change, ...] = ()
    written: tuple[Change, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Version:
    """The object as one history row holds it. ``number``: 1, 2, 3 … among those that the actor may see."""

    number: int
    at: datetime
    who: str
    capacity: str
    organization: str
    reason: str
    values: dict[str, Any]


@dataclass
class Item:
    """One act before it is put into words: its event, and the numbers of the versions that it made."""

    at: datetime
    event: Event | None = None
    versions: list[int] = field(default_factory=list)

    @property
    def order(self) -> tuple[datetime, int, int]:
        return self.at, self.event.sequence if self.event else 0, max(self.versions, default=0)


@dataclass(frozen=True)
class Wish:
    """Which part of a history is asked for. Days are calendar dates, both included.

    ``what``: empty for acts, changes and refusals; ``changes``, ``refused``, ``views``, ``all``.
    """

    what: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


class Sight:
    """Which acts an actor may know of: all for coordination, office and audit; else the own and the network's."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.everything = actor.capacity in OVERSEERS

    @cached_property
    def _names(self) -> set[str]:
        own = self.actor.organization_id
        return {self.actor.organization} | (registry.names_over_time(own) if own is not None else set())

    def event(self, event: Event) -> bool:
        """The own organization's acts, the network's done acts; no view or refusal of anybody else."""
        if self.everything or not event.organization:
            return True
        if event.organization_id is not None and event.organization_id == self.actor.organization_id:
            return True
        return event.capacity in NETWORK and event.outcome == "done" and event.kind == Kind.ACT

    def row(self, row: dict[str, Any]) -> bool:
        """A history row without an event: the organization stands in it as text."""
        name = row["history_organization"]
        return self.everything or not name or row["history_capacity"] in NETWORK or name in self._names


class History:
    """Everything that ``actor`` may know of what happened to ``obj``. Two queries, three at most."""

    def __init__(self, kind: GovernedObject, obj: Any, actor: Actor) -> None:
        self.kind, self.model = kind, kind.model
        self.fields = wording.shown_fields(kind.model)
        series = kind.said.series
        self._ids = [obj.pk] if series is None else list(series(obj).values_list("pk", flat=True))
        rows = self._rows()
        events = self._events([str(row["history_id"]) for row in rows])
        self.versions: list[Version] = []
        self.items = self._items(rows, events, Sight(actor))

    def _rows(self) -> list[dict[str, Any]]:
        names = [
            "history_id",
            "history_date",
            "history_type",
            "history_actor",
            "history_capacity",
            "history_organization",
            "history_change_reason",
        ]
        rows = self.model.history.filter(id__in=self._ids)  # type: ignore[attr-defined]
        return list(
            rows.order_by("history_date", "history_id").values(*names, *(f.attname for f in self.fields))
        )

    def _events(self, rows: Sequence[str]) -> list[Event]:
        own = Q(object_type=self.kind.type, object_id__in=[str(pk) for pk in self._ids])
        if rows:
            own |= Q(data__rows__has_any_keys=list(rows))
        return list(Event.objects.filter(own).order_by("sequence"))

    def _items(self, rows: list[dict[str, Any]], events: list[Event], sight: Sight) -> list[Item]:
        acts = {row: event for event in events for row in event.data.get("rows", ())}
        items: list[Item] = []
        by_event: dict[int, Item] = {}
        closed: set[int] = set()  # acts of which the actor may see no version
        for row in rows:
            event = acts.get(str(row["history_id"]))
            if not (sight.event(event) if event is not None else sight.row(row)):
                continue
            if self.kind.said.seen is not None and not self.kind.said.seen(row, sight.actor):
                closed.update((event.sequence,) if event is not None else ())
                continue
            self.versions.append(_version(len(self.versions) + 1, row, event))
            if event is None:
                if self._differs(len(self.versions)):
                    items.append(Item(row["history_date"], None, [len(self.versions)]))
                continue
            item = by_event.setdefault(event.sequence, Item(event.at, event))
            item.versions.append(len(self.versions))
        for event in events:
            if sight.event(event) and event.sequence not in closed - by_event.keys():
                by_event.setdefault(event.sequence, Item(event.at, event))
        return sorted([*items, *by_event.values()], key=lambda item: item.order, reverse=True)

    def _differs(self, number: int) -> bool:
        return number == 1 or self.versions[number - 1].values != self.versions[number - 2].values

    def found(self, wish: Wish, zone: ZoneInfo) -> list[Item]:
        """The acts that were asked for, newest first."""
        since = datetime.combine(wish.since, time.min, zone) if wish.since else None
        until = datetime.combine(wish.until + timedelta(days=1), time.min, zone) if wish.until else None
        word = wish.who.casefold()
        return [
            item
            for item in self.items
            if self._fits(item, wish.what)
            and (since is None or item.at >= since)
            and (until is None or item.at < until)
            and (not word or word in self._who(item).casefold())
        ]

    def _who(self, item: Item) -> str:
        return wording.who(item.event.actor_label if item.event else self.versions[item.versions[-1] - 1].who)

    def _fits(self, item: Item, what: str) -> bool:
        event = item.event
        viewed = event is not None and event.kind in ACCESS
        if what == "views":
            return viewed
        if what == "refused":
            return event is not None and event.outcome == "refused"
        if what == "changes":
            return any(self._differs(number) for number in item.versions)
        return what == "all" or not viewed

    def entries(self, items: Iterable[Item]) -> list[Entry]:
        """The acts in words. One query for each kind of record that a changed value points to."""
        listed = list(items)
        spans = [self._span(item) for item in listed]
        names = wording.Names()
        names.load(
            target
            for before, after in spans
            for version in (before, after)
            if version is not None
            for shown in self.fields
            if (target := wording.points_to(self.model, shown.name, version.values[shown.attname]))
        )
        return [self._entry(item, *span, names) for item, span in zip(listed, spans, strict=True)]

    def _span(self, item: Item) -> tuple[Version | None, Version | None]:
        if not item.versions:
            return None, None
        first, last = min(item.versions), max(item.versions)
        return (self.versions[first - 2] if first > 1 else None), self.versions[last - 1]

    def _entry(
        self, item: Item, before: Version | None, after: Version | None, names: wording.Names
    ) -> Entry:
        changes = self._changes(before, after, names) if before is not None and after is not None else ()
        written = self._written(after, names) if before is None and after is not None else ()
        number = after.number if after is not None else 0
        if item.event is not None:
            about_it = item.event.object_type == self.kind.type
            return of_event(item.event, changes, written, number, with_state=about_it and not number)
        assert after is not None
        return Entry(
            at=after.at,
            what=_("Written") if before is None else _("Changed"),
            who=wording.who(after.who),
            capacity=wording.capacity(after.capacity),
            organization=after.organization,
            reason=wording.reason(self.kind.type, after.reason),
            changes=changes,
            written=written,
            version=number,
        )

    def _changes(self, before: Version, after: Version, names: wording.Names) -> tuple[Change, ...]:
        return tuple(
            Change(wording.field_label(self.model, f.name), *self._said(f, (before, after), names))
            for f in self.fields
            if before.values[f.attname] != after.values[f.attname]
        )

    def _written(self, after: Version, names: wording.Names) -> tuple[Change, ...]:
        return tuple(
            Change(wording.field_label(self.model, f.name), "", *self._said(f, (after,), names))
            for f in self.fields
            if after.values[f.attname] not in (None, "", [])
        )

    def _said(
        self, shown: models.Field[Any, Any], versions: tuple[Version, ...], names: wording.Names
    ) -> list[str]:
        return [
            wording.value(self.model, shown.name, version.values[shown.attname], names)
            for version in versions
        ]


def _version(number: int, row: dict[str, Any], event: Event | None) -> Version:
    kept = {name: value for name, value in row.items() if not name.startswith("history_")}
    return Version(
        number=number,
        at=event.at if event is not None else row["history_date"],
        who=row["history_actor"],
        capacity=row["history_capacity"],
        organization=row["history_organization"],
        reason=row["history_change_reason"] or "",
        values=kept,
    )


def entries(obj: models.Model, actor: Actor) -> list[Entry]:
    """The whole history of ``obj`` in words, newest first, views included."""
    kind = registry.kind_of(type(obj))
    if kind is None:
        raise LookupError(type(obj).__name__)
    history = History(kind, obj, actor)
    return history.entries(history.items)


def of_event(
    event: Event,
    changes: tuple[Change, ...] = (),
    written: tuple[Change, ...] = (),
    version: int = 0,
    *,
    with_state: bool = True,
) -> Entry:
    """One event as a line; ``with_state``: a change of state is shown as from and to."""
    if with_state and event.state_after and event.state_before != event.state_after:
        before = wording.state(event.object_type, event.state_before) if event.state_before else _("new")
        changes = (Change(_("State"), before, wording.state(event.object_type, event.state_after)), *changes)
    return Entry(
        at=event.at,
        what=wording.act(event.action),
        who=wording.who(event.actor_label),
        capacity=wording.capacity(event.capacity),
        organization=event.organization,
        clause=event.clause,
        reason=wording.reason(event.object_type, event.reason),
        refused=event.outcome == "refused",
        changes=changes,
        written=written,
        version=version,
    )
