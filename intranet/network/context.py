"""The settings that every page shows, read once a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import NetworkSettings


def network(request: HttpRequest) -> dict[str, Any]:
    """Template variable ``network``: the settings in force."""
    return {"network": SimpleLazyObject(NetworkSettings.current)}
