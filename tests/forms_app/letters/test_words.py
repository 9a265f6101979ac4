"""Dates, spans, counts and directions in both languages."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.common.letters.context import Completeness, ConsentCounts, Period
from forms_app.common.letters.words import (
    completeness_text,
    consents_text,
    day_text,
    period_short,
    period_text,
    salutation,
    short_hash,
    tables_phrase,
)
from intranet.papers.bidi import LRM, held, segments, strip_marks


def test_dates():
    assert day_text(date(2026, 3, 10), "en", weekday=True) == "Tuesday 10 March 2026"
    assert day_text(date(2026, 3, 10), "ar", weekday=True) == "الثلاثاء 10 آذار/مارس 2026"
    assert day_text(date(2026, 1, 1), "ar") == "1 كانون الثاني/يناير 2026"


def test_a_letter_to_nobody_by_name_opens_as_a_letter_does():
    assert salutation("Dana Donor", "", "en") == "Dear Dana Donor,"
    assert salutation(" ", "", "en") == "Dear Sir or Madam,"
    assert salutation("", "", "ar") == salutation("Dana Donor", "", "ar")
    assert salutation("", "Dear Director,", "en") == "Dear Director,"


@pytest.mark.parametrize(
    ("first", "last", "short", "long"),
    [
        ((2025, 1), (2025, 12), "2025", "1 January to 31 December 2025"),
        ((2024, 2), (2024, 2), "February 2024", "1 February to 29 February 2024"),
        ((2025, 1), (2025, 6), "January to June 2025", "1 January to 30 June 2025"),
        ((2024, 11), (2025, 2), "November 2024 to February 2025", "1 November 2024 to 28 February 2025"),
        ((2024, 1), (2025, 12), "January 2024 to December 2025", "1 January 2024 to 31 December 2025"),
    ],
)
def test_periods(first, last, short, long):
    period = Period(date(*first, 17), date(*last, 17))
    assert period_short(period, "en") == short
    assert period_text(period, "en") == long
    assert "–" not in period_text(period, "ar")
    assert "إلى" in period_text(period, "ar")


@pytest.mark.rule("D22")
def test_completeness_is_numbers_only():
    facts = Completeness(9, 13, silent=1, suspended=2, missing=1)
    assert completeness_text(facts, "en") == (
        "9 of 13 signatories are included. Not included: 1 without an answer, 2 suspended, 1 without a report."
    )
    assert completeness_text(Completeness(7, 7), "en") == "7 of 7 signatories are included."
    arabic = completeness_text(facts, "ar")
    assert [word for word in arabic.split() if word.isdigit()] == ["9", "13", "1", "2", "1"]


@pytest.mark.rule("D20")
def test_consents_are_numbers_only():
    assert consents_text(ConsentCounts(9, 9, 1, 2), "en") == (
        "Round 2: 9 of 9 organizations asked have authorized. The data of 1 that did not respond is excluded."
    )
    assert consents_text(ConsentCounts(7, 7), "en") == "Round 1: 7 of 7 organizations asked have authorized."


def test_small_words():
    assert tables_phrase(1, "en") == "The national table below"
    assert tables_phrase(2, "en") == "The two national tables below"
    assert tables_phrase(7, "en") == "The national tables below"
    assert short_hash("0FA5d23afe7ea213" + "0" * 48) == "0fa5 d23a fe7e a213"


@given(st.text(st.sampled_from("abc 12.,/()-–:·ابجد\u064e" + LRM)), st.booleans())
def test_segments_lose_nothing(text, rtl):
    pieces = segments(text, rtl)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(left[1] != right[1] for left, right in pairwise(pieces))


def test_segments_put_codes_and_digits_apart():
    assert segments("الرسالة RL-2026-003 في 10 آذار", True) == [
        ("الرسالة ", True),
        ("RL-2026-003", False),
        (" في ", True),
        ("10", False),
        (" آذار", True),
    ]
    assert held("To plan.") == f"{LRM}To plan.{LRM}"
    assert strip_marks(held("(2026)")) == "(2026)"
    assert held("خطة.") == "خطة."
