"""Pitfalls of django-two-factor-auth with Wagtail, one test each: A1 to A9 (the rest: test_pitfalls_codes)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.test import Client, RequestFactory, override_settings

from audit.models import Event
from intranet.access import links, passwords, second_factor
from intranet.access.attempts import account_actor
from intranet.access.devices import Authenticator, BackupCode
from intranet.access.gate import GateMiddleware
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from tests.factories import PASSWORD, make_authenticator, make_user
from tests.personas import give, password_only, persona_client, sign_in

from .doors import (
    CODES,
    CONFIRM,
    DISABLE,
    HOME,
    LOGIN,
    SETUP,
    codes_on,
    enrol,
    in_sessions,
    post_password,
)

pytestmark = pytest.mark.django_db


class PassThrough(GateMiddleware):
    """The gate taken off its hinges: it would hide that another layer does not hold."""

    def process_view(self, *args: Any) -> None:
        return None


@pytest.fixture
def member() -> User:
    user = make_user()
    give(user, Capacity.COORDINATOR)
    make_authenticator(user)
    return user


@pytest.fixture
def no_gate() -> Any:
    name = f"{__name__}.PassThrough"
    swapped = [name if "GateMiddleware" in m else m for m in django_settings.MIDDLEWARE]
    with override_settings(MIDDLEWARE=swapped):
        yield


OTHER_LOGINS = (
    "/admin/login/",
    "/django-admin/login/",
    "/_util/login/",
    "/en/_util/login/",
    "/_util/authenticate_with_password/1/1/",
    "/admin/password_reset/",
    "/accounts/login/",
)


def post_everywhere(user: User) -> None:
    for where in OTHER_LOGINS:
        client = Client()
        form = {"username": user.email, "email": user.email, "password": PASSWORD, "next": "/admin/"}
        client.post(where, form)
        assert SESSION_KEY not in client.session, where


@pytest.mark.rule("D10")
@pytest.mark.parametrize("enrolled", [True, False])
def test_a01_wagtails_login_gives_no_session(enrolled: bool, no_gate: None) -> None:
    user = make_user(is_superuser=True, is_staff=True)
    if enrolled:
        make_authenticator(user)
    post_everywhere(user)
    answer = Client().post("/admin/login/", {"username": user.email, "password": PASSWORD})
    assert answer.url.startswith(LOGIN)


@pytest.mark.rule("D10")
def test_a02_the_front_end_login_gives_no_session(member: User, no_gate: None) -> None:
    post_everywhere(member)
    assert Client().get("/_util/login/").url.startswith(LOGIN)


@pytest.mark.rule("D16")
def test_a03_djangos_admin_asks_for_the_second_factor_itself(no_gate: None) -> None:
    user = make_user(is_superuser=True, is_staff=True)
    make_authenticator(user)
    request = RequestFactory().get("/django-admin/")
    request.user = user
    user.is_verified = lambda: False  # type: ignore[attr-defined]
    assert admin.site.has_permission(request) is False
    user.is_verified = lambda: True  # type: ignore[attr-defined]
    assert admin.site.has_permission(request) is True
    assert password_only(user).get("/django-admin/").status_code == 302
    assert sign_in(user).get("/django-admin/").status_code == 200


@pytest.mark.rule("D10")
@pytest.mark.rule("§5")
@pytest.mark.parametrize("gate", [True, False])
def test_a04_a_password_only_session_cannot_enrol_over_an_existing_device(
    member: User, gate: bool, request: pytest.FixtureRequest
) -> None:
    if not gate:
        request.getfixturevalue("no_gate")
    client = password_only(member)
    before = list(Authenticator.objects.values())
    assert client.get(SETUP).status_code == 403
    wizard = {"enrol_view-current_step": "generator", "generator-token": "123456"}
    assert client.post(SETUP, wizard).status_code == 403
    for method in ("head", "options", "put", "patch", "delete"):
        assert getattr(client, method)(SETUP).status_code == 403
    assert list(Authenticator.objects.values()) == before
    if gate:
        for where in (CODES, DISABLE, "/en/account/two_factor/"):
            assert client.post(where).url.startswith(LOGIN)
    assert Authenticator.objects.filter(user=member).exists()
    assert not BackupCode.objects.exists()


@pytest.mark.rule("D11")
def test_a05_changes_of_the_factor_need_a_fresh_code() -> None:
    client = persona_client(Capacity.AUDITOR)
    client.forget_code()
    for where in (CODES, DISABLE, SETUP, "/en/account/password/change/"):
        for answer in (client.get(where), client.post(where)):
            assert answer.url.split("?")[0] == CONFIRM, where
    assert Authenticator.objects.filter(user=client.user).count() == 1
    assert not BackupCode.objects.exists()
    answer = client.post(CONFIRM, {"otp_token": client.device.code_at(now())})
    assert answer.status_code == 302
    assert len(codes_on(client.post(CODES))) == 10
    assert Notice.objects.filter(kind="access.codes_renewed", to=[client.user.email]).count() == 1
    assert Event.objects.filter(action="access.codes_renewed", outcome="done").count() == 1


@pytest.mark.rule("D11")
def test_a05_the_services_ask_for_the_fresh_code_themselves(member: User) -> None:
    at = now()
    stale = account_actor(member, at - timedelta(minutes=15, seconds=1))
    device = Authenticator.objects.get(user=member)
    for act in (
        lambda: second_factor.enrol(member, Authenticator(user=member, name="default"), at, stale),
        lambda: second_factor.renew_codes(member, at, stale),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "step_up"
    assert list(Authenticator.objects.filter(user=member)) == [device]
    assert not BackupCode.objects.exists()
    assert Event.objects.filter(outcome="refused", actor_id=member.pk).count() == 2
    fresh = account_actor(member, at)
    second_factor.enrol(member, Authenticator(user=member, name="default"), at, fresh)
    assert Authenticator.objects.filter(user=member).exclude(pk=device.pk).count() == 1
    assert not Authenticator.objects.filter(pk=device.pk).exists()


@pytest.mark.rule("D11")
@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.OFFICE, Capacity.OFFICE_ASSISTANT])
def test_a05_coordinator_and_office_cannot_remove_their_factor(capacity: Capacity) -> None:
    client = persona_client(capacity)
    assert client.post(DISABLE).status_code == 403
    assert Authenticator.objects.filter(user=client.user).exists()
    other = persona_client(Capacity.AUDITOR)
    assert other.post(DISABLE).status_code == 302
    assert not Authenticator.objects.filter(user=other.user).exists()
    assert other.get(HOME).url.startswith(LOGIN)
    assert Notice.objects.filter(kind="access.factor_removed", to=[other.user.email]).exists()


@pytest.mark.rule("D11")
def test_a06_a_password_reset_neither_signs_in_nor_touches_the_factor(member: User) -> None:
    elsewhere = sign_in(member)
    passwords.ask_for_reset(member.email, now())
    link = links.reset_link(member).removeprefix(django_settings.BASE_URL)
    client = Client()
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    new = "another long and quiet word 9"
    answer = client.post(link, {"password": new, "again": new})
    assert answer.status_code == 200
    assert SESSION_KEY not in client.session
    assert client.get(link).status_code == 404
    assert elsewhere.get(HOME).url.startswith(LOGIN)
    assert Authenticator.objects.filter(user=member).count() == 1
    assert post_password(client, member.email, new).status_code == 200
    assert SESSION_KEY not in client.session
    assert Notice.objects.filter(kind="access.password_changed").count() == 1


@pytest.mark.rule("D10")
def test_a07_sessions_from_before_the_enrolment_end() -> None:
    user = make_user(may_enrol_until=now() + timedelta(days=1))
    give(user, Capacity.AUDITOR)
    first, second = password_only(user), password_only(user)
    assert second.get(HOME).url == SETUP
    assert len(codes_on(enrol(first))) == 10
    assert first.get(HOME).status_code == 200
    assert second.get(HOME).url.startswith(LOGIN)
    assert SESSION_KEY not in second.session


def test_a08_no_cookie_stands_in_for_the_code(member: User) -> None:
    assert not getattr(django_settings, "TWO_FACTOR_REMEMBER_COOKIE_AGE", None)
    client = Client()
    post_password(client, member.email)
    form = {
        "sign_in_view-current_step": "token",
        "token-otp_token": member.authenticator_set.get().code_at(now()),
        "token-remember": "on",
    }
    answer = client.post(LOGIN, form)
    assert answer.status_code == 302
    assert [name for name in answer.cookies if name not in ("sessionid", "csrftoken")] == []


def test_a09_the_password_never_lies_in_the_session(member: User) -> None:
    client = Client()
    post_password(client, member.email)
    client.post(LOGIN, {"sign_in_view-current_step": "token", "token-otp_token": "000000"})
    kept = in_sessions()
    assert str(member.pk) in kept
    assert PASSWORD not in kept
    post_password(Client(), member.email, "a mistyped password")
    kept = str(list(AccessAttempt.objects.values()))
    assert member.email in kept
    assert "mistyped" not in kept
    assert "000000" not in kept
