"""Dates for people in three languages, distances in working days, the arithmetic of a deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from intranet.clock import wording
from intranet.clock.business_days import BusinessCalendar

EID = {date(2026, 5, 26): "Arafah", date(2026, 5, 27): "Eid al-Adha"}
CALENDAR = BusinessCalendar(ZoneInfo("Asia/Baghdad"), frozenset({5, 6}), EID, frozenset({2026}), "v")
SUNDAY = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 5 February 2026"),
        ("ar", "الخميس 5 شباط/فبراير 2026"),
        ("ckb", "پێنجشەممە 5 شوبات 2026"),
    ],
)
def test_long_date(language: str, said: str) -> None:
    assert wording.long_date(date(2026, 2, 5), language) == said


@pytest.mark.django_db
def test_a_short_date_of_another_year_says_its_year() -> None:
    """A row that has waited since 12 October two years ago is not of last month."""
    shown = Template("{% load dates %}{% short_date since %} | {% due ends %}")
    context = {"now": SUNDAY, "since": date(2024, 10, 12), "ends": date(2027, 1, 25)}
    said = shown.render(Context(context | {"network": _Baghdad()}))
    assert ">Sat 12 October 2024<" in said
    assert ">Mon 25 January 2027<" in said
    same = shown.render(Context(context | {"network": _Baghdad(), "since": date(2026, 2, 5)}))
    assert ">Thu 5 February<" in same


class _Baghdad:
    @staticmethod
    def zone() -> ZoneInfo:
        return ZoneInfo("Asia/Baghdad")


def test_arabic_months_carry_both_names_and_western_digits() -> None:
    names = [wording.month(date(2026, number, 1), "ar") for number in range(1, 13)]
    assert names[0] == "كانون الثاني/يناير 2026"
    assert names[11] == "كانون الأول/ديسمبر 2026"
    assert all("/" in name and name.endswith(" 2026") for name in names)
    assert len(set(names)) == 12


def test_a_moment_is_the_zone_s_and_has_the_comma_of_its_script() -> None:
    instant, zone = datetime(2026, 2, 5, 22, 5, tzinfo=UTC), ZoneInfo("Asia/Baghdad")
    assert wording.moment(instant, zone) == "6 February 2026, 01:05"
    with translation.override("ar"):
        assert wording.moment(instant, zone) == "6 شباط/فبراير 2026، 01:05"


def test_a_language_that_waits_for_its_texts_shows_english_dates() -> None:
    with translation.override("ckb"):
        assert wording.long_date(date(2026, 2, 5)) == "Thursday 5 February 2026"
    with translation.override("ar"):
        assert wording.long_date(date(2026, 2, 5)) == "الخميس 5 شباط/فبراير 2026"


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        (date(2026, 1, 25), "today"),
        (date(2026, 1, 26), "in 1 working day"),
        (date(2026, 1, 28), "in 3 working days"),
        (date(2026, 2, 1), "in 5 working days"),
        (date(2026, 1, 22), "1 working day ago"),
        (date(2027, 1, 3), ""),  # nobody confirmed 2027: no guess
    ],
)
@pytest.mark.rule("D25")
def test_distance_counts_working_days(last_day: date, said: str) -> None:
    with translation.override("en"):
        assert wording.distance(CALENDAR, SUNDAY, last_day) == said


def test_today_is_the_day_of_the_network_and_not_of_the_server() -> None:
    late_evening_utc = datetime(2026, 1, 24, 22, 0, tzinfo=UTC)  # 01:00 on the 25th in Baghdad
    with translation.override("en"):
        assert wording.distance(CALENDAR, late_evening_utc, date(2026, 1, 25)) == "today"


@pytest.mark.rule("§7B.2")
@pytest.mark.django_db
def test_how_is_this_counted_names_every_day() -> None:
    counted = CALENDAR.count(datetime(2026, 5, 24, 7, 0, tzinfo=UTC), 5)
    html = Template("{% load dates %}{% due day counted full=True %}").render(
        Context({"day": counted.last_day, "counted": counted, "now": SUNDAY})
    )
    assert "How is this counted?" in html
    assert "<details" in html
    assert html.count("<li") == len(counted.days)
    assert "Tuesday 26 May 2026</time>: Arafah, not counted" in html
    assert "the day of sending, not counted" in html
    assert "working day 5" in html
    assert "Asia/Baghdad" in html
