"""Who may replace a letter's template, and who may see which one is in use (network practice)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.workflow.machine import ALLOWED, Decision

from .models import LetterTemplate

KEEPERS = COORDINATION | OFFICE
READERS = KEEPERS | {Capacity.AUDITOR}


def may_replace(actor: Actor, template: LetterTemplate, now: datetime) -> Decision:
    """Those under whose names the letters leave: the Coordinator's office and the DSRSG/HC/RC office."""
    if actor.capacity in KEEPERS:
        return ALLOWED
    return Decision(
        False, _("Templates of letters are for the PSEA Coordinator and the DSRSG/HC/RC office."), "practice"
    )


def may_view(actor: Actor, template: LetterTemplate, now: datetime) -> Decision:
    """Keepers and auditors; for others there is no such object (D10)."""
    return (
        ALLOWED if actor.capacity in READERS else Decision(False, _("This is not for your capacity."), "D10")
    )
