"""Who answers for whom, and who looks after what nobody confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, Capacity
from intranet.workflow.machine import ALLOWED, Decision

from ..days import network_day
from ..models import Post
from ..policy import OVERSEERS
from .models import PresenceAnswer


def only_oneself(actor: Actor, obj: PresenceAnswer, now: datetime) -> Decision:
    """Nobody says for somebody else that they are still there."""
    if actor.user_id is not None and actor.user_id == obj.person.user_id:
        return ALLOWED
    return Decision(False, _("Everybody answers this for themselves."), "D9")


def may_look_after(actor: Actor, obj: PresenceAnswer, now: datetime) -> Decision:
    """The Coordinator, or the Head of Agency for people of the own organization; never for oneself."""
    if actor.user_id is not None and actor.user_id == obj.person.user_id:
        return Decision(False, _("Everybody answers this for themselves."), "D9")
    if actor.capacity in COORDINATION:
        return ALLOWED
    if actor.capacity == Capacity.HEAD_OF_AGENCY and _has_post_there(actor, obj, now):
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator or the own Head of Agency looks after this."), "D9")


def _has_post_there(actor: Actor, obj: PresenceAnswer, now: datetime) -> bool:
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=network_day(now))
    posts = Post.objects.filter(still, person=obj.person, organization=actor.organization_id)
    return actor.organization_id is not None and posts.exists()


def may_view(actor: Actor, obj: PresenceAnswer, now: datetime) -> Decision:
    """The person, overseers, and the Head of Agency of an organization in which the person has a post."""
    if actor.capacity in OVERSEERS or only_oneself(actor, obj, now).allowed:
        return ALLOWED
    own = actor.capacity == Capacity.HEAD_OF_AGENCY and _has_post_there(actor, obj, now)
    return ALLOWED if own else Decision(False, _("This page does not exist."), "D10")
