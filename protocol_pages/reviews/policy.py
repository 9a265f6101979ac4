"""Who may do what in the annual review (§8). How many have answered is everybody's; who, is the keepers'."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS
from intranet.workflow.machine import ALLOWED, Decision
from signatories.policy import OVERSEERS, RECORDERS

from .models import CycleState, ReviewAnswer, ReviewComment, ReviewCycle, ReviewDecision

KEEPERS = COORDINATION | OFFICE
WRITERS = ORGANIZATION_POSTS
CONFIRMERS = ORGANIZATION_POSTS | OFFICE
_GONE = Decision(False, _("This page does not exist."), "D10")


def everybody(actor: Actor, row: ReviewCycle | ReviewDecision, now: datetime) -> Decision:
    """Every verified person sees that a review runs, how many have answered, and what was decided.

    What was recorded and denied is nothing of the network's; its file stays with those who keep or audit the review.
    """
    cycle = row.cycle if isinstance(row, ReviewDecision) else row
    return _GONE if cycle.state == CycleState.DENIED and actor.capacity not in OVERSEERS else ALLOWED


def _own(actor: Actor, row: Any) -> bool:
    return actor.organization_id is not None and actor.organization_id == row.organization_id


def may_view(actor: Actor, row: ReviewAnswer | ReviewComment, now: datetime) -> Decision:
    """An answer or comment: its own organization's people and those who keep or audit the review (D10)."""
    return ALLOWED if _own(actor, row) or actor.capacity in OVERSEERS else _GONE


def may_open(actor: Actor, cycle: ReviewCycle, now: datetime) -> Decision:
    """The daily job on its day, or the Coordinator."""
    if actor.is_system or actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The review opens by itself 60 days before it is due, or by the Coordinator."))


def keepers_only(actor: Actor, cycle: ReviewCycle, now: datetime) -> Decision:
    """Coordinator and office record what was decided; they do not decide by it."""
    if actor.capacity in KEEPERS:
        return ALLOWED
    return Decision(False, _("The Coordinator or the DSRSG/HC/RC office records the decision of a review."))


def may_record_past(actor: Actor, cycle: ReviewCycle, now: datetime) -> Decision:
    """A review of the past, from its minutes (D17, D18)."""
    if actor.capacity in RECORDERS | OFFICE:
        return ALLOWED
    return Decision(False, _("The Coordinator or the office records a review of the past."), "D17")


def may_confirm_past(actor: Actor, cycle: ReviewCycle, now: datetime) -> Decision:
    """By somebody of coordination or office who did not record it (D17)."""
    if actor.capacity not in KEEPERS:
        return Decision(False, _("The Coordinator or the office confirms a recorded review."), "D17")
    decision = getattr(cycle, "decision", None)
    if decision is None or (actor.user_id is not None and decision.by_id != actor.user_id):
        return ALLOWED
    return Decision(False, _("You recorded this yourself; somebody else must confirm it."), "D17")


def coordination_only(actor: Actor, row: Any, now: datetime) -> Decision:
    """Dispositions and the draft are the Coordinator's."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator writes dispositions and builds the draft."))


def may_answer(actor: Actor, row: Any, now: datetime) -> Decision:
    """Focal points, Head of Agency and senior management for their own organization."""
    if _own(actor, row) and actor.capacity in WRITERS:
        return ALLOWED
    return Decision(
        False,
        _("Focal points, Head of Agency or senior management answer, for their own organization alone."),
    )


def may_record(actor: Actor, row: Any, now: datetime) -> Decision:
    """What arrived outside is recorded by coordination or an office assistant (D17)."""
    if actor.capacity in RECORDERS:
        return ALLOWED
    return Decision(
        False, _("The Coordinator or an office assistant records what arrived outside the system."), "D17"
    )


def may_confirm(actor: Actor, answer: ReviewAnswer, now: datetime) -> Decision:
    """The organization's own account, or an office person against the file; never the recorder (D17)."""
    own = _own(actor, answer) and actor.capacity in WRITERS
    if not own and actor.capacity not in OFFICE:
        return Decision(
            False, _("The organization itself or the DSRSG/HC/RC office confirms what was recorded."), "D17"
        )
    if actor.user_id is None or answer.by_id == actor.user_id:
        return Decision(False, _("You recorded this yourself; somebody else must confirm it."), "D17")
    return ALLOWED
