"""How the histories of monthly reports speak. Figures stand in versions alone, never in a history (D13)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.clock.wording import month
from intranet.listing import listed
from intranet.workflow.registry import Said

from . import codes, policy


def _page(report: Any, actor: Actor) -> str:
    if actor.capacity in policy.RECEIVERS:
        return reverse("board-report", args=[report.pk])
    return reverse("report", args=[report.month])


def _title(report: Any) -> str:
    return listed([month(report.month), report.organization.name])


REPORT = Said(reason=codes.reason_label, related=("organization",), page=_page, title=_title)
INTAKE = Said(
    reason=codes.reason_label,
    page=lambda intake, actor: reverse("board-intake", args=[intake.month]),
    title=lambda intake: month(intake.month),
)
ACTS = {
    "monthly_reports.view": _("Looked at the figures of a month"),
    "monthly_reports.view_month": _("Looked at the totals of a month"),
}
