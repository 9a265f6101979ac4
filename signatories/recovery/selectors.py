"""Lost phones that are under way, and who could vouch for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.actors import Actor
from intranet.access.models import Authenticator, User

from ..capacities import held
from ..days import network_day
from ..models import Person, Post, SigningAuthority
from .models import LIVE, Recovery
from .ways import Rule


def live() -> QuerySet[Recovery]:
    """Everything under way, oldest first."""
    return (
        Recovery.objects.filter(state__in=LIVE)
        .select_related("user", "person", "organization", "voucher", "invitation")
        .order_by("opened_at")
    )


def running(now: datetime) -> QuerySet[Recovery]:
    """Under way and not past its time."""
    return live().filter(expires_at__gt=now)


def near(rows: QuerySet[Recovery], actor: Actor) -> QuerySet[Recovery]:
    """Those that may concern somebody: the own one, and of people who have anything to do with the organization."""
    own = Q(user=actor.user_id)
    if actor.organization_id is not None:
        there = {"person": OuterRef("person"), "organization": actor.organization_id}
        own |= Q(organization=actor.organization_id)
        own |= Exists(Post.objects.filter(**there)) | Exists(SigningAuthority.objects.filter(**there))
    return rows.filter(own)


def live_of(user: User) -> Recovery | None:
    """The one that is under way for an account."""
    return live().filter(user=user).first()


def organizations_of(user: User, now: datetime) -> set[UUID]:
    """Organizations in which the account holds anything today."""
    return {item.organization_id for item in held(user, now) if item.organization_id is not None}


def vouchers_for(user: User, rule: Rule, now: datetime) -> list[Person]:
    """Who could vouch today: a fitting post, an account in use, no lost phone of one's own. Two queries."""
    posts = _able(rule.vouchers, user, now)
    if rule.own:
        posts = posts.filter(organization__in=organizations_of(user, now))
    return _people(posts)


def _able(capacities: Iterable[str], besides: User, now: datetime) -> QuerySet[Post]:
    day = network_day(now)
    return Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        Q(person__user__access_ends_at__isnull=True) | Q(person__user__access_ends_at__gt=now),
        Exists(Authenticator.objects.filter(user=OuterRef("person__user"), confirmed=True)),
        ~Exists(Recovery.objects.filter(user=OuterRef("person__user"), state__in=LIVE)),
        begins_on__lte=day,
        capacity__in=list(capacities),
        person__user__is_active=True,
    ).exclude(person__user=besides)


def _people(posts: QuerySet[Post]) -> list[Person]:
    return list(dict.fromkeys(post.person for post in posts.select_related("person")))


def way_is_open(user: User, rule: Rule, now: datetime) -> bool:
    """Whether two different people could bring the account back today, by voucher or by letter."""
    first = vouchers_for(user, rule, now)
    second = _people(_able(rule.confirmers, user, now))
    if not first:
        first = _people(_able(rule.recorders, user, now))
        second = _people(_able(rule.letter_confirmers, user, now))
    return any(one.pk != other.pk for one in first for other in second)


def over(now: datetime) -> list[Recovery]:
    """Whose time is up at ``now`` and not noted yet."""
    return list(live().filter(expires_at__lte=now))
