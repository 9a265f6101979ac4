"""Which capacities the records of this floor give an account (D9): posts, signatures, authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from intranet.access.capacities import HeldCapacity
from intranet.access.models import User
from intranet.access.roles import Capacity

from .days import network_day
from .models import EntryKind, ParticipationEntry, SigningAuthority
from .selectors import posts_held


def held(user: User, now: datetime) -> Iterable[HeldCapacity]:
    """Posts held today, Signer where the account's person signed, reader for a named authority."""
    day = network_day(now)
    organizations: set[UUID] = set()
    for post in posts_held(user, day):
        organizations.add(post.organization_id)
        yield HeldCapacity(Capacity(post.capacity), post.organization_id, post.organization.name_en)
    yield from _signed(user)
    authorities = SigningAuthority.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__user=user, begins_on__lte=day
    ).select_related("organization")
    for authority in authorities:
        if authority.organization_id not in organizations:
            yield HeldCapacity(Capacity.MEMBER, authority.organization_id, authority.organization.name_en)


def _signed(user: User) -> Iterable[HeldCapacity]:
    """Signer is a fact of the ledger: the newest endorsement in effect carries the person's name.

    It outlasts posts and even the withdrawal: only this person may speak about it (§9.i fn5).
    """
    mine = ParticipationEntry.objects.filter(signer__user=user, kind=EntryKind.ENDORSED, in_effect=True)
    entries = (
        ParticipationEntry.objects.filter(
            organization__in=mine.values("organization"), kind=EntryKind.ENDORSED, in_effect=True
        )
        .select_related("signer", "organization")
        .order_by("effective_on", "number")
    )
    newest = {entry.organization_id: entry for entry in entries}
    for entry in newest.values():
        if entry.signer is not None and entry.signer.user_id == user.pk:
            yield HeldCapacity(Capacity.SIGNER, entry.organization_id, entry.organization.name_en)
