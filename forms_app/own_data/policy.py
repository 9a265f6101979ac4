"""Who may take an organization's own statistics out, and who may see that it did (§7A.1, §4.f)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.workflow.machine import ALLOWED, Decision

from .models import OwnNote


def may_make(actor: Actor, note: OwnNote, now: datetime) -> Decision:
    """Posts of the organization itself: its own rows only, nobody else's."""
    if actor.capacity not in ORGANIZATION_POSTS:
        return Decision(
            False,
            _("Own statistics are for the focal points and the management of the organization."),
            "§7A.1",
        )
    if actor.organization_id is None or actor.organization_id != note.organization_id:
        return Decision(False, _("You can take out the statistics of your own organization alone."), "§7A.1")
    return ALLOWED


may_view = may_make  # for anybody else the note does not exist (D10)
