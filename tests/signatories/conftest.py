"""Fixtures of this floor: a founded network and the real first edition."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from intranet.papers import pdf
from intranet.papers.paper import Paper
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from tests.services.rows import written_once

from .network import NOW, TODAY, Network, endorse, found_network


@pytest.fixture(autouse=True)
def no_pdf(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server without the text engine: certificates are Word files, unless a test asks for ``with_pdf``.

    Laying out a PDF takes longer than everything else that an endorsement does.
    """
    if "with_pdf" not in request.fixturenames:
        make_none(monkeypatch)


def make_none(patch: pytest.MonkeyPatch) -> None:
    """Papers are Word files until ``patch`` is undone."""

    def render(paper: Paper) -> bytes:
        raise pdf.PdfUnavailable("not made in this test")

    patch.setattr(pdf, "render", render)


@pytest.fixture
def with_pdf() -> None:
    """The certificates of this test are laid out as PDF too."""


@pytest.fixture(scope="module")
def first_signed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Network]:
    """A founded network in which Alpha has endorsed edition 1 and Beta has not: for all tests of a file."""

    def build() -> Network:
        with time_machine.travel(NOW, tick=False), pytest.MonkeyPatch.context() as patch:
            make_none(patch)
            adopt()
            network = found_network()
            network.member("alpha")
            network.member("beta")
            endorse(network, "alpha", edition_in_force(TODAY))
        return network

    yield from written_once(django_db_blocker, build)


def adopt() -> None:
    """Edition 1 of the real protocol, as the installation adopts it."""
    call_command("adopt_protocol", verbosity=0)


@pytest.fixture
def edition(request: pytest.FixtureRequest, db: None) -> Edition:
    """Edition 1 of the real protocol."""
    if "first_signed" not in request.fixturenames:
        adopt()
    return edition_in_force(TODAY)


@pytest.fixture
def network(request: pytest.FixtureRequest, db: None) -> Network:
    """Coordination and office; members come by ``network.member``."""
    if "first_signed" in request.fixturenames:
        return copy.deepcopy(request.getfixturevalue("first_signed"))
    return found_network()


@pytest.fixture
def signed(first_signed: Network, network: Network, edition: Edition) -> Network:
    """Alpha has endorsed edition 1 today; Beta has not."""
    return network


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The screens' clock stands at NOW; ``clock.shift`` moves it."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates
