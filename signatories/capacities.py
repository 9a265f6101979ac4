"""Which capacities the records of this floor give an account (D9): posts, signatures, authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from intranet.access.capacities import HeldCapacity
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.compiled import Statement

from .days import network_day
from .models import EntryKind, ParticipationEntry, Post, SigningAuthority


def held(user: User, now: datetime) -> Iterable[HeldCapacity]:
    """Posts held today, Signer where the account's person signed, reader for a named authority."""
    rows = _FACTS.rows(user=user.pk, day=network_day(now))
    at_a_post = {organization for organization, _name, _what, source in rows if source == _POST}
    for organization, name, what, source in rows:
        if source != _NAMED or organization not in at_a_post:
            yield HeldCapacity(Capacity(what), organization, name)


_POST, _SIGNED, _NAMED = 1, 2, 3


def _all_facts(user: UUID, day: date) -> QuerySet[Any, Any]:
    today = Q(Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__user=user, begins_on__lte=day)
    return _facts(Post.objects.filter(today), _POST, F("capacity")).union(
        _facts(_signed(user), _SIGNED, Value(Capacity.SIGNER.value)),
        _facts(SigningAuthority.objects.filter(today), _NAMED, Value(Capacity.MEMBER.value)),
    )


def _facts(rows: QuerySet[Any], source: int, what: Any) -> QuerySet[Any, Any]:
    """(organization, its name, capacity, source), so that one query answers every page's first question."""
    return (
        rows.order_by()
        .annotate(what=Cast(what, CharField()), source=Value(source))
        .values_list("organization_id", "organization__name_en", "what", "source")
    )


def _signed(user: UUID) -> QuerySet[ParticipationEntry]:
    """Signer is a fact of the ledger: the newest endorsement in effect carries the person's name.

    It outlasts posts and even the withdrawal: only this person may speak about it (§9.i fn5).
    """
    endorsed = ParticipationEntry.objects.filter(kind=EntryKind.ENDORSED, in_effect=True)
    later = endorsed.filter(organization=OuterRef("organization")).filter(
        Q(effective_on__gt=OuterRef("effective_on"))
        | Q(effective_on=OuterRef("effective_on"), number__gt=OuterRef("number"))
    )
    return endorsed.filter(~Exists(later), signer__user=user)


_FACTS = Statement(_all_facts, user=UUID, day=date)
