"""What the screens of this floor show, assembled with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS, Capacity

from . import selectors
from .appointments import capacities_of
from .models import SIGNING_KINDS, Organization, ParticipationEntry, Post, SigningAuthority
from .names import Names, name_on, names_on
from .policy import OVERSEERS
from .selectors import Position, Standing
from .standing import standing_of

EXPECTED_POSTS = frozenset({Capacity.HEAD_OF_AGENCY, *FOCAL_POINTS})
_EXPECTED_ELSEWHERE = frozenset({Capacity.COORDINATOR, Capacity.OFFICE})  # a network has them too

_SHAPES = {
    Standing.NEVER: "none",
    Standing.INVITED: "none",
    Standing.SIGNATORY: "ok",
    Standing.SUSPENDED: "quiet",
    Standing.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class StandingShown:
    """A standing as word and shape. Members are not told that another one suspends (§4.f: to the office)."""

    word: StrOrPromise
    shape: str


def shown_standing(found: Standing, actor: Actor, organization: Organization) -> StandingShown:
    """How ``actor`` sees the standing of ``organization``."""
    own = actor.organization_id == organization.pk
    if found == Standing.SUSPENDED and not own and actor.capacity not in OVERSEERS:
        found = Standing.SIGNATORY
    return StandingShown(found.label, _SHAPES[found])


def active(day: date) -> QuerySet[Organization]:
    """Organizations that may sign and are in the network on a day."""
    return Organization.objects.filter(
        Q(active_to__isnull=True) | Q(active_to__gte=day), kind__in=SIGNING_KINDS, active_from__lte=day
    )


def vacancies(day: date) -> int:
    """Posts of Head of Agency and focal points that nobody holds on the day. One query."""
    held = Q(posts__begins_on__lte=day) & (Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=day))
    counted = active(day).aggregate(
        organizations=Count("pk", distinct=True),
        held=Count("posts", filter=held & Q(posts__capacity__in=EXPECTED_POSTS), distinct=True),
    )
    return int(counted["organizations"] * len(EXPECTED_POSTS) - counted["held"])


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


def authorities(organization: Organization) -> list[SigningAuthority]:
    """Recorded authorities to sign, newest first. One query."""
    return list(organization.authorities.select_related("person", "file").order_by("-begins_on"))


def entries_of(organization: Organization) -> list[ParticipationEntry]:
    """The organization's ledger, newest first, answers beside what they answer. One query."""
    return list(
        ParticipationEntry.objects.filter(organization=organization)
        .select_related("file", "answers", "answer_entry")
        .order_by("-number")
    )


@dataclass(frozen=True)
class RegisterRow:
    """One line of "who has endorsed"."""

    organization: Organization
    standing: StandingShown
    names: Names  # as they were on the day
    endorsement: ParticipationEntry | None
    left: ParticipationEntry | None
    due: bool  # a newer substantive edition waits for its endorsement


def register_rows(actor: Actor, day: date, edition_number: int | None) -> list[RegisterRow]:
    """Every organization that may sign, with the endorsement that binds on the day, under the names of
    that day. Three queries."""
    positions = selectors.positions_on(day)
    listed = list(Organization.objects.filter(kind__in=SIGNING_KINDS))
    names = names_on(day, listed)
    rows = []
    for item in listed:
        position = positions.get(item.pk, Position())
        if not item.active_on(day) and position.endorsement is None:
            continue
        found = standing_of(item, position, day)
        signed, last = position.endorsement, position.last
        assert signed is None or isinstance(signed, ParticipationEntry)
        assert last is None or isinstance(last, ParticipationEntry)
        left = last if found == Standing.WITHDRAWN else None
        number = signed.edition_number if signed is not None and position.member else None
        due = position.member and edition_number is not None and (number or 0) < edition_number
        rows.append(RegisterRow(item, shown_standing(found, actor, item), names[item.pk], signed, left, due))
    return sorted(rows, key=lambda row: row.names.en.casefold())


def signed_as(entry: ParticipationEntry) -> str:
    """The name under which an entry was made, where it is not today's; empty otherwise (in English)."""
    name = entry.organization_name or name_on(entry.organization, entry.effective_on).en
    return "" if name == entry.organization.name_en else name


def how_it_came(entry: ParticipationEntry) -> str:
    """One sentence on how an entry came into the ledger; empty for an own act in this system (D17)."""
    if not entry.received_outside:
        return ""
    words = {"how": entry.get_received_how_display(), "who": entry.recorded_by}
    if entry.answers is not None:
        words["first"] = entry.answers.recorded_by
        return _("Received %(how)s, recorded by %(first)s, confirmed by %(who)s") % words
    return _("Received %(how)s, recorded by %(who)s") % words
