"""One-way national tables from the newest version of each month (D31). Pure: rows in, data set out.

A total is never stored: it is the sum of what the named organizations reported, so leaving one out
removes all of its figures from every cell (§7B.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from forms_app.common.figures import Cell, DataSet, Period, Table

from .codes import TABLES, Section

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """The newest version of one organization's month."""

    organization: UUID
    month: date
    version: str
    counts: Counts


def consolidate(
    period: Period, organizations: Sequence[UUID], tables: Sequence[str], rows: Iterable[Row]
) -> DataSet:
    """The data set of just ``organizations``; ``rows`` of others and of other months are left out whole.

    A cell's contributors are organizations whose own number over the whole period is not zero (trap 28).
    Raises ValueError for a table that is not on offer.
    """
    by_code = {section.code: section for section in TABLES}
    if unknown := [code for code in tables if code not in by_code]:
        raise ValueError(f"Not a table on offer: {', '.join(unknown)}")
    chosen = frozenset(organizations)
    mine = [row for row in rows if row.organization in chosen and period.first <= row.month <= period.last]
    return DataSet(
        period=period,
        tables=tuple(_table(by_code[code], mine) for code in tables),
        organizations=tuple(sorted(chosen)),
        versions=tuple(sorted(row.version for row in mine)),
        asked_tables=tuple(tables),
    )


def _table(section: Section, rows: Sequence[Row]) -> Table:
    cells = []
    for (code, _label), name in zip(section.rows, section.names, strict=True):
        by_organization: dict[UUID, int] = defaultdict(int)
        for row in rows:
            by_organization[row.organization] += row.counts.get(name, 0)
        own = [number for number in by_organization.values() if number > 0]
        cells.append(Cell(code, sum(own), len(own)))
    return Table(section.code, tuple(cells))
