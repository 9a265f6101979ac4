"""No signatory is named anywhere in a release letter, whatever was typed (§7B.5)."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forms_app.common.letters.render import render
from forms_app.common.letters.verify import all_text, named
from intranet.papers.faults import LetterFault

from .samples import memo, release

LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9).map(str.title)
ARABIC = st.text("ابتجحدرسصطعفقكلمنهوي", min_size=4, max_size=9)
NAMES = st.one_of(
    st.lists(LATIN, min_size=1, max_size=4).map(" ".join),
    st.lists(ARABIC, min_size=1, max_size=4).map(" ".join),
    st.text("BCDFGJKLMNPQRTVXZ", min_size=3, max_size=6),
)
PLACES = {
    "purpose": lambda letter, text: replace(letter, purpose=text),
    "note": lambda letter, text: replace(letter, notes=(text,)),
    "signature": lambda letter, text: replace(letter, signature=(*letter.signature, text)),
    "table title": lambda letter, text: replace(letter, tables=(replace(letter.tables[0], title=text),)),
    "table description": lambda letter, text: replace(
        letter, tables=(replace(letter.tables[0], description=text),)
    ),
    "row": lambda letter, text: replace(letter, tables=(replace(letter.tables[0], rows=((text, 46),)),)),
    "address": lambda letter, text: replace(letter, recipient=replace(letter.recipient, address=(text,))),
    "recipient": lambda letter, text: replace(letter, recipient=replace(letter.recipient, organization=text)),
    "total head": lambda letter, text: replace(letter, tables=(replace(letter.tables[0], figure_head=text),)),
    "number": lambda letter, text: replace(letter, request_number=text),
}


@pytest.mark.rule("§7B.5")
@settings(max_examples=40, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=12, unique=True), language=st.sampled_from(["en", "ar"]))
def test_nobody_is_named_by_the_letter_itself(names, language):
    letter = release(language)
    data = render(letter)
    assume(named(all_text(data), tuple(names)) is None)
    assert render(letter, forbidden_names=tuple(names)) == data


@pytest.mark.rule("§7B.5")
@settings(max_examples=60, deadline=None)
@given(
    name=NAMES,
    place=st.sampled_from(sorted(PLACES)),
    language=st.sampled_from(["en", "ar"]),
    around=st.sampled_from(["{}", "for {}, quickly", "({})", "و{}", "بحسب {}."]),
)
def test_a_name_that_slipped_in_stops_the_letter(name, place, language, around):
    assume(not (around.startswith("و") and name.isascii()))
    letter = PLACES[place](release(language), around.format(name))
    with pytest.raises(LetterFault, match="names a signatory"):
        render(letter, forbidden_names=("Another Organization", name))


@pytest.mark.rule("§7B.5")
@pytest.mark.parametrize(
    "name", ["DSRSG/HC/RC Office", "UN Volunteers", "Iraq PSEA Network", "Office of the PSEA Coordinator"]
)
def test_the_letters_own_words_name_nobody(name):
    """The office or the volunteers' programme may stand in the register; typed text is never exempt."""
    letter = release()
    assert render(letter, forbidden_names=(name,))
    with pytest.raises(LetterFault, match="names a signatory"):
        render(
            replace(letter, purpose=f"To compare with {name} and others"),
            forbidden_names=(f"{name} and others",),
        )
    with pytest.raises(LetterFault, match="names a signatory"):
        render(
            replace(letter, notes=("Compiled by Hope of the Iraq PSEA Network.",)), forbidden_names=("Hope",)
        )


@pytest.mark.rule("§7B.5")
def test_memo_is_held_to_the_same():
    with pytest.raises(LetterFault, match="names a signatory"):
        render(memo(receiving_party="The office of Hope Relief"), forbidden_names=("Hope Relief",))


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("those who deliver aid", "WHO", False),
        ("agreed with WHO today", "WHO", True),
        ("HOPE   relief, Baghdad", "Hope Relief", True),
        ("Hopeful Relief", "Hope", False),
        ("وبالتنسيق مع منظّمـة الأمل", "منظمة الأمل", True),
        ("Cafe\u0301 Relief", "Café Relief", True),
        ("any text", "  ", False),
    ],
)
def test_how_names_are_found(text, name, found):
    assert (named(text, (name,)) == name) is found
