"""What the screens of this floor show, assembled with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import COORDINATION, FOCAL_POINTS, OFFICE, ORGANIZATION_POSTS, Capacity
from protocol_pages.editions.models import Edition

from .appointments import capacities_of
from .models import SIGNING_KINDS, AuthorityState, Organization, ParticipationEntry, Post, SigningAuthority
from .names import name_on
from .policy import OVERSEERS, may_see_entry
from .selectors import Position, Standing
from .withdrawn import has_left

EXPECTED_POSTS = frozenset({Capacity.HEAD_OF_AGENCY, *FOCAL_POINTS})
_EXPECTED_ELSEWHERE = frozenset({Capacity.COORDINATOR, Capacity.OFFICE})  # a network has them too

_SHAPES = {
    Standing.NEVER: "none",
    Standing.INVITED: "none",
    Standing.SIGNATORY: "ok",
    Standing.SUSPENDED: "quiet",
    Standing.FLOW_STOPPED: "quiet",
    Standing.SUSPENDED_STOPPED: "quiet",
    Standing.WITHDRAWN: "quiet",
}


def against_today(endorsement: object, today: Edition | None) -> str:
    """Address of "what my organization endorsed against today's text"; empty where nothing was endorsed."""
    if today is None or not isinstance(endorsement, ParticipationEntry) or not endorsement.edition_label:
        return ""
    return reverse("protocol-compare", args=[f"v{endorsement.edition_label}", today.slug])


def changed_since(endorsement: object, today: Edition | None) -> str:
    """The same, empty also where today's edition was endorsed: there is nothing to compare."""
    same = today is not None and getattr(endorsement, "edition_label", "") == today.label
    return "" if same else against_today(endorsement, today)


STOPPED = frozenset({Standing.SUSPENDED, Standing.FLOW_STOPPED, Standing.SUSPENDED_STOPPED})


@dataclass(frozen=True)
class StandingShown:
    """A standing as word and shape. Members are not told that another one suspends or stops the flow: the one
    is addressed to the office (§4.f), the other to the Coordinator (§9.f)."""

    word: StrOrPromise
    shape: str


def shown_standing(found: Standing, actor: Actor, organization: Organization) -> StandingShown:
    """How ``actor`` sees the standing of ``organization``."""
    own = actor.organization_id == organization.pk
    if found in STOPPED and not own and actor.capacity not in OVERSEERS:
        found = Standing.SIGNATORY
    return StandingShown(found.label, _SHAPES[found])


def active_on(day: date) -> QuerySet[Organization]:
    """Organizations that may sign and are in the network on a day, by name."""
    return Organization.objects.filter(
        Q(active_to__isnull=True) | Q(active_to__gte=day), kind__in=SIGNING_KINDS, active_from__lte=day
    )


def posts_expected(day: date) -> tuple[QuerySet[Organization], QuerySet[Post]]:
    """Organizations that should have a Head of Agency and both focal points, and those posts held on the day.

    One that has withdrawn leaves nobody a post to fill (§9.i).
    """
    asked = active_on(day).exclude(Exists(has_left(day, "pk")))
    held = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        begins_on__lte=day,
        capacity__in=EXPECTED_POSTS,
        organization__in=asked,
    )
    return asked, held


def vacancies(day: date) -> int:
    """Posts of Head of Agency and focal points that nobody holds on the day. Two queries."""
    asked, held = posts_expected(day)
    return asked.count() * len(EXPECTED_POSTS) - held.count()


@dataclass(frozen=True)
class PostLine:
    """A post of an organization on a day; without a holder it is vacant."""

    capacity: Capacity
    post: Post | None


def post_lines(organization: Organization, day: date) -> tuple[list[PostLine], list[Post]]:
    """Posts held on the day with the vacancies between them, and the other posts, past or to come."""
    posts = list(organization.posts.select_related("person").order_by("begins_on"))
    now = [post for post in posts if post.held_on(day)]
    lines = [PostLine(Capacity(post.capacity), post) for post in now]
    for capacity in capacities_of(organization.kind):
        if capacity in EXPECTED_POSTS | _EXPECTED_ELSEWHERE and not any(
            post.capacity == capacity for post in now
        ):
            lines.append(PostLine(capacity, None))
    order = list(Capacity)
    lines.sort(key=lambda line: order.index(line.capacity))
    others = [post for post in reversed(posts) if post not in now]
    return lines, others


@dataclass(frozen=True)
class AuthorityLine:
    """A recorded authority with its word for the day, and what the actor may do with it."""

    authority: SigningAuthority
    word: StrOrPromise
    shape: str
    ends: bool
    answers: bool


def authorities(organization: Organization, actor: Actor, day: date) -> list[AuthorityLine]:
    """Recorded authorities to sign, newest first. One query."""
    rows = organization.authorities.select_related("person", "file").order_by("-begins_on")
    own = actor.organization_id == organization.pk
    ends = actor.capacity in COORDINATION or (own and actor.capacity == Capacity.HEAD_OF_AGENCY)
    confirms = actor.capacity in OFFICE or (own and actor.capacity in ORGANIZATION_POSTS | {Capacity.SIGNER})
    return [_authority_line(row, actor, day, ends, confirms) for row in rows]


def _authority_line(
    row: SigningAuthority, actor: Actor, day: date, ends: bool, confirms: bool
) -> AuthorityLine:
    over = row.ends_on is not None and row.ends_on < day
    word, shape = row.get_state_display(), "soon" if row.state == AuthorityState.WAITING else "late"
    if row.counts:
        word, shape = (_("over"), "quiet") if over else (_("in force"), "ok")
        if day < row.begins_on:
            word, shape = _("begins later"), "none"
    somebody_else = actor.user_id not in {row.recorded_by_id, row.person.user_id}
    waits = row.state == AuthorityState.WAITING
    return AuthorityLine(
        row, word, shape, ends and row.counts and not over, confirms and waits and somebody_else
    )


def entries_of(organization: Organization, actor: Actor, now: datetime) -> list[ParticipationEntry]:
    """What ``actor`` may read of its ledger, newest first, answers beside what they answer. One query."""
    entries = (
        ParticipationEntry.objects.filter(organization=organization)
        .select_related("file", "answers", "answer_entry")
        .order_by("-number")
    )
    for entry in entries:
        entry.organization = organization
    return [entry for entry in entries if may_see_entry(actor, entry, now).allowed]


def endorsement_due(position: Position, edition_number: int) -> bool:
    """Whether the edition in force waits for an endorsement: none binds, or one of an earlier number (D7)."""
    signed = position.endorsement
    assert signed is None or isinstance(signed, ParticipationEntry)
    return not position.member or signed is None or (signed.edition_number or 0) < edition_number


def signed_as(entry: ParticipationEntry) -> str:
    """The name under which an entry was made, where it is not today's; empty otherwise (in English)."""
    name = entry.organization_name or name_on(entry.organization, entry.effective_on).en
    return "" if name == entry.organization.name_en else name


def how_it_came(entry: ParticipationEntry) -> str:
    """One sentence on how an entry came into the ledger; empty for an own act in this system (D17)."""
    if not entry.received_outside:
        return ""
    first = entry.answers.recorded_by if entry.answers is not None else None
    return came_from(entry.get_received_how_display(), entry.recorded_by, first)


def came_from(how: str, who: str, first: str | None) -> str:
    """``who`` recorded it, or confirmed what ``first`` had recorded."""
    words = {"how": how, "who": who, "first": first}
    if first is None:
        return _("Received %(how)s, recorded by %(who)s") % words
    return _("Received %(how)s, recorded by %(first)s, confirmed by %(who)s") % words
