"""Which capacities the records of this floor give an account (D9): posts, signatures, authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from intranet.access.capacities import HeldCapacity
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.compiled import Statement

from .days import network_day
from .models import Post
from .selectors import counting_authorities
from .speaking import speaking_as
from .withdrawn import shut_out


def held(user: User, now: datetime) -> Iterable[HeldCapacity]:
    """Posts held today, Signer where the person may speak as signer, reader for a named authority."""
    rows = _FACTS.rows(user=user.pk, day=network_day(now), now=now)
    at_a_post = {organization for organization, *_names, _what, source in rows if source == _POST}
    for organization, name, arabic, kurdish, what, source in rows:
        if source != _NAMED or organization not in at_a_post:
            yield HeldCapacity(Capacity(what), organization, name, {"ar": arabic, "ckb": kurdish})


_POST, _SIGNED, _NAMED = 1, 2, 3
LANGUAGES = ("en", "ar", "ckb")


def _all_facts(user: UUID, day: date, now: datetime) -> QuerySet[Any, Any]:
    today = Q(Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__user=user, begins_on__lte=day)
    not_yet = Q(ends_at__isnull=True) | Q(ends_at__gt=now)  # a leaver's hour
    posts = Post.objects.filter(today, not_yet).exclude(shut_out(day))
    return _facts(posts, _POST, F("capacity")).union(
        _facts(speaking_as(user, day), _SIGNED, Value(Capacity.SIGNER.value)),
        _facts(counting_authorities(day).filter(person__user=user), _NAMED, Value(Capacity.MEMBER.value)),
    )


def _facts(rows: QuerySet[Any], source: int, what: Any) -> QuerySet[Any, Any]:
    """(organization, its names, capacity, source), so that one query answers every page's first question."""
    return (
        rows.order_by()
        .annotate(what=Cast(what, CharField()), source=Value(source))
        .values_list(
            "organization_id", *(f"organization__name_{code}" for code in LANGUAGES), "what", "source"
        )
    )


_FACTS = Statement(_all_facts, user=UUID, day=date, now=datetime)
