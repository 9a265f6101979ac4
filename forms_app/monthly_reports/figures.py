"""This slice as the network's provider of figures (forms_app.common.figures)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from forms_app.common.figures import Completeness, DataSet, Period
from signatories.stops import effects
from signatories.stops.matrix import Completeness as Counted

from . import deadlines
from .codes import NATURE, PERSONNEL, SECTIONS
from .consolidation import Row, consolidate
from .models import MonthlyReport
from .selectors import Register, counts_of, newest_versions


class MonthsRead:
    """Figures of the months that were read. One query."""

    def __init__(self, months: Iterable[date], organizations: Sequence[UUID] | None = None) -> None:
        self._rows = [
            Row(version.report.organization_id, version.report.month, str(version.pk), counts_of(version))
            for version in newest_versions(months, organizations)
        ]

    def contributors(self, period: Period) -> list[UUID]:
        """Organizations with a report, nothing-to-report included, for a month of the period (D22)."""
        return sorted({row.organization for row in self._rows if period.first <= row.month <= period.last})

    def data_set(self, period: Period, organizations: Sequence[UUID], tables: Sequence[str]) -> DataSet:
        """The newest version of each month of just these organizations."""
        return consolidate(period, organizations, tables, self._rows)


class MonthlyFigures:
    """Figures of the monthly reports; counting unit: reports received."""

    def reading(self, periods: Sequence[Period]) -> MonthsRead:
        """All reports of the periods' months. One query."""
        return MonthsRead({month for period in periods for month in period.months()})

    def contributors(self, period: Period) -> list[UUID]:
        """Organizations with a report, nothing-to-report included, for a month of the period (D22). One query."""
        return sorted(
            MonthlyReport.objects.filter(month__range=(period.first, period.last))
            .order_by()
            .values_list("organization_id", flat=True)
            .distinct()
        )

    def data_set(self, period: Period, organizations: Sequence[UUID], tables: Sequence[str]) -> DataSet:
        """The newest version of each month of just these organizations. One query."""
        return MonthsRead(period.months(), organizations).data_set(period, organizations, tables)

    def completeness(
        self, period: Period, organizations: Sequence[UUID], today: date | None = None
    ) -> Completeness:
        """Numbers alone, nobody named (D22). Two queries.

        ``signatories``: signatories at the end of any month of the period that still are on ``today`` (None:
        the period's end). Of those that are not among ``organizations``: ``suspended`` if a stop keeps them
        out today, or kept them from reporting in the period; ``missing`` without a single report otherwise.
        """
        ends = [deadlines.last_of(month) for month in period.months()]
        read_on = max(today or ends[-1], ends[-1])
        register = Register.until(read_on)
        included = set(organizations)
        reported = set(self.contributors(period))
        signatories = suspended = missing = 0
        for organization in register.organizations:
            positions = [register.position(organization, end) for end in ends]
            now = register.position(organization, today or ends[-1])
            if organization in reported and organization in included:
                signatories += 1  # a signatory today, whatever was recorded of its past since it reported
                continue
            if effects.counts_as(now) == Counted.LEFT_OUT or not any(found.member for found in positions):
                continue
            signatories += 1
            if effects.counts_as(now) != Counted.COUNTED:
                suspended += 1
            elif organization not in reported:
                rested = any(effects.resting(found) is not None for found in positions)
                suspended, missing = suspended + rested, missing + (not rested)
        return Completeness(len(reported & included), signatories, missing, suspended)

    def table_labels(self) -> dict[str, StrOrPromise]:
        """Tables on offer, in the order of print."""
        return {
            NATURE.code: _("Allegations reported, by nature of allegation"),
            PERSONNEL.code: _("Allegations reported, by category of personnel"),
        }

    def row_labels(self, table: str) -> dict[str, StrOrPromise]:
        """Rows of one table; KeyError for a table that is not kept."""
        return dict(SECTIONS[table].rows)
