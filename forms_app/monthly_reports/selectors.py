"""What has been reported and what is awaited: every query of this slice, each bounded in number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Max, Min

from intranet.clock.business_days import BusinessCalendar, CalendarNotConfirmed
from intranet.clock.calendars import calendar_for
from intranet.network.models import NetworkSettings
from signatories.models import Organization, ParticipationEntry
from signatories.selectors import entries_on
from signatories.standing import Position, fold
from signatories.stops import effects
from signatories.stops.matrix import Stop

from . import content, deadlines
from .codes import ALREADY_SENT, RECEIVED
from .deadlines import AWAITED, REPORTED, Cell, Facts
from .models import IntakeVersion, MonthlyReport, ReportVersion

NOTHING_COUNTS: Mapping[str, int] = dict.fromkeys(content.MONTH.names(1), 0)  # what the statement says


@dataclass(frozen=True)
class Today:
    """The network's day, calendar and due days as they were set, read once: three queries."""

    day: date
    calendar: BusinessCalendar
    due_days: tuple[tuple[date, int], ...]

    @classmethod
    def at(cls, now: datetime) -> Today:
        """``now``: UTC instant."""
        calendar = calendar_for()
        settings = NetworkSettings.due_days()
        set_on = tuple((calendar.local_date(at) if at else date.min, day) for at, day in settings)
        return cls(calendar.local_date(now), calendar, set_on)

    def due_on(self, month: date) -> date | None:
        """The due day of a month; None where the calendar of its year is not confirmed: never a guess."""
        try:
            return deadlines.due_by(month, self.calendar, self.due_days)
        except CalendarNotConfirmed:
            return None


@dataclass(frozen=True)
class MonthRow:
    """One month of one organization. ``chased``, ``open``: today no stop keeps reminders away, nor closes the form."""

    month: date
    cell: Cell
    due: date | None
    report: MonthlyReport | None = None
    chased: bool = True
    open: bool = True

    @property
    def is_reported(self) -> bool:
        return self.cell.word in REPORTED

    @property
    def is_awaited(self) -> bool:
        return self.cell.word in AWAITED

    @property
    def is_asked(self) -> bool:
        """Awaited from an organization without such a stop today: only then does anybody remind."""
        return self.is_awaited and self.chased

    @property
    def may_go_on(self) -> bool:
        """Nobody asks for the month, and its form is open: a stop of flow, or a stop that was lifted (§9.e, §9.g)."""
        return self.cell.word in deadlines.RESTING.values() and self.open


@dataclass(frozen=True)
class GridRow:
    organization: Organization
    months: tuple[MonthRow, ...]


@dataclass(frozen=True)
class Complete:
    """``reported`` of ``asked`` organizations; those whose duty rests or that had not signed are not asked."""

    reported: int
    asked: int

    @property
    def missing(self) -> int:
        return self.asked - self.reported


@dataclass(frozen=True)
class Grid:
    """Months by organizations: a word in every cell, no figure anywhere."""

    months: tuple[date, ...]
    rows: tuple[GridRow, ...]
    today: Today

    @cached_property
    def complete(self) -> list[Complete]:
        """One count a month, in the order of ``months``."""
        counts = []
        for place in range(len(self.months)):
            cells = [row.months[place] for row in self.rows]
            reported = sum(1 for cell in cells if cell.is_reported)
            counts.append(Complete(reported, reported + sum(1 for cell in cells if cell.is_awaited)))
        return counts


class Register:
    """The participation ledger in memory: one query, then any day of any organization."""

    def __init__(self, entries: Iterable[ParticipationEntry]) -> None:
        self._entries: dict[UUID, list[ParticipationEntry]] = defaultdict(list)
        self.organizations: dict[UUID, Organization] = {}
        for entry in entries:
            self._entries[entry.organization_id].append(entry)
            self.organizations[entry.organization_id] = entry.organization

    @classmethod
    def until(cls, day: date, organization: Organization | None = None) -> Register:
        """Entries in effect up to ``day``."""
        if organization is None:
            return cls(entries_on(day))
        entries = ParticipationEntry.objects.filter(in_effect=True, effective_on__lte=day)
        entries = entries.filter(organization=organization).select_related("organization")
        return cls(entries.order_by("effective_on", "number"))

    def position(self, organization: UUID, day: date) -> Position:
        return fold(entry for entry in self._entries.get(organization, ()) if entry.effective_on <= day)

    def facts(self, organization: UUID, month: date, due: date, today: date) -> tuple[bool, Stop | None]:
        """(signatory, stop that rests or ends the duty): at its end, and on the due day or today if sooner."""
        end = deadlines.last_of(month)
        then = self.position(organization, end)
        later = self.position(organization, max(end, min(due, today)))
        if Stop.WITHDRAWAL in effects.in_force(later):
            return False, Stop.WITHDRAWAL
        return then.member and later.member, effects.resting(later) or effects.resting(then)


