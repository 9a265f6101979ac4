"""The calendar of non-working days and the settings: kept by the Coordinator, read by all, noted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from audit.actors import Actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock import deadlines, due, services
from intranet.clock.calendars import calendar_for
from intranet.clock.models import CalendarConfirmation, NonWorkingDay
from intranet.network.forms import SettingsForm
from intranet.network.models import NetworkSettings
from tests.factories import make_user
from tests.personas import persona_actor, persona_client

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


@pytest.fixture
def coordinator() -> Actor:
    user = make_user("coordinator@example.org", first_name="Coordinator", last_name="Example")
    return persona_actor(Capacity.COORDINATOR, user=user)


def rows_and_events() -> tuple[int, int, int, int]:
    return (
        NonWorkingDay.objects.count(),
        NonWorkingDay.history.count(),
        CalendarConfirmation.objects.count(),
        Event.objects.filter(action__startswith="calendar.").count(),
    )


def test_load_correct_confirm_in_the_browser_forms() -> None:
    client = persona_client(Capacity.COORDINATOR)
    client.post("/en/calendar/2026/load/")
    assert NonWorkingDay.objects.filter(on__year=2026).count() > 10
    day = NonWorkingDay.objects.filter(on__year=2026, estimated=True).first()
    assert day is not None
    answer = client.post(
        f"/en/calendar/day/{day.pk}/",
        {
            "on": f"{day.on:%Y-%m-%d}",
            "name": day.name,
            "cancelled": "on",
            "reason": "Announced one day later",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    day.refresh_from_db()
    assert day.cancelled
    assert not day.estimated
    assert day.history.first().history_change_reason == "Announced one day later"
    client.post("/en/calendar/2026/confirm/")
    assert calendar_for().is_business_day(day.on) == (day.on.isoweekday() not in {5, 6})
    page = client.get("/en/calendar/2026/").content.decode()
    assert "Confirmed by" in page
    assert "Cancelled" in page
    acts = list(Event.objects.filter(action__startswith="calendar.").values_list("action", flat=True))
    assert acts == ["calendar.load_year", "calendar.cancel_day", "calendar.confirm_year"]


@pytest.mark.rule("D16")
@pytest.mark.parametrize("capacity", [Capacity.MEMBER, Capacity.OFFICE, Capacity.AUDITOR])
@pytest.mark.parametrize(
    "path", ["/en/calendar/2026/load/", "/en/calendar/2026/confirm/", "/en/calendar/day/"]
)
def test_nobody_else_keeps_the_calendar(capacity: Capacity, path: str) -> None:
    before = rows_and_events()
    client = persona_client(capacity)
    assert client.post(path, {"on": "1/2/2026", "name": "x"}).status_code == 403
    assert client.get("/en/calendar/2026/").status_code == 200
    assert rows_and_events() == before


def test_reading_addresses_never_writes() -> None:
    client = persona_client(Capacity.COORDINATOR)
    before = rows_and_events()
    assert client.get("/en/calendar/2026/load/").status_code == 405
    assert client.get("/en/calendar/2026/confirm/").status_code == 405
    assert client.get("/en/calendar/1066/").status_code == 404
    assert rows_and_events() == before


def test_a_day_twice_is_refused_at_its_field_and_what_was_typed_is_kept(coordinator: Actor) -> None:
    services.add_day(services.DayFacts(date(2026, 3, 21), "Nowruz"), coordinator, AT)
    before = rows_and_events()
    answer = persona_client(Capacity.COORDINATOR).post(
        "/en/calendar/day/", {"on": "21/3/2026", "name": "Nowruz again"}
    )
    page = answer.content.decode()
    assert "Date: this day is in the list already." in page
    assert 'href="#id_on"' in page
    assert 'value="Nowruz again"' in page
    assert rows_and_events() == before


def test_a_change_without_difference_writes_nothing(coordinator: Actor) -> None:
    row = services.add_day(services.DayFacts(date(2026, 3, 21), "Nowruz"), coordinator, AT)
    before = rows_and_events()
    assert not services.change_day(row, services.DayFacts(row.on, "Nowruz"), coordinator, AT, "no reason")
    assert rows_and_events() == before


@pytest.mark.rule("D25")
def test_the_ledger_asks_for_the_year_until_it_is_confirmed(coordinator: Actor) -> None:
    asked = [row for row in due.due_rows(coordinator, AT) if "2026 calendar" in str(row.what)]
    assert len(asked) == 1
    assert asked[0].why == "practice"
    services.confirm_year(2026, coordinator, AT)
    assert not [row for row in due.due_rows(coordinator, AT) if "calendar" in str(row.what)]
    november = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)
    (coming,) = [row for row in due.due_rows(coordinator, november) if "calendar" in str(row.what)]
    assert coming.last_day == date(2026, 12, 31)
    assert list(deadlines.due_from(persona_actor(Capacity.MEMBER), november)) == []


# Settings


def settings_form(**changed: str) -> dict[str, str]:
    current = NetworkSettings.current()
    values = {name: getattr(current, name) for name in SettingsForm.Meta.fields}
    return (
        {name: "" if value is None else str(value) for name, value in values.items()}
        | {
            "reason": "Checked",
            "base": "" if current._state.adding else str(current.pk),
        }
        | changed
    )


@pytest.mark.rule("D42")
def test_a_setting_is_a_new_dated_row_with_reason_and_event() -> None:
    client = persona_client(Capacity.COORDINATOR)
    answer = client.post("/en/settings/", settings_form(hotline="80060000", channels_verified_on="2/1/2026"))
    assert answer.status_code == 302, answer.context["form"].errors
    row = NetworkSettings.current()
    assert (row.hotline, row.channels_verified_on, row.reason) == ("80060000", date(2026, 1, 2), "Checked")
    assert row.by == client.user.label
    event = Event.objects.get(action="network.change_settings")
    assert event.data["hotline"] == ["80069999", "80060000"]
    assert "80060000" in client.get("/en/").content.decode()
    history = client.get(f"/en/history/networksettings/{row.pk}/").content.decode()
    assert "Checked" in history


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("time_zone", "Baghdad", "Time zone: write a name like Asia/Baghdad."),
        ("weekend", "sat", "Weekend: write day numbers"),
        ("report_due_day", "31", "Monthly report due on day"),
        ("report_due_day", "", "Monthly report due on day: write a number"),
        ("minimum_contributors", "2", "write 3 or more"),
        ("inter_agency_email", "nobody", "e"),
        ("reason", "", "Reason for this change: this cannot stay empty."),
    ],
)
def test_wrong_settings_change_nothing(field: str, typed: str, said: str) -> None:
    before = NetworkSettings.objects.count()
    answer = persona_client(Capacity.COORDINATOR).post("/en/settings/", settings_form(**{field: typed}))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert f'href="#id_{field}"' in answer.content.decode()
    assert NetworkSettings.objects.count() == before
    assert not Event.objects.filter(action="network.change_settings").exists()


def test_the_same_settings_again_write_nothing() -> None:
    client = persona_client(Capacity.COORDINATOR)
    client.post("/en/settings/", settings_form(hotline="1"))
    rows = NetworkSettings.objects.count()
    assert rows == 1
    client.post("/en/settings/", settings_form(hotline="1"))
    assert NetworkSettings.objects.count() == rows


def test_two_people_at_once_one_wins_and_the_other_is_told_who() -> None:
    first, second = persona_client(Capacity.COORDINATOR), persona_client(Capacity.ACTING_COORDINATOR)
    both_saw = settings_form()
    first.post("/en/settings/", both_saw | {"hotline": "1"})
    before = NetworkSettings.objects.count(), Event.objects.filter(action="network.change_settings").count()
    answer = second.post("/en/settings/", both_saw | {"hotline": "2"})
    assert f"{first.user.label} changed the settings after you opened this page" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()
    assert NetworkSettings.current().hotline == "1"
    after = NetworkSettings.objects.count(), Event.objects.filter(action="network.change_settings").count()
    assert after == before
