"""Which words stand beside a block, and which are marked: derived from the English words alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from protocol_pages.editions.beside import Reviewer, fingerprint_of
from protocol_pages.editions.blocks import TABLE, Block
from protocol_pages.translations.derive import Piece, fault, seal, twins

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ONE = Reviewer("Rana Example", "Translator", date(2026, 2, 1))
OLD = Block("b1", "paragraph", 1, "1", "1.", ("1",), "en", "Share within five days.")
NEW = replace(OLD, number="2.", text="Share within seven days.")
FIRST, SECOND, THIRD = (1, 0), (2, 0), (3, 0)


def piece(of: Block, edition: tuple[int, int], text: str, days: int = 0) -> Piece:
    return Piece(of.id, fingerprint_of(of), text, edition, AT + timedelta(days=days), ONE)


OF_OLD, OF_NEW = piece(OLD, FIRST, "old"), piece(NEW, SECOND, "new", 5)

# what is shown of which edition → (words, marked), None where nothing may stand
TABLE_OF_CASES = {
    "the very words": (OLD, FIRST, [OF_OLD], ("old", False)),
    "a later edition with the same words takes it over": (OLD, SECOND, [OF_OLD], ("old", False)),
    "another printed number is no other word": (replace(OLD, number="9."), SECOND, [OF_OLD], ("old", False)),
    "changed words are marked": (NEW, SECOND, [OF_OLD], ("old", True)),
    "a translation of the changed words ends the mark": (NEW, SECOND, [OF_OLD, OF_NEW], ("new", False)),
    "the earlier edition keeps its own": (OLD, FIRST, [OF_OLD, OF_NEW], ("old", False)),
    "what translates a later edition says nothing of an earlier one": (OLD, FIRST, [OF_NEW], None),
    "the old words again find their old translation": (OLD, THIRD, [OF_OLD, OF_NEW], ("old", False)),
    "a correction counts": (OLD, FIRST, [OF_OLD, piece(OLD, FIRST, "corrected", 1)], ("corrected", False)),
    "words taken out again stand nowhere": (OLD, FIRST, [piece(OLD, FIRST, "")], None),
    "the very words go before a later translation": (
        OLD,
        THIRD,
        [piece(OLD, FIRST, "very"), piece(NEW, SECOND, "later", 9)],
        ("very", False),
    ),
    "other blocks are no help": (replace(OLD, id="b2"), FIRST, [OF_OLD], None),
}


@pytest.mark.rule("D4")
@pytest.mark.parametrize("case", TABLE_OF_CASES)
def test_what_stands_beside_a_block(case: str) -> None:
    block, edition, pieces, wanted = TABLE_OF_CASES[case]
    for order in (pieces, pieces[::-1]):
        found = twins([block], edition, order).get(block.id)
        assert (found and (found.text, found.newer)) == wanted


@pytest.mark.parametrize(
    ("english", "text", "word"),
    [
        ("Five days[1].", "خمسة أيام[1].", ""),
        ("Five days[1].", "", ""),
        ("Five days[1].", "خمسة أيام.", "[1]"),
        ("Five days[1].", "خمسة[1] أيام[1].", "[1]"),
        ("Five days.", "خمسة أيام[2].", "no footnote marks"),
        ("Five days.", "Five days.", "English text"),
        ("Five days.", "خ" * 12_001, "longer"),
        ("2022", "2022", ""),
    ],
)
def test_words_that_do_not_fit_are_told(english: str, text: str, word: str) -> None:
    said = fault(replace(OLD, text=english), text)
    assert (word in said) if word else said == ""


def test_a_table_keeps_its_cells() -> None:
    table = Block("t1", TABLE, 2, "1", "", (), "en", "| a | b | | c | d |")
    assert fault(table, "| أ | ب | | ج | د |") == ""
    assert "bar" in fault(table, "| أ | ب | ج | د |")


def test_the_seal_holds_every_word_and_the_reviewer() -> None:
    words = {"b1": "x", "b2": ""}
    known = seal(ONE, "ar", "f" * 64, words)
    assert known == seal(ONE, "ar", "f" * 64, {"b1": "x"})
    others = (
        seal(replace(ONE, title="Director"), "ar", "f" * 64, words),
        seal(replace(ONE, reviewed_on=date(2026, 2, 2)), "ar", "f" * 64, words),
        seal(ONE, "ckb", "f" * 64, words),
        seal(ONE, "ar", "e" * 64, words),
        seal(ONE, "ar", "f" * 64, {"b1": "y"}),
        seal(ONE, "ar", "f" * 64, {"b2": "x"}),
    )
    assert len({known, *others}) == 7