def _row(
    organization: UUID,
    month: date,
    report: MonthlyReport | None,
    register: Register,
    today: Today,
) -> MonthRow:
    due = today.due_on(month)
    measured = due or deadlines.last_of(deadlines.shifted(month, 1))  # without a calendar nothing is late
    signatory, rests = register.facts(organization, month, measured, today.day)
    sent_at = getattr(report, "sent_at", None)
    facts = Facts(
        signatory,
        rests,
        report.state if report else "",
        today.calendar.local_date(sent_at) if sent_at else None,
    )
    cell = deadlines.cell(facts, month, measured, today.day)
    now = register.position(organization, today.day)
    return MonthRow(month, cell, due, report, effects.is_chased(now), effects.takes_reports(now))


def _reports(
    months: Sequence[date], organization: Organization | None = None
) -> dict[tuple[UUID, date], MonthlyReport]:
    """Reports of the months, each with ``sent_at`` of its first version and ``newest_at``. One query."""
    reports = MonthlyReport.objects.filter(month__in=months)
    if organization is not None:
        reports = reports.filter(organization=organization)
    found = reports.annotate(sent_at=Min("versions__sent_at"), newest_at=Max("versions__sent_at"))
    return {(report.organization_id, report.month): report for report in found}


def recent_months(newest: date, count: int) -> list[date]:
    """``count`` months up to ``newest``, oldest first."""
    return [deadlines.shifted(newest, -back) for back in reversed(range(count))]


def own_months(organization: Organization, now: datetime, count: int = 24) -> list[MonthRow]:
    """An organization's months, newest first; months before it signed are left out. Five queries."""
    today = Today.at(now)
    months = recent_months(deadlines.newest_open(today.day), count)
    register = Register.until(today.day, organization)
    reports = _reports(months, organization)
    rows = [_row(organization.pk, m, reports.get((organization.pk, m)), register, today) for m in months]
    return [row for row in reversed(rows) if row.cell.word not in deadlines.NOT_THERE]


def own_month(organization: Organization, month: date, now: datetime) -> MonthRow:
    """One month of one organization. Five queries."""
    today = Today.at(now)
    register = Register.until(today.day, organization)
    return _row(
        organization.pk, month, _reports([month], organization).get((organization.pk, month)), register, today
    )


def grid(now: datetime, newest: date | None = None, count: int = 6) -> Grid:
    """Months by organizations that are or were signatories in them. Five queries, however many there are."""
    today = Today.at(now)
    months = recent_months(newest or deadlines.newest_open(today.day), count)
    register = Register.until(today.day)
    reports = _reports(months)
    rows = []
    for organization in sorted(register.organizations.values(), key=lambda item: item.name.casefold()):
        cells = tuple(
            _row(organization.pk, m, reports.get((organization.pk, m)), register, today) for m in months
        )
        if any(cell.cell.word not in deadlines.NOT_THERE for cell in cells):
            rows.append(GridRow(organization, cells))
    return Grid(tuple(months), tuple(rows), today)


def report_for(organization: Organization, month: date) -> MonthlyReport | None:
    """The stored report of a month, None if there is none."""
    return MonthlyReport.objects.filter(organization=organization, month=month).first()


def versions_of(report: MonthlyReport) -> list[ReportVersion]:
    """All versions, newest first."""
    return list(report.versions.select_related("report").order_by("-number"))


def newest_versions(
    months: Iterable[date], organizations: Iterable[UUID] | None = None
) -> list[ReportVersion]:
    """The newest version of each report of these months. One query."""
    versions = ReportVersion.objects.filter(report__month__in=list(months))
    if organizations is not None:
        versions = versions.filter(report__organization__in=list(organizations))
    return list(versions.order_by("report_id", "-number").distinct("report_id").select_related("report"))


def counts_of(version: ReportVersion) -> Mapping[str, int]:
    """A version's counts; a statement of nothing stands for zeros, by its words."""
    return NOTHING_COUNTS if version.is_nothing else content.counts(version.payload)


def month_before(organization: Organization, month: date) -> ReportVersion | None:
    """The newest version of the month before, None when it was not reported."""
    found = newest_versions([deadlines.shifted(month, -1)], [organization.pk])
    return found[0] if found else None


@dataclass(frozen=True)
class MonthTotals:
    """A month added up. ``network``: received by all, the shared channel's own included, each once (D35)."""

    counts: Mapping[str, int]
    intake: Mapping[str, int] | None

    @property
    def received(self) -> int:
        return self.counts.get(RECEIVED, 0)

    @property
    def already_sent(self) -> int:
        return self.counts.get(ALREADY_SENT, 0)

    @property
    def channel_only(self) -> int | None:
        """Came through the shared channel and is in no organization's count; None without an intake row."""
        return None if self.intake is None else self.intake.get(RECEIVED, 0) - self.already_sent

    @property
    def network(self) -> int | None:
        return None if self.channel_only is None else self.received + max(self.channel_only, 0)


def intake_versions(month: date) -> list[IntakeVersion]:
    """Versions of a month's intake, newest first. One query."""
    return list(
        IntakeVersion.objects.filter(intake__month=month).select_related("intake").order_by("-number")
    )


def month_totals(month: date) -> MonthTotals:
    """All newest versions of a month added up, and the intake. Two queries."""
    total = content.merged(counts_of(version) for version in newest_versions([month]))
    intake = intake_versions(month)
    return MonthTotals(total, content.counts(intake[0].payload) if intake else None)
