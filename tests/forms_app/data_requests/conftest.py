"""The invented network, and the real provider put back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms_app.common import figures

from .world import World, adopt_protocol, build_world


@pytest.fixture(autouse=True)
def own_figures(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files in a folder of the test; whoever provided figures before does so again."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    kept = list(figures._providers)
    yield
    figures._providers[:] = kept


@pytest.fixture
def world(db: None) -> World:
    """Four signatories, the Coordinator, the office, and the protocol in force."""
    adopt_protocol()
    return build_world(4)
