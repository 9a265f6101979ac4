"""Who sees and keeps a hand-over."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE
from intranet.workflow.machine import ALLOWED, Decision

from ..leaving.selectors import may_see
from .models import HandOver, Scope

NETWORK_READERS = COORDINATION | OFFICE


def may_view(actor: Actor, obj: HandOver, now: datetime) -> Decision:
    """The network's state of play: coordination and office. Of a post: as its page."""
    if obj.scope == Scope.NETWORK:
        return ALLOWED if actor.capacity in NETWORK_READERS else Decision(False)
    assert obj.person is not None
    assert obj.organization is not None
    return may_see(actor, obj.person, obj.organization, now)


def may_keep(actor: Actor, obj: HandOver, now: datetime) -> Decision:
    """Whoever sees the page may keep it on paper."""
    if may_view(actor, obj, now).allowed:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")
