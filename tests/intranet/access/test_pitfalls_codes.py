"""Pitfalls A10 to A16 and A18: codes, lockout, addresses, equal work. One test each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib.auth import SESSION_KEY, hashers
from django.core.serializers import serialize
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken

from audit.models import Event
from intranet.access.addresses import client_address
from intranet.access.devices import Authenticator, BackupCode, BackupDevice, derived_secrets
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices.models import Notice
from tests.factories import make_authenticator, make_user
from tests.personas import give, password_only

from .doors import (
    CONFIRM,
    HOME,
    LOGIN,
    SETUP,
    codes_on,
    enrol,
    in_sessions,
    later_code,
    post_backup,
    post_code,
    post_password,
    setup_code,
    sign_in_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    """A Coordinator with a password and an authenticator app."""
    user = make_user()
    give(user, Capacity.COORDINATOR)
    make_authenticator(user)
    return user


def test_a10_the_database_alone_holds_no_second_factor() -> None:
    user = make_user(may_enrol_until=now() + timedelta(days=1))
    give(user, Capacity.AUDITOR)
    client = password_only(user)
    page = client.get(SETUP)
    code = setup_code(page)
    in_session = in_sessions()
    codes = codes_on(client.post(SETUP, {"enrol_view-current_step": "generator", "generator-token": code}))
    dump = in_session + serialize("json", [*Authenticator.objects.all(), *BackupCode.objects.all()])
    dump += in_sessions()
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
