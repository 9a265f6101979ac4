"""The earliest possible release, if everybody who has not answered stays silent and the others agree at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intranet.clock.business_days import CalendarNotConfirmed

from .clocks import due
from .facts import AskFacts
from .tokens import UNANSWERED, AskState


@dataclass(frozen=True, slots=True)
class Forecast:
    """``at``: the instant (UTC) from which a release is possible; ``silent``: how many would stay silent."""

    at: datetime
    silent: int
    missing_year: int | None = None


def earliest(asks: Iterable[AskFacts], now: datetime, follow_up_days: int) -> Forecast:
    """Pure: first answers run out, the follow-up goes the same day, its days run out (§7B.2)."""
    ends, silent = now, 0
    for known in asks:
        if known.ask.state not in UNANSWERED or known.calendar is None:
            continue
        silent += 1
        running = due(known.position.clock, known.calendar)
        if running.missing_year is not None:
            return Forecast(now, silent, running.missing_year)
        end = max(now, running.ends_at)
        if known.ask.state == AskState.ASKED:
            try:
                end = known.calendar.count(end, follow_up_days).ends_at
            except CalendarNotConfirmed as missing:
                return Forecast(now, silent, missing.year)
        ends = max(ends, end)
    return Forecast(ends, silent)
