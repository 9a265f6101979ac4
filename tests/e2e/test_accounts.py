"""A lost phone from the colleague to the new phone, and a hand-over, in a browser with real codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from intranet.access import links
from intranet.access.devices import Authenticator
from intranet.access.models import User
from intranet.clock import now
from signatories.days import network_day
from signatories.models import Person
from signatories.recovery.models import Recovery
from tests.e2e import axe
from tests.e2e.test_way_in import app_code
from tests.factories import PASSWORD
from tests.services.browser import follow
from tests.signatories.network import Network, found_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "a quiet lamp beside 4 rivers"


@pytest.fixture
def network(db: None) -> Network:
    """Alpha with its three people; everybody can sign in with the tests' password and a real code."""
    network = found_network()
    network.member("alpha")
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
        Authenticator.objects.create(user=user, name="default")
    return network


def come_in(new_page: Callable[..., Any], person: Person, **options: Any) -> Any:
    """Through the door: address, password, code."""
    assert person.user is not None
    page = new_page(javascript=False, **options)
    page.goto("/en/account/login/")
    page.fill("#id_auth-username", person.user.email)
    page.fill("#id_auth-password", PASSWORD)
    follow(page, "main button[type=submit]")
    assert "Time of this server" in page.inner_text("main")
    device = Authenticator.objects.get(user=person.user)
    page.fill("#id_token-otp_token", device.code_at(now()))
    follow(page, "main form button[type=submit]")
    assert page.url.endswith("/en/")
    return page


@pytest.mark.rule("D11")
def test_a_lost_phone(network: Network, new_page: Callable[..., Any], live_server: Any) -> None:
    lost = network.people["alpha.first"]
    assert lost.user is not None
    colleague = come_in(new_page, network.people["alpha.second"])
    colleague.goto(f"/en/network/organizations/{network.members['alpha'].pk}/")
    follow(colleague, "a:has-text('Lost phone and codes'):has-text('Alpha First')")
    colleague.check("input[value=video]")
    follow(colleague, "main button[type=submit]")
    assert colleague.locator(".errsum").count() == 1
    colleague.fill("#id_compared", "face and voice; named the day of the appointment")
    follow(colleague, "main button[type=submit]")
    assert "Waits for another person who confirms" in colleague.inner_text("main")
    coordinator = come_in(new_page, network.coordinator_person, phone=True)
    follow(coordinator, "a:has-text('Lost phone: confirm it') >> nth=0")
    follow(coordinator, "a:has-text('Confirm the lost phone')")
    coordinator.check("input[value=phone]")
    coordinator.fill("#id_compared", "called the voucher on the number of the directory")
    follow(coordinator, "main button[type=submit]")
    assert "The link is on its way" in coordinator.inner_text("main")
    recovery = Recovery.objects.get()
    assert recovery.invitation is not None
    page = new_page(javascript=True, language="ar")
    page.goto(links.invitation_link(recovery.invitation.seed, "ar").removeprefix(settings.BASE_URL))
    page.fill("#id_password", NEW)
    page.fill("#id_again", NEW)
    follow(page, "main button[type=submit]")
    assert axe.faults(page) == []
    page.fill("#id_generator-token", app_code(page.locator("main code").inner_text()))
    follow(page, "main button[type=submit]")
    assert page.locator("main li code").count() == 10
    recovery.refresh_from_db()
    assert recovery.state == "used"
    assert Authenticator.objects.filter(user=lost.user).count() == 1


@pytest.mark.rule("D9")
def test_a_hand_over(network: Network, new_page: Callable[..., Any], live_server: Any) -> None:
    alpha, person = network.members["alpha"], network.people["alpha.first"]
    head = come_in(new_page, network.people["alpha.head"])
    head.goto(f"/en/network/organizations/{alpha.pk}/")
    follow(head, "a:has-text('Leaves'):has-text('Alpha First')")
    tomorrow = network_day(now()) + timedelta(days=1)
    head.fill("#id_day", f"{tomorrow:%d/%m/%Y}")
    head.fill("#id_hour", "14:00")
    head.fill("#id_reason", "new duty station")
    follow(head, "main button[type=submit]")
    assert "14:00" in head.inner_text("main")
    assert "Nobody is named yet" in head.inner_text("main")
    follow(head, "button:has-text('Keep it as Word')")
    with head.expect_download() as file:
        head.click("ul.papers a:has-text('Word')")
    assert file.value.suggested_filename.endswith(".docx")
    coordinator = come_in(new_page, network.coordinator_person)
    coordinator.goto("/en/network/hand-over/")
    text = coordinator.inner_text("main")
    assert "What the successor does first" in text
    assert "Organizations by standing" in text
    coordinator.emulate_media(media="print")
    assert not coordinator.locator(".nav-main").is_visible()
    assert not coordinator.locator("button:has-text('Keep it as Word')").is_visible()
    assert coordinator.locator("h2:has-text('Vacant posts')").is_visible()
    assert person.posts.get().ends_on == tomorrow
