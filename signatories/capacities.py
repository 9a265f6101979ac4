"""Which capacities the records of this floor give an account (D9): posts, signatures, authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from intranet.access.capacities import HeldCapacity
from intranet.access.models import User
from intranet.access.roles import Capacity

from .days import network_day
from .models import Post
from .selectors import counting_authorities
from .speaking import speaking_as


def held(user: User, now: datetime) -> Iterable[HeldCapacity]:
    """Posts held today, Signer where the person may speak as signer, reader for a named authority."""
    day = network_day(now)
    authorities = counting_authorities(day).filter(person__user=user)
    posts = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__user=user, begins_on__lte=day
    )
    rows = list(
        _facts(posts, _POST, F("capacity")).union(
            _facts(speaking_as(user, day), _SIGNED, Value(Capacity.SIGNER.value)),
            _facts(authorities, _NAMED, Value(Capacity.MEMBER.value)),
        )
    )
    at_a_post = {organization for organization, _name, _what, source in rows if source == _POST}
    for organization, name, what, source in rows:
        if source != _NAMED or organization not in at_a_post:
            yield HeldCapacity(Capacity(what), organization, name)


_POST, _SIGNED, _NAMED = 1, 2, 3


def _facts(rows: QuerySet[Any], source: int, what: Any) -> QuerySet[Any, Any]:
    """(organization, its name, capacity, source), so that one query answers every page's first question."""
    return (
        rows.order_by()
        .annotate(what=Cast(what, CharField()), source=Value(source))
        .values_list("organization_id", "organization__name_en", "what", "source")
    )
