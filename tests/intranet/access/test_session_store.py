"""Sessions at rest: what the database holds opens nothing, and who is asking is read anew each time (T7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client, override_settings

from intranet.access.models import Session
from intranet.access.roles import Capacity
from intranet.access.session_store import SessionStore, digest_of
from intranet.clock import now
from tests.factories import make_user
from tests.personas import PersonaClient, persona_client, sign_in

from .doors import HOME, LOGIN, sign_in_with

pytestmark = pytest.mark.django_db
LIVE = 1000  # sessions of the dump


@pytest.fixture
def client_of_auditor() -> PersonaClient:
    return persona_client(Capacity.AUDITOR)


def key_of(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def with_cookie(key: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def is_in(client: Client) -> bool:
    """Whether the session opens Home; otherwise it leads to the login."""
    answer = client.get(HOME)
    assert answer.status_code == 200 or answer.url.startswith(LOGIN)
    return bool(answer.status_code == 200)


def test_a_dump_of_a_thousand_live_sessions_gives_no_usable_cookie(client_of_auditor: PersonaClient) -> None:
    contents = dict(client_of_auditor.session.items())
    keys = {key_of(client_of_auditor)}
    for _number in range(LIVE - 1):
        store = SessionStore()
        store.update(contents)
        store.create()
        keys.add(str(store.session_key))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_session")
        dump = cursor.fetchall()
    assert len(dump) == len(keys) == LIVE
    stored = {str(value) for row in dump for value in row}
    everything = "\n".join(stored)
    assert not any(key in everything for key in keys)
    assert not any(SessionStore(text).load() for text in stored)
    for text in [*sorted(stored, key=len)[:3], dump[0][0]]:
        assert not is_in(with_cookie(text))
    assert is_in(with_cookie(keys.pop()))


def test_no_table_of_the_database_holds_the_key(client_of_auditor: PersonaClient) -> None:
    user = client_of_auditor.user
    client = Client()
    sign_in_with(client, user, client_of_auditor.device.code_at(now()))
    assert is_in(client)
    holders = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{key_of(client)}%"])
            holders += [table] * cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM access_session t WHERE t::text LIKE %s", [f"%{user.pk}%"])
        assert cursor.fetchone()[0] == 2  # the search finds what is there
    assert holders == []


def test_a_row_that_is_copied_under_another_key_opens_nothing(client_of_auditor: PersonaClient) -> None:
    """Somebody who can write the table, but has no SECRET_KEY, forges a row for a key of his own."""
    row = Session.objects.get(digest=digest_of(key_of(client_of_auditor)))
    mine = "a" * 32
    Session.objects.create(digest=digest_of(mine), user=row.user, data=row.data, expires_at=row.expires_at)
    assert SessionStore(mine).load() == {}
    assert not is_in(with_cookie(mine))


def test_a_row_that_is_given_to_another_account_opens_nothing(client_of_auditor: PersonaClient) -> None:
    other = persona_client(Capacity.COORDINATOR).user
    row = Session.objects.get(digest=digest_of(key_of(client_of_auditor)))
    row.user = other
    row.save()
    assert not is_in(client_of_auditor)


def deactivate(client: PersonaClient) -> None:
    client.user.is_active = False
    client.user.save()


def change_password(client: PersonaClient) -> None:
    client.user.set_password("another long password")
    client.user.save()


def end_sessions(client: PersonaClient) -> None:
    client.user.end_sessions()
    client.user.save()


def remove_device(client: PersonaClient) -> None:
    client.device.delete()


def unconfirm_device(client: PersonaClient) -> None:
    client.device.confirmed = False
    client.device.save()


def give_device_away(client: PersonaClient) -> None:
    client.device.user = make_user()
    client.device.save()


def remove_row(client: PersonaClient) -> None:
    Session.objects.filter(digest=digest_of(key_of(client))).delete()


@pytest.mark.rule("D9")
@pytest.mark.parametrize(
    "change",
    [
        deactivate,
        change_password,
        end_sessions,
        remove_device,
        unconfirm_device,
        give_device_away,
        remove_row,
    ],
)
def test_a_change_of_the_account_counts_on_the_very_next_request(
    client_of_auditor: PersonaClient, change: Any
) -> None:
    for _page in range(3):  # the statements are kept by now
        assert is_in(client_of_auditor)
    change(client_of_auditor)
    answer = client_of_auditor.get(HOME)
    assert answer.status_code in (302, 403)
    assert answer.status_code == 403 or answer.url.startswith((LOGIN, "/en/account/two_factor/setup/"))


def test_a_rotated_secret_keeps_sessions_while_it_is_named(client_of_auditor: PersonaClient) -> None:
    before, old = key_of(client_of_auditor), settings.SECRET_KEY
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[]):
        assert not is_in(with_cookie(before))
    client = sign_in(client_of_auditor.user)
    with override_settings(
        SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[old], SECOND_FACTOR_KEY=settings.SECRET_KEY
    ):
        earlier = key_of(client)
        assert is_in(client)
        assert key_of(client) != earlier
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[]):
        assert is_in(client)


def test_an_ended_row_is_read_no_more_and_goes_with_the_next_sign_in() -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        old = persona_client(Capacity.AUDITOR)
        clock.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE))
        assert SessionStore(key_of(old)).load() == {}
        clock.shift(timedelta(seconds=1))
        sign_in_with(Client(), old.user, old.device.code_at(now()))
        assert Session.objects.get().user == old.user
        assert not Session.objects.filter(digest=digest_of(key_of(old))).exists()


def test_a_session_that_ended_meanwhile_is_not_written_anew(client_of_auditor: PersonaClient) -> None:
    mine = SessionStore(key_of(client_of_auditor))
    assert mine[SESSION_KEY] == str(client_of_auditor.user.pk)
    client_of_auditor.post("/en/account/sign-out/")
    mine["capacity"] = "coordinator:"
    with pytest.raises(UpdateError):
        mine.save()
    assert not Session.objects.exists()


def test_a_key_that_is_taken_is_not_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["b" * 32, "b" * 32, "c" * 32])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    first, second = SessionStore(), SessionStore()
    first.create()
    second.create()
    assert (first.session_key, second.session_key) == ("b" * 32, "c" * 32)
    assert SessionStore().exists("b" * 32)
