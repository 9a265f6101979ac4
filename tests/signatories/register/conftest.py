"""The same small network as on this floor's other tests; each test begins in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.signatories.conftest import clock, edition, first_signed, network, signed

__all__ = ["clock", "edition", "first_signed", "network", "signed"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Arabic leaves its language behind in the thread."""
    with translation.override("en"):
        yield
