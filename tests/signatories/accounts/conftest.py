"""A network whose people have accounts in use."""

from __future__ import annotations

import pytest

from intranet.access.devices import Authenticator

from ..network import Network


@pytest.fixture
def in_use(network: Network) -> Network:
    """Alpha and Beta with Head of Agency and both focal points, everybody's account set up."""
    network.member("alpha")
    network.member("beta")
    set_up(network)
    return network


def set_up(network: Network) -> None:
    """Everybody without a second factor gets one, as their first enrolment would give it."""
    for person in (network.office_person, network.coordinator_person, *network.people.values()):
        assert person.user is not None
        Authenticator.objects.get_or_create(user=person.user, name="default")
