"""Word out and Word in, on blocks and bytes alone: no database, no Django in the reader."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from intranet.papers import pdf
from intranet.papers.letterhead import Letterhead
from protocol_pages.editions import blocks as b
from protocol_pages.editions import incoming, printed, word_in
from protocol_pages.editions.blocks import BOLD, ITALIC, LINK, Block, Mark, check_blocks
from protocol_pages.editions.canonical import canonical_text
from protocol_pages.editions.matching import match
from protocol_pages.editions.shown_words import table as table_in_html
from protocol_pages.editions.tables import cells_of, places_of, rows_of, text_of
from protocol_pages.editions.word_out import Text, word_file
from protocol_pages.editions.wordfile.document import Document, Reading, from_json, to_json
from protocol_pages.editions.wordfile.ids import block_id, bookmark
from protocol_pages.editions.wordfile.read import read
from tests.protocol_pages import word_samples as samples

PROTOCOL = b.read_protocol().blocks
ROOT = Path(__file__).resolve().parents[2]
SEEDS = [Path(__file__).with_name(f"seed_00{n}.txt") for n in range(5)]


def written(blocks: Sequence[Block]) -> bytes:
    return word_file(
        Text(tuple(blocks), "Protocol", date(2022, 1, 31), "PSEA Network", "Protocol: 1", "SHA-256 …")
    )


def reading(data: bytes) -> Reading:
    return read(data).after


def outline(found: Reading) -> list[str]:
    return [f"{row.block.kind[0]}{row.block.level} {row.block.printed}" for row in found.blocks]


# Out, then in


@pytest.mark.rule("D2")
def test_the_protocol_goes_out_and_comes_back_as_it_was() -> None:
    found = read(written(PROTOCOL))
    assert found.after.text == PROTOCOL
    assert (found.after.guesses, found.after.losses, found.proposals) == ((), (), ())
    assert all(row.known for row in found.after.blocks)


def test_the_same_text_gives_the_same_bytes_and_python_docx_opens_them() -> None:
    data = written(PROTOCOL)
    assert data == written(PROTOCOL)
    document = open_word(io.BytesIO(data))
    styles = Counter(paragraph.style.name for paragraph in document.paragraphs)
    assert styles["Heading 1"] == 8
    assert styles["Heading 2"] == 2
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Data Security" in texts, "the number is Word's own, not typed"
    assert not any(text.startswith(("1.", "- ", "[1]")) for text in texts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        assert len(notes) == 2 + 5
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def test_without_its_custom_part_a_bookmark_is_enough_to_know_a_block_again() -> None:
    source = zipfile.ZipFile(io.BytesIO(written(PROTOCOL)))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/_rels/document.xml.rels":
                content = re.sub(rb'<Relationship Id="rIdFacts"[^>]*/>', b"", content)
            if not name.startswith("customXml/"):
                archive.writestr(name, content)
    found = reading(kept.getvalue())
    assert [block.id for block in found.text] == [block.id for block in PROTOCOL]
    assert [block.text for block in found.text] == [block.text for block in PROTOCOL]


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_id_fits_into_a_bookmark(text: str) -> None:
    name = bookmark(text)
    assert re.fullmatch(r"\w{1,40}", name, re.ASCII)
    assert block_id(name) in (text, "")


_WORD = st.sampled_from(
    [
        "the",
        "Network",
        "البروتوكول",
        "shares",
        "<data>",
        "&",
        "5",
        "days",
        "[1]",
        "[2]",
        "a,",
        "٣",
        "“so”",
        "1.",
    ]
)
_TEXT = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)
_CELL = st.lists(st.sampled_from(["a", "b", "", "جدول", "x y", "1."]), min_size=2, max_size=2)
_NUMBER = st.sampled_from(
    ["", "1.", "2.", "3)", "(a)", "(b)", "ii.", "iii.", "IV", "-", "A.", "1.2", "٣.", "07.", "c)"]
)


@st.composite
def texts(draw: st.DrawFn) -> list[Block]:
    """Random blocks of every kind, with emphasis and links, numbers of every look and real footnotes."""
    kinds = st.sampled_from([k for k in b.KINDS if k not in (b.FOOTNOTE, b.TABLE)])
    found: list[Block] = []
    for place in range(draw(st.integers(1, 9))):
        text = draw(_TEXT)
        end = draw(st.integers(1, len(text.split()[0])))
        address = draw(st.sampled_from(["", "https://un.org/?a=1&b=2"]))
        marks = [Mark(0, end, draw(st.sampled_from([BOLD, ITALIC])), "")]
        marks += [Mark(0, end, LINK, address)] if address else []
        kind = draw(kinds)
        if "[" in text or kind in (b.HEADING, b.TITLE):
            marks = []
        level = draw(st.integers(1, 3)) if kind in (b.HEADING, b.ITEM) else draw(st.integers(0, 1))
        found.append(
            Block(
                f"b{place}-x",
                kind,
                level,
                draw(st.sampled_from(["", "7", "7B"])),
                draw(_NUMBER),
                draw(st.sampled_from([(), (f"9.a{place}", f"C{place}")])),
                draw(st.sampled_from(["en", "ar", "ckb"])),
                text,
                tuple(sorted(marks)),
            )
        )
    if draw(st.booleans()):
        rows = [draw(_CELL) for _ in range(draw(st.integers(1, 3)))]
        rows[0][0] = "head"
        table = Block(
            "t-1", b.TABLE, 2, "7", "", ("7.t",), draw(st.sampled_from(["en", "ar"])), text_of(rows)
        )
        if len(rows) > 1 and (last := rows_of(table.text, 2)[-1][1]):
            start = places_of(table.text, 2)[-1][1]
            kind = draw(st.sampled_from([BOLD, ITALIC]))
            table = replace(table, marks=(Mark(start, start + len(last), kind),))
        found.insert(draw(st.integers(0, len(found))), table)
    for n in draw(st.sampled_from([(), (1,), (1, 2), (2,)])):
        found.append(Block(f"fn{n}", b.FOOTNOTE, 0, "", f"[{n}]", (f"fn{n}",), "en", draw(_TEXT)))
    return found


@pytest.mark.rule("D2")
@given(texts())
@settings(max_examples=60, deadline=None)
def test_whatever_goes_out_comes_back_the_same(blocks: list[Block]) -> None:
    found = read(written(blocks))
    assert found.after.text == tuple(blocks)
    assert canonical_text(found.after.text) == canonical_text(blocks)
    assert from_json(to_json(found)) == found


# In: texts never seen before


def words_of(text: str) -> Counter[str]:
    """The words of a seed or a reading, signs aside."""
    return Counter(re.findall(r"[^\W\d_¹²³⁴-⁹]{2,}", re.sub(r"https?://[^\s)>]+|<[^>]*>", " ", text)))


STYLES = {
    "typed": lambda: samples.typed_numbers,
    "styles": lambda: samples.heading_styles,
    "automatic": samples.automatic_numbers,
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_seeds_as_word_files_lose_no_word_and_make_a_draft(seed: Path, style: str) -> None:
    text = seed.read_text(encoding="utf-8")
    found = reading(samples.built(text, STYLES[style]()))
    check_blocks(found.text)
    assert not found.losses
    got = words_of("\n".join(" ".join(row.source) for row in found.blocks))
    assert not words_of(text) - got
    kinds = Counter(block.kind for block in found.text)
    assert kinds[b.TITLE] == 1
    assert kinds[b.TABLE] == sum(1 for row in re.finditer(r"(?:^.*\t.*\n)+", text, re.MULTILINE) if row)
    assert all(len(block.number) <= 10 and len(block.id) <= 40 for block in found.text)


@pytest.mark.rule("D1")
@pytest.mark.parametrize("style", STYLES)
def test_the_protocol_from_anybodys_word_file_is_the_protocol(style: str) -> None:
    found = reading(samples.built(SEEDS[0].read_text(encoding="utf-8"), STYLES[style]()))
    wanted = [block for block in PROTOCOL if block.kind not in (b.LETTERHEAD, b.QUOTE)]
    got = {(block.kind, block.printed) for block in found.text}
    missing = [block.printed for block in wanted if (block.kind, block.printed) not in got]
    assert missing == []
    again = match(found.text, set(), PROTOCOL, {block.id for block in PROTOCOL})
    known = {block.id: block for block in again.blocks}
    for block in PROTOCOL:
        if block.kind != b.LETTERHEAD:
            assert known[block.id].addresses == block.addresses
            assert (known[block.id].kind, known[block.id].text) == (block.kind, block.text)


ELSEWHERE = """**Information Sharing Protocol of the PSEA Network of Exampleland**
1. Definitions
1.1 In this protocol "data" means figures without names.
1.2 Words in the singular include the plural:
(a) a person who reports;
(b) a person who receives, that is
(i) a focal point, or
(ii) an alternate;
(c) anybody else.
2. Sharing
2.1 Members share data each month.
Data are sent on paper only where no line is open.
2.2 Nobody shares names.
3. Final clauses
3.1 This protocol ends after two years.
Adopted in Exampletown on 3 May 2024
"""


@pytest.mark.parametrize("list_typed", [True, False])
def test_a_protocol_of_another_network_keeps_its_numbers_and_depths(list_typed: bool) -> None:
    document = open_word()
    lists = samples.numbered(document, [("decimal", "%1."), ("decimal", "%1.%2")])
    letters = samples.numbered(document, [("lowerLetter", "(%1)"), ("lowerRoman", "(%2)")])
    for line in ELSEWHERE.strip().split("\n"):
        number, _, text = line.partition(" ")
        level = {True: (lists, 0 if re.fullmatch(r"\d\.", number) else 1)}.get(number[:1].isdigit())
        level = level or (
            (letters, 1 if number in ("(i)", "(ii)") else 0) if number.startswith("(") else None
        )
        paragraph = document.add_paragraph()
        if level and not list_typed:
            samples.put_in_list(paragraph, *level)
        samples.words(paragraph, text if level and not list_typed else line)
    found = reading(samples.saved(document))
    assert outline(found) == [
        "t0 Information Sharing Protocol of the PSEA Network of Exampleland",
        "h1 1. Definitions",
        'i1 1.1 In this protocol "data" means figures without names.',
        "i1 1.2 Words in the singular include the plural:",
        "i2 (a) a person who reports;",
        "i2 (b) a person who receives, that is",
        "i3 (i) a focal point, or",
        "i3 (ii) an alternate;",
        "i2 (c) anybody else.",
        "h1 2. Sharing",
        "i1 2.1 Members share data each month.",
        "p0 Data are sent on paper only where no line is open.",
        "i1 2.2 Nobody shares names.",
        "h1 3. Final clauses",
        "i1 3.1 This protocol ends after two years.",
        "e0 Adopted in Exampletown on 3 May 2024",
    ]
    called = {block.number: block.addresses for block in found.text if block.number[:1].isdigit()}
    assert called == {n: (n.rstrip("."),) for n in ("1.", "1.1", "1.2", "2.", "2.1", "2.2", "3.", "3.1")}


@pytest.mark.rule("D2")
@pytest.mark.parametrize("level", [1, 2])
def test_sections_are_called_after_their_numbers_whatever_the_style(level: int) -> None:
    """Many a document has its title in the first heading style and its sections in the second."""
    document = open_word()
    document.add_paragraph("Protocol of Exampleland", "Title")
    for text in ("1. Scope", "2. Rules", "3. Breaches"):
        document.add_heading(text, level)
        document.add_paragraph("Every member of the network follows what is written here.")
    found = reading(samples.saved(document))
    assert [block.section for block in found.text if block.kind == b.HEADING] == ["1", "2", "3"]


@pytest.mark.rule("D2")
def test_the_only_heading_above_all_others_is_the_title() -> None:
    """So a page of the web or an online editor saves a document: no title style, one first heading."""
    document = open_word()
    document.add_heading("Protocol of Exampleland", 1)
    document.add_paragraph("It was approved by everybody on 3 March.")
    for text in ("1. Scope", "2. Rules"):
        document.add_heading(text, 2)
        document.add_paragraph("1.1 Every member of the network follows what is written here.")
    found = reading(samples.saved(document))
    assert (found.text[0].kind, found.text[0].addresses) == (b.TITLE, ("title",))
    assert [block.section for block in found.text if block.kind == b.HEADING] == ["1", "2"]
    assert found.text[3].addresses == ("1.1",)


@pytest.mark.rule("D2")
def test_a_heading_without_a_number_takes_none_that_another_one_carries() -> None:
    """Clause 2 of the document is §2, whatever stands before it."""
    document = open_word()
    document.add_paragraph("Protocol of Exampleland", "Title")
    for text in ("Foreword", "1. Scope", "2. Rules"):
        document.add_heading(text, 1)
        document.add_paragraph("Every member of the network follows what is written here.")
    found = reading(samples.saved(document))
    assert {block.text: block.section for block in found.text if block.kind == b.HEADING} == {
        "Foreword": "3",
        "Scope": "1",
        "Rules": "2",
    }


def test_an_arabic_protocol_with_articles_is_read_from_right_to_left() -> None:
    document = open_word()
    for line in (
        "بروتوكول تبادل المعلومات لشبكة الحماية",
        "المادة 1: الغرض",
        "يحدد هذا البروتوكول كيفية تبادل البيانات بين الأعضاء دون ذكر أسماء.",
        "المادة 2: القواعد",
        "١. ترسل البيانات شهرياً.",
        "٢. لا تذكر أسماء.",
    ):
        document.add_paragraph(line)
    found = read(samples.saved(document), "ar").after
    assert outline(found) == [
        "t0 بروتوكول تبادل المعلومات لشبكة الحماية",
        "h1 المادة 1: الغرض",
        "p0 يحدد هذا البروتوكول كيفية تبادل البيانات بين الأعضاء دون ذكر أسماء.",
        "h1 المادة 2: القواعد",
        "i1 ١. ترسل البيانات شهرياً.",
        "i1 ٢. لا تذكر أسماء.",
    ]
    assert {block.lang for block in found.text} == {"ar"}
    assert reading(written(found.text)).text == found.text


def test_lists_go_on_behind_paragraphs_and_begin_anew_where_word_does() -> None:
    document = open_word()
    document.add_heading("Steps", 1)
    first = samples.numbered(document, [("decimal", "%1)"), ("lowerLetter", "%2.")])
    again = samples.restarted(document, first)
    for text, number, level in (
        ("One", first, 0),
        ("Two", first, 0),
        ("below", first, 1),
        ("below too", first, 1),
        ("A paragraph between.", 0, 0),
        ("Three", first, 0),
        ("below anew", first, 1),
        ("One again", again, 0),
        ("Two again", again, 0),
    ):
        paragraph = document.add_paragraph(text)
        if number:
            samples.put_in_list(paragraph, number, level)
    numbers = [block.printed for block in reading(samples.saved(document)).text[1:]]
    assert numbers == [
        *("1) One", "2) Two", "a. below", "b. below too", "A paragraph between."),
        *("3) Three", "a. below anew", "1) One again", "2) Two again"),
    ]


def test_bold_italic_and_links_are_kept_and_are_no_part_of_the_text() -> None:
    document = open_word()
    document.add_heading("Rules", 1)
    samples.words(
        document.add_paragraph(), "Data are **never** shared, see *the note* or [the site](https://un.org/a)."
    )
    block = reading(samples.saved(document)).text[1]
    assert block.text == "Data are never shared, see the note or the site."
    marked = {(mark.kind, block.text[mark.start : mark.end], mark.address) for mark in block.marks}
    assert marked == {(BOLD, "never", ""), (ITALIC, "the note", ""), (LINK, "the site", "https://un.org/a")}
    assert reading(written([block])).text == (block,)


def test_tables_stay_tables_and_merged_cells_are_told() -> None:
    document = open_word()
    table = document.add_table(3, 3)
    for row, texts in zip(
        table.rows, [("Task", "Who", "When"), ("Map | list", "UNRCO", ""), ("Both", "", "")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1))
    found = reading(samples.saved(document))
    (block,) = found.text
    assert block.kind == b.TABLE
    assert rows_of(block.text, block.level) == [
        ["Task", "Who", "When"],
        ["Map ¦ list", "UNRCO", ""],
        ["Both", "", ""],
    ]
    assert [remark.code for remark in found.losses] == ["merged"]
    assert reading(written(found.text)).text == found.text


def test_bold_italic_and_links_in_the_cells_of_a_table_are_kept_and_come_back() -> None:
    document = open_word()
    document.add_paragraph("Who does what", style="Heading 1")
    table = document.add_table(2, 2)
    for cell, words in zip(table.rows[0].cells, ("Task", "Who"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    first, second = table.rows[1].cells
    first.paragraphs[0].add_run("Map | list, ")
    first.paragraphs[0].add_run("at once").bold = True
    second.paragraphs[0].add_run("the ")
    second.paragraphs[0].add_run("Coordinator").italic = True
    read_in = read(samples.saved(document))
    block = read_in.after.blocks[1].block
    assert block.text == "| Task | Who | | Map ¦ list, at once | the Coordinator |"
    head, row = cells_of(block)
    assert head == [("Task", ()), ("Who", ())], "a bold first row is a head, not emphasis"
    assert row == [
        ("Map ¦ list, at once", (Mark(12, 19, "bold"),)),
        ("the Coordinator", (Mark(4, 15, "italic"),)),
    ]
    assert read_in.after.losses == ()
    again = read(written([block]))
    assert [found.block for found in again.after.blocks] == [block]
    assert [[str(cell) for cell in cells] for cells in table_in_html(block)][1] == [
        "Map ¦ list, <strong>at once</strong>",
        "the <em>Coordinator</em>",
    ]


def test_the_pdf_prints_bold_and_italic_also_in_cells() -> None:
    table = Block("t", b.TABLE, 1, "", "", (), "en", "| Head | | a < b |", (Mark(11, 16, ITALIC),))
    text = (
        Block("1", b.ITEM, 1, "", "1.", (), "en", "at once", (Mark(3, 7, BOLD),)),
        Block("2", b.ITEM, 1, "", "-", (), "en", "now", (Mark(0, 3, ITALIC),)),
        table,
    )
    assert cells_of(table)[1] == [("a < b", (Mark(0, 5, ITALIC),))]
    letterhead = Letterhead("Network", "Office", "شبكة", "مكتب")
    paper = printed.paper(
        text, title="T", label="1", day=date(2022, 1, 31), sha256="a" * 64, address="", letterhead=letterhead
    )
    paragraph, items, cells = pdf.context(paper)["blocks"]
    assert paragraph["lines"] == ["1. at <strong>once</strong>"]
    assert items["items"] == ["<em>now</em>"]
    assert cells["rows"] == [[("<em>a &lt; b</em>", False)]]


def test_tracked_changes_of_formatting_are_told_as_lost() -> None:
    document = open_word()
    run = document.add_paragraph("Some words").add_run(" in bold")
    run.bold = True
    change = OxmlElement("w:rPrChange")
    change.set(qn("w:author"), "Amal")
    change.append(OxmlElement("w:rPr"))
    run._r.get_or_add_rPr().append(change)
    moved = OxmlElement("w:pPrChange")
    moved.append(OxmlElement("w:pPr"))
    document.paragraphs[0]._p.get_or_add_pPr().append(moved)
    found = read(samples.saved(document)).after
    assert [(remark.code, remark.detail) for remark in found.losses] == [("format_change", "2")]
    assert "2. The words are as they are" in word_in.loss(found.losses[0])
    assert found.blocks[0].block.text == "Some words in bold"


def test_what_cannot_be_kept_is_told() -> None:
    document = open_word()
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.add_paragraph("Seen.").add_run("Unseen.").font.hidden = True
    document.add_picture(io.BytesIO(PIXEL))
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    for line in ("1. Scope\t2", "2. Rules\t3"):
        document.add_paragraph(line, style)
    found = reading(samples.saved(document))
    assert [block.text for block in found.text] == ["Seen."]
    lost = {remark.code: remark.detail for remark in found.losses}
    assert lost == {"header": "1", "hidden": "1", "picture": "1", "contents": "2"}


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)  # fmt: skip


# Known again


@pytest.mark.rule("D2")
def test_a_revised_copy_without_ids_is_known_again_by_its_words() -> None:
    lines = [block for block in PROTOCOL if block.kind != b.FOOTNOTE]
    document = open_word()
    for block in lines:
        if block.id != "7b-5":
            text = block.printed.replace("within one week of the breach", "within three days of the breach")
            document.add_paragraph(re.sub(r"\[\d\]", "", text))
        if block.id == "9-d":
            document.add_paragraph("A wholly new sentence about mediation between the parties concerned.")
    found = reading(samples.saved(document))
    again = match(found.text, set(), PROTOCOL, {block.id for block in PROTOCOL})
    ids = [block.id for block in again.blocks]
    assert len(set(ids)) == len(ids)
    assert {block.id for block in lines} - set(ids) <= {"7b-5", "head-ar", "head-en", "head-line"}
    assert next(block for block in again.blocks if block.id == "9-ab").text.find("three days") > 0
    new = next(block for block in again.blocks if "mediation" in block.text)
    assert new.id not in {block.id for block in PROTOCOL}
    check_blocks(again.blocks)


@pytest.mark.rule("D2")
def test_a_footnote_with_other_words_is_known_by_its_number_and_runs_as_its_own_words_run() -> None:
    notes = {block.id: block for block in PROTOCOL if block.kind == b.FOOTNOTE}
    arabic = replace(notes["fn2"], text="انظر الملحق.", lang="ar")
    matched = match([notes["fn1"], arabic], set(), PROTOCOL, set(notes))
    assert [(block.id, block.direction) for block in matched.blocks] == [("fn1", "ltr"), ("fn2", "rtl")]
    said = [incoming.how_again(block, notes[block.id]) for block in matched.blocks]
    assert [(remark.code, remark.detail) for remark in said] == [
        ("matched", "§fn1"),
        ("matched_note", "§fn2"),
    ]


def test_each_cell_of_a_table_runs_as_its_words_run() -> None:
    table = replace(
        PROTOCOL[0], kind=b.TABLE, level=2, number="", text="| Day | اليوم | | 7 days | سبعة أيام |"
    )
    archive = zipfile.ZipFile(io.BytesIO(written([table])))
    cells = etree.fromstring(archive.read("word/document.xml")).iter(qn("w:tc"))
    assert [cell.find(f".//{qn('w:bidi')}") is not None for cell in cells] == [False, True, False, True]


def test_a_block_that_somebody_turned_into_a_heading_is_one_and_keeps_its_id() -> None:
    document = open_word(io.BytesIO(written(PROTOCOL)))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("The PSEA Coordinator will remove"))
    paragraph.style = document.styles["Heading 3"]
    other = next(p for p in document.paragraphs if p.text.startswith("This resolution process"))
    other.insert_paragraph_before("A sentence that is new here.", style="Edition Paragraph")
    found = reading(samples.saved(document))
    changed = next(block for block in found.text if block.id == "7b-5")
    assert (changed.kind, changed.level, changed.addresses) == (b.HEADING, 3, ("7B.5",))
    new = next(block for block in found.text if block.text == "A sentence that is new here.")
    assert new.section == "9"
    assert [block.id for block in found.text if block.id != new.id] == [block.id for block in PROTOCOL]
    assert [remark.code for remark in found.guesses] == ["kind_changed"]
    check_blocks(found.text)


# The reader on its own


def test_the_reader_needs_no_django() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from protocol_pages.editions.wordfile import child, read; "
         "print([name for name in sys.modules if name.split('.')[0] == 'django' or 'intranet' in name])"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_a_document_survives_its_way_between_the_processes() -> None:
    found = read(written([replace(PROTOCOL[0], marks=(Mark(0, 3, BOLD, ""),))]))
    assert isinstance(from_json(to_json(found)), Document)
    assert from_json(to_json(found)) == found
