"""Steps of the reminders: start, 7 days, 1 day, due day, then weekly; never daily. Pure (network practice)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BEFORE = (7, 1, 0)  # calendar days before the due day
WEEK = 7  # calendar days between the reminders after it


@dataclass(frozen=True, slots=True)
class Step:
    """One mail. ``code``: ``T-7``, ``T-1``, ``T``, ``T+7``, ``T+14`` ...; ``on``: its calendar day."""

    code: str
    on: date


def step_now(invited_on: date, due_on: date, today: date) -> Step | None:
    """The newest reminder whose day has come, None before the first.

    None comes on the day of the invitation itself or before it; after an outage one mail goes out, not all
    that were missed.
    """
    days = [due_on - timedelta(days=before) for before in BEFORE]
    weeks = (today - due_on).days // WEEK
    if weeks > 0:
        days.append(due_on + timedelta(days=weeks * WEEK))
    come = [day for day in days if invited_on < day <= today]
    return Step(_code((max(come) - due_on).days), max(come)) if come else None


def next_step(due_on: date, today: date) -> date:
    """The day of the next reminder after today."""
    days = [due_on - timedelta(days=before) for before in BEFORE]
    weeks = max((today - due_on).days // WEEK, 0) + 1
    return min(day for day in [*days, due_on + timedelta(days=weeks * WEEK)] if day > today)


def _code(days: int) -> str:
    return "T" if days == 0 else f"T{days:+d}"
