"""Two pairs of hands: who spoke for the office on a request does not act on that word as Coordinator (D20)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from intranet.workflow.machine import ALLOWED, Context, Decision

from .models import Consultation, OfficeDecision
from .tokens import DecisionKind


def not_who_was_consulted(context: Context) -> Decision:
    """§7B.0 "in consultation with": nobody is consulted by herself, whatever post she holds today."""
    last = Consultation.objects.filter(request=context.obj).order_by("-at").first()
    return _by_other_hands(context, last.by_user_id if last is not None else None)


def not_who_authorized(context: Context) -> Decision:
    """§7B.7: the office authorizes, the Coordinator releases."""
    return _not_who_decided(context, DecisionKind.AUTHORIZE)


def not_who_instructed(context: Context) -> Decision:
    """D29: the office instructs, the Coordinator reopens."""
    return _not_who_decided(context, DecisionKind.REOPEN)


def _not_who_decided(context: Context, kind: DecisionKind) -> Decision:
    last = OfficeDecision.objects.filter(request=context.obj, kind=kind).order_by("-at").first()
    return _by_other_hands(context, last.decided_by_user_id if last is not None else None)


def _by_other_hands(context: Context, spoke: UUID | None) -> Decision:
    if spoke is None or spoke != context.actor.user_id:
        return ALLOWED
    return Decision(
        False,
        _(
            "You spoke for the DSRSG/HC/RC office on this request: somebody else of the coordination does this."
        ),
        "D20",
    )
