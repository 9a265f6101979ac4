"""Who may say that a mail was told by another channel, and who reads that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.workflow.machine import ALLOWED, Decision


def may_tell(actor: Actor, told: Any, now: datetime) -> Decision:
    """The Coordinator or the acting one: who is asked for when mail does not arrive (D23)."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("Only the PSEA Coordinator, or the acting one, does this."), "D23")


def may_view(actor: Actor, told: Any, now: datetime) -> Decision:
    """Coordination, office, auditors; for others it does not exist (D10)."""
    if actor.capacity in COORDINATION | OFFICE | {Capacity.AUDITOR}:
        return ALLOWED
    return Decision(False, _("There is nothing here for you."), "D10")
