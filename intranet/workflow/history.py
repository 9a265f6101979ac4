"""What happened to one governed object: its history rows and the events about it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from audit.actors import Actor
from audit.models import Event
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, Capacity

from . import wording

SEES_EVERYBODY = COORDINATION | OFFICE_AND_ASSISTANTS | {Capacity.AUDITOR}
LONGEST = 500  # entries of one page


@dataclass(frozen=True)
class Change:
    """One value before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line: who, when, in which capacity, what, from what to what, why."""

    at: datetime
    what: str
    who: str
    capacity: str
    organization: str
    clause: str = ""
    reason: str = ""
    refused: bool = False
    changes: tuple[Change, ...] = ()


def entries(obj: models.Model, actor: Actor) -> list[Entry]:
    """History rows and events. Outside coordination, office and audit nobody sees what other
    organizations did (D10)."""
    found = [*_rows(obj), *_events(obj)]
    if actor.capacity not in SEES_EVERYBODY:
        found = [entry for entry in found if entry.organization in {"", actor.organization}]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:LONGEST]


def _rows(obj: Any) -> list[Entry]:
    rows = list(obj.history.order_by("history_date", "history_id")[:LONGEST])
    model = type(obj)
    found = []
    for number, row in enumerate(rows):
        changes = _changes(model, rows[number - 1], row) if number else ()
        what = {"+": _("Written"), "~": _("Changed"), "-": _("Removed")}[row.history_type]
        found.append(
            Entry(
                at=row.history_date,
                what=what,
                who=row.history_actor,
                capacity=wording.capacity(row.history_capacity),
                organization=row.history_organization,
                reason=row.history_change_reason or "",
                changes=changes,
            )
        )
    return [entry for number, entry in enumerate(found) if number == 0 or entry.changes]


def _changes(model: type[models.Model], before: Any, after: Any) -> tuple[Change, ...]:
    found = []
    for field in after.tracked_fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            name = field.name
            found.append(
                Change(
                    wording.field_label(model, name),
                    wording.value(model, name, old),
                    wording.value(model, name, new),
                )
            )
    return tuple(found)


def _events(obj: models.Model) -> list[Entry]:
    kind = str(obj._meta.model_name)
    events = Event.objects.filter(object_type=kind, object_id=str(obj.pk)).order_by("-sequence")[:LONGEST]
    return [of_event(event) for event in events]


def of_event(event: Event) -> Entry:
    """One event as a line; a change of state is shown as from and to."""
    changes: tuple[Change, ...] = ()
    if event.state_after and event.state_before != event.state_after:
        before = wording.state(event.object_type, event.state_before) if event.state_before else _("new")
        after = wording.state(event.object_type, event.state_after)
        changes = (Change(_("State"), before, after),)
    return Entry(
        at=event.at,
        what=wording.act(event.action),
        who=event.actor_label,
        capacity=wording.capacity(event.capacity),
        organization=event.organization,
        clause=event.clause,
        reason=event.reason,
        refused=event.outcome == "refused",
        changes=changes,
    )
