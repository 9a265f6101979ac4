"""Endorsing and withdrawing in the browser, signed in with real codes, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices.models import Notice
from protocol_pages.editions.selectors import edition_in_force
from signatories import selectors
from signatories.days import network_day
from signatories.models import EntryKind, ParticipationEntry
from tests.e2e import axe
from tests.factories import make_authenticator
from tests.services.browser import follow
from tests.signatories.network import Network, endorse, found_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long password"


@pytest.fixture
def network() -> Network:
    """A founded network with two organizations that have not signed, around the real protocol."""
    call_command("adopt_protocol", verbosity=0)
    founded = found_network()
    for name in ("alpha", "beta"):
        founded.member(name)
    return founded


def sign_in(page: Any, network: Network, name: str, language: str) -> Authenticator:
    """Password, then a real code of the person's authenticator app."""
    user = network.people[name].user
    assert user is not None
    device = make_authenticator(user)
    page.goto(f"/{language}/account/login/")
    page.fill("#id_auth-username", user.email)
    page.fill("#id_auth-password", PASSWORD)
    follow(page, "main form button[type=submit]")
    page.fill("#id_token-otp_token", device.code_at(now()))
    follow(page, "main form button[type=submit]")
    return device


def looked_at(page: Any) -> None:
    assert axe.faults(page) == []


@pytest.mark.rule("D19")
@pytest.mark.parametrize(
    ("language", "phone", "javascript"), [("en", False, True), ("ar", True, False), ("en", True, False)]
)
def test_endorse_then_withdraw(
    new_page: Callable[..., Any], network: Network, language: str, phone: bool, javascript: bool
) -> None:
    alpha = network.members["alpha"]
    page = new_page(javascript=javascript, phone=phone, language=language)
    sign_in(page, network, "alpha.head", language)
    page.goto(f"/{language}/")
    follow(page, f"a[href$='{reverse('endorse')[3:]}'] >> nth=0")
    follow(page, f"a[href$='{reverse('endorse-sign')[3:]}']")
    follow(page, "button[name=step][value=check]")
    assert page.locator("#error-summary a").count() == 2
    page.fill("#id_signer_title", "Country Director")
    page.check("#id_authorized")
    follow(page, "button[name=step][value=check]")
    follow(page, "button[name=step][value=change]")
    assert page.input_value("#id_signer_title") == "Country Director"
    follow(page, "button[name=step][value=check]")
    if javascript:
        looked_at(page)
    follow(page, "button[name=step][value=sign]")
    entry = ParticipationEntry.objects.get(kind=EntryKind.ENDORSED)
    assert page.url.endswith(f"{entry.pk}/")
    assert entry.edition_sha256 in page.inner_text("main")
    assert selectors.is_signatory(alpha, network_day(now()))
    assert Notice.objects.filter(kind="participation_endorsed").exists()

    # Who signed holds a second capacity now, and chooses it before the withdrawal opens.
    page.goto(f"/{language}/account/capacity/")
    page.check(f"input[value='{Capacity.SIGNER}:{alpha.pk}']")
    follow(page, "#capacity button[type=submit]")
    page.goto(f"/{language}/take-part/withdraw/")
    if javascript:
        looked_at(page)
    follow(page, f"a[href$='{reverse('withdraw-statement')[3:]}']")
    page.fill("#id_statement", "We leave the protocol.")
    last = network_day(now()) + timedelta(days=30)
    page.fill("#id_effective_on", f"{last.day}/{last.month}/{last.year}")
    follow(page, "button[name=step][value=check]")
    follow(page, "button[name=step][value=send]")
    left = ParticipationEntry.objects.get(kind=EntryKind.WITHDRAWN)
    assert page.url.endswith(f"{left.pk}/")
    assert selectors.is_signatory(alpha, network_day(now()))
    assert not selectors.is_signatory(alpha, last)


@pytest.mark.rule("§4.f")
@pytest.mark.rule("§9.f")
def test_suspend_and_resume_then_stop_the_flow(new_page: Callable[..., Any], network: Network) -> None:
    """On a phone, in Arabic, without JavaScript: each stop has its own form and its own end."""
    alpha, day = network.members["alpha"], network_day(now())
    endorse(network, "alpha", edition_in_force(day), now())
    page = new_page(javascript=False, phone=True, language="ar")
    sign_in(page, network, "alpha.head", "ar")
    page.goto("/ar/account/capacity/")
    page.check(f"input[value='{Capacity.HEAD_OF_AGENCY}:{alpha.pk}']")
    follow(page, "#capacity button[type=submit]")
    page.goto("/ar/take-part/")
    follow(page, f"a[href$='{reverse('suspend')[3:]}']")
    follow(page, "main form button[type=submit]")
    assert page.locator("#error-summary a").count() == 3  # reason, scope, notifications
    page.check("input[name=reason][value=security]")
    page.check("input[name=scope][value=all]")
    page.check("input[name=notifications_continue][value=yes]")
    follow(page, "main form button[type=submit]")
    entry = ParticipationEntry.objects.get(kind=EntryKind.SUSPENDED)
    assert page.url.endswith(f"{entry.pk}/")
    assert page.locator("ul.papers a").count() == 3  # Word, PDF, verify
    assert selectors.is_suspended(alpha, day)
    page.goto("/ar/take-part/")
    follow(page, f"a[href$='{reverse('resume')[3:]}']")
    follow(page, "main form button[type=submit]")
    assert not selectors.is_suspended(alpha, day)
    page.goto("/ar/take-part/")
    follow(page, f"a[href$='{reverse('flow-stop')[3:]}']")
    page.fill("#id_breach_reference", "BR-2026-01")
    page.check("input[name=office_involved][value=no]")
    page.fill("#id_reasons", "\u0646\u064f\u0634\u0631\u062a \u0623\u0631\u0642\u0627\u0645.")
    follow(page, "main form button[type=submit]")
    assert selectors.is_flow_stopped(alpha, day)
