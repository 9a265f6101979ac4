"""A stuck mail that was told by another channel: a record of its own, never a delivery (D23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.notices import outbox, services
from intranet.notices.models import Channel, Notice, ToldOtherwise
from intranet.workflow.runner import Refused
from tests.personas import persona_actor, persona_client

from .test_oversight import AT, a_stuck_notice

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D23")]
TODAY = date(2026, 1, 25)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def told(notice: Notice, **changes: Any) -> ToldOtherwise:
    given = {"channel": Channel.PHONE, "other": "", "told_on": TODAY} | changes
    actor = given.pop("actor", None) or persona_actor(Capacity.COORDINATOR)
    return services.tell_otherwise(notice, services.Told(**given), actor, AT)


def test_it_leaves_the_stuck_list_and_never_looks_delivered() -> None:
    notice = a_stuck_notice()
    coordinator = persona_client(Capacity.COORDINATOR)
    assert "1 stuck" in coordinator.get("/en/").content.decode()
    row = told(notice, actor=persona_actor(Capacity.ACTING_COORDINATOR, label="Ada Acting"))
    assert (row.channel, row.told_on, row.by, row.at) == (Channel.PHONE, TODAY, "Ada Acting", AT)
    assert "0 stuck" in coordinator.get("/en/").content.decode()
    assert outbox.stuck() == []
    assert outbox.waiting_count() == 0
    notice.refresh_from_db()
    assert (notice.delivered_at, notice.bounced_at) == (None, AT)
    assert notice.is_stuck, "for the ladder the mail has not left: telling starts no clock (§7B.1)"
    event = Event.objects.get(action="told_otherwise.tell")
    assert (event.outcome, event.actor_label, event.data["channel"]) == ("done", "Ada Acting", "phone")
    assert event.data["notice"] == str(notice.pk)


def test_twice_is_once_and_the_first_stands() -> None:
    notice = a_stuck_notice()
    first = told(notice)
    again = told(notice, channel=Channel.LETTER, actor=persona_actor(Capacity.ACTING_COORDINATOR))
    assert first.pk == again.pk
    assert again.channel == Channel.PHONE
    assert ToldOtherwise.objects.count() == 1
    assert Event.objects.filter(action="told_otherwise.tell").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"told_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"told_on": TODAY - timedelta(days=1)}, "had not been written"),
        ({"channel": "pigeon"}, "choose"),
        ({"channel": Channel.OTHER}, "write which"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_fix(changes: dict[str, Any], sentence: str) -> None:
    notice = a_stuck_notice()
    with pytest.raises(Refused, match=sentence):
        told(notice, **changes)
    assert not ToldOtherwise.objects.exists()
    assert outbox.stuck() == [notice]


def test_a_mail_that_arrived_or_still_has_its_turn_is_not_told_otherwise() -> None:
    waiting = outbox.write(outbox.Letter("test", ["fp@example.org"], "Due", "One item waits."), AT)
    assert waiting is not None
    with pytest.raises(Refused, match="not stuck"):
        told(waiting)
    arrived = a_stuck_notice()
    arrived.delivered_at, arrived.bounced_at = AT, None
    arrived.save()
    with pytest.raises(Refused, match="arrived"):
        told(arrived)
    assert not ToldOtherwise.objects.exists()


@pytest.mark.parametrize(
    "capacity", [c for c in Capacity if c not in {Capacity.COORDINATOR, Capacity.ACTING_COORDINATOR}]
)
def test_nobody_else_marks_a_mail(capacity: Capacity) -> None:
    notice = a_stuck_notice()
    with pytest.raises(Refused) as refusal:
        told(notice, actor=persona_actor(capacity))
    assert refusal.value.code == "policy"
    assert not ToldOtherwise.objects.exists()


def test_through_the_door() -> None:
    notice = a_stuck_notice()
    page = f"/en/notices/{notice.pk}/told/"
    assert persona_client(Capacity.OFFICE).get(page).status_code == 403
    client = persona_client(Capacity.COORDINATOR)
    assert page in client.get("/en/notices/").content.decode()
    assert page in client.get(f"/en/notices/{notice.pk}/").content.decode()
    assert client.get(page).status_code == 200
    assert not ToldOtherwise.objects.exists()
    wrong = client.post(page, {"channel": "other", "told_on": "25/1/2026"})
    assert wrong.status_code == 400
    assert "write which" in wrong.content.decode()
    sent = {"channel": "in_person", "told_on": "25/1/2026", "submission_key": str(uuid4())}
    for _n in range(2):
        done = client.post(page, sent)
        assert (done.status_code, done.headers["Location"]) == (302, "/en/notices/")
    shown = client.get("/en/notices/").content.decode()
    assert "No mail is stuck." in shown
    assert "Told by another channel" in shown
    assert "In person" in shown
    assert "not delivered" in shown
    assert "Told by another channel" in client.get(f"/en/notices/{notice.pk}/").content.decode()
    assert client.get(page).status_code == 302
