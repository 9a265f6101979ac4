"""The invented network of the month's tests."""

from __future__ import annotations

import pytest

from signatories.models import Organization

from . import world


@pytest.fixture
def agency(db: None) -> Organization:
    """A signatory since 10 January 2025, with a confirmed calendar of 2025 and 2026."""
    world.confirmed_calendar()
    return world.organization("Agency")
