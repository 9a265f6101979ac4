"""The network's calendar day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from intranet.network.models import NetworkSettings


def instant_of(day: date, hour: time) -> datetime:
    """The UTC instant of an hour of a day in the network's time zone. One query."""
    return datetime.combine(day, hour, NetworkSettings.current().zone()).astimezone(UTC)


def network_day(now: datetime) -> date:
    """The calendar date of the UTC instant ``now`` in the network's time zone. One query."""
    return now.astimezone(NetworkSettings.current().zone()).date()
