"""How a session ends, and what the pages of the doors send to the browser."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client

from audit.models import Event
from intranet.access import accounts, links
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.factories import make_authenticator, make_user
from tests.personas import give, password_only, persona_actor, persona_client, sign_in, take_away

from .doors import CODES, CONFIRM, DISABLE, HOME, LOGIN, SETUP, post_password

pytestmark = pytest.mark.django_db


def test_half_an_hour_without_a_page_ends_the_session() -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = persona_client(Capacity.AUDITOR)
        for _page in range(3):
            clock.shift(timedelta(minutes=29))
            assert client.get(HOME).status_code == 200
        clock.shift(timedelta(minutes=30))
        assert client.get(HOME).url.startswith(LOGIN)
        assert SESSION_KEY not in client.session


def test_eight_hours_end_the_session_whatever_is_done() -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = persona_client(Capacity.AUDITOR)
        for _page in range(23):
            clock.shift(timedelta(minutes=20))
            assert client.get(HOME).status_code == 200
        clock.move_to(start + timedelta(hours=8))
        assert client.get(HOME).url.startswith(LOGIN)


@pytest.mark.rule("D9")
def test_the_end_of_the_last_post_ends_all_access_at_once() -> None:
    client = persona_client(Capacity.COORDINATOR)
    assert client.get(HOME).status_code == 200
    take_away(client.user)
    answer = client.get(HOME)
    assert answer.status_code == 403
    assert "no post" in answer.content.decode()
    assert Event.objects.filter(action="access.open", outcome="refused").exists()


@pytest.mark.rule("D9")
def test_a_capacity_that_is_no_longer_held_is_no_longer_acted_in() -> None:
    user = make_user()
    give(user, Capacity.COORDINATOR)
    client = sign_in(user)
    take_away(user)
    give(user, Capacity.AUDITOR)
    assert client.get("/en/network/accounts/").status_code == 403
    assert client.get(HOME).status_code == 200


@pytest.mark.rule("D11")
def test_a_fresh_code_lasts_fifteen_minutes_and_signing_in_counts() -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = persona_client(Capacity.COORDINATOR)
        clock.shift(timedelta(minutes=15))
        assert client.get("/en/network/accounts/invite/").status_code == 200
        clock.shift(timedelta(seconds=1))
        asked = client.get("/en/network/accounts/invite/")
        assert asked.url == f"{CONFIRM}?next=/en/network/accounts/invite/"
        back = client.post(asked.url, {"otp_token": client.device.code_at(now())})
        assert back.url == "/en/network/accounts/invite/"
        assert client.get(back.url).status_code == 200
        assert Event.objects.filter(action="access.step_up", outcome="done").count() == 1


def test_a_wrong_code_confirms_nothing_and_is_noted() -> None:
    client = persona_client(Capacity.COORDINATOR)
    client.forget_code()
    page = client.post(CONFIRM, {"otp_token": "000000"})
    assert page.status_code == 200
    assert "errsum" in page.content.decode()
    assert "verified_at" not in client.session
    assert Event.objects.filter(action="access.code", outcome="refused").count() == 1


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "home", "2026-99-99", "\\\\x"])
def test_the_confirmation_leads_nowhere_else(wanted: str) -> None:
    client = persona_client(Capacity.COORDINATOR)
    where = f"{CONFIRM}?{urlencode({'next': wanted})}"
    assert client.post(where, {"otp_token": client.device.code_at(now())}).url == HOME
    assert client.get(f"/_util/login/?{urlencode({'next': wanted})}").url == "/en/account/two_factor/"


def door_pages() -> list[tuple[Client, str]]:
    """Every page of the doors, with somebody who may see it."""
    anonymous = Client()
    newcomer = make_user(may_enrol_until=now() + timedelta(days=1))
    give(newcomer, Capacity.AUDITOR)
    person = make_user(password=None)
    actor = persona_actor(Capacity.COORDINATOR, verified_at=now())
    link = links.invitation_link(accounts.invite(person, actor, now()).obj.seed)
    several = make_user()
    give(several, Capacity.COORDINATOR)
    give(several, Capacity.AUDITOR)
    chosen = sign_in(several)
    auditor = persona_client(Capacity.AUDITOR)
    invited = "/" + link.split("/", 3)[3]
    return [
        (anonymous, LOGIN),
        (anonymous, invited),
        (anonymous, "/en/account/password/forgotten/"),
        (anonymous, "/en/account/invitation/none/"),
        (password_only(newcomer), SETUP),
        (chosen, "/en/account/capacity/"),
        (chosen, "/en/account/two_factor/"),
        (chosen, CONFIRM),
        (chosen, f"{CONFIRM}?with=backup"),
        (chosen, CODES),
        (chosen, SETUP),
        (chosen, "/en/account/password/change/"),
        (chosen, "/en/network/accounts/"),
        (chosen, "/en/network/accounts/invite/"),
        (auditor, DISABLE),
        (auditor, "/admin/"),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_hold_under_the_strict_policy_and_load_nothing_from_elsewhere(language: str) -> None:
    for client, where in door_pages():
        page = client.get(where.replace("/en/", f"/{language}/", 1))
        text = page.content.decode()
        assert page.status_code in (200, 403, 404), where
        assert f'lang="{language}"' in text, where
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", text), where
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), where
        if not where.startswith("/admin/"):
            policy = page.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, where
            assert "unsafe" not in policy, where
        assert "no-store" in page.headers["Cache-Control"], where
        assert page.headers["X-Frame-Options"] == "DENY", where


def test_the_login_needs_no_script_at_any_step() -> None:
    user = make_user()
    give(user, Capacity.AUDITOR)
    make_authenticator(user)
    client = Client()
    first = client.get(LOGIN).content.decode()
    second = post_password(client, user.email).content.decode()
    for page in (first, second):
        assert "<script" not in page
        assert '<button type="submit"' in page
        assert 'name="sign_in_view-current_step"' in page
