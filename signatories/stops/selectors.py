"""What is asked about stops, each with a bounded number of queries. Days: the network's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from intranet.network.once import once

from ..models import EntryKind, Organization, ParticipationEntry
from ..selectors import positions_on
from ..standing import Fact
from .models import Acknowledgement, Side


@dataclass(frozen=True)
class Held:
    """A stop that holds for an organization on a day."""

    organization: Organization
    entry: ParticipationEntry


@dataclass(frozen=True)
class Holding:
    """All stops that hold on a day, each strand oldest first."""

    suspensions: tuple[Held, ...]
    flow_stops: tuple[Held, ...]


def holding(day: date) -> Holding:
    """Suspensions and stops of flow that hold on the day. One query, once a page."""
    return once(("stops that hold", day), lambda: _holding(day))


def _holding(day: date) -> Holding:
    positions = positions_on(day).values()

    def strand(facts: Iterable[Fact | None]) -> tuple[Held, ...]:
        held = [Held(fact.organization, fact) for fact in facts if isinstance(fact, ParticipationEntry)]
        return tuple(sorted(held, key=lambda item: (item.entry.effective_on, item.organization.name_en)))

    return Holding(
        strand(found.suspension for found in positions), strand(found.flow_stop for found in positions)
    )


def unacknowledged(side: Side) -> QuerySet[ParticipationEntry]:
    """Withdrawals that stand and that this side has not acknowledged, oldest first."""
    return (
        ParticipationEntry.objects.filter(kind=EntryKind.WITHDRAWN, in_effect=True)
        .exclude(acknowledgements__side=side)
        .select_related("organization")
        .order_by("recorded_at")
    )


def acknowledgements(entry: ParticipationEntry) -> dict[Side, Acknowledgement | None]:
    """Both sides of a withdrawal; None where it was not acknowledged yet. One query."""
    given = {Side(row.side): row for row in Acknowledgement.objects.filter(entry=entry)}
    return {side: given.get(side) for side in Side}
