"""Notes of one organization. Others are never asked for here (D10)."""

from __future__ import annotations

from datetime import date, datetime

from signatories.days import network_day
from signatories.models import Organization

from .guards import MOST_MONTHS
from .models import OwnNote


def notes_of(organization: Organization) -> list[OwnNote]:
    """Newest first. One query."""
    return list(OwnNote.objects.filter(organization=organization).select_related("file"))


def months_on_offer(now: datetime) -> list[date]:
    """Months that have ended, newest first."""
    today = network_day(now)
    index = today.year * 12 + today.month - 1
    return [date((index - back) // 12, (index - back) % 12 + 1, 1) for back in range(1, MOST_MONTHS + 1)]
