"""Clocks and silence (D25, D26; traps 1 to 6). Pure: no database, no real time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.data_requests.clocks import Clock, Position, due
from forms_app.data_requests.tokens import AskState, ClockKind
from intranet.clock.business_days import BusinessCalendar

BAGHDAD = ZoneInfo("Asia/Baghdad")


def calendar(
    extra: dict[date, str] | None = None,
    years: frozenset[int] = frozenset({2025, 2026, 2027}),
    version: str = "v1",
) -> BusinessCalendar:
    """Iraq's public list, Friday and Saturday off."""
    listed = {on: str(name) for on, name in holidays.country_holidays("IQ", years=sorted(years)).items()}
    return BusinessCalendar(BAGHDAD, frozenset({5, 6}), listed | (extra or {}), years, version)


def noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=BAGHDAD).astimezone(UTC)


def midnight_after(day: str) -> datetime:
    after = datetime.fromisoformat(day) + timedelta(days=1)
    return after.replace(tzinfo=BAGHDAD).astimezone(UTC)


def clock(
    sent: str,
    cal: BusinessCalendar,
    kind: str = ClockKind.FOLLOW_UP,
    delivered: str | None = None,
    **more: bool,
) -> Clock:
    counted = cal.count(noon(sent), 5)
    return Clock(
        kind=kind,
        counted_from=noon(sent),
        business_days=5,
        ends_at=counted.ends_at,
        last_day=counted.last_day,
        calendar_version=cal.version,
        delivered_at=noon(delivered or sent),
        bounced=more.get("bounced", False),
    )


@pytest.mark.rule("§7B.2")
@pytest.mark.parametrize(
    ("sent", "last"),
    [
        ("2026-01-11", "2026-01-18"),  # Sunday to Sunday; a Monday-Friday count says Friday 16
        ("2026-05-24", "2026-06-03"),  # Arafah and Eid al-Adha; a week-only count says 31 May
        ("2026-01-08", "2026-01-15"),  # a Thursday
        ("2026-01-09", "2026-01-15"),  # a Friday: sent on a day that does not count anyway
        ("2025-12-28", "2026-01-05"),  # over New Year's Day
        ("2026-12-27", "2027-01-03"),  # into the next confirmed year
    ],
)
def test_five_business_days_after_the_day_of_sending(sent: str, last: str) -> None:
    cal = calendar()
    found = due(clock(sent, cal), cal)
    assert found.last_day == date.fromisoformat(last)
    assert found.ends_at == midnight_after(last)
    assert found.counted is not None
    assert found.counted.days[0].on == date.fromisoformat(sent)
    assert [day.number for day in found.counted.days if day.number] == [1, 2, 3, 4, 5]


@pytest.mark.rule("D25")
def test_the_last_second_is_in_time_and_midnight_is_not() -> None:
    cal = calendar()
    position = Position(AskState.FOLLOWED_UP, clock("2026-01-11", cal))
    end = midnight_after("2026-01-18")
    assert not position.is_silent(end - timedelta(microseconds=1), cal)
    assert position.is_silent(end, cal)


@pytest.mark.rule("D25")
def test_a_late_holiday_moves_the_deadline_and_an_early_one_taken_back_does_not() -> None:
    cal = calendar()
    told = clock("2026-01-11", cal)
    later = calendar({date(2026, 1, 18): "Announced late"}, version="v2")
    moved = due(told, later)
    assert (moved.moved_from, moved.last_day) == (date(2026, 1, 18), date(2026, 1, 19))
    assert moved.calendar_version == "v2"
    assert not Position(AskState.FOLLOWED_UP, told).is_silent(midnight_after("2026-01-18"), later)
    with_day = clock("2026-01-11", later)
    assert due(with_day, cal).last_day == date(2026, 1, 19)
    assert due(with_day, cal).moved_from is None


@pytest.mark.rule("D25")
def test_a_used_silence_keeps_the_count_that_was_told() -> None:
    told = clock("2026-01-11", calendar())
    assert due(told, None).last_day == date(2026, 1, 18)


@pytest.mark.rule("D25")
def test_a_year_that_nobody_confirmed_makes_no_silence() -> None:
    cal = calendar()
    told = clock("2026-12-27", cal)
    unconfirmed = calendar(years=frozenset({2025, 2026}))
    found = due(told, unconfirmed)
    assert found.missing_year == 2027
    assert not found.passed(noon("2030-01-01"))
    assert not Position(AskState.FOLLOWED_UP, told).is_silent(noon("2030-01-01"), unconfirmed)


@pytest.mark.rule("§7B.2")
@pytest.mark.parametrize("state", [s for s in AskState.values if s != "followed_up"])
def test_only_an_organization_that_was_followed_up_can_be_silent(state: str) -> None:
    cal = calendar()
    assert not Position(state, clock("2026-01-11", cal)).is_silent(noon("2031-01-01"), cal)


@pytest.mark.rule("§7B.1")
def test_mail_that_came_back_is_not_silence() -> None:
    cal = calendar()
    for position in (
        Position(AskState.FOLLOWED_UP, clock("2026-01-11", cal, bounced=True)),
        Position(AskState.ASKED, clock("2026-01-11", cal, ClockKind.FIRST_ANSWER, bounced=True)),
    ):
        assert position.bounced
        assert not position.is_silent(noon("2027-01-01"), cal)
        assert not position.follow_up_is_due(noon("2027-01-01"), cal)


@pytest.mark.rule("§7B.1")
def test_mail_that_left_late_starts_the_clock_on_that_day() -> None:
    cal = calendar()
    told = clock("2026-01-11", cal, delivered="2026-01-13")
    assert due(told, cal).last_day == date(2026, 1, 20)
    waiting = Position(
        AskState.FOLLOWED_UP,
        Clock("follow_up", noon("2026-01-11"), 5, told.ends_at, told.last_day, "v1", delivered_at=None),
    )
    assert waiting.undelivered
    assert not waiting.is_silent(noon("2027-01-01"), cal)


@pytest.mark.rule("D17")
def test_an_answer_received_outside_stops_the_clock() -> None:
    cal = calendar()
    position = Position(AskState.FOLLOWED_UP, clock("2026-01-11", cal), waits_for_confirmation=True)
    assert not position.is_silent(noon("2027-01-01"), cal)


@pytest.mark.rule("D26")
@given(
    state=st.sampled_from([s for s in AskState.values if s != "no_response"]),
    days=st.integers(min_value=-30, max_value=4000),
    bounced=st.booleans(),
    delivered=st.booleans(),
)
def test_no_amount_of_time_makes_a_yes(state: str, days: int, bounced: bool, delivered: bool) -> None:
    cal = calendar()
    told = clock("2026-01-11", cal, bounced=bounced)
    if not delivered:
        told = Clock("follow_up", told.counted_from, 5, told.ends_at, told.last_day, "v1", None, bounced)
    position = Position(state, told)
    now = noon("2026-01-11") + timedelta(days=days)
    if position.is_silent(now, cal):
        assert state == AskState.FOLLOWED_UP
        assert delivered
        assert not bounced
        assert now >= midnight_after("2026-01-18")
    assert position.state == state
