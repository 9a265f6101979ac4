"""Transition table of the acknowledgement of a withdrawal."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from .. import mail
from ..days import network_day
from ..models import EntryKind
from . import papers, policy
from .models import Acknowledgement, AcknowledgementState


def is_a_withdrawal(context: Context) -> Decision:
    """Only a withdrawal that stands: the one that waits for its confirmation has no effect yet (D17)."""
    entry = context.obj.entry
    if entry.kind == EntryKind.WITHDRAWN and entry.in_effect:
        return ALLOWED
    return Decision(False, _("Only a withdrawal that stands is acknowledged."))


def not_acknowledged_yet(context: Context) -> Decision:
    """Once a side; the second is told who was first."""
    first = Acknowledgement.objects.filter(entry=context.obj.entry, side=context.obj.side).first()
    if first is None:
        return ALLOWED
    return Decision(
        False,
        _("%(who)s acknowledged this on %(day)s already.")
        % {"who": first.by, "day": network_day(first.at).isoformat()},
    )


def not_ones_own(context: Context) -> Decision:
    """Whoever withdrew for the organization does not acknowledge it in another capacity (trap 16)."""
    user = context.actor.user_id
    if user is not None and user != context.obj.entry.recorded_by_id:
        return ALLOWED
    return Decision(
        False, _("You sent or confirmed this withdrawal yourself: somebody else acknowledges it.")
    )


def not_for_both_sides(context: Context) -> Decision:
    """One person with two capacities says it for one side; the other side hears of it by somebody else."""
    row: Acknowledgement = context.obj
    said = Acknowledgement.objects.filter(entry=row.entry, by_user_id=context.actor.user_id)
    if not said.exclude(side=row.side).exists():
        return ALLOWED
    return Decision(False, _("You acknowledged this for the other side: somebody else does it for this one."))


def write_down(context: Context) -> None:
    """Who, when, in which capacity; the organization hears of it."""
    row: Acknowledgement = context.obj
    row.at, row.by = context.now, context.actor.label
    row.capacity, row.by_user_id = context.actor.capacity, context.actor.user_id
    issued = papers.acknowledgement_of(context, row.entry, row.side)
    context.result["event"] = {"entry": str(row.entry_id), "side": row.side} | issued.evidence
    mail.acknowledged(row.entry, context.now)


ACKNOWLEDGEMENTS = Machine(
    name="acknowledgement",
    states=dict(AcknowledgementState.choices),
    transitions=(
        Transition(
            action="acknowledge",
            label=gettext_lazy("Acknowledge the withdrawal"),
            sources=(NEW,),
            target=AcknowledgementState.GIVEN,
            rule="§9.i fn5",
            policy=policy.may_acknowledge,
            guards=(is_a_withdrawal, not_ones_own, not_acknowledged_yet, not_for_both_sides),
            effects=(write_down,),
        ),
    ),
)
