"""Mail that cannot leave: nothing is lost and nothing goes twice, by a real listener that misbehaves (D23)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection

from intranet.notices import outbox
from intranet.notices.models import RETRY_AFTER, Attempt, Notice
from intranet.notices.outbox import Delivered
from tests.services.postgres import Cluster
from tests.services.smtp import Mailbox, Mode
from tests.services.waiting import wait_for

pytestmark = pytest.mark.rule("D23")
NOW = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)

DELIVER = """
import sys
from datetime import datetime
from django.conf import settings
settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = sys.argv[1], sys.argv[2], int(sys.argv[3])
import django; django.setup()
from intranet.notices import outbox
outbox.deliver_due(datetime.fromisoformat(sys.argv[4]))
"""


def write(number: int) -> Notice:
    letter = outbox.Letter("test", [f"fp{number}@example.org"], f"Item {number}", "One item waits.")
    notice = outbox.write(letter, NOW + timedelta(seconds=number))
    assert notice is not None
    return notice


def arrived(mailbox: Mailbox) -> list[str]:
    return sorted(str(mail["Subject"]) for mail in mailbox.received)


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]  # nobody listens


@pytest.mark.django_db
def test_a_server_that_is_down_is_asked_again_and_then_gets_each_mail_once(
    smtp_mailbox: Mailbox, closed_port: int, settings: Any
) -> None:
    settings.EMAIL_PORT = closed_port
    notice, at = write(1), NOW + timedelta(minutes=1)
    for wait in RETRY_AFTER[:3]:
        assert outbox.deliver_due(at) == Delivered(0, 1)
        notice.refresh_from_db()
        assert notice.next_attempt_at == at + timedelta(minutes=wait)
        assert outbox.deliver_due(notice.next_attempt_at - timedelta(seconds=1)) == Delivered(0, 0)
        at = notice.next_attempt_at
    assert outbox.stuck() == [notice]  # the Coordinator is told, and it is tried all the same
    settings.EMAIL_PORT = smtp_mailbox.port
    assert outbox.deliver_due(at) == Delivered(1, 0)
    assert outbox.deliver_due(LATER) == Delivered(0, 0)
    assert arrived(smtp_mailbox) == ["Item 1"]
    assert list(Attempt.objects.order_by("at").values_list("ok", flat=True)) == [False] * 3 + [True]
    assert outbox.stuck() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "copies"), [(Mode.TEMPORARY, 1), (Mode.HANG, 1), (Mode.ACCEPT_THEN_DIE, 2)])
def test_whatever_the_server_does_the_mail_arrives_under_one_message_id(
    smtp_mailbox: Mailbox, mode: Mode, copies: int
) -> None:
    notice = write(1)
    smtp_mailbox.mode = mode
    assert outbox.deliver_due(NOW + timedelta(minutes=1)) == Delivered(0, 1)
    smtp_mailbox.mode = Mode.ACCEPT
    smtp_mailbox.release.set()
    assert outbox.deliver_due(LATER) == Delivered(1, 0)
    # A server that keeps a mail and dies before it says so gets it again: known by its id, never lost.
    assert len(smtp_mailbox.received) == copies
    assert {str(mail["Message-ID"]).partition("@")[0] for mail in smtp_mailbox.received} == {f"<{notice.pk}"}


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_run(
    smtp_mailbox: Mailbox, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = [write(number) for number in range(3)]
    take = smtp_mailbox.handle_DATA

    async def first_and_then_none(*message: Any) -> str:
        answer = await take(*message)
        smtp_mailbox.mode = Mode.HANG
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(smtp_mailbox, "handle_DATA", first_and_then_none)
        database = cluster.url(cluster.app_url, str(connection.settings_dict["NAME"]))
        run = subprocess.Popen(deliver_process(smtp_mailbox), env=os.environ | {"DATABASE_URL": database})
        wait_for(lambda: smtp_mailbox.attempts == 2, "The second mail", lambda: str(run.poll()))
        run.send_signal(signal.SIGKILL)
        run.wait()
    smtp_mailbox.mode = Mode.ACCEPT
    smtp_mailbox.release.set()
    sent: list[int] = []

    def the_rest_went() -> bool:  # the killed one's claim goes when the database has noticed its end
        sent.append(outbox.deliver_due(LATER).sent)
        return sum(sent) >= 2

    wait_for(the_rest_went, "The rest", lambda: str(sent))
    assert arrived(smtp_mailbox) == ["Item 0", "Item 1", "Item 2"]
    assert not Notice.objects.filter(delivered_at=None).exists()
    assert Attempt.objects.count() == len(notices)


def deliver_process(mailbox: Mailbox) -> list[str]:
    at = (NOW + timedelta(minutes=1)).isoformat()
    return [sys.executable, "-c", DELIVER, configured.EMAIL_BACKEND, mailbox.host, str(mailbox.port), at]


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_send_each_mail_once(smtp_mailbox: Mailbox) -> None:
    for number in range(8):
        write(number)
    barrier = Barrier(2)

    def deliver(_machine: int) -> int:
        try:
            barrier.wait(timeout=30)
            return outbox.deliver_due(NOW + timedelta(minutes=1)).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(deliver, range(2))) == 8
    assert arrived(smtp_mailbox) == [f"Item {number}" for number in range(8)]
