"""The register of one day against one plain indexed query for the ledger's rows that it is made of.

The plain query is what code of this product asks for: rows as Django gives them. The last column says how the
register compares with bare tuples of the same query, which nobody could show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from signatories.models import ParticipationEntry
from signatories.register.rows import register_on
from tests.bench import ten_years
from tests.bench.timing import interleaved

DAYS = (date(2017, 6, 30), date(2021, 6, 30), ten_years.LAST)


@dataclass(frozen=True)
class AnyDay:
    """Median milliseconds of the register with names and posts, of the plain query, and of bare tuples."""

    day: date
    rows: int
    queries: int
    ours: float
    plain: float
    tuples: float

    @property
    def ratio(self) -> float:
        return self.ours / self.plain


def register(times: int = 12, days: Sequence[date] = DAYS) -> list[AnyDay]:
    """Early, middle and last days of what ``ten_years.build`` has made."""
    found = []
    for day in days:
        with CaptureQueriesContext(connection) as captured:
            register_on(day, posts=True)
        times_of = interleaved(
            times,
            partial(register_on, day, posts=True),
            partial(objects, day),
            partial(tuples, day),
        )
        found.append(AnyDay(day, plain_query(day).count(), len(captured), *times_of))
    return found


COLUMNS = ("organization_id", "organization__name_en", "organization__kind", "kind", "effective_on")
COLUMNS += ("edition_label", "edition_sha256", "signer_name", "signer_title", "received_how", "recorded_by")


def plain_query(day: date) -> QuerySet[ParticipationEntry]:
    """The ledger's rows in effect by ``day`` with their organizations, as one asks Django for them."""
    rows = ParticipationEntry.objects.filter(in_effect=True, effective_on__lte=day)
    return rows.select_related("organization").order_by("organization_id", "effective_on", "number")


def objects(day: date) -> list[ParticipationEntry]:
    """The plain query, asked and read."""
    return list(plain_query(day))


def tuples(day: date) -> list[tuple[object, ...]]:
    """The same rows as bare tuples of what the register shows."""
    return list(plain_query(day).select_related(None).values_list(*COLUMNS))


def table() -> list[tuple[str, ...]]:
    """A row a day."""
    return [
        (
            *(f"{at.day}", f"{at.rows}", f"{at.queries}", f"{at.ours:.1f} ms", f"{at.plain:.1f} ms"),
            *(f"{at.ratio:.2f}", f"{at.ours / at.tuples:.2f}"),
        )
        for at in register()
    ]
