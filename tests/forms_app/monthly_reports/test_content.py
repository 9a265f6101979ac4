"""Sums, blanks and questions as tables and properties; no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.monthly_reports import codes, content
from forms_app.monthly_reports.content import INTAKE, MONTH

from .world import counts


def sentences(form: content.Form, given_counts: dict[str, int]) -> list[str]:
    return [str(wrong.sentence) for wrong in content.mismatches(form, given_counts)]


@pytest.mark.rule("D37")
def test_a_total_of_zero_needs_no_parts_but_still_asks_how_things_stand() -> None:
    asked = MONTH.names(0)
    assert "received" in asked
    assert not [name for name in asked if name.startswith(("nature", "personnel", "already"))]
    assert "investigation__new" in asked
    assert "assistance__pending" in asked


@pytest.mark.rule("§6.1")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nature__sexual_exploitation": 4}, "Nature adds up to 4, received says 5: 1 is missing."),
        ({"nature__sexual_exploitation": 2}, "Nature adds up to 2, received says 5: 3 are missing."),
        ({"nature__other": 2}, "Nature adds up to 7, received says 5: 2 too many."),
        ({"personnel__un_staff": 0}, "Category of personnel adds up to 0, received says 5: 5 are missing."),
        (
            {"already_sent": 6},
            "Already sent to the inter-agency channel says 6, received says 5: it is a part of those"
            " received, so it cannot be more.",
        ),
        (
            {"investigation__open_at_start": 3},
            "Internal investigations: open at the start and opened, less closed, leaves 3; the open rows"
            " add up to 0.",
        ),
        (
            {"investigation__substantiated": 2},
            "Internal investigations: 2 were closed, but only 0 were open at the start or opened in the"
            " month.",
        ),
    ],
)
def test_what_does_not_add_up_is_said_like_a_colleague(change: dict[str, int], sentence: str) -> None:
    assert sentences(MONTH, counts(5, **change)) == [sentence]


def test_a_month_that_adds_up_says_nothing() -> None:
    assert sentences(MONTH, counts(5, already_sent=5, nature__sexual_exploitation=2, nature__unknown=3)) == []


@given(st.integers(0, 50), st.lists(st.integers(0, 50), min_size=4, max_size=4))
def test_natures_hold_exactly_when_they_add_up(received: int, natures: list[int]) -> None:
    typed = counts(received) | dict(zip(codes.NATURE.names, natures, strict=True))
    found = [wrong.section for wrong in content.mismatches(MONTH, typed)]
    assert ("nature" in found) == (received > 0 and sum(natures) != received)


@given(
    st.integers(0, 20),
    st.integers(0, 20),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
    st.lists(st.integers(0, 9), min_size=3, max_size=3),
)
def test_investigations_hold_exactly_when_stock_and_flow_agree(
    start: int, new: int, closed: list[int], left: list[int]
) -> None:
    names = codes.INVESTIGATION.names
    typed = counts(0) | dict(zip(names, [start, new, *closed, *left], strict=True))
    holds = start + new - sum(closed) == sum(left)
    assert (content.mismatches(MONTH, typed) == []) == holds


@given(st.dictionaries(st.sampled_from(MONTH.names(1)), st.integers(0, 999)))
def test_the_stored_form_gives_the_same_counts_back(flat: dict[str, int]) -> None:
    assert content.counts(content.payload(flat)) == flat


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [(3, 30, True), (30, 3, True), (0, 12, True), (0, 9, False), (10, 20, False), (3, 3, False)],
)
def test_a_jump_is_a_question_never_a_refusal(before: int, now: int, asked: bool) -> None:
    found = content.questions(MONTH, counts(now), counts(before))
    assert bool(found) == asked
    if asked:
        assert str(found[0].sentence) == f"Received: last month {before}, now {now}. Is this right?"


def test_stock_that_does_not_follow_last_month_is_asked_about() -> None:
    left = counts(0, investigation__open_at_start=2, investigation__investigation=2)
    found = content.questions(MONTH, counts(0), left)
    assert [q.field for q in found] == ["investigation__open_at_start"]
    assert content.questions(INTAKE, {"received": 1}, {"received": 1}) == []


def test_without_last_month_nothing_is_asked() -> None:
    assert content.questions(MONTH, counts(500), None) == []


def test_codes_are_stable() -> None:
    assert codes.NATURE.names == (
        "nature__sexual_exploitation",
        "nature__sexual_abuse",
        "nature__other",
        "nature__unknown",
    )
    assert [code for code, _ in codes.PERSONNEL.rows] == [
        "un_staff",
        "unv",
        "contractor",
        "partner_ngo",
        "partner_government",
        "other",
        "unknown",
    ]
