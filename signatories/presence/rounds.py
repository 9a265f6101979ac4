"""When a round begins and until when an answer is awaited. Pure; network practice, not protocol text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from intranet.network.models import NetworkSettings


@dataclass(frozen=True, slots=True)
class Round:
    """``begins_on``: first day; ``last_day``: the last day for an answer. Calendar days of the network's zone."""

    begins_on: date
    last_day: date

    def is_over(self, today: date) -> bool:
        """Whether silence is shown to those who look after the posts."""
        return today > self.last_day


def round_on(today: date, months: int, grace_days: int) -> Round:
    """The running round: it begins on the first of every ``months``-th month, January first.

    ``months`` divides twelve. ``grace_days``: calendar days after the first day.
    """
    month = (today.month - 1) // months * months + 1
    begins = date(today.year, month, 1)
    return Round(begins, begins + timedelta(days=grace_days))


def current(today: date) -> Round:
    """The running round by the settings in force. One query."""
    settings = NetworkSettings.current()
    return round_on(today, settings.still_you_months, settings.still_you_grace_days)
