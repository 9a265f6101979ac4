"""How far the standards are shared, by organization (§4.h)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from signatories.models import Organization
from signatories.selectors import signatories_on

from .models import CascadeRecord


@dataclass(frozen=True, slots=True)
class Reach:
    """``reached`` of ``people``, over the newest record of each audience."""

    reached: int
    people: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means everybody; None where nothing is recorded."""
        return self.reached * 100 // self.people if self.people else None


@dataclass(frozen=True, slots=True)
class Row:
    """One organization with its reach and the day of its newest sharing."""

    organization: Organization
    reach: Reach
    last_on: date | None


def records(edition_number: int, organization_id: UUID | None = None) -> list[CascadeRecord]:
    """Records of an edition and its minor editions, oldest first. One query."""
    rows = CascadeRecord.objects.filter(edition_number=edition_number)
    if organization_id is not None:
        rows = rows.filter(organization=organization_id)
    return list(rows.order_by("at"))


def reach(rows: Iterable[CascadeRecord]) -> Reach:
    """Of several records for one audience the newest counts. ``rows``: oldest first."""
    newest = {row.audience: row for row in rows}
    return Reach(sum(row.reached for row in newest.values()), sum(row.people for row in newest.values()))


def by_organization(edition_number: int, day: date) -> list[Row]:
    """Every signatory of ``day``, those without a record too. Three queries whatever the number."""
    found: dict[UUID, list[CascadeRecord]] = {}
    for record in records(edition_number):
        found.setdefault(record.organization_id, []).append(record)
    return [
        Row(
            item,
            reach(found.get(item.pk, [])),
            max((row.shared_on for row in found.get(item.pk, [])), default=None),
        )
        for item in sorted(signatories_on(day), key=lambda item: item.name_en)
    ]
