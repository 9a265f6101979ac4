"""What the acts write: one more version, and word to the Coordinator and the office (§6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.wording import month as month_words
from intranet.workflow.machine import Context
from intranet.workflow.registry import subject_of
from signatories import selectors as register
from signatories.days import network_day
from signatories.models import Person
from signatories.telling import Words, tell

from . import content
from .codes import Declaration
from .models import IntakeVersion, InterAgencyIntake, MonthlyReport, ReportVersion


def write_version(context: Context) -> None:
    """The next version of the report: counts, or the statement that there is nothing to report."""
    report: MonthlyReport = context.obj
    counts = context.data.get("counts")
    version = ReportVersion(
        report=report,
        number=report.versions.count() + 1,
        declaration=Declaration.NOTHING if counts is None else Declaration.FIGURES,
        payload={} if counts is None else content.payload(counts),
        reason=context.note,
        statement=str(context.data["statement"]),
        signed_by=context.actor.label,
        signed_capacity=context.actor.capacity,
        sent_at=context.now,
    )
    version.save()
    context.result["version"] = version
    context.result["event"] = {"version": version.number, "declaration": str(version.declaration)}


def write_intake_version(context: Context) -> None:
    """The next version of the month's intake."""
    intake: InterAgencyIntake = context.obj
    version = IntakeVersion(
        intake=intake,
        number=intake.versions.count() + 1,
        payload=content.payload(context.data["counts"]),
        reason=context.note,
        statement=str(context.data["statement"]),
        signed_by=context.actor.label,
        signed_capacity=context.actor.capacity,
        sent_at=context.now,
    )
    version.save()
    context.result["version"] = version
    context.result["event"] = {"version": version.number}


def tell_the_receivers(context: Context) -> None:
    """One line and a link to the Coordinator, and to the office: no figure, no organization (D23, trap 37)."""
    day = network_day(context.now)
    for people in (register.coordination_people(day, context.now), register.office_people(day, context.now)):
        if people:
            _tell(people, context.obj, context.now)


def _tell(people: Sequence[Person], report: MonthlyReport, now: datetime) -> None:
    def words() -> Words:
        month = month_words(report.month)
        return Words(
            _("A report for %s came in") % month,
            _("A monthly report for %s came in.") % month,
            reverse("board-month", args=[report.month]),
        )

    tell("monthly_reports.sent", people, words, now, rule="§6.1", about=subject_of(report))
