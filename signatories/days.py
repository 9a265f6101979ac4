"""The network's calendar day."""

from __future__ import annotations

from datetime import date, datetime

from intranet.network.models import NetworkSettings


def network_day(now: datetime) -> date:
    """The calendar date of the UTC instant ``now`` in the network's time zone. One query."""
    return now.astimezone(NetworkSettings.current().zone()).date()
