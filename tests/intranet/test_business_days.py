"""Business days of the network (§7B.2, D25, traps 2 and 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.actors import Actor, acting
from intranet.clock.business_days import BusinessCalendar, CalendarNotConfirmed, DayKind
from intranet.clock.calendars import calendar_for, confirm_year, seed_year

BAGHDAD = ZoneInfo("Asia/Baghdad")
EID_2026 = {
    date(2026, 5, 26): "Arafah",
    date(2026, 5, 27): "Eid al-Adha",
    date(2026, 5, 28): "Eid al-Adha",
    date(2026, 5, 29): "Eid al-Adha",
    date(2026, 5, 30): "Eid al-Adha",
}


def calendar(
    days: dict[date, str] | None = None, years: tuple[int, ...] = (2025, 2026, 2027)
) -> BusinessCalendar:
    return BusinessCalendar(BAGHDAD, frozenset({5, 6}), days or {}, frozenset(years), "test")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BAGHDAD).astimezone(UTC)


@pytest.mark.rule("§7B.2")
@pytest.mark.parametrize(
    ("sent", "holidays", "last"),
    [
        (date(2026, 1, 11), {}, date(2026, 1, 18)),  # Sunday to Sunday: the day of sending is not counted
        (date(2026, 5, 24), EID_2026, date(2026, 6, 3)),  # Arafah and Eid al-Adha
        (date(2026, 5, 24), {}, date(2026, 5, 31)),
        (date(2026, 1, 15), {}, date(2026, 1, 22)),  # Thursday
        (date(2026, 1, 16), {}, date(2026, 1, 22)),  # sent on a Friday
        (date(2025, 12, 30), {date(2026, 1, 1): "New Year"}, date(2026, 1, 7)),
    ],
)
def test_five_business_days(sent: date, holidays: dict[date, str], last: date) -> None:
    counted = calendar(holidays).count(noon(sent), 5)
    assert counted.last_day == last
    midnight = datetime(last.year, last.month, last.day, tzinfo=BAGHDAD) + timedelta(days=1)
    assert counted.ends_at == midnight
    assert counted.days[0].kind is DayKind.START
    assert [d.number for d in counted.days if d.kind is DayKind.COUNTED] == [1, 2, 3, 4, 5]


@pytest.mark.rule("D25")
def test_sending_late_in_the_evening_in_baghdad_is_that_day_there() -> None:
    at = datetime(2026, 1, 11, 21, 30, tzinfo=UTC)  # 00:30 on Monday in Baghdad
    assert calendar().count(at, 5).last_day == date(2026, 1, 19)


@pytest.mark.rule("D25")
def test_an_unconfirmed_year_is_an_error_never_a_guess() -> None:
    with pytest.raises(CalendarNotConfirmed) as caught:
        calendar(years=(2025,)).count(noon(date(2025, 12, 29)), 5)
    assert caught.value.year == 2026


days = st.dates(date(2025, 2, 1), date(2027, 9, 30))


@pytest.mark.rule("§7B.2")
@given(
    sent=days,
    number=st.integers(1, 20),
    holidays=st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=40),
    late=days,
)
def test_counting_in_general(sent: date, number: int, holidays: set[date], late: date) -> None:
    named = dict.fromkeys(holidays, "holiday")
    counted = calendar(named).count(noon(sent), number)
    between = [sent + timedelta(days=n) for n in range(1, (counted.last_day - sent).days + 1)]
    working = [d for d in between if d.isoweekday() not in {5, 6} and d not in holidays]
    assert len(working) == number
    assert working[-1] == counted.last_day
    later = calendar(named | {late: "announced late"}).count(noon(sent), number)
    assert later.last_day >= counted.last_day  # a holiday more never shortens a deadline


@pytest.mark.rule("D37")
def test_a_due_day_on_a_weekend_moves_to_the_business_day_before() -> None:
    assert calendar().business_day_on_or_before(date(2026, 2, 7)) == date(2026, 2, 5)  # Saturday -> Thursday
    assert calendar().business_day_on_or_before(date(2026, 1, 7)) == date(2026, 1, 7)


def test_the_business_day_after_and_some_business_days_before() -> None:
    assert calendar().business_day_on_or_after(date(2026, 2, 6)) == date(2026, 2, 8)  # Friday -> Sunday
    assert calendar().business_day_on_or_after(date(2026, 2, 8)) == date(2026, 2, 8)
    assert calendar().business_day_before(date(2026, 2, 8), 1) == date(2026, 2, 5)  # over the weekend
    assert calendar().business_day_before(date(2026, 2, 8), 6) == date(2026, 1, 29)
    with pytest.raises(CalendarNotConfirmed):
        calendar().business_day_on_or_after(date(2035, 1, 1))


def test_business_days_left() -> None:
    now = noon(date(2026, 2, 1))
    assert calendar().business_days_left(now, date(2026, 2, 5)) == 4
    assert calendar().business_days_left(now, date(2026, 2, 1)) == 0
    assert calendar().business_days_left(now, date(2026, 1, 29)) == -1


@pytest.mark.django_db
def test_the_iraqi_list_is_seeded_with_estimates_and_counts_only_when_confirmed() -> None:
    actor = Actor(label="Layla Example", capacity="coordinator")
    now = datetime(2026, 1, 2, tzinfo=UTC)
    with acting(actor):
        rows = seed_year(2026)
        again = seed_year(2026)
    assert len(rows) >= 12
    assert again == []
    assert any(row.estimated for row in rows)
    assert all(row.name_ar and "تقديري" not in row.name_ar and ";" not in row.name_ar for row in rows)
    before = calendar_for()
    with pytest.raises(CalendarNotConfirmed):
        before.count(noon(date(2026, 5, 24)), 5)
    with acting(actor):
        confirm_year(2026, actor, now)
    after = calendar_for()
    assert after.version != before.version
    assert after.count(noon(date(2026, 5, 24)), 5).last_day == date(2026, 6, 3)
