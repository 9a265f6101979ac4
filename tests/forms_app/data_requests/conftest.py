"""The invented network, and the real provider put back afterwards."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from forms_app.common import figures
from tests.services.rows import written_once

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


@pytest.fixture(scope="module")
def first_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Four signatories, the Coordinator, the office, and the protocol in force: for all tests of a file."""

    def build() -> World:
        adopt_protocol()
        return build_world(4)

    kept = list(figures._providers)
    yield from written_once(django_db_blocker, build)
    figures._providers[:] = kept


@pytest.fixture
def world(first_world: World, db: None) -> World:
    """A test's own copy of the objects; it provides the figures."""
    made = copy.deepcopy(first_world)
    figures._providers[:] = [made.figures]
    return made
