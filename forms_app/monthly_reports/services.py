"""The acts of the monthly report, for views, jobs, the rehearsal and tests alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from audit.actors import Actor
from audit.ledger import Subject
from intranet.clock.wording import month as month_words
from intranet.workflow import access_log
from intranet.workflow.registry import subject_of
from intranet.workflow.runner import Outcome, perform
from signatories.models import Organization

from .codes import Declaration
from .models import IntakeVersion, InterAgencyIntake, MonthlyReport, ReportVersion

Counts = Mapping[str, int]


def report_figures(
    organization: Organization,
    month: date,
    counts: Counts,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Outcome:
    """Send the first version of a month with figures (counting unit: reports received).

    ``counts``: flat names of ``content.MONTH``. ``key``: the form's random id. Raises Refused.
    """
    data = {"counts": dict(counts), "statement": statement(Declaration.FIGURES, organization, month)}
    return _first(organization, month, "send", actor, now, data, key)


def report_nothing(
    organization: Organization, month: date, actor: Actor, now: datetime, key: UUID | None = None
) -> Outcome:
    """Sign that there is nothing to report for a month. Raises Refused."""
    data = {"statement": statement(Declaration.NOTHING, organization, month)}
    return _first(organization, month, "send_nothing", actor, now, data, key)


def correct_report(
    report: MonthlyReport,
    counts: Counts | None,
    reason: str,
    based_on: int,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Outcome:
    """Send a further version; ``counts`` None: nothing to report after all.

    ``based_on``: number of the version that the person looked at; an older one is refused. Raises Refused.
    """
    declaration = Declaration.NOTHING if counts is None else Declaration.FIGURES
    data: dict[str, Any] = {
        "based_on": based_on,
        "statement": statement(declaration, report.organization, report.month),
    }
    if counts is not None:
        data["counts"] = dict(counts)
    return perform(report, "correct", actor, now, note=reason, data=data, key=key)


def record_intake(
    month: date,
    counts: Counts,
    actor: Actor,
    now: datetime,
    reason: str = "",
    based_on: int = 0,
    key: UUID | None = None,
) -> Outcome:
    """Record, or with ``based_on`` above 0 correct, what the inter-agency channel received (D35)."""
    data: dict[str, Any] = {
        "counts": dict(counts),
        "statement": _("What the inter-agency e-mail and hotline received in %s.") % month_words(month),
        "based_on": based_on,
    }
    stored = InterAgencyIntake.objects.filter(month=month).first()
    if based_on and stored is not None:
        return perform(stored, "correct", actor, now, note=reason, data=data, key=key)
    try:
        return perform(stored or InterAgencyIntake(month=month), "record", actor, now, data=data, key=key)
    except IntegrityError:
        return perform(InterAgencyIntake.objects.get(month=month), "record", actor, now, data=data, key=key)


def statement(declaration: Declaration, organization: Organization, month: date) -> str:
    """The words above the signature, in the reader's language; stored with the version."""
    names = {"organization": organization.name, "month": month_words(month)}
    if declaration == Declaration.NOTHING:
        return (
            _(
                "%(organization)s received no report of sexual exploitation or abuse in %(month)s, and has"
                " nothing to report on survivor assistance or internal investigations."
            )
            % names
        )
    return (
        _(
            "These are the figures of %(organization)s for %(month)s. They hold nothing that identifies anybody."
        )
        % names
    )


def note_view(version: ReportVersion | IntakeVersion, actor: Actor, now: datetime) -> None:
    """Every view of figures is an event (D15): who, which version, when; never the figures."""
    parent = version.report if isinstance(version, ReportVersion) else version.intake
    owner = version.report.organization_id if isinstance(version, ReportVersion) else None
    access_log.saw(
        actor,
        now,
        "monthly_reports.view",
        subject_of(parent),
        of=owner,
        data={"version": version.number},
    )


def note_totals_view(month: date, actor: Actor, now: datetime) -> None:
    """The view of a whole month's totals is one event."""
    subject = Subject("month", f"{month:%Y-%m}", f"{month:%Y-%m}")
    access_log.saw(actor, now, "monthly_reports.view_month", subject, of=None)


def _first(
    organization: Organization,
    month: date,
    action: str,
    actor: Actor,
    now: datetime,
    data: Mapping[str, Any],
    key: UUID | None,
) -> Outcome:
    stored = MonthlyReport.objects.filter(organization=organization, month=month).first()
    report = stored or MonthlyReport(organization=organization, month=month)
    try:
        return perform(report, action, actor, now, data=data, key=key)
    except IntegrityError:
        # The other focal point was a moment faster: the table now refuses and says who it was.
        stored = MonthlyReport.objects.get(organization=organization, month=month)
        return perform(stored, action, actor, now, data=data, key=key)
