"""What a data set is, and who provides it: slices meet here, never each other (D8).

A data set is made of one-way tables for a whole period (D31). Its SHA-256 covers period, contributors
and every figure, so a late correction by one organization is another data set (D30, trap 13).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, both included; ``first`` and ``last`` are first days of months."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1 or self.first > self.last:
            raise ValueError(
                "A period runs from the first day of a month to the first day of the same or a later one"
            )

    def months(self) -> list[date]:
        """First day of every month of the period, in order."""
        months, month = [], self.first
        while month <= self.last:
            months.append(month)
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return months


@dataclass(frozen=True, slots=True)
class Cell:
    """``value``: reports received. ``contributors``: organizations whose own number here is not zero."""

    code: str
    value: int
    contributors: int


@dataclass(frozen=True, slots=True)
class Table:
    """A one-way national table. ``code``: ``nature`` or ``personnel``; labels are looked up by code."""

    code: str
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        return sum(cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class DataSet:
    """Consolidated figures of ``period`` from ``organizations`` (ids, sorted); counting unit: reports received.

    ``versions``: the report versions that went in, sorted, so that any correction changes the hash.
    """

    period: Period
    tables: tuple[Table, ...]
    organizations: tuple[UUID, ...]
    versions: tuple[str, ...]
    asked_tables: tuple[str, ...] = field(default=())

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 over everything above."""
        facts = {
            "period": [self.period.first.isoformat(), self.period.last.isoformat()],
            "tables": [[t.code, [[c.code, c.value, c.contributors] for c in t.cells]] for t in self.tables],
            "organizations": [str(o) for o in self.organizations],
            "versions": list(self.versions),
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def thin_cells(self, minimum: int) -> list[tuple[Table, Cell]]:
        """Non-empty cells with fewer than ``minimum`` non-zero contributors (D31, traps 27 and 28)."""
        return [
            (table, cell)
            for table in self.tables
            for cell in table.cells
            if cell.value > 0 and cell.contributors < minimum
        ]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The completeness line, numbers only (D22): ``included`` of ``signatories`` in the period.

    ``suspended``: kept out by a stop, whichever it is: no release tells that there is a breach (§9.f).
    """

    included: int
    signatories: int
    missing: int
    suspended: int


class Reading(Protocol):
    """The figures of some periods."""

    def contributors(self, period: Period) -> list[UUID]:
        """Organizations with an accepted report, nothing-to-report included, for a month of ``period`` (D22)."""

    def data_set(self, period: Period, organizations: Sequence[UUID], tables: Sequence[str]) -> DataSet:
        """The consolidated figures of just these organizations, from the newest version of each month."""


class FigureProvider(Reading, Protocol):
    """What the slice that keeps the monthly figures offers to the others; asks anew for each answer."""

    def reading(self, periods: Sequence[Period]) -> Reading:
        """The figures of these periods read at once: then every answer about one of them costs no query."""

    def completeness(
        self, period: Period, organizations: Sequence[UUID], today: date | None = None
    ) -> Completeness:
        """How complete a data set of these organizations is, in numbers, read on ``today`` (network's zone)."""

    def table_labels(self) -> dict[str, StrOrPromise]:
        """Tables on offer: code to title."""

    def row_labels(self, table: str) -> dict[str, StrOrPromise]:
        """Rows of one table: code to label, in the order they are printed."""


_providers: list[FigureProvider] = []


def register(provider: FigureProvider) -> None:
    """Called once, by the slice that keeps the figures."""
    if _providers:
        raise ValueError("There is one provider of figures")
    _providers.append(provider)


def provider() -> FigureProvider:
    """The registered provider; LookupError when the slice is not installed."""
    if not _providers:
        raise LookupError("No slice provides figures")
    return _providers[0]
