"""Who may invite to endorse. Only coordination and office see who was invited and who has not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION
from intranet.workflow.machine import ALLOWED, Decision
from signatories.policy import OVERSEERS


def may_invite(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Inviting is the Coordinator's (network practice)."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator invites to endorse."), "practice")


def may_close(actor: Actor, obj: Any, now: datetime) -> Decision:
    """The Coordinator; the job when a later edition has replaced the text."""
    return ALLOWED if actor.is_system else may_invite(actor, obj, now)


def may_view(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Coordination, office, auditors. An organization sees its own invitation on its pages."""
    if actor.capacity in OVERSEERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")
