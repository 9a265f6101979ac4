"""Who confirms pages, who says that something is wrong, who settles it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, Capacity
from intranet.workflow.machine import ALLOWED, Decision

from . import selectors
from .models import PageCheck

EDITORS = frozenset({Capacity.CONTENT_EDITOR})
READERS = EDITORS | COORDINATION | {Capacity.AUDITOR}


def may_see(actor: Actor, check: PageCheck, now: datetime) -> Decision:
    """Editors, coordination and auditors; for others it does not exist (D10)."""
    if actor.capacity in READERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")


def may_confirm(actor: Actor, check: PageCheck, now: datetime) -> Decision:
    """The page's owner; where it has none who still edits, any content editor."""
    keeper = selectors.keeper_of(check.page, now)
    if keeper is None and actor.capacity in EDITORS:
        return ALLOWED
    if keeper is not None and actor.user_id == keeper.pk:
        return ALLOWED
    return Decision(False, _("The page's owner says whether it is still correct."), "D16")


def may_report(actor: Actor, check: PageCheck, now: datetime) -> Decision:
    """Whoever may read the page; the view has looked (W4)."""
    return ALLOWED


def may_settle(actor: Actor, check: PageCheck, now: datetime) -> Decision:
    """Content editors."""
    if actor.capacity in EDITORS:
        return ALLOWED
    return Decision(False, _("A content editor looks at it."), "D16")
