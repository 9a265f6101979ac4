"""The way in, in a browser, with real codes: with JavaScript and without, in English and Arabic."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from intranet.access import accounts, links
from intranet.access.devices import Authenticator, generator
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.e2e import axe
from tests.factories import make_user
from tests.personas import give, persona_actor
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a quiet lamp beside 4 rivers"


def app_code(secret: str, steps: int = 0) -> str:
    """What an authenticator app that was given ``secret`` shows, ``steps`` half minutes from now."""
    moment = now() + timedelta(seconds=30 * steps)
    return str(generator(b32decode(secret.replace(" ", "")), moment.timestamp()).token()).zfill(6)


def looked_at(page: Any, javascript: bool, where: str) -> None:
    """No violation for people who use assistive technology; only where a script can look."""
    if javascript:
        assert axe.faults(page) == [], where


@pytest.mark.rule("D10")
@pytest.mark.parametrize(("javascript", "language", "phone"), [(False, "en", False), (True, "ar", True)])
def test_from_the_invitation_to_home_and_back_in(
    new_page: Callable[..., Any], live_server: Any, javascript: bool, language: str, phone: bool
) -> None:
    user = make_user(password=None)
    give(user, Capacity.AUDITOR)
    actor = persona_actor(Capacity.COORDINATOR, verified_at=now())
    invitation = accounts.invite(user, actor, now(), language=language).obj
    page = new_page(javascript=javascript, phone=phone, language=language)
    page.goto(links.invitation_link(invitation.seed, language).removeprefix(settings.BASE_URL))
    looked_at(page, javascript, "invitation")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_again", "something else")
    follow(page, "main button[type=submit]")
    assert page.locator(".errsum").count() == 1
    page.fill("#id_password", PASSWORD)
    page.fill("#id_again", PASSWORD)
    follow(page, "main button[type=submit]")
    assert page.url.endswith(f"/{language}/account/two_factor/setup/")
    assert page.locator("main img").evaluate("i => i.naturalWidth") > 100
    looked_at(page, javascript, "setup")
    secret = page.locator("main code").inner_text()
    page.fill("#id_generator-token", app_code(secret))
    follow(page, "main button[type=submit]")
    codes = page.locator("main li code").all_inner_texts()
    assert len(codes) == 10
    assert all(re.fullmatch(r"[a-z2-9]{2}(-[a-z2-9]{4}){3}", code) for code in codes)
    looked_at(page, javascript, "codes")
    page.goto(f"/{language}/account/two_factor/")
    looked_at(page, javascript, "profile")
    follow(page, "main form button[type=submit]")
    assert page.url.endswith(f"/{language}/account/login/")
    looked_at(page, javascript, "login")
    page.fill("#id_auth-username", user.email)
    page.fill("#id_auth-password", PASSWORD)
    follow(page, "main button[type=submit]")
    looked_at(page, javascript, "code")
    page.fill("#id_token-otp_token", app_code(secret, steps=1))
    follow(page, "main form button[type=submit]")
    assert page.url.endswith(f"/{language}/")
    assert Authenticator.objects.filter(user=user).count() == 1
    page.goto(f"/{language}/account/two_factor/")
    follow(page, "main form button[type=submit]")
    page.fill("#id_auth-username", user.email)
    page.fill("#id_auth-password", PASSWORD)
    follow(page, "main button[type=submit]")
    follow(page, "button[value=backup]")
    looked_at(page, javascript, "backup code")
    page.fill("#id_backup-otp_token", codes[4])
    follow(page, "main form button[type=submit]")
    assert page.url.endswith(f"/{language}/")
