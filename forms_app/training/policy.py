"""Who records training, who sees whose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS, OVERSEERS
from intranet.workflow.machine import ALLOWED, Decision

READERS = ORGANIZATION_POSTS | OVERSEERS


def may_record(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Posts of the organization itself."""
    if actor.capacity in ORGANIZATION_POSTS and actor.organization_id == obj.organization_id:
        return ALLOWED
    return Decision(
        False, _("Training is recorded by the organization's own focal points and management."), "practice"
    )


def may_see(actor: Actor, obj: Any, now: datetime) -> Decision:
    """The organization's own posts, coordination, office, auditors; for others it does not exist (D10)."""
    own = actor.capacity in ORGANIZATION_POSTS and actor.organization_id == obj.organization_id
    if own or actor.capacity in OVERSEERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")
