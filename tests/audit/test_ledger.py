"""The event ledger: a chain that shows every edit, gap and swap (D15)."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from audit import ledger
from audit.actors import Actor, NobodyActs, acting, system_actor
from audit.history import WrittenOnce
from audit.models import Event
from intranet.clock.models import NonWorkingDay

START = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
LAYLA = Actor(label="Layla Example", capacity="coordinator", organization="Example network")


def chain(length: int) -> list[Event]:
    events: list[Event] = []
    for number in range(1, length + 1):
        event = Event(
            sequence=number,
            at=START + timedelta(minutes=number),
            kind="act",
            action=f"example.act_{number}",
            actor_label=LAYLA.label,
            capacity=LAYLA.capacity,
            outcome="done",
            reason=f"reason {number}",
            data={"n": number},
            previous=events[-1].hash if events else ledger.GENESIS,
        )
        event.hash = ledger.digest(event)
        events.append(event)
    return events


TEXTS = [
    "action",
    "actor_label",
    "capacity",
    "organization",
    "outcome",
    "reason",
    "clause",
    "object_id",
    "previous",
]


@pytest.mark.rule("D15")
@given(length=st.integers(1, 12), data=st.data())
def test_any_tampering_is_found(length: int, data: st.DataObject) -> None:
    events = copy.deepcopy(chain(length))
    assert ledger.verify(events).intact
    at = data.draw(st.integers(0, length - 1))
    how = data.draw(st.sampled_from(["edit", "re-time", "delete", "duplicate", "swap"]))
    if how == "edit":
        name = data.draw(st.sampled_from(TEXTS))
        setattr(events[at], name, getattr(events[at], name) + "x")
    elif how == "re-time":
        events[at].at += timedelta(microseconds=1)
    elif how == "delete":
        if at == length - 1:
            return  # a cut tail shows only against an anchor outside; said in the docs
        del events[at]
    elif how == "duplicate":
        events.insert(at, copy.deepcopy(events[at]))
    else:
        if length < 2:
            return
        other = (at + 1) % length
        events[at].data, events[other].data = events[other].data, events[at].data
    verdict = ledger.verify(events)
    assert not verdict.intact
    assert verdict.first_bad is not None


@pytest.mark.django_db
@pytest.mark.rule("D15")
def test_recorded_events_are_chained_and_the_command_says_so() -> None:
    for number in range(3):
        ledger.record(now=START, actor=LAYLA, action=f"example.{number}", clause="§8")
    assert ledger.verify() == ledger.Verdict(True, 3)
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert "Intact: 3 entries." in out.getvalue()


@pytest.mark.django_db
@pytest.mark.rule("D14")
def test_the_ledger_refuses_change_by_orm_and_by_sql() -> None:
    event = ledger.record(now=START, actor=LAYLA, action="example.act")
    event.reason = "another"
    with pytest.raises(WrittenOnce):
        event.save()
    with pytest.raises(WrittenOnce):
        event.delete()
    for statement in (
        "UPDATE audit_event SET reason = 'another'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event CASCADE",
        "ALTER TABLE audit_event DISABLE TRIGGER audit_append_only",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(reason="another")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.get().reason == ""
    assert ledger.verify().intact


@pytest.mark.django_db
def test_history_names_actor_capacity_organization_and_reason() -> None:
    with acting(LAYLA, "announced on the radio"):
        day = NonWorkingDay.objects.create(on="2026-05-26", name="Arafah")
        day.name = "Day of Arafah"
        day.save()
    first, second = day.history.order_by("history_date")
    assert (first.history_actor, first.history_capacity) == ("Layla Example", "coordinator")
    assert second.history_organization == "Example network"
    assert second.history_change_reason == "announced on the radio"
    with pytest.raises(DatabaseError), transaction.atomic():
        type(first).objects.all().delete()


@pytest.mark.django_db
def test_a_governed_row_without_an_actor_is_not_saved() -> None:
    with pytest.raises(NobodyActs), transaction.atomic():
        NonWorkingDay.objects.create(on="2026-05-26", name="Arafah")
    assert not NonWorkingDay.objects.exists()
    assert system_actor("run_due").is_system
