"""Due days and words of the grid as tables: pure, exact dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.monthly_reports import deadlines
from forms_app.monthly_reports.deadlines import Facts, Word, cell, due_by, due_on
from intranet.clock.business_days import BusinessCalendar, CalendarNotConfirmed
from signatories.stops.matrix import Stop


def calendar(*off: date, years: tuple[int, ...] = (2025, 2026)) -> BusinessCalendar:
    return BusinessCalendar(
        ZoneInfo("Asia/Baghdad"), frozenset({5, 6}), dict.fromkeys(off, "Day off"), frozenset(years), "v"
    )


@pytest.mark.rule("D37")
@pytest.mark.parametrize(
    ("month", "day", "off", "due"),
    [
        (date(2025, 12, 1), 7, (), date(2026, 1, 7)),  # Wednesday
        (date(2026, 1, 1), 7, (), date(2026, 2, 5)),  # 7 February is a Saturday: Thursday before
        (date(2026, 7, 1), 7, (), date(2026, 8, 6)),  # a Friday
        (date(2026, 1, 1), 7, (date(2026, 2, 5), date(2026, 2, 4)), date(2026, 2, 3)),
        (date(2026, 1, 1), 31, (), date(2026, 2, 26)),  # the last day of February, a Saturday
        (date(2025, 12, 1), 1, (date(2026, 1, 1),), date(2025, 12, 31)),  # a setting may reach back
    ],
)
def test_the_due_day_moves_to_the_business_day_before(
    month: date, day: int, off: tuple[date, ...], due: date
) -> None:
    assert due_on(month, calendar(*off), day) == due


@pytest.mark.rule("trap 4")
@pytest.mark.parametrize(
    ("announced", "due"),
    [
        ({}, date(2026, 1, 5)),  # known all along: Sunday 4, Monday 5; the 6th and 7th are off
        ({date(2026, 1, 7): date(2026, 1, 4)}, date(2026, 1, 5)),  # there is still a day to send
        ({date(2026, 1, 7): date(2026, 1, 5)}, date(2026, 1, 7)),  # said on the very day it would move to
        ({date(2026, 1, 7): date(2026, 1, 7)}, date(2026, 1, 7)),
        ({date(2026, 1, 6): date(2026, 1, 6), date(2026, 1, 7): date(2026, 1, 6)}, date(2026, 1, 7)),
        ({date(2026, 1, 6): date(2026, 1, 6)}, date(2026, 1, 6)),
        ({date(2026, 1, 11): date(2026, 1, 10)}, date(2026, 1, 5)),  # another week
    ],
)
def test_a_day_off_announced_late_measures_nobody_by_a_day_that_had_passed(
    announced: dict[date, date], due: date
) -> None:
    off = (date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 11))
    assert due_on(date(2025, 12, 1), replace(calendar(*off), announced=announced), 7) == due


@pytest.mark.rule("trap 4")
@pytest.mark.parametrize(
    ("settings", "due"),
    [
        (((date.min, 7),), date(2026, 2, 5)),
        (((date.min, 7), (date(2025, 6, 1), 15)), date(2026, 2, 15)),
        (((date.min, 7), (date(2025, 6, 1), 15), (date(2026, 5, 1), 3)), date(2026, 2, 15)),  # set long after
        (((date.min, 15), (date(2026, 2, 10), 3)), date(2026, 2, 15)),  # while the month was open
        (((date.min, 7), (date(2026, 2, 3), 15)), date(2026, 2, 15)),  # more time
        (((date.min, 7), (date(2026, 2, 9), 15)), date(2026, 2, 5)),  # it had passed
        (((date.min, 7), (date(2026, 2, 1), 3)), date(2026, 2, 3)),  # on the day the month opened
    ],
)
def test_another_due_day_later_does_not_change_what_was_told(
    settings: tuple[tuple[date, int], ...], due: date
) -> None:
    assert due_by(JANUARY, calendar(), settings) == due


@pytest.mark.rule("D25")
def test_a_year_without_a_confirmed_calendar_is_an_error() -> None:
    with pytest.raises(CalendarNotConfirmed):
        due_on(date(2026, 12, 1), calendar(years=(2026,)), 7)


JANUARY, DUE = date(2026, 1, 1), date(2026, 2, 5)


@pytest.mark.rule("§6.1")
@pytest.mark.parametrize(
    ("facts", "today", "word", "late"),
    [
        (Facts(True), date(2026, 1, 31), Word.NOT_OPEN, 0),
        (Facts(True), date(2026, 2, 1), Word.DUE, 0),
        (Facts(True), DUE, Word.DUE, 0),
        (Facts(True), date(2026, 2, 6), Word.LATE, 1),
        (Facts(True), date(2026, 2, 12), Word.LATE, 7),
        (Facts(True), date(2026, 2, 13), Word.MISSING, 8),
        (Facts(True, Stop.SUSPENSION), date(2026, 3, 1), Word.SUSPENDED, 0),
        (Facts(False), date(2026, 3, 1), Word.NOT_SIGNATORY, 0),
        (Facts(False, Stop.SUSPENSION), date(2026, 3, 1), Word.NOT_SIGNATORY, 0),
        (Facts(True, None, "sent", DUE), date(2026, 3, 1), Word.SENT, 0),
        (Facts(True, None, "sent", date(2026, 2, 8)), date(2026, 3, 1), Word.SENT, 3),
        (Facts(True, Stop.SUSPENSION, "nothing_to_report", DUE), date(2026, 3, 1), Word.NOTHING, 0),
        (Facts(False, None, "corrected", DUE), date(2026, 3, 1), Word.CORRECTED, 0),
        (Facts(False, Stop.WITHDRAWAL), date(2026, 3, 1), Word.WITHDRAWN, 0),
        (Facts(True, Stop.FLOW_STOP), date(2026, 3, 1), Word.FLOW_STOPPED, 0),
        (Facts(True, Stop.FLOW_STOP, "sent", date(2026, 2, 20)), date(2026, 3, 1), Word.SENT, 0),
        (Facts(True, Stop.SUSPENSION, "sent", date(2026, 2, 20)), date(2026, 3, 1), Word.SENT, 0),
    ],
)
def test_a_word_for_every_cell(facts: Facts, today: date, word: Word, late: int) -> None:
    assert cell(facts, JANUARY, DUE, today) == deadlines.Cell(word, late)


@given(
    st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.booleans(), st.sampled_from([None, *deadlines.RESTING])
)
def test_time_alone_never_reports_for_anybody(today: date, signatory: bool, rests: Stop | None) -> None:
    assert cell(Facts(signatory, rests), JANUARY, DUE, today).word not in deadlines.REPORTED


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)))
def test_a_suspended_organization_is_never_late(today: date) -> None:
    assert cell(Facts(True, Stop.SUSPENSION), JANUARY, DUE, today).word is Word.SUSPENDED


def test_every_word_has_a_label() -> None:
    assert set(deadlines.LABELS) == set(Word)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 1, 31), None),  # five days before, but the month is not over
        (date(2026, 2, 1), "T-5"),
        (date(2026, 2, 4), "T-5"),
        (DUE, "T"),
        (date(2026, 2, 8), "T+3"),
        (date(2026, 2, 12), "T+7"),
        (date(2026, 2, 15), "T+10"),
        (date(2026, 3, 8), "T+10"),
        (date(2026, 3, 9), None),
    ],
)
def test_the_newest_reminder_whose_day_has_come(today: date, step: str | None) -> None:
    found = deadlines.step_now(JANUARY, DUE, today)
    assert (found.code if found else None) == step
    assert found is None or found.to_management == (found.code == "T+10")


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(-400, 400))
def test_months_shift_there_and_back(day: date, by: int) -> None:
    month = deadlines.first_of(day)
    assert deadlines.shifted(deadlines.shifted(month, by), -by) == month
