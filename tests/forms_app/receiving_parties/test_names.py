"""Names: equal ones are one party, near ones ask a person, everything else is somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.receiving_parties.names import key, near

WORDS = st.lists(st.text("abcdefghijklmnop ", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Example Donor Office", "  example   DONOR office. "),
        ("Relief-Fund (North)", "relief fund north"),
        ("منظّمة الأمل", "منظمة الأمل"),
        ("منظمـــة الأمل", "منظمة الأمل"),
        ("Straße", "STRASSE"),
        ("Ａｇｅｎｃｙ", "Agency"),
        ("Donor\u200f Office", "Donor Office"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert not near(key(one), key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Global Relief Fund", "Global Relief"),
        ("Global Relief Fund", "GRF"),
        ("G.R.F.", "Global Relief Fund"),
        ("Global Relief Fund", "Fund Global Relief"),
        ("Research Centre", "Research Center"),
        ("Académie du Sud", "Academie Sud"),
        ("مؤسسة الأمل", "مؤسسة الامل"),
        ("The Newsroom", "Newsroom International"),
        ("Office for Sahara Studies", "Sahara Studies"),
    ],
)
def test_a_near_name_asks(one: str, other: str) -> None:
    assert key(one) != key(other)
    assert near(key(one), key(other))
    assert near(key(other), key(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("United Donors", "Northern Lenders"),
        ("Example Donor Office (example)", "Example Embassy (example)"),
        ("مؤسسة الأمل", "مؤسسة النور"),
        ("", "Anybody"),
    ],
)
def test_other_names_go_on(one: str, other: str) -> None:
    assert not near(key(one), key(other))


@given(WORDS)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)
    assert key(f" {name.upper()}. ") == key(name)


@given(WORDS, WORDS)
def test_nearness_has_no_direction(one: str, other: str) -> None:
    assert near(key(one), key(other)) == near(key(other), key(one))
