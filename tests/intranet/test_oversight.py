"""History pages under the object's own policy, the event log, and mail that does not arrive."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from audit import ledger
from audit.actors import Actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock import services
from intranet.home import machine_room
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.workflow import history
from tests.factories import make_user
from tests.personas import ELSEWHERE, persona_actor, persona_client

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


@pytest.fixture
def coordinator() -> Actor:
    user = make_user("coordinator@example.org", first_name="Coordinator", last_name="Example")
    return persona_actor(Capacity.COORDINATOR, user=user)


def a_changed_day(coordinator: Actor):
    row = services.add_day(services.DayFacts(date(2026, 3, 20), "Eid", estimated=True), coordinator, AT)
    services.change_day(row, services.DayFacts(date(2026, 3, 21), "Eid"), coordinator, AT, "Announced")
    row.refresh_from_db()
    return row


def test_history_shows_who_when_capacity_from_to_and_reason(coordinator: Actor) -> None:
    row = a_changed_day(coordinator)
    page = persona_client(Capacity.MEMBER).get(f"/en/history/nonworkingday/{row.pk}/").content.decode()
    for words in ("Coordinator Example", "PSEA Coordinator", "20 March 2026", "21 March 2026", "Announced"):
        assert words in page
    assert "Estimated until announced" in page
    assert "Changed a non-working day" in page


def test_refusals_are_in_the_history(coordinator: Actor) -> None:
    row = a_changed_day(coordinator)
    subject = ledger.Subject("nonworkingday", str(row.pk), str(row))
    ledger.record(
        now=AT,
        actor=coordinator,
        action="calendar.change_day",
        subject=subject,
        outcome="refused",
        reason="No",
    )
    page = persona_client(Capacity.AUDITOR).get(f"/en/history/nonworkingday/{row.pk}/").content.decode()
    assert "refused" in page
    assert "Reason: <bdi>No</bdi>" in page


@pytest.mark.rule("D10")
def test_other_organizations_do_not_appear_in_a_history(coordinator: Actor) -> None:
    row = a_changed_day(coordinator)
    subject = ledger.Subject("nonworkingday", str(row.pk), str(row))
    other = persona_actor(Capacity.PRIMARY_FOCAL_POINT, ELSEWHERE, label="Somebody Elsewhere")
    ledger.record(now=AT, actor=other, action="calendar.change_day", subject=subject, outcome="refused")
    mine = history.entries(row, persona_actor(Capacity.PRIMARY_FOCAL_POINT, label="Me"))
    assert "Somebody Elsewhere" not in {entry.who for entry in mine}
    assert "Somebody Elsewhere" in {entry.who for entry in history.entries(row, coordinator)}


@pytest.mark.rule("D15")
def test_the_event_log_filters_pages_and_notes_its_reader(coordinator: Actor) -> None:
    for number in range(60):
        ledger.record(now=AT, actor=coordinator, action=f"test.act{number}", clause="§7B.1")
    ledger.record(now=AT, actor=coordinator, action="test.refused", outcome="refused", reason="Not yet")
    client = persona_client(Capacity.AUDITOR)
    page = client.get("/en/events/").content.decode()
    assert "Page 1 of 2" in page
    assert Event.objects.filter(action="audit.read_events", actor_label=client.user.label).count() == 1
    page = client.get("/en/events/?outcome=refused").content.decode()
    assert "Not yet" in page
    assert "test.act1<" not in page
    page = client.get("/en/events/?since=26/1/2026&until=27/1/2026&word=test").content.decode()
    assert "No entry fits this filter." in page
    page = client.get("/en/events/?since=nonsense&page=zzz").content.decode()
    assert "From day: write the day as day/month/year" in page


@pytest.mark.rule("D15")
def test_the_event_log_says_whether_the_chain_held(coordinator: Actor) -> None:
    client = persona_client(Capacity.AUDITOR)
    assert "not checked yet" in client.get("/en/events/").content.decode()
    ledger.record(now=AT, actor=coordinator, action="test.act", clause="§7B.1")
    assert list(machine_room.check_chain(AT, dry_run=False)) == []
    assert "Record chain intact" in client.get("/en/events/").content.decode()


@pytest.mark.parametrize("capacity", [Capacity.MEMBER, Capacity.COORDINATOR, Capacity.PRIMARY_FOCAL_POINT])
def test_the_event_log_is_for_office_and_auditors(capacity: Capacity) -> None:
    assert persona_client(capacity).get("/en/events/").status_code == 403


# Mail


def a_stuck_notice() -> Notice:
    letter = outbox.Letter(
        "test", ["fp@example.org"], "Due 5 Feb", "One item waits: https://x.example/", rule="§6.1"
    )
    notice = outbox.write(letter, AT)
    assert notice is not None
    notice.attempts, notice.next_attempt_at, notice.bounced_at = 1, None, AT
    notice.save()
    return notice


@pytest.mark.rule("D23")
def test_stuck_mail_has_its_text_for_other_channels_and_another_try() -> None:
    notice = a_stuck_notice()
    client = persona_client(Capacity.COORDINATOR)
    assert "Refused by the mail server" in client.get("/en/notices/").content.decode()
    assert "One item waits" in client.get(f"/en/notices/{notice.pk}/").content.decode()
    assert client.get(f"/en/notices/{notice.pk}/again/").status_code == 405
    client.post(f"/en/notices/{notice.pk}/again/")
    notice.refresh_from_db()
    assert notice.bounced_at is None
    assert notice.next_attempt_at is not None
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"notices.copy_text", "notices.try_again"} <= actions


@pytest.mark.parametrize("capacity", [Capacity.MEMBER, Capacity.OFFICE, Capacity.PRIMARY_FOCAL_POINT])
def test_nobody_else_reads_or_sends_mail(capacity: Capacity) -> None:
    notice = a_stuck_notice()
    client = persona_client(capacity)
    assert client.get(f"/en/notices/{notice.pk}/").status_code == 403
    assert client.post(f"/en/notices/{notice.pk}/again/").status_code == 403
    notice.refresh_from_db()
    assert notice.bounced_at == AT
