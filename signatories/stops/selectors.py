"""What is asked about stops, each with a bounded number of queries. Days: the network's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intranet.network.once import once

from ..models import EntryKind, Organization, ParticipationEntry
from ..selectors import entries_on, positions_on
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
    """Suspensions and stops of flow that hold on the day. Two queries, once a page."""
    return once(("stops that hold", day), lambda: _holding(day))


def _holding(day: date) -> Holding:
    positions = positions_on(day)
    stopped = [pk for pk, found in positions.items() if found.suspended or found.flow_stopped]
    rows = list(Organization.objects.filter(pk__in=stopped)) if stopped else []

    def strand(facts: Iterable[tuple[Organization, Fact | None]]) -> tuple[Held, ...]:
        held = [Held(row, fact) for row, fact in facts if isinstance(fact, ParticipationEntry)]
        return tuple(sorted(held, key=lambda item: item.entry.effective_on))

    return Holding(
        strand((row, positions[row.pk].suspension) for row in rows),
        strand((row, positions[row.pk].flow_stop) for row in rows),
    )


def unacknowledged(side: Side) -> list[ParticipationEntry]:
    """Withdrawals that stand and that this side has not acknowledged, oldest first.

    From the ledger that a page reads once; one query more, and only where somebody withdrew.
    """
    left = [entry for entry in entries_on(date.max) if entry.kind == EntryKind.WITHDRAWN]
    if not left:
        return []
    given = set(Acknowledgement.objects.filter(side=side, entry__in=left).values_list("entry", flat=True))
    return sorted((entry for entry in left if entry.pk not in given), key=lambda entry: entry.recorded_at)


def acknowledgements(entry: ParticipationEntry) -> dict[Side, Acknowledgement | None]:
    """Both sides of a withdrawal; None where it was not acknowledged yet. One query."""
    given = {Side(row.side): row for row in Acknowledgement.objects.filter(entry=entry)}
    return {side: given.get(side) for side in Side}
