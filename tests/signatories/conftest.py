"""Fixtures of this floor: a founded network and the real first edition."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command

from intranet.papers import pdf
from intranet.papers.paper import Paper
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force

from .network import NOW, TODAY, Network, found_network


@pytest.fixture(autouse=True)
def no_pdf(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server without the text engine: certificates are Word files, unless a test asks for ``with_pdf``.

    Laying out a PDF takes longer than everything else that an endorsement does.
    """
    if "with_pdf" in request.fixturenames:
        return

    def render(paper: Paper) -> bytes:
        raise pdf.PdfUnavailable("not made in this test")

    monkeypatch.setattr(pdf, "render", render)


@pytest.fixture
def with_pdf() -> None:
    """The certificates of this test are laid out as PDF too."""


@pytest.fixture
def edition(db: None) -> Edition:
    """Edition 1 of the real protocol, adopted as the installation does it."""
    call_command("adopt_protocol", verbosity=0)
    return edition_in_force(TODAY)


@pytest.fixture
def network(db: None) -> Network:
    return found_network()


@pytest.fixture
def signed(network: Network, edition: Edition) -> Network:
    """Alpha has endorsed edition 1 today; Beta has not."""
    from .network import endorse

    network.member("alpha")
    network.member("beta")
    endorse(network, "alpha", edition)
    return network


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The screens' clock stands at NOW; ``clock.shift`` moves it."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates
