"""The organization's vote from its answers (D24, traps 8, 9 and 11). Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.data_requests.tokens import Choice
from forms_app.data_requests.votes import Tally, Vote, tally
from intranet.access.roles import Capacity

FP1, FP2 = Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT
HOA, SM = Capacity.HEAD_OF_AGENCY, Capacity.SENIOR_MANAGEMENT
YES, NO = Choice.AUTHORIZE, Choice.REFUSE

TABLE: list[tuple[str, list[tuple[Capacity, Choice]], Tally]] = [
    ("nobody", [], Tally.NONE),
    ("one focal point counts", [(FP1, YES)], Tally.AUTHORIZED),
    ("the other one too", [(FP2, NO)], Tally.REFUSED),
    ("two that agree", [(FP1, YES), (FP2, YES)], Tally.AUTHORIZED),
    ("two that differ", [(FP1, YES), (FP2, NO)], Tally.CONFLICT),
    ("not the last one wins", [(FP1, NO), (FP2, YES)], Tally.CONFLICT),
    ("until one changes to yes", [(FP1, YES), (FP2, NO), (FP2, YES)], Tally.AUTHORIZED),
    ("until one changes to no", [(FP1, YES), (FP2, NO), (FP1, NO)], Tally.REFUSED),
    ("or the Head of Agency says yes", [(FP1, YES), (FP2, NO), (HOA, YES)], Tally.AUTHORIZED),
    ("or the Head of Agency says no", [(FP1, YES), (FP2, NO), (HOA, NO)], Tally.REFUSED),
    ("her later no wins over a yes", [(FP1, YES), (HOA, NO)], Tally.REFUSED),
    ("a later yes from below does not lift her no", [(HOA, NO), (FP1, YES), (SM, YES)], Tally.REFUSED),
    ("she may change it herself", [(HOA, NO), (HOA, YES)], Tally.AUTHORIZED),
    ("a later no from below is a conflict", [(HOA, YES), (FP1, NO)], Tally.CONFLICT),
    ("senior management may answer alone", [(SM, YES)], Tally.AUTHORIZED),
    ("its later no outweighs the focal points", [(FP1, YES), (FP2, YES), (SM, NO)], Tally.REFUSED),
    ("its yes does not settle their conflict", [(FP1, YES), (FP2, NO), (SM, YES)], Tally.CONFLICT),
    ("it is below the Head of Agency", [(HOA, YES), (SM, NO)], Tally.CONFLICT),
    ("a successor changes the post's answer", [(FP1, YES), (FP1, NO)], Tally.REFUSED),
]


@pytest.mark.rule("D24")
@pytest.mark.parametrize(("votes", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_table(votes: list[tuple[Capacity, Choice]], expected: Tally) -> None:
    assert tally(Vote(capacity, choice) for capacity, choice in votes) is expected


answers = st.lists(st.tuples(st.sampled_from([FP1, FP2, HOA, SM]), st.sampled_from([YES, NO])), max_size=8)


@pytest.mark.rule("D24")
@given(answers)
def test_nothing_but_a_yes_makes_a_yes(given_answers: list[tuple[Capacity, Choice]]) -> None:
    votes = [Vote(capacity, choice) for capacity, choice in given_answers]
    result = tally(votes)
    if result is Tally.AUTHORIZED:
        assert any(vote.choice == YES for vote in votes)
    if votes and all(vote.choice == NO for vote in votes):
        assert result is Tally.REFUSED
    if not votes:
        assert result is Tally.NONE


@pytest.mark.rule("D24")
@given(answers)
def test_a_last_no_of_the_head_of_agency_always_refuses(
    given_answers: list[tuple[Capacity, Choice]],
) -> None:
    votes = [Vote(capacity, choice) for capacity, choice in [*given_answers, (HOA, NO)]]
    assert tally(votes) is Tally.REFUSED
