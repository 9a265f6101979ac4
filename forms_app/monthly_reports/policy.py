"""Who may send, correct and read a month's report (§6.1) and the intake row of the shared channel (D35)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, FOCAL_POINTS, MANAGEMENT, OFFICE, OFFICE_AND_ASSISTANTS
from intranet.workflow.machine import ALLOWED, Decision

from .models import InterAgencyIntake, MonthlyReport

REPORTERS = FOCAL_POINTS
OWN_READERS = FOCAL_POINTS | MANAGEMENT
RECEIVERS = COORDINATION | OFFICE  # §6.1: "with the PSEA Coordinator and the office"
GRID_READERS = COORDINATION | OFFICE_AND_ASSISTANTS  # words only, no figures


def may_report(actor: Actor, report: MonthlyReport, now: datetime) -> Decision:
    """A focal point, for the own organization alone."""
    if actor.capacity not in REPORTERS:
        return Decision(False, _("A monthly report is sent by a focal point of the organization."), "§6.1")
    if actor.organization_id is None or actor.organization_id != report.organization_id:
        return Decision(False, _("You can report for your own organization alone."), "§6.1")
    return ALLOWED


def may_read(actor: Actor, report: MonthlyReport, now: datetime) -> Decision:
    """The own organization's posts, the Coordinator and the office; for others it does not exist (D10)."""
    own = actor.capacity in OWN_READERS and actor.organization_id == report.organization_id
    if own or actor.capacity in RECEIVERS:
        return ALLOWED
    return Decision(
        False, _("Monthly figures are read by their organization, the Coordinator and the office.")
    )


def may_record_intake(actor: Actor, intake: InterAgencyIntake | None, now: datetime) -> Decision:
    """The Coordinator, or the acting one, keeps the row of the inter-agency channel."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator records what the inter-agency channel received."), "§4.c")


def may_read_intake(actor: Actor, intake: InterAgencyIntake, now: datetime) -> Decision:
    """Coordinator and office."""
    if actor.capacity in RECEIVERS:
        return ALLOWED
    return Decision(False, _("The intake is read by the Coordinator and the office."))
