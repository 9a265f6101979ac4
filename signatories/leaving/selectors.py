"""The leaver's one page: what is open, by when, with whom. It is derived when it is asked for, never stored.

What is open belongs to the organization and the post, so nothing has to be moved: whoever holds the post
next, or another post of the organization, finds the same rows on Home.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock.due import DueRow, WaitingRow, due_rows, waiting_rows
from intranet.workflow.machine import ALLOWED, Decision

from ..days import network_day
from ..directory import EXPECTED_POSTS
from ..models import Organization, Person, Post
from ..selectors import coordination_people, office_people, posts_from
from ..speaking import speaker_on

SHOWN_AFTER = timedelta(days=90)  # calendar days that a page still opens after the last post ended


@dataclass(frozen=True)
class Part:
    """One post that is handed over. ``next_holder``: who holds it afterwards, None while nobody does."""

    post: Post
    next_holder: Person | None
    may_stay_vacant: bool
    due: list[DueRow]
    waiting: list[WaitingRow]


@dataclass(frozen=True)
class Contact:
    """Somebody to turn to."""

    what: StrOrPromise
    person: Person


@dataclass(frozen=True)
class HandOver:
    """Everything on the page. ``leaves_at``: UTC, None while only days or nothing is recorded."""

    person: Person
    organization: Organization
    parts: list[Part]
    contacts: list[Contact]
    leaves_at: datetime | None
    ends_on: date | None
    speaks: bool  # as signer of the organization: that right ends with no post and with no account (§9.i fn5)


def may_see(actor: Actor, person: Person, organization: Organization, now: datetime) -> Decision:
    """The leaver up to the hour, those who act for the organization, coordination; the office for the network's posts.

    What is open is read afresh, so that it is nobody's business any more who works elsewhere by now (§3).
    """
    if (
        actor.user_id is not None
        and actor.user_id == person.user_id
        and _still_there(person, organization, now)
    ):
        return ALLOWED
    if actor.capacity in COORDINATION or (actor.capacity in OFFICE and not organization.may_sign):
        return ALLOWED
    own = actor.organization_id == organization.pk
    return ALLOWED if own and actor.capacity in ORGANIZATION_POSTS else Decision(False)


def _still_there(person: Person, organization: Organization, now: datetime) -> bool:
    day, hour = network_day(now), Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    held = Q(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
    return Post.objects.filter(hour, held, person=person, organization=organization).exists()


def hand_over(person: Person, organization: Organization, now: datetime) -> HandOver | None:
    """The page of one person in one organization; None where no post stands or stood lately."""
    day = network_day(now)
    lately = Q(ends_on__isnull=True) | Q(ends_on__gte=day - SHOWN_AFTER)
    posts = list(
        Post.objects.filter(lately, person=person, organization=organization, begins_on__lte=day)
        .select_related("person", "organization")
        .order_by("begins_on")
    )
    if not posts:
        return None
    others = [post for post in posts_from(organization, day) if post.person_id != person.pk]
    speaker = speaker_on(organization, day)
    return HandOver(
        person,
        organization,
        [_part(post, others, now) for post in posts],
        _contacts(organization, others, day),
        max((post.ends_at for post in posts if post.ends_at), default=None),
        max((post.ends_on for post in posts if post.ends_on), default=None)
        if all(post.ends_on for post in posts)
        else None,
        speaker is not None and speaker.person is not None and speaker.person.pk == person.pk,
    )


def _part(post: Post, others: list[Post], now: datetime) -> Part:
    actor = Actor(
        label=post.person.name,
        capacity=post.capacity,
        user_id=post.person.user_id,
        organization_id=post.organization_id,
        organization=post.organization.name_en,
    )
    later = [other for other in others if other.capacity == post.capacity and other.pk != post.pk]
    expected = EXPECTED_POSTS | {Capacity.COORDINATOR}
    return Part(
        post,
        later[0].person if later else None,
        post.capacity not in expected,
        [row for row in due_rows(actor, now) if not row.personal],
        waiting_rows(actor, now),
    )


def _contacts(organization: Organization, others: list[Post], day: date) -> list[Contact]:
    found = [Contact(other.get_capacity_display(), other.person) for other in others]
    known = {contact.person.pk for contact in found}
    network = [
        (_("PSEA Coordinator"), coordination_people(day)),
        (_("DSRSG/HC/RC office"), office_people(day)),
    ]
    for what, people in network:
        found += [Contact(what, person) for person in people if person.pk not in known]
    return found
