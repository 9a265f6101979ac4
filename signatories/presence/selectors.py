"""Who is asked in the running round, who has answered what, whose posts nobody confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

from ..days import network_day
from ..models import Person, Post
from ..withdrawn import shut_out
from .models import PresenceAnswer, Reply
from .rounds import Round, current


def _held_since(round_: Round, today: date) -> Q:
    """Posts that stood when the round began and stand today, in an organization that has not withdrawn (§9.i):

    only then is there something to ask, and somebody who can open the page.
    """
    stand = Q(begins_on__lte=round_.begins_on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return stand & ~shut_out(today)


class Said(TypedDict):
    """What the newest answer of the round says; empty while the person is silent."""

    reply: str
    reply_note: str


if TYPE_CHECKING:
    Asked = WithAnnotations[Person, Said]
else:
    Asked = Person


def asked(round_: Round, now: datetime) -> QuerySet[Asked]:
    """People with an open account and a post to confirm, each with ``reply`` ("" while silent). One query."""
    today = network_day(now)
    newest = PresenceAnswer.objects.filter(person=OuterRef("pk"), round_on=round_.begins_on)
    newest = newest.order_by("-number")
    posts = Post.objects.filter(_held_since(round_, today), person=OuterRef("pk"))
    return Person.objects.filter(
        Q(user__access_ends_at__isnull=True) | Q(user__access_ends_at__gt=now),
        Exists(posts),
        user__is_active=True,
    ).annotate(
        reply=Coalesce(Subquery(newest.values("reply")[:1]), Value("")),
        reply_note=Coalesce(Subquery(newest.values("note")[:1]), Value("")),
    )


def silent(round_: Round, now: datetime) -> QuerySet[Asked]:
    """Who was asked and has not answered."""
    return asked(round_, now).filter(reply="")


@dataclass(frozen=True)
class Flag:
    """Somebody whose posts are not confirmed. ``reply``: "" for silence, else what was said."""

    person: Person
    posts: list[Post]
    reply: str
    note: str

    @property
    def words(self) -> str:
        return str(Reply(self.reply).label) if self.reply else ""


def flagged(round_: Round, now: datetime, organization: UUID | None) -> QuerySet[Asked]:
    """Whose posts are not confirmed: silent after the last day, or not as they stand. One query."""
    spoken = Q(reply__in=[Reply.LEFT, Reply.CORRECT])
    wanted = spoken | Q(reply="") if round_.is_over(network_day(now)) else spoken
    people = asked(round_, now).filter(wanted)
    if organization is not None:
        posts = Post.objects.filter(_held_since(round_, network_day(now)), person=OuterRef("pk"))
        people = people.filter(Exists(posts.filter(organization=organization)))
    return people


def flags(now: datetime, organization: UUID | None = None) -> list[Flag]:
    """Posts to look after: nobody confirmed them in time, or the holder said no. Three queries.

    ``organization``: only people with a post there, and only these posts.
    """
    today = network_day(now)
    round_ = current(today)
    posts = Post.objects.filter(_held_since(round_, today)).select_related("organization")
    if organization is not None:
        posts = posts.filter(organization=organization)
    people = flagged(round_, now, organization).prefetch_related(
        Prefetch("posts", posts.order_by("capacity"), to_attr="asked_posts")
    )
    return [Flag(person, person.asked_posts, person.reply, person.reply_note) for person in people]


def newest_of(person: Person, round_: Round) -> PresenceAnswer | None:
    """What the person last said in a round. One query."""
    answers = PresenceAnswer.objects.filter(person=person, round_on=round_.begins_on)
    return answers.exclude(reply=Reply.SEEN).order_by("-number").first()
