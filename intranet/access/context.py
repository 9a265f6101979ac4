"""What every page knows about the person: actor, capacities to choose from, navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from . import navigation
from .session import chosen_capacity, held_capacities


def access(request: HttpRequest) -> dict[str, Any]:
    """Template variables ``actor``, ``acting_as`` (the chosen capacity), ``capacities``, ``navigation``."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "acting_as": None, "capacities": [], "navigation": []}
    return {
        "actor": actor,
        "acting_as": chosen_capacity(request),
        "capacities": held_capacities(request),
        "navigation": navigation.for_actor(actor, request.path),
    }
