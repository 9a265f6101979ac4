"""The network's calendar day, as this floor and those above ask for it (``intranet.clock.days``)."""

from __future__ import annotations

from intranet.clock.days import instant_of, network_day

__all__ = ["instant_of", "network_day"]
