"""Two people with the same code at the same moment: one comes in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client

from intranet.access.devices import BackupDevice
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.factories import make_authenticator, make_user
from tests.personas import give

from .doors import post_backup, post_code, post_password

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(email: str, step: Callable[[Client], object]) -> int:
    """How many of several clients, all past the password, come in by the same second step."""
    barrier = Barrier(AT_ONCE)

    def one(client: Client) -> bool:
        try:
            barrier.wait(timeout=30)
            step(client)
            return SESSION_KEY in client.session
        finally:
            connection.close()

    clients = [Client() for _number in range(AT_ONCE)]
    for client in clients:
        post_password(client, email)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(one, clients))


@pytest.mark.rule("D10")
def test_one_code_lets_one_session_in() -> None:
    user = make_user()
    give(user, Capacity.AUDITOR)
    device = make_authenticator(user)
    code = device.code_at(now())
    assert at_once(user.email, lambda client: post_code(client, code)) == 1


@pytest.mark.rule("D10")
def test_one_backup_code_lets_one_session_in() -> None:
    user = make_user()
    give(user, Capacity.AUDITOR)
    make_authenticator(user)
    holder = BackupDevice.objects.create(user=user, name="backup")
    code = holder.renew()[0]
    assert at_once(user.email, lambda client: post_backup(client, code)) == 1
    assert holder.left() == 9
