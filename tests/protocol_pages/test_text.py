"""The protocol in the data file is the document of 31 January 2022, word for word."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol_pages.editions.blocks import (
    DATA_FILE,
    BadProtocolFile,
    Block,
    ClauseNotFound,
    check_blocks,
    find,
    read_protocol,
)
from protocol_pages.editions.canonical import canonical_block, canonical_text, fingerprint
from protocol_pages.editions.caveats import caveat_7a, caveats_7b7
from protocol_pages.editions.footnotes import split_marks, without_marks

SEED = Path(__file__).with_name("seed_000.txt")
FINGERPRINT = "c62ec4e0df0c3387ae9ebfafc1fd3597f2ac3ad141c88063a1b403ca7e0042cc"
BLOCKS = read_protocol().blocks


def seed_words() -> tuple[str, str]:
    """Body and footnotes of the printed document: emphasis marks gone, footnote marks as [n]."""
    text = SEED.read_text(encoding="utf-8").replace("*", "")
    for number, mark in enumerate("¹²³⁴⁵", start=1):
        text = text.replace(mark, f"[{number}]")
    lines = text.splitlines()
    notes = [line for line in lines if re.match(r"\[\d\] ", line)]
    body = [line for line in lines if not re.match(r"\[\d\] ", line)]
    return " ".join(" ".join(body).split()), " ".join(" ".join(notes).split())


@pytest.mark.rule("D1")
def test_canonical_text_is_the_seed_word_for_word() -> None:
    body, notes = seed_words()
    assert " ".join(canonical_text(BLOCKS).split()) == f"{body} {notes}"


@pytest.mark.rule("D1")
def test_one_changed_word_is_noticed() -> None:
    body, notes = seed_words()
    changed = [replace(block, text=block.text.replace("5 business days", "5 days")) for block in BLOCKS]
    assert " ".join(canonical_text(changed).split()) != f"{body} {notes}"
    assert fingerprint(canonical_text(changed)) != fingerprint(canonical_text(BLOCKS))


@pytest.mark.rule("D1")
def test_fingerprint_of_edition_1_is_fixed() -> None:
    text = canonical_text(BLOCKS)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("withdrawal.\n")
    assert fingerprint(text) == FINGERPRINT


@pytest.mark.rule("D1")
def test_what_page_ends_broke_is_joined() -> None:
    assert "network may suspend the sharing" in find(BLOCKS, "4.f").text
    assert "IRAQ PSEA Network who deliver aid support" in find(BLOCKS, "7A.caveat").text
    assert "This data should not be used" in find(BLOCKS, "C3").text
    assert len([block for block in BLOCKS if block.section == "4" and block.kind == "item"]) == 8


@pytest.mark.rule("D1")
def test_defects_of_the_document_are_kept() -> None:
    text = canonical_text(BLOCKS)
    assert "(IRAQ -PSEA@un.org) ;hence slipping" in text
    assert "(Iraq-psea@un.org)" in text
    assert "any survivor , alleged perpetrator" in text
    assert "DSRSG/RC/HC for final approval" in text
    assert 'which reads "The data shared' in text
    assert "in the future”." in text
    third = [block for block in BLOCKS if block.section == "3"]
    assert [(block.kind, block.number) for block in third] == [("paragraph", "3.")]


@pytest.mark.rule("D1")
def test_canonical_text_does_not_depend_on_typing_habits() -> None:
    block = find(BLOCKS, "7B.2")
    retyped = replace(block, text=block.text.replace(" ", "\r\n  ", 3))
    assert canonical_text([retyped]) == canonical_text([block])
    assert canonical_block("Cafe\u0301 *reported  cases*⁴") == "Caf\u00e9 reported cases[4]"


@given(st.text(st.characters(exclude_characters="*", exclude_categories=("Cs",)), max_size=60))
def test_canonical_form_is_stable_and_one_line(text: str) -> None:
    once = canonical_block(text)
    assert canonical_block(once) == once
    assert "\n" not in once


@pytest.mark.rule("D2")
@pytest.mark.parametrize(
    ("address", "number", "opening"),
    [
        ("4.0", "", "In line with the IRAQ SOPs"),
        ("4.h", "-", "Following approval of the protocol"),
        ("5", "", "The DSRSG/HC/RC through the PSEA Coordinator"),
        ("6.1", "1.", "Frequency: Signatories"),
        ("7A.3", "", "The media is not included"),
        ("7B.0", "", "Each time external agencies"),
        ("7B.0.v", "-", "A written guarantee"),
        ("7B.fwd", "", "If Iraq PSEA Network Members"),
        ("7B.4", "4.", "If all organizations still agree"),
        ("7B.5", "", "The PSEA Coordinator will remove"),
        ("7B.6", "", "A party that has been authorized"),
        ("7B.7", "", "When written authorization"),
        ("C1", "1.", "The data is only from reported cases."),
        ("C3", "3.", "The data shared should be accompanied"),
        ("8", "", "This information sharing protocol will take effect"),
        ("9.a", "", "In cases of breach"),
        ("9.b", "", "In cases of breach"),
        ("9.d", "-", "If unresolved"),
        ("9.g", "", "Data gathering organizations reserve"),
        ("9.i", "", "The resolution of a breach"),
        ("fn5", "[5]", "The individual who signed"),
        ("end", "", "Approved/endorsed by UNCT on 31st January 2022"),
    ],
)
def test_every_address_of_the_rulebook_leads_to_its_block(address: str, number: str, opening: str) -> None:
    block = find(BLOCKS, address)
    assert block.number == number
    assert block.text.startswith(opening)


@pytest.mark.rule("D2")
def test_addresses_are_found_in_any_spelling() -> None:
    assert find(BLOCKS, "§7b/3/") == find(BLOCKS, "7B.3")
    with pytest.raises(ClauseNotFound):
        find(BLOCKS, "7B.99")


@pytest.mark.rule("D3")
def test_both_caveats_word_for_word_and_different() -> None:
    seed = " ".join(SEED.read_text(encoding="utf-8").replace("*", "").split())
    own, release = caveat_7a(BLOCKS), caveats_7b7(BLOCKS)
    assert own.startswith("The data shared is only from reported cases, and")
    assert own.endswith("in the future.")
    for words in (own.split("Network who")[0], "who" + own.split("Network who")[1]):
        assert words.strip() in seed
    assert f"1. {release.c1} 2. {release.c2_intro} - {' - '.join(release.purposes)} 3. " in seed
    assert len(release.purposes) == 6
    assert "development and humanitarian support" in release.c3
    assert "development and humanitarian support" not in own


@pytest.mark.rule("D3")
def test_caveats_come_from_the_blocks_and_not_from_code() -> None:
    other = [replace(block, text=block.text.upper()) for block in BLOCKS]
    other = [block for block in other if block.id != "c2-6"]
    assert caveat_7a(other) == caveat_7a(BLOCKS).upper()
    assert caveats_7b7(other).purposes == tuple(text.upper() for text in caveats_7b7(BLOCKS).purposes[:5])


def test_five_footnotes_each_marked_once() -> None:
    cited = [n for block in BLOCKS for _, n in split_marks(block.text) if n]
    assert cited == [1, 2, 3, 4, 5]
    assert [block.number for block in BLOCKS if block.kind == "footnote"] == [f"[{n}]" for n in cited]
    assert without_marks("Exploitation[1] and Abuse[2] (SEA)") == "Exploitation and Abuse (SEA)"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[3].pop("text"), "Block title"),
        (lambda rows: rows[3].update(kind="poem"), "unknown kind 'poem'"),
        (lambda rows: rows[4].update(id="title"), "title is used twice"),
        (lambda rows: rows[5].update(addresses=["§TITLE"]), "Address title is used twice"),
        (lambda rows: rows[3].update(text="  "), "must not be empty"),
        (lambda rows: rows.clear(), "at least one block"),
    ],
)
def test_a_damaged_data_file_is_refused_with_a_sentence(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], sentence: str
) -> None:
    raw = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    change(raw["blocks"])
    path = tmp_path / "protocol.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(BadProtocolFile, match=sentence):
        read_protocol(path)


@pytest.mark.rule("D2")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": "9/a"}, "an id has at most 40"),
        ({"id": "x" * 41}, "an id has at most 40"),
        ({"addresses": ("4.a-bis",)}, "'4.a-bis' is no address"),
        ({"addresses": ("7B.2.3.4",)}, "'7B.2.3.4' is no address"),
        ({"number": "Annexes 1-3"}, "at most 10 characters"),
        ({"section": "a long name"}, "at most 10 characters"),
        ({"level": -1}, "level or language"),
        ({"lang": 'en"x'}, "level or language"),
    ],
)
def test_labels_that_no_page_can_have_are_refused(change: dict[str, Any], sentence: str) -> None:
    whole = Block("a", "paragraph", 0, "1", "", ("1",), "en", "x")
    check_blocks([whole])
    with pytest.raises(BadProtocolFile, match=sentence):
        check_blocks([replace(whole, **change)])


def test_block_checks_name_the_block() -> None:
    with pytest.raises(BadProtocolFile, match="at least one"):
        check_blocks([])
    twin = Block("a", "paragraph", 0, "", "", ("1",), "en", "x")
    with pytest.raises(BadProtocolFile, match="id a is used twice"):
        check_blocks([twin, twin])
