"""D36: a UN agency is told that its partner's monthly report was sent. No figure, and not whether there was one.

What the agency reads is the same for figures and for "nothing to report".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.clock.wording import month as month_words
from intranet.network.models import NetworkSettings
from intranet.notices import outbox
from intranet.workflow.machine import Context
from intranet.workflow.registry import subject_of
from signatories import selectors as register
from signatories.agreements import selectors as agreements
from signatories.days import network_day
from signatories.models import Organization, Person
from signatories.selectors import Standing

from . import deadlines, selectors
from .models import MonthlyReport

MONTHS = 6


def tell_the_agencies(context: Context) -> None:
    """One line and a link to the focal points of each agency with an agreement in force today."""
    report: MonthlyReport = context.obj
    day = network_day(context.now)
    told = _told(agreements.agencies_of(report.organization, day), day)
    contacts = register.contacts_for(told, day, context.now)
    for agency in told:
        found = contacts[agency.pk]
        head = (found.head_of_agency,) if found.head_of_agency is not None else ()
        _tell(found.focal_points or head, agency, report, context.now)


def _told(agencies: list[Organization], day: date) -> list[Organization]:
    """Agencies that are in the network and have not withdrawn from the protocol."""
    standings = register.standings_on(day, agencies)
    return [a for a in agencies if a.active_on(day) and standings[a.pk] != Standing.WITHDRAWN]


def _tell(people: Iterable[Person], agency: Organization, report: MonthlyReport, now: datetime) -> None:
    by_language: dict[str, list[str]] = {}
    for person in people:
        by_language.setdefault(person.language, []).append(person.email)
    for language, addresses in by_language.items():
        with translation.override(language):
            month = month_words(report.month)
            link = settings.BASE_URL + reverse("reports-partners")
            outbox.write(
                outbox.Letter(
                    kind="monthly_reports.partner_sent",
                    to=addresses,
                    subject=_("A partner sent its report for %s") % month,
                    text=_(
                        "One of your implementing partners sent its monthly report for %(month)s: %(link)s"
                    )
                    % {"month": month, "link": link}
                    + "\n",
                    rule="D36",
                    language=language,
                    organization_id=agency.pk,
                ),
                now,
                about=subject_of(report),
            )


@dataclass(frozen=True)
class PartnerRow:
    """One partner; ``sent``: each month with the day of sending, None where nothing was told."""

    partner: Organization
    sent: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True)
class PartnerMonths:
    """What an agency was told about its partners, newest month first."""

    months: tuple[date, ...]
    rows: tuple[PartnerRow, ...]


def months_of_partners(agency: Organization, now: datetime) -> PartnerMonths:
    """Partners with an agreement in force today, and the months of which "sent" was told. Four queries.

    A report that was sent while no agreement was in force was not told and does not stand here.
    """
    day = network_day(now)
    months = tuple(reversed(selectors.recent_months(deadlines.newest_open(day), MONTHS)))
    between = agreements.all_between(agency)
    partners = list(dict.fromkeys(item.partner for item in between if item.in_force_on(day)))
    reports = MonthlyReport.objects.filter(organization__in=partners, month__in=months)
    sent: dict[tuple[object, date], date] = {}
    zone = NetworkSettings.current().zone()
    for report in reports.annotate(first=Min("versions__sent_at")):
        on = report.first.astimezone(zone).date()
        if any(item.partner_id == report.organization_id and item.in_force_on(on) for item in between):
            sent[report.organization_id, report.month] = on
    rows = (
        PartnerRow(partner, tuple((month, sent.get((partner.pk, month))) for month in months))
        for partner in partners
    )
    return PartnerMonths(months, tuple(rows))
