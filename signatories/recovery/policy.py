"""Who reports, vouches, confirms and stops a lost phone. The same functions serve view, button and act."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.models import User
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, ORGANIZATION_POSTS
from intranet.workflow.machine import ALLOWED, Decision

from ..capacities import held
from ..policy import OVERSEERS
from .models import Recovery
from .selectors import organizations_of
from .ways import rule_for, rule_of

REPORTERS = COORDINATION | OFFICE_AND_ASSISTANTS | ORGANIZATION_POSTS
_NOT_THERE = Decision(False, _("This page does not exist."), "D10")
_ONESELF = Decision(
    False, _("Nobody vouches for themselves or confirms their own lost phone; others do."), "D11"
)


def _is_oneself(actor: Actor, obj: Recovery) -> bool:
    return actor.user_id is not None and actor.user_id == obj.user_id


def _acts_for(actor: Actor, user: User, now: datetime) -> bool:
    return (
        actor.capacity in ORGANIZATION_POSTS
        and actor.organization_id is not None
        and actor.organization_id in organizations_of(user, now)
    )


def may_report_for(actor: Actor, user: User, now: datetime) -> Decision:
    """Coordination and office for anybody; holders of a post for people of their organization.

    For anybody else, and for a technical account, the account does not exist (D10).
    """
    if user.is_superuser or rule_for(held(user, now)) is None:
        return _NOT_THERE
    if actor.user_id == user.pk:
        return _ONESELF
    if actor.capacity in COORDINATION | OFFICE_AND_ASSISTANTS or _acts_for(actor, user, now):
        return ALLOWED
    return _NOT_THERE


def may_report(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """As ``may_report_for`` the account."""
    return may_report_for(actor, obj.user, now)


def may_vouch(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """Another holder of a post as ``ways`` says."""
    if _is_oneself(actor, obj):
        return _ONESELF
    rule = rule_of(obj.way)
    fits = actor.capacity in rule.vouchers and actor.user_id is not None
    if fits and (not rule.own or _acts_for(actor, obj.user, now)):
        return ALLOWED
    if rule.own:
        return Decision(False, _("Another holder of a post of the same organization vouches."), "D11")
    return Decision(False, _("A person of the DSRSG/HC/RC office vouches."), "D11")


def may_record_letter(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """Where nobody can vouch: the letter, recorded by one and confirmed by another (D17)."""
    if _is_oneself(actor, obj):
        return _ONESELF
    if actor.capacity in rule_of(obj.way).recorders:
        return ALLOWED
    return Decision(False, _("This letter is not yours to record."), "D17")


def may_confirm(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """The Coordinator or whom ``ways`` names; never the person, never the voucher (the guard asks that)."""
    if _is_oneself(actor, obj):
        return _ONESELF
    rule = rule_of(obj.way)
    if actor.capacity in (rule.letter_confirmers if obj.by_letter else rule.confirmers):
        return ALLOWED
    if obj.by_letter and rule.letter_confirmers != rule.confirmers:
        return Decision(False, _("A letter is confirmed by a person of the DSRSG/HC/RC office."), "D17")
    return Decision(False, _("The PSEA Coordinator confirms after somebody has vouched."), "D11")


def may_stop(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """Whoever takes part or is concerned may say no: the person, own people, coordination, office."""
    if _is_oneself(actor, obj) or actor.is_system:
        return ALLOWED
    if actor.capacity in COORDINATION | OFFICE_AND_ASSISTANTS or _acts_for(actor, obj.user, now):
        return ALLOWED
    return _NOT_THERE


def may_use(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """The person, by the link."""
    return ALLOWED if _is_oneself(actor, obj) else Decision(False, _("This link is for somebody else."))


def the_clock(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """Only the deadline job notes that the time is up."""
    return ALLOWED if actor.is_system else Decision(False, _("Only the clock ends this."))


def may_view(actor: Actor, obj: Recovery, now: datetime) -> Decision:
    """Coordination, office, auditors; the person; holders of posts of the person's organizations."""
    if actor.capacity in OVERSEERS or _is_oneself(actor, obj):
        return ALLOWED
    vouched_in = actor.organization_id == obj.organization_id and actor.capacity in ORGANIZATION_POSTS
    return ALLOWED if vouched_in or _acts_for(actor, obj.user, now) else _NOT_THERE


def stands(actor: Actor, user: User, now: datetime) -> Decision:
    """For the doors below: whether ``actor`` confirms what somebody else vouched for, this very moment."""
    row = Recovery.objects.filter(user=user, state="vouched").select_related("voucher").first()
    if row is None or row.voucher is None or row.is_over(now):
        return Decision(False)
    other = row.voucher.user_id != actor.user_id and row.voucher_id != row.person_id
    return may_confirm(actor, row, now) if other else Decision(False)
