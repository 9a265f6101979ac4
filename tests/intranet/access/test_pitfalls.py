"""The pitfalls of django-two-factor-auth with Wagtail, one test each: A1 to A16 and A18 of the threat list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY, hashers
from django.contrib.sessions.models import Session
from django.core.serializers import serialize
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken

from audit.models import Event
from intranet.access import links, passwords
from intranet.access.addresses import client_address
from intranet.access.devices import Authenticator, BackupCode, BackupDevice, derived_secrets
from intranet.access.gate import GateMiddleware
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices.models import Notice
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
    later_code,
    post_backup,
    post_code,
    post_password,
    setup_code,
    sign_in_with,
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
    rows = [row.get_decoded() for row in Session.objects.all()]
    assert rows
    assert PASSWORD not in str(rows)
    post_password(Client(), member.email, "a mistyped password")
    kept = str(list(AccessAttempt.objects.values()))
    assert member.email in kept
    assert "mistyped" not in kept
    assert "000000" not in kept


def test_a10_the_database_alone_holds_no_second_factor() -> None:
    user = make_user(may_enrol_until=now() + timedelta(days=1))
    give(user, Capacity.AUDITOR)
    client = password_only(user)
    page = client.get(SETUP)
    code = setup_code(page)
    in_session = str([row.get_decoded() for row in Session.objects.all()])
    codes = codes_on(client.post(SETUP, {"enrol_view-current_step": "generator", "generator-token": code}))
    dump = in_session + serialize("json", [*Authenticator.objects.all(), *BackupCode.objects.all()])
    dump += str([row.get_decoded() for row in Session.objects.all()])
    secret = next(derived_secrets(user.authenticator_set.get().salt))
    from base64 import b32encode

    for canary in (secret.hex(), b32encode(secret).decode(), *codes, *(c[3:] for c in codes)):
        assert canary not in dump
    assert len(codes) == 10
    assert StaticToken.objects.count() == 0
    with override_settings(SECOND_FACTOR_KEY="another key outside the database"):
        assert next(derived_secrets(user.authenticator_set.get().salt)) != secret


def test_a10_each_backup_code_works_once(member: User) -> None:
    holder = BackupDevice.objects.create(user=member, name="backup")
    codes = holder.renew()
    client = Client()
    post_password(client, member.email)
    assert post_backup(client, codes[3].upper().replace("-", " ")).status_code == 302
    assert client.get(HOME).status_code == 200
    again = Client()
    post_password(again, member.email)
    assert post_backup(again, codes[3]).status_code == 200
    assert SESSION_KEY not in again.session
    assert holder.left() == 9
    assert StaticToken.objects.count() == 0


def test_a11_the_code_of_the_enrolment_does_not_sign_in_again() -> None:
    user = make_user(may_enrol_until=now() + timedelta(days=1))
    give(user, Capacity.AUDITOR)
    client = password_only(user)
    code = setup_code(client.get(SETUP))
    answer = client.post(SETUP, {"enrol_view-current_step": "generator", "generator-token": code})
    assert len(codes_on(answer)) == 10
    other = Client()
    assert sign_in_with(other, user, code).status_code == 200
    assert SESSION_KEY not in other.session
    with time_machine.travel(now() + timedelta(seconds=40), tick=False):
        other = Client()
        assert sign_in_with(other, user, user.authenticator_set.get().code_at(now())).status_code == 302


def test_a11_a_code_is_accepted_once(member: User) -> None:
    with time_machine.travel(now(), tick=False):
        code = member.authenticator_set.get().code_at(now())
        assert sign_in_with(Client(), member, code).status_code == 302
        client = Client()
        assert sign_in_with(client, member, code).status_code == 200
        assert SESSION_KEY not in client.session


def test_a12_wrong_codes_slow_down_count_and_warn(member: User) -> None:
    start = now()
    client = Client()
    delays = []
    with time_machine.travel(start, tick=False) as clock:
        post_password(client, member.email)
        for _number in range(4):
            post_code(client, "000000")
            device = Authenticator.objects.get(user=member)
            allowed, why = device.verify_is_allowed()
            assert allowed is False
            delays.append((why["locked_until"] - now()).total_seconds())
            clock.shift(delays[-1] + 1)
        assert delays == [1, 2, 4, 8]
        post_code(client, "000000")
        assert AccessAttempt.objects.get(username=member.email).failures_since_start == 5
        assert post_code(client, member.authenticator_set.get().code_at(now())).status_code == 429
        assert SESSION_KEY not in client.session
        assert post_password(Client(), member.email).status_code == 429
    assert Notice.objects.filter(kind="access.wrong_codes", to=[member.email]).count() == 1
    assert Event.objects.filter(action="access.code", outcome="refused").count() >= 5


def test_a13_the_fifth_wrong_password_locks_whatever_the_capitals(member: User) -> None:
    spellings = [member.email, member.email.upper(), f" {member.email}", member.email.title(), member.email]
    for spelling in spellings:
        post_password(Client(), spelling, "wrong")
    client = Client()
    assert post_password(client, member.email).status_code == 429
    assert "half an hour" in post_password(client, member.email).content.decode()
    assert SESSION_KEY not in client.session
    assert Event.objects.filter(action="access.locked_out", actor_label=member.email).count() == 1
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert post_password(Client(), member.email).status_code == 200


def test_a14_a_lockout_does_not_lock_the_victim_out_elsewhere(member: User) -> None:
    for _number in range(6):
        post_password(Client(REMOTE_ADDR="203.0.113.7"), member.email, "wrong")
    victim = Client(REMOTE_ADDR="198.51.100.4")
    code = member.authenticator_set.get().code_at(now())
    assert sign_in_with(victim, member, code).status_code == 302


def test_a14_one_address_has_a_high_cap_over_all_accounts(member: User) -> None:
    with override_settings(ADDRESS_FAILURE_LIMIT=7):
        for number in range(7):
            post_password(Client(REMOTE_ADDR="203.0.113.7"), f"somebody{number}@example.org", "wrong")
        caught = Client(REMOTE_ADDR="203.0.113.7")
        assert post_password(caught, member.email).status_code == 429
        assert SESSION_KEY not in caught.session
        assert post_password(caught, member.email).status_code == 429
        assert post_password(Client(REMOTE_ADDR="198.51.100.4"), member.email).status_code == 200
        assert Event.objects.filter(action="access.address_closed").count() == 1
    assert django_settings.ADDRESS_FAILURE_LIMIT == 100


def test_a15_the_session_key_changes_at_sign_in_enrolment_and_step_up(member: User) -> None:
    client = Client()
    client.get(LOGIN)
    post_password(client, member.email)
    before = client.session.session_key
    post_code(client, member.authenticator_set.get().code_at(now()))
    after = client.session.session_key
    assert before != after
    answer = client.post(CONFIRM, {"otp_token": later_code(member.authenticator_set.get().salt)})
    assert answer.status_code == 302
    assert client.session.session_key != after
    newcomer = make_user(may_enrol_until=now() + timedelta(days=1))
    give(newcomer, Capacity.AUDITOR)
    enrolling = password_only(newcomer)
    enrolling.get(SETUP)
    before = enrolling.session.session_key
    enrol(enrolling)
    assert enrolling.session.session_key != before


def test_a16_a_forged_header_is_no_address() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.4")
    assert client_address(request) == "203.0.113.7"
    with override_settings(TRUSTED_PROXIES=1):
        request.META["HTTP_X_FORWARDED_FOR"] = "10.9.9.9, 198.51.100.4"
        assert client_address(request) == "198.51.100.4"
    with override_settings(TRUSTED_PROXIES=2):
        assert client_address(request) == "10.9.9.9"
    with override_settings(TRUSTED_PROXIES=3):
        assert client_address(request) == "203.0.113.7"


class Counted(hashers.MD5PasswordHasher):
    """Counts the hashes that a request costs."""

    algorithm = "counted"
    done = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).done += 1
        return super().encode(password, salt)


def cost(act: Callable[[], Any]) -> int:
    Counted.done = 0
    act()
    return Counted.done


@pytest.mark.rule("D10")
def test_a18_an_unknown_account_costs_the_same_work_and_gets_the_same_answer() -> None:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Counted"]):
        known = make_user()
        make_authenticator(known)
        shut = make_user(is_active=False)
        pages: list[str] = []

        def attempt(email: str) -> Callable[[], None]:
            def act() -> None:
                answer = post_password(Client(), email, "wrong password")
                assert answer.status_code == 200
                pages.append(answer.content.decode().replace(email, "EMAIL"))

            return act

        costs = {cost(attempt(e)) for e in (known.email, shut.email, "nobody@example.org")}
        assert costs == {1}
        import re

        plain = {re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce-?="?[^" ]+', "", p) for p in pages}
        assert len({re.sub(r'value="[0-9a-f-]{36}"', "", p) for p in plain}) == 1


def test_a18_a_backup_code_costs_one_hash_whether_it_exists_or_not(member: User) -> None:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Counted"], SECOND_FACTOR_THROTTLE_SECONDS=0):
        holder = BackupDevice.objects.create(user=member, name="backup")
        codes = holder.renew()
        holder.verify_token("zz-zzzz-zzzz-zzzz")  # the stand-in for codes that do not exist is made once
        tries = ("zz-zzzz-zzzz-zzzz", codes[0][:2] + "-zzzz-zzzz-zzzz", codes[1], "")
        assert {cost(lambda typed=typed: holder.verify_token(typed)) for typed in tries} == {1}


def test_a18_asking_for_a_reset_looks_the_same(member: User) -> None:
    where = reverse("access:password_forgotten")
    known, unknown = Client(), Client()
    first = known.post(where, {"email": member.email})
    second = unknown.post(where, {"email": "nobody@example.org"})
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Event.objects.filter(action="access.reset_asked").count() == 2
    assert Notice.objects.filter(kind="access.password_reset").count() == 1


def test_a18_the_login_form_wants_its_token_and_next_stays_here(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert post_password(strict, member.email).status_code == 403
    for evil in ("//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"):
        client = Client()
        where = f"{LOGIN}?next={evil}"
        post_password(client, member.email, path=where)
        with time_machine.travel(now() + timedelta(minutes=1), tick=False):
            device = member.authenticator_set.get()
            device.last_step = -1
            device.save()
            answer = post_code(client, device.code_at(now()), where)
        assert answer.url == HOME, evil
