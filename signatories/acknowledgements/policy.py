"""Everybody for themselves; who oversees sees who has not."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.machine import ALLOWED, Decision

from ..policy import OVERSEERS
from .models import TextAcknowledgement


def only_oneself(actor: Actor, obj: TextAcknowledgement, now: datetime) -> Decision:
    """Nobody has read and understood for somebody else."""
    if actor.user_id is not None and actor.user_id == obj.person.user_id:
        return ALLOWED
    return Decision(False, _("Everybody acknowledges for themselves."), "practice")


def may_see(actor: Actor, obj: TextAcknowledgement, now: datetime) -> Decision:
    """The person, coordination, office, auditors; for others it does not exist (D10)."""
    if actor.user_id is not None and actor.user_id == obj.person.user_id:
        return ALLOWED
    if actor.capacity in OVERSEERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")
