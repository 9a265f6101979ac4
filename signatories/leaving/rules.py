"""Policy, guards and effects of the act "somebody leaves an organization at an hour".

The hour is a fact of the posts and of the account; that access has stopped is derived from it at every
request. No job is needed, and a machine that stood still lets nobody in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from intranet.access import accounts
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.workflow.machine import ALLOWED, Context, Decision
from intranet.workflow.runner import perform

from ..capacities import held
from ..days import network_day
from ..models import COUNTING, Organization, Person, Post, PostState, SigningAuthority
from ..policy import may_appoint
from ..selectors import posts_from
from . import notices

RECORDERS = COORDINATION | OFFICE | {Capacity.HEAD_OF_AGENCY}


def may_let_go(actor: Actor, person: Person, now: datetime) -> Decision:
    """Whoever fills posts records that somebody leaves; never for oneself. Each post is asked again."""
    if actor.capacity not in RECORDERS:
        return Decision(
            False,
            gettext_lazy("Leaving is recorded by the PSEA Coordinator, the office or the Head of Agency."),
        )
    if actor.user_id is not None and person.user_id == actor.user_id:
        return Decision(False, gettext_lazy("Nobody records their own leaving; somebody else must do it."))
    return ALLOWED


def lets_go(actor: Actor, organization: Organization) -> bool:
    """Whether the act is worth offering on the organization's page; each post is asked when it is done."""
    if actor.capacity == Capacity.HEAD_OF_AGENCY:
        return actor.organization_id == organization.pk
    return actor.capacity in COORDINATION or (actor.capacity in OFFICE and not organization.may_sign)


def open_posts(person: Person, organization: Organization, day: date) -> list[Post]:
    """Posts of the person there that are held on the day or begin later."""
    return [post for post in posts_from(organization, day) if post.person_id == person.pk]


def _authorities(person: Person, organization: Organization, day: date) -> list[SigningAuthority]:
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    found = SigningAuthority.objects.filter(still, person=person, organization=organization)
    return list(found.filter(state__in=COUNTING))


def holds_something_here(context: Context) -> Decision:
    """There is a post to end, and the hour does not lie before it began."""
    day = network_day(context.data["leaves_at"])
    posts = open_posts(context.obj, context.data["organization"], day)
    if not posts:
        return Decision(False, _("This person holds no post of this organization at that hour."))
    if all(post.begins_on > day for post in posts):
        return Decision(False, _("Day: it lies before the first day of the post."))
    return ALLOWED


def nothing_is_beyond_reach(context: Context) -> Decision:
    """Every post there is one that the actor may end; else nothing is ended at all."""
    day = network_day(context.data["leaves_at"])
    for post in open_posts(context.obj, context.data["organization"], day):
        decision = may_appoint(context.actor, post, context.now)
        if not decision.allowed:
            return decision
    return ALLOWED


def end_everything_here(context: Context) -> None:
    """Posts end at the hour, authorities to sign with the day before; the account, when nothing is left."""
    person, organization = context.obj, context.data["organization"]
    leaves_at: datetime = context.data["leaves_at"]
    day = network_day(leaves_at)
    for post in open_posts(person, organization, day):
        if post.begins_on > max(day, network_day(context.now)):
            perform(post, "cancel", context.actor, context.now, context.note)
            continue
        data = {"ends_on": max(day, post.begins_on), "ends_at": leaves_at}
        perform(post, "end", context.actor, context.now, context.note, data)
    for authority in _authorities(person, organization, day):
        if authority.begins_on >= max(day, network_day(context.now)):  # it would come after its bearer left
            perform(authority, "take_back", context.actor, context.now, context.note)
            continue
        last = {"ends_on": max(day - timedelta(days=1), authority.begins_on)}
        perform(authority, "end", context.actor, context.now, context.note, last)
    whole = not _held_elsewhere(person, organization, leaves_at)
    if whole and person.user is not None:
        accounts.end_access(person.user, leaves_at, context.actor, context.now, context.note)
    notices.left(person, organization, leaves_at, context.now)
    context.result["event"] = {
        "organization": str(organization.pk),
        "leaves_at": leaves_at.isoformat(),
        "account_ends": whole and person.user is not None,
    }


def _held_elsewhere(person: Person, organization: Organization, at: datetime) -> bool:
    """Whether the account holds anything of another organization at that instant or later."""
    if person.user is not None and any(
        item.organization_id != organization.pk for item in held(person.user, at)
    ):
        return True
    coming = Post.objects.filter(person=person, begins_on__gt=network_day(at))
    return coming.exclude(organization=organization).exclude(state=PostState.CANCELLED).exists()
