"""A succession of the signer in the browser: the letter with its file, the verification, the new signer's hat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from audit.actors import Actor
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages.editions.selectors import edition_in_force
from signatories.days import network_day
from signatories.succession import services
from signatories.succession.models import Succession, SuccessionState
from tests.e2e import axe
from tests.e2e.test_endorse import sign_in
from tests.services.browser import follow
from tests.signatories.network import Network, endorse, found_network
from tests.signatories.succession_play import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def network() -> Network:
    """A founded network whose first organization has endorsed just now."""
    call_command("adopt_protocol", verbosity=0)
    founded = found_network()
    founded.member("alpha")
    founded.people["keeper"] = founded.coordinator_person
    endorse(founded, "alpha", edition_in_force(network_day(now())), now())
    return founded


def path(name: str, language: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(name, args=args)


@pytest.mark.rule("§9.i fn5")
def test_the_heads_letter_then_two_verifications(
    new_page: Callable[..., Any], network: Network, tmp_path: Path
) -> None:
    alpha, first = network.members["alpha"], network.people["alpha.first"]
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 the Head of Agency's letter")
    page = new_page(language="ar", phone=True)
    sign_in(page, network, "alpha.head", "ar")
    page.goto(path("access:capacity", "ar"))
    page.check(f"input[value='{Capacity.HEAD_OF_AGENCY}:{alpha.pk}']")
    follow(page, "#capacity button[type=submit]")
    page.goto(path("take-part", "ar"))
    follow(page, f"a[href='{path('succession-new', 'ar')}']")
    follow(page, "main form button[type=submit]")
    assert page.locator("#error-summary a").count() == 5
    page.select_option("#id_successor", str(first.pk))
    page.fill("#id_successor_title", "Deputy Director")
    today = network_day(now())
    page.fill("#id_from_on", f"{today.day}/{today.month}/{today.year}")
    page.fill("#id_instrument", "HA/12")
    page.set_input_files("#id_file", str(letter))
    assert axe.faults(page) == []
    follow(page, "main form button[type=submit]")
    succession = Succession.objects.get()
    assert page.url.endswith(path("succession", "ar", succession.pk))
    assert axe.faults(page) == []

    keeper = new_page(language="en")
    sign_in(keeper, network, "keeper", "en")
    keeper.goto(path("home", "en"))
    follow(keeper, f"a[href='{path('succession', 'en', succession.pk)}'] >> nth=0")
    follow(keeper, f"a[href='{path('succession-verify', 'en', succession.pk)}']")
    keeper.fill("#id_how", "Called the organization's office on its known number.")
    follow(keeper, "main form button[type=submit]")
    assert "identity verified" in keeper.inner_text("main")
    assert axe.faults(keeper) == []

    office: Actor = at(network.office_actor, now())
    services.verify(succession, "Saw the staff card.", office, now())
    assert succession.state == SuccessionState.COMPLETE
    assert first.user is not None
    assert Capacity.SIGNER in [item.capacity for item in held_by(first.user, now())]
    keeper.reload()
    with keeper.expect_download() as given:
        keeper.click("a[href*='/files/']:has-text('Word')")
    assert given.value.suggested_filename.startswith("SR-")
