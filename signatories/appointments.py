"""Guards and effects of people and posts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access import accounts
from intranet.access.models import User
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision

from . import policy
from .days import network_day
from .models import Kind, Organization, Person, Post, PostState

ONE_HOLDER = COORDINATION | {
    Capacity.PRIMARY_FOCAL_POINT,
    Capacity.SECONDARY_FOCAL_POINT,
    Capacity.HEAD_OF_AGENCY,
}
DELEGATIONS = frozenset({Capacity.ACTING_COORDINATOR, Capacity.OFFICE_ASSISTANT})
_SIGNING = {Kind.UN_AGENCY, Kind.PARTNER_NGO, Kind.PARTNER_GOVERNMENT}
_AT_HOME: dict[Capacity, set[Kind]] = {
    **dict.fromkeys(ORGANIZATION_POSTS, _SIGNING),
    Capacity.MEMBER: _SIGNING | {Kind.OFFICE, Kind.COORDINATION},
    Capacity.COORDINATOR: {Kind.COORDINATION},
    Capacity.ACTING_COORDINATOR: {Kind.COORDINATION},
    Capacity.OFFICE: {Kind.OFFICE},
    Capacity.OFFICE_ASSISTANT: {Kind.OFFICE},
    Capacity.CONTENT_EDITOR: {Kind.OFFICE, Kind.COORDINATION},
    Capacity.AUDITOR: {Kind.OFFICE, Kind.COORDINATION, Kind.EXTERNAL},
}


def capacities_of(kind: str) -> list[Capacity]:
    """Capacities that a post in an organization of this kind may have, in the order of the enum."""
    return [capacity for capacity in Capacity if Kind(kind) in _AT_HOME.get(capacity, set())]


def belongs_there(context: Context) -> Decision:
    """A post exists in its kind of organization only: no Coordinator inside a member organization."""
    post: Post = context.obj
    if Capacity(post.capacity) in capacities_of(post.organization.kind):
        return ALLOWED
    return Decision(False, _("Capacity: an organization of this kind has no such post."), "D9")


def not_oneself(context: Context) -> Decision:
    """Nobody fills a post with themselves: the Coordinator does not become a Head of Agency (trap 16)."""
    person: Person = context.obj.person
    same = context.actor.user_id is not None and person.user_id == context.actor.user_id
    if same or (person.user_id is None and _address_of(context) == person.email.lower()):
        return Decision(
            False, _("Person: nobody fills a post with themselves; somebody else must do it."), "D9"
        )
    return ALLOWED


def _address_of(context: Context) -> str:
    """The address of the actor's account, empty for jobs."""
    if context.actor.user_id is None:
        return ""
    return User.objects.filter(pk=context.actor.user_id).values_list("email", flat=True).first() or ""


def dates_in_order(context: Context) -> Decision:
    """The last day is not before the first; a delegation names both days and its instrument."""
    post: Post = context.obj
    if post.ends_on is not None and post.ends_on < post.begins_on:
        return Decision(False, _("Last day: it lies before the first day. Correct one of them."), "D9")
    if post.capacity in DELEGATIONS and (post.ends_on is None or not post.instrument.strip()):
        return Decision(False, _("A delegation needs a last day and the instrument that gives it."), "D9")
    return ALLOWED


def nobody_else_holds_it(context: Context) -> Decision:
    """One holder at a time where one is meant; the same person never twice.

    Locks the organization, so that two who fill the post at once come one after the other. Coordinator
    and acting Coordinator are meant once in the network, whatever organizations coordinate.
    """
    post: Post = context.obj
    network_wide = post.capacity in COORDINATION
    home = Q(kind=Kind.COORDINATION) if network_wide else Q(pk=post.organization_id)
    locked = [item.pk for item in Organization.objects.select_for_update().filter(home).order_by("pk")]
    same = Post.objects.filter(organization__in=locked, capacity=post.capacity).exclude(pk=post.pk)
    overlapping = same.exclude(state=PostState.CANCELLED).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=post.begins_on)
    )
    if post.ends_on is not None:
        overlapping = overlapping.filter(begins_on__lte=post.ends_on)
    if post.capacity not in ONE_HOLDER:
        overlapping = overlapping.filter(person=post.person_id)
    holder = overlapping.select_related("person").order_by("begins_on").first()
    if holder is None:
        return ALLOWED
    until = holder.ends_on.isoformat() if holder.ends_on else _("further notice")
    return Decision(
        False,
        _(
            "%(post)s: %(name)s holds this post from %(begin)s until %(end)s. "
            "End that post first, or choose a later first day."
        )
        % {
            "post": post.get_capacity_display(),
            "name": holder.person.name,
            "begin": holder.begins_on.isoformat(),
            "end": until,
        },
        "D9",
    )


