"""The world of the consent ladder, with a request of each party under way."""

from __future__ import annotations

import pytest

from tests.forms_app.data_requests.conftest import own_figures  # noqa: F401
from tests.forms_app.data_requests.world import World, adopt_protocol, build_world


@pytest.fixture
def world(db: None) -> World:
    """Four signatories, the Coordinator, the office, and the protocol in force."""
    adopt_protocol()
    return build_world(4)
