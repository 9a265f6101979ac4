"""Who imports, and who sees what was imported: workbooks carry addresses and telephone numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE
from intranet.workflow.machine import ALLOWED, Decision

READERS = COORDINATION | OFFICE


def may_import(actor: Actor, run: Any, now: datetime) -> Decision:
    """The Coordinator keeps the list of organizations and people, and records papers (D9, D17)."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator keeps the list of organizations and people."), "D9")


def may_see(actor: Actor, run: Any, now: datetime) -> Decision:
    """Coordination and office; for others it does not exist (D10)."""
    if actor.capacity in READERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")
