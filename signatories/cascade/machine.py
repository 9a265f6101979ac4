"""Recording a sharing: one row (§4.h)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS
from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition
from signatories.days import network_day
from signatories.policy import may_see_organization
from signatories.selectors import is_signatory

from .models import Audience, CascadeRecord, CascadeState


def may_view(actor: Actor, record: CascadeRecord, now: datetime) -> Decision:
    """Seen with its organization (D10)."""
    return may_see_organization(actor, record.organization, now)


def own_focal_point(actor: Actor, record: CascadeRecord, now: datetime) -> Decision:
    """Focal points share the standards inside their own organization, and say so for it alone."""
    own = actor.organization_id is not None and actor.organization_id == record.organization_id
    if own and actor.capacity in FOCAL_POINTS:
        return ALLOWED
    return Decision(False, _("Each focal point records this for the own organization."))


def by_a_signatory(context: Context) -> Decision:
    """Signatories share what they signed."""
    if is_signatory(context.obj.organization, network_day(context.now)):
        return ALLOWED
    return Decision(False, _("Signatories record this; your organization is none today."))


def after_the_approval(context: Context) -> Decision:
    """On a day that has come, not before the text."""
    record: CascadeRecord = context.obj
    today = network_day(context.now)
    if record.shared_on > today:
        return Decision(False, _("Shared on: this day has not come yet."))
    if record.shared_on < context.data["from_day"]:
        return Decision(False, _("Shared on: this day lies before the edition."))
    return ALLOWED


def numbers_fit(context: Context) -> Decision:
    """Nobody reaches more people than there are."""
    record: CascadeRecord = context.obj
    if record.audience not in Audience.values:
        return Decision(False, _("Audience: choose one of the answers."))
    if 0 <= record.reached <= record.people and record.people > 0:
        return ALLOWED
    return Decision(False, _("Number reached: it cannot be more than the people in this audience."))


def write(context: Context) -> None:
    """Who recorded it."""
    context.obj.at, context.obj.by = context.now, context.actor.label


CASCADES = Machine(
    name="cascade_record",
    states=dict(CascadeState.choices),
    transitions=(
        Transition(
            action="record",
            label=_("Record how the standards were shared"),
            sources=(NEW,),
            target=CascadeState.RECORDED,
            rule="§4.h",
            policy=own_focal_point,
            needs=(by_a_signatory,),
            guards=(after_the_approval, numbers_fit),
            effects=(write,),
        ),
    ),
)
