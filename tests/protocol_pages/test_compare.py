"""Comparison of two texts and the Word file with tracked changes that proves itself. Pure: no database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.papers.package import read_package, write_package
from protocol_pages.editions import blocks as b
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.canonical import canonical_text
from protocol_pages.editions.compare import (
    Change,
    Fate,
    compare,
    in_canonical_order,
    pairs,
    printed,
    words,
)
from protocol_pages.editions.redline import RedlineFault, Side, prove, redline, text_of

PROTOCOL = b.read_protocol().blocks
DAY = date(2026, 11, 25)


def block(block_id: str, text: str, **fields: object) -> Block:
    """A paragraph with its id as address."""
    plain = Block(block_id, b.PARAGRAPH, 0, "1", "", (block_id,), "en", text)
    return replace(plain, **fields)  # type: ignore[arg-type]


def texts(count: int = 4) -> list[Block]:
    return [block(f"p{n}", f"This is paragraph number {n}.") for n in range(count)]


def states(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[str, str]]:
    return [(row.block.id, "+".join(row.changes)) for row in compare(old, new).rows]


def word_file(old: Sequence[Block], new: Sequence[Block]) -> bytes:
    return redline(
        Side("1", tuple(old)), Side("2", tuple(new)), title="Protocol", day=DAY, author="PSEA Network"
    )


def test_the_same_text_is_unchanged() -> None:
    found = compare(PROTOCOL, PROTOCOL)
    assert found.same
    assert found.counts[Change.UNCHANGED] == len(PROTOCOL)
    assert sum(found.counts.values()) == len(PROTOCOL)


def test_each_way_of_changing_is_named() -> None:
    old = texts(6)
    new = [
        old[0],
        replace(old[2], number="2."),
        replace(old[1], text="This is the paragraph number 1."),
        block("new", "Added."),
        old[5],
        old[4],
    ]
    assert states(old, new) == [
        ("p0", "unchanged"),
        ("p2", "moved+renumbered"),
        ("p1", "changed"),
        ("p3", "removed"),
        ("new", "added"),
        ("p5", "moved"),
        ("p4", "unchanged"),
    ]


def test_a_removed_block_stands_where_it_stood_and_before_what_came() -> None:
    old = texts(4)
    assert states(old, [old[0], block("new", "Added."), old[3]]) == [
        ("p0", "unchanged"),
        ("p1", "removed"),
        ("p2", "removed"),
        ("new", "added"),
        ("p3", "unchanged"),
    ]


def test_only_as_many_blocks_move_as_must() -> None:
    """One block taken to the end is one move, not three."""
    old = texts(5)
    assert compare(old, [*old[1:], old[0]]).counts[Change.MOVED] == 1


def test_another_kind_of_block_is_a_change_though_its_words_stay() -> None:
    old = texts(1)
    assert states(old, [replace(old[0], kind=b.HEADING, level=1)]) == [("p0", "changed")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("after 5 business days", "after 7 business days", "after [-5][+7] business days"),
        ("the Network Members", "all the members", "[+all ]the [-Network Members][+members]"),
        ("in writing", "in writing, within one week", "in writing[+, within one week]"),
        ("يقدم التقرير شهرياً", "يقدم التقرير سنوياً", "يقدم التقرير [-شهرياً][+سنوياً]"),
    ],
)
def test_words_change_as_phrases_that_a_person_reads(old: str, new: str, expected: str) -> None:
    signs = {Fate.SAME: "{}", Fate.ADDED: "[+{}]", Fate.REMOVED: "[-{}]"}
    assert "".join(signs[piece.fate].format(piece.text) for piece in words(old, new)) == expected


_WORD = st.sampled_from(
    ["the", "Network", "البروتوكول", "shares", "<data>", "&", "5", "days", "[1]", "a,", "داتا"]
)
_TEXT = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """A random text and a random revision of it: words, kinds and numbers changed, blocks moved, gone, new."""
    kinds = st.sampled_from([b.PARAGRAPH, b.ITEM, b.HEADING, b.FOOTNOTE, b.QUOTE, b.TITLE])
    made = st.builds(
        lambda kind, number, lang, text: Block("", kind, 1, "1", number, (), lang, text),
        kinds,
        st.sampled_from(["", "1.", "-", "A."]),
        st.sampled_from(["en", "ar"]),
        _TEXT,
    )
    old = [replace(item, id=f"b{n}") for n, item in enumerate(draw(st.lists(made, min_size=1, max_size=9)))]
    new = list(draw(st.permutations(old)))[: draw(st.integers(0, len(old)))]
    new = [
        replace(item, text=draw(_TEXT), number=draw(st.sampled_from([item.number, "9."])))
        if draw(st.booleans())
        else item
        for item in new
    ]
    added = [replace(item, id=f"n{n}") for n, item in enumerate(draw(st.lists(made, max_size=3)))]
    for item in added:
        new.insert(draw(st.integers(0, len(new))), item)
    return old, new or [replace(old[0], id="only")]


@pytest.mark.rule("D2")
@given(edited())
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_out_of_the_comparison(case: tuple[list[Block], list[Block]]) -> None:
    old, new = case
    left, right = in_canonical_order(old), in_canonical_order(new)
    woven = pairs(left, right)
    assert [item for item, _ in woven if item] == left
    assert [item for _, item in woven if item] == right
    rows = compare(old, new).rows
    assert sorted(row.block.id for row in rows) == sorted({item.id for item in (*old, *new)})
    for row in rows:
        before = "".join(piece.text for piece in row.pieces if piece.fate is not Fate.ADDED)
        after = "".join(piece.text for piece in row.pieces if piece.fate is not Fate.REMOVED)
        assert before == (printed(row.old) if row.old else "")
        assert after == (printed(row.new) if row.new else "")


@pytest.mark.rule("D1")
@given(edited())
@settings(max_examples=1000, deadline=None)
def test_the_word_file_proves_itself_a_thousand_times(case: tuple[list[Block], list[Block]]) -> None:
    old, new = case
    data = word_file(old, new)
    assert text_of(data, accept=True) == canonical_text(new)
    assert text_of(data, accept=False) == canonical_text(old)


def test_the_real_protocol_revised_opens_in_word_form_and_is_the_same_file_twice() -> None:
    new = [replace(item, text=item.text.replace("5 business days", "7 business days")) for item in PROTOCOL]
    data = word_file(PROTOCOL, new)
    assert data == word_file(PROTOCOL, new)
    assert len(Document(io.BytesIO(data)).paragraphs) == len(PROTOCOL) + 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert 'w:author="Network"' in xml
    assert xml.count("<w:delText") == xml.count("<w:del ") == 1


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        (b"7</w:t>", b"8</w:t>"),
        (b"5</w:delText>", b"6</w:delText>"),
        (b"<w:ins ", b"<w:moveTo "),
    ],
    ids=["new word", "old word", "another kind of revision"],
)
def test_a_file_that_does_not_prove_itself_is_refused(found: bytes, instead: bytes) -> None:
    new = [replace(item, text=item.text.replace("5 business days", "7 business days")) for item in PROTOCOL]
    parts = read_package(word_file(PROTOCOL, new))
    xml = parts["word/document.xml"]
    assert found in xml
    closing = (found.replace(b"<", b"</").strip() + b">", instead.replace(b"<", b"</").strip() + b">")
    parts["word/document.xml"] = xml.replace(found, instead).replace(*closing)
    with pytest.raises(RedlineFault):
        prove(write_package(parts), PROTOCOL, new)
