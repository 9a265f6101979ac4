"""Monthly reports that came in or were corrected: the own organization's, all for those who receive them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.clock.changes import Change, Row, Source, newest_events
from intranet.clock.wording import month as month_words
from signatories.models import Organization
from signatories.names import shown_name

from .models import MonthlyReport
from .policy import GRID_READERS, OWN_READERS

ACTIONS = ("monthly_report.send", "monthly_report.send_nothing", "monthly_report.correct")


def all_reports(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """Who reported which month, in words; no figures (§6.1)."""
    if actor.capacity not in GRID_READERS:
        return None
    organization = Organization.objects.filter(pk=OuterRef("organization_id")).values(name=shown_name(""))
    chosen = Q(object_type="monthlyreport", action__in=ACTIONS)
    return newest_events(actor, since, chosen, more=Subquery(organization))


def own_reports(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """What colleagues sent for the own organization."""
    if actor.capacity not in OWN_READERS or actor.organization_id is None:
        return None
    own = MonthlyReport.objects.filter(organization_id=actor.organization_id)
    chosen = Q(object_type="monthlyreport", action__in=ACTIONS)
    return newest_events(actor, since, chosen & Q(object_id__in=own.values(as_text=Cast("pk", CharField()))))


def show_all(row: Row) -> Change:
    """ "Example Agency reported December 2025"."""
    month = date.fromisoformat(f"{row.label}-01")
    sentence = (
        _("%(organization)s corrected %(month)s")
        if row.word == "monthly_report.correct"
        else _("%(organization)s reported %(month)s")
    )
    names = {"organization": row.more, "month": month_words(month)}
    return Change(sentence % names, reverse("board-month", args=[month]), row.at)


def show_own(row: Row) -> Change:
    """ "December 2025 was reported"."""
    month = date.fromisoformat(f"{row.label}-01")
    sentence = (
        _("%(month)s was corrected") if row.word == "monthly_report.correct" else _("%(month)s was reported")
    )
    return Change(sentence % {"month": month_words(month)}, reverse("report", args=[month]), row.at)


SOURCES = (
    Source("all_reports", all_reports, show_all),
    Source("own_reports", own_reports, show_own),
)
