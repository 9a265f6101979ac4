"""A founded network whose Alpha, Beta and Gamma have signed, and the review of 2027 on its opening day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from protocol_pages.editions.models import Edition
from protocol_pages.reviews import services
from protocol_pages.reviews.models import ReviewCycle
from tests.signatories.conftest import edition, network, no_pdf  # noqa: F401
from tests.signatories.network import Network, endorse

from .play import JOB, OPENING


@pytest.fixture
def signed(network: Network, edition: Edition) -> Network:  # noqa: F811
    """Alpha, Beta and Gamma have endorsed."""
    for name in ("alpha", "beta", "gamma"):
        network.member(name)
        endorse(network, name, edition)
    return network


@pytest.fixture
def cycle(signed: Network) -> ReviewCycle:
    """The review of 2027, opened by the job on 2 December 2026."""
    return services.open_cycle(2027, JOB, OPENING)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The screens' clock stands at the opening."""
    with time_machine.travel(OPENING, tick=False) as coordinates:
        yield coordinates
