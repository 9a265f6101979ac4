"""Running numbers of labels: one row a series and year, locked while a number is taken (D12)."""

from __future__ import annotations

from datetime import datetime

from .models import Numbering
from .people import today


def next_label(series: str, now: datetime) -> str:
    """The next label of a series: "DR-2026-004". Call inside the act's transaction and ``acting``."""
    year = today(now).year
    Numbering.objects.get_or_create(series=series, year=year)
    row = Numbering.objects.select_for_update().get(series=series, year=year)
    row.last += 1
    row.save()
    return f"{series}-{year}-{row.last:03d}"


def expected_label(series: str, now: datetime) -> str:
    """The label that the next one would get, for a preview; nothing is taken."""
    year = today(now).year
    row = Numbering.objects.filter(series=series, year=year).first()
    return f"{series}-{year}-{(row.last if row else 0) + 1:03d}"