def address_belongs_to(person: Person) -> Person | None:
    """Another person who is listed with the address of ``person``."""
    return Person.objects.filter(email__iexact=person.email).exclude(pk=person.pk).first()


def taken_by(person: Person, actor: Actor) -> str:
    """Why an address is taken: by whom only for those who may see everybody (D10)."""
    if actor.capacity in policy.OVERSEERS:
        return _("E-mail: this address belongs to %s. Write another one.") % person.name
    return _("E-mail: this address is listed with another name. Write the person's own name and address.")


def address_is_free(context: Context) -> Decision:
    """A new person does not take the address of another; also one who is listed with a first post."""
    person: Person = context.obj.person if isinstance(context.obj, Post) else context.obj
    taken = address_belongs_to(person) if person._state.adding else None
    return ALLOWED if taken is None else Decision(False, taken_by(taken, context.actor), "D9")


def account_is_free(context: Context) -> Decision:
    """One account, one person; an account is never moved from one person to another."""
    person, user = context.obj, context.data["user"]
    if user.is_superuser:
        return Decision(False, _("Account: a technical account stands alone and belongs to nobody."), "D16")
    if user.email.lower() != person.email.lower():
        return Decision(False, _("Account: its address is not the address of this person."), "D10")
    if person.user_id is not None and person.user_id != user.pk:
        return Decision(False, _("This person has an account already."), "D10")
    other = Person.objects.filter(user=user).exclude(pk=person.pk).first()
    if other is not None:
        return Decision(False, _("This account belongs to %s.") % other.name, "D10")
    return ALLOWED


def link_account(context: Context) -> None:
    """From now on the posts of the person are the capacities of the account."""
    context.obj.user = context.data["user"]


def list_the_person(context: Context) -> None:
    """Somebody who is not listed yet is listed with the first post; an account of the same address is theirs.

    ``data["file"]``: the instrument as (name, bytes, content type), stored with the post.
    """
    person: Person = context.obj.person
    if person.user_id is None:
        person.user = User.objects.filter(
            email=person.email.lower(), person__isnull=True, is_superuser=False
        ).first()
    if person._state.adding or person.user_id is not None:
        person.save()
    _keep_file(context)
    _keep_account(context)
    context.result["event"] = {
        "capacity": context.obj.capacity,
        "person": str(person.pk),
        "begins_on": context.obj.begins_on.isoformat(),
        "ends_on": context.obj.ends_on.isoformat() if context.obj.ends_on else "",
    }


def _keep_account(context: Context) -> None:
    """Who leaves one organization and is appointed in another before the hour keeps the account, in either order."""
    post: Post = context.obj
    user = post.person.user
    if user is None or user.access_ends_at is None:
        return
    if post.ends_on is None or post.ends_on > network_day(user.access_ends_at):
        accounts.stays(user, context.actor, context.now)


def end_is_not_before_the_start(context: Context) -> Decision:
    """A recorded end lies on or after the first day, and only brings an earlier end forward."""
    post, ends_on = context.obj, context.data["ends_on"]
    if ends_on < post.begins_on:
        return Decision(False, _("Last day: it lies before the first day of the post."), "D9")
    if post.ends_on is not None and ends_on > post.ends_on:
        return Decision(False, _("Last day: the post ends earlier already. Fill a new post to go on."), "D9")
    ends_at, stops_at = context.data.get("ends_at"), getattr(post, "ends_at", None)
    if ends_at is not None and stops_at is not None and ends_at > stops_at:
        return Decision(False, _("Hour: access stops earlier already. Fill a new post to go on."), "D9")
    return ALLOWED


def end_it(context: Context) -> None:
    """The last day, inclusive; for a post also the instant of that day at which the capacity is gone."""
    ends_on, ends_at = context.data["ends_on"], context.data.get("ends_at")
    context.result["event"] = {"ends_on": ends_on.isoformat()}
    if isinstance(context.obj, Post) and (ends_at is not None or ends_on != context.obj.ends_on):
        context.obj.ends_at = ends_at
        context.result["event"]["ends_at"] = ends_at.isoformat() if ends_at else ""
    context.obj.ends_on = ends_on


def has_not_begun(context: Context) -> Decision:
    """Only a post that lies ahead is cancelled; one that began is ended, because it was held."""
    if context.obj.begins_on > network_day(context.now):
        return ALLOWED
    return Decision(False, _("This post has begun already. Record its last day instead."), "D9")


def cancel_it(context: Context) -> None:
    """Held on no day: it ends the day before its first, so that no question about a day finds it."""
    post: Post = context.obj
    post.ends_on = post.begins_on - timedelta(days=1)
    context.result["event"] = {"begins_on": post.begins_on.isoformat()}


def _keep_file(context: Context) -> None:
    upload = context.data.get("file")
    if upload is not None:
        name, content, kind = upload
        context.obj.file = store.store(name, content, context.obj, context.now, content_type=kind)
