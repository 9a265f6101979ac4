"""Who acknowledges a withdrawal, and who sees that it was acknowledged."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS
from intranet.workflow.machine import ALLOWED, Decision

from ..policy import may_see_entry
from .models import Acknowledgement, Side

ACKNOWLEDGERS = COORDINATION | OFFICE_AND_ASSISTANTS


def side_of(actor: Actor) -> Side | None:
    """For which side the actor acknowledges, None for everybody else."""
    if actor.capacity in COORDINATION:
        return Side.COORDINATION
    return Side.OFFICE if actor.capacity in OFFICE_AND_ASSISTANTS else None


def may_acknowledge(actor: Actor, row: Acknowledgement, now: datetime) -> Decision:
    """The Coordinator for the coordination, a person of the office or its assistant for the office (fields 4.5).

    It says that the withdrawal arrived and decides nothing, so a recorded delegation is enough.
    """
    if side_of(actor) == row.side:
        return ALLOWED
    return Decision(False, _("A withdrawal is acknowledged by the PSEA Coordinator and by the office."))


def may_see(actor: Actor, row: Acknowledgement, now: datetime) -> Decision:
    """With the withdrawal that it acknowledges."""
    return may_see_entry(actor, row.entry, now)
