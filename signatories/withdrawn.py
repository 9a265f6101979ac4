"""Conditions of queries about organizations that have withdrawn (§9.i): who has left, whose posts give nothing.

Days are calendar dates in the network's time zone.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import EntryKind, ParticipationEntry
from .stops.matrix import ACCESS_AFTER_WITHDRAWAL


def has_left(day: date, organization: str = "organization") -> QuerySet[ParticipationEntry]:
    """The withdrawal in effect on a day of an outer row's organization, where nothing was endorsed after it."""
    entries = ParticipationEntry.objects.filter(in_effect=True, effective_on__lte=day)
    after = entries.filter(kind=EntryKind.ENDORSED, organization=OuterRef("organization")).filter(
        Q(effective_on__gt=OuterRef("effective_on"))
        | Q(effective_on=OuterRef("effective_on"), number__gt=OuterRef("number"))
    )
    left = entries.filter(kind=EntryKind.WITHDRAWN, organization=OuterRef(organization))
    return left.filter(~Exists(after))


def shut_out(day: date) -> Q:
    """Posts that keep no access, because their organization has withdrawn (the effects matrix)."""
    return ~Q(capacity__in=ACCESS_AFTER_WITHDRAWAL) & Q(Exists(has_left(day)))
