"""Days of the annual review (§8, D6): pure, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from protocol_pages.reviews import deadlines, notices
from protocol_pages.reviews.deadlines import Stage
from signatories.models import Person
from signatories.selectors import Contacts

pytestmark = pytest.mark.rule("§8")


def test_the_review_of_2027_opens_on_2_december_2026() -> None:
    assert deadlines.due_on(2027) == date(2027, 1, 31)
    assert deadlines.opens_on(2027) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("today", "year", "stage"),
    [
        (date(2026, 12, 1), 2027, Stage.UPCOMING),
        (date(2026, 12, 2), 2027, Stage.OPEN),
        (date(2027, 1, 30), 2027, Stage.OPEN),
        (date(2027, 1, 31), 2027, Stage.DUE),
        (date(2027, 2, 1), 2028, Stage.OVERDUE),
    ],
)
def test_where_a_review_stands_follows_from_the_day(today: date, year: int, stage: Stage) -> None:
    assert deadlines.stage(2027, today) == stage
    assert deadlines.year_of(today) == year


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 12, 1), None),
        (date(2026, 12, 2), "T-60"),
        (date(2026, 12, 31), "T-60"),
        (date(2027, 1, 1), "T-30"),
        (date(2027, 1, 17), "T-14"),
        (date(2027, 1, 31), "T"),
        (date(2027, 2, 6), "T"),
        (date(2027, 2, 7), "T+7"),
        (date(2027, 3, 1), "T+28"),
    ],
)
def test_one_reminder_for_each_step(today: date, code: str | None) -> None:
    step = deadlines.step_now(2027, today)
    assert (step.code if step else None) == code


FIRST, SECOND, HEAD, SENIOR = (Person(name=name, email=f"{name}@example.org") for name in "abcd")
FULL = Contacts(FIRST, SECOND, HEAD, (SENIOR,))


@pytest.mark.parametrize(
    ("contacts", "days", "reached"),
    [
        (FULL, -60, "ab"),
        (FULL, -30, "ab"),
        (FULL, -14, "abc"),
        (FULL, 0, "abcd"),
        (Contacts(None, SECOND, HEAD, ()), -60, "b"),
        (Contacts(None, None, HEAD, (SENIOR,)), -60, "c"),
        (Contacts(None, None, None, (SENIOR,)), -60, "d"),
        (Contacts(None, None, None, (SENIOR,)), -14, "d"),
        (Contacts(), 0, ""),
    ],
)
def test_a_vacancy_swallows_no_reminder(contacts: Contacts, days: int, reached: str) -> None:
    assert "".join(person.name for person in notices.chain(contacts, days)) == reached
