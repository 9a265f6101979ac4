"""Files of documents in a folder of the test; a member and an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.personas import PersonaClient, persona_client


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> None:
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture
def member() -> PersonaClient:
    return persona_client(Capacity.MEMBER)


@pytest.fixture
def editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client
