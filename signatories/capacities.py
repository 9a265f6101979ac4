"""Which capacities the records of this floor give an account (D9): posts, signatures, authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from intranet.access.capacities import HeldCapacity
from intranet.access.models import User
from intranet.access.roles import Capacity

from .days import network_day
from .models import EntryKind, ParticipationEntry, Post, SigningAuthority


def held(user: User, now: datetime) -> Iterable[HeldCapacity]:
    """Posts held today, Signer where the account's person signed, reader for a named authority."""
    day = network_day(now)
    authorities = SigningAuthority.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__user=user, begins_on__lte=day
    )
    posts = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        person__user=user,
        begins_on__lte=day,
    )
    rows = list(
        _facts(posts, _POST, F("capacity")).union(
            _facts(_signed(user), _SIGNED, Value(Capacity.SIGNER.value)),
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


def _signed(user: User) -> QuerySet[ParticipationEntry]:
    """Signer is a fact of the ledger: the newest endorsement in effect carries the person's name.

    It outlasts posts and even the withdrawal: only this person may speak about it (§9.i fn5).
    """
    endorsed = ParticipationEntry.objects.filter(kind=EntryKind.ENDORSED, in_effect=True)
    later = endorsed.filter(organization=OuterRef("organization")).filter(
        Q(effective_on__gt=OuterRef("effective_on"))
        | Q(effective_on=OuterRef("effective_on"), number__gt=OuterRef("number"))
    )
    return endorsed.filter(~Exists(later), signer__user=user)
