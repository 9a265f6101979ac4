"""Who saw or downloaded which figure (§3 "need to know", D15): noted with each view, read here.

Every screen and file that shows figures calls ``saw``. ``data["figures_of"]`` is the id of the
organization whose own figures they are, or ``network`` for figures of several organizations together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from audit import ledger
from audit.actors import Actor
from audit.ledger import Kind, Subject
from audit.models import Event
from intranet.access.roles import OVERSEERS, Capacity
from intranet.clock import wording as dates

from . import registry, wording
from .vocabulary import NOUNS

READERS = OVERSEERS
OWN_READERS = frozenset({Capacity.HEAD_OF_AGENCY})
PAGE = 50
MOST_LINES = 20_000  # lines of one CSV file; more is asked for by period
TOGETHER = "network"


def saw(
    actor: Actor,
    now: datetime,
    action: str,
    subject: Subject,
    *,
    of: UUID | None,
    clause: str = "§1",
    download: bool = False,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Note that ``actor`` is shown figures, or downloads them; the event never holds them.

    ``now``: UTC. ``of``: the organization whose own figures they are, None for several together.
    """
    return ledger.record(
        now=now,
        actor=actor,
        action=action,
        kind=Kind.DOWNLOAD if download else Kind.VIEW,
        subject=subject,
        clause=clause,
        data=dict(data or {}) | {"figures_of": str(of) if of is not None else TOGETHER},
    )


def found(values: Mapping[str, Any], zone: ZoneInfo) -> QuerySet[Event]:
    """Accesses to figures, newest first; days are calendar days of ``zone``, both included."""
    events = Event.objects.filter(data__has_key="figures_of").order_by("-sequence")
    if person := values.get("person"):
        events = events.filter(actor_label__icontains=person)
    if organization := values.get("organization"):
        acting_for = Q(organization__icontains=organization)
        events = events.annotate(owner=KT("data__figures_of")).filter(acting_for | _owned_by(organization))
    if about := values.get("about"):
        events = events.filter(Q(object_label__icontains=about) | Q(object_type__in=_types(about)))
    if kind := values.get("kind"):
        events = events.filter(kind=kind)
    if since := values.get("since"):
        events = events.filter(at__gte=datetime.combine(since, time.min, zone))
    if until := values.get("until"):
        events = events.filter(at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    return events


def of_organization(organization_id: UUID, values: Mapping[str, Any], zone: ZoneInfo) -> QuerySet[Event]:
    """Accesses to the own figures of one organization, newest first."""
    return found(values, zone).filter(data__figures_of=str(organization_id))


def _owned_by(words: str) -> Q:
    """Figures of organizations whose name holds the words."""
    kind = registry.find("organization")
    if kind is None:
        return Q(pk__in=[])
    named = kind.model._default_manager.filter(name_en__icontains=words)
    return Q(owner__in=named.values_list(Cast("pk", CharField()), flat=True))


def _types(words: str) -> list[str]:
    """Kinds of objects whose name, as the reader sees it, holds the words."""
    known = [kind.type for kind in registry.governed_objects()] + list(NOUNS)
    return [name for name in known if words.casefold() in wording.noun(name).casefold()]


@dataclass(frozen=True)
class Access:
    """One line: when, who in which capacity, what of whom, seen or downloaded."""

    at: datetime
    who: str
    capacity: str
    organization: str
    what: str
    whose: str
    downloaded: bool

    @property
    def how(self) -> str:
        return _("downloaded") if self.downloaded else _("seen")


def lines(events: Iterable[Event], *, own: UUID | None = None) -> list[Access]:
    """Events in words; one query for the names of the organizations.

    ``own``: for the Head of Agency of that organization. Names of its own people are shown; of others
    the capacity alone, which is all it needs to know (network practice, not protocol text).
    """
    listed = list(events)
    names = _names_of({event.data["figures_of"] for event in listed} - {TOGETHER})
    return [_line(event, names, own) for event in listed]


def _names_of(ids: set[str]) -> dict[str, str]:
    kind = registry.find("organization")
    if kind is None or not ids:
        return {}
    return {str(row.pk): str(kind.label(row)) for row in kind.model._default_manager.filter(pk__in=ids)}


def _line(event: Event, names: dict[str, str], own: UUID | None) -> Access:
    named = own is None or event.organization_id == own
    owner = event.data["figures_of"]
    return Access(
        at=event.at,
        who=wording.who(event.actor_label) if named else "",
        capacity=wording.capacity(event.capacity),
        organization=event.organization if named else "",
        what=f"{wording.act(event.action)}: {_about(event)}",
        whose=_("several organizations together") if owner == TOGETHER else names.get(owner, ""),
        downloaded=event.kind == Kind.DOWNLOAD,
    )


def _about(event: Event) -> str:
    label = wording.label(event.object_label)
    return f"{wording.noun(event.object_type)} {label}" if label else wording.noun(event.object_type)


def table(accesses: Iterable[Access], zone: ZoneInfo) -> list[list[str]]:
    """Rows of the CSV file, headings first; times are of ``zone``."""
    rows = [
        [_("When"), _("Person"), _("Capacity"), _("Organization"), _("What"), _("Whose figures"), _("How")]
    ]
    for line in accesses:
        local = line.at.astimezone(zone)
        when = f"{local.date().isoformat()} {dates.time_of_day(line.at, zone)}"
        rows.append([when, line.who, line.capacity, line.organization, line.what, line.whose, line.how])
    return rows
