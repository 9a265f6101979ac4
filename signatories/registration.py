"""What this floor tells the machinery below: capacities, governed objects, navigation, home rows."""

from __future__ import annotations

from intranet.access import capacities as access_capacities

from . import capacities


def register_all() -> None:
    """Called once by the app's ``ready``."""
    access_capacities.register(capacities.held)
