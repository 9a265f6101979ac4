"""The Word file of a paper: every text in its place, nothing of tools or persons, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from intranet.papers import check, word
from intranet.papers.bidi import LRM, RLM, segments, strip_marks
from intranet.papers.faults import LetterFault
from intranet.papers.package import ALLOWED, W, read_package, write_package
from intranet.papers.paper import Facts, Heading, Items, Quote, Table, Text
from intranet.papers.words import kept
from tests.forms_app.letters.test_schema import MIXED, ORDER, local

from .samples import LONG_AR, LONG_EN, ROWS, SHA, VERIFY, sample

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


@LANGUAGES
def test_same_paper_same_bytes(language: Any) -> None:
    assert word.render(sample(language)) == word.render(sample(language))
    assert word.render(sample(language)) != word.render(sample(language, number="EC-2026-002"))


@LANGUAGES
def test_only_allowed_parts_and_properties(language: Any) -> None:
    data = word.render(sample(language))
    parts = read_package(data)
    assert all(ALLOWED.fullmatch(name) for name in parts)
    core = parts["docProps/core.xml"].decode()
    stored = opened(data).core_properties
    assert stored.author == stored.last_modified_by == "Iraq PSEA Network, Office of the PSEA Coordinator"
    assert stored.created.isoformat() == stored.modified.isoformat() == "2026-03-10T00:00:00+00:00"
    assert stored.language == {"en": "en-GB", "ar": "ar-IQ"}[language]
    for word_of_a_tool in ("python", "docx", "Office Word", "LibreOffice"):
        assert word_of_a_tool not in core


@LANGUAGES
def test_a_heading_that_says_what_the_table_is_stands_once(language: Any) -> None:
    said = "Vacant posts"
    table = Table(said, ("What", "State"), (("Gamma", "open"),), captioned=False)
    document = opened(word.render(sample(language, blocks=(Heading(said), table))))
    assert [strip_marks(p.text) for p in document.paragraphs].count(said) == 1
    captions = document.element.body.iter(f"{{{W}}}tblCaption")
    assert said in [caption.get(f"{{{W}}}val") for caption in captions]  # for screen readers


@LANGUAGES
def test_headings_directions_and_repeated_heads(language: Any) -> None:
    data = word.render(sample(language))
    document = opened(data)
    names = [p.style.name for p in document.paragraphs]
    twin = " RTL" if language == "ar" else ""
    title = "Heading 1" + twin
    assert names.count(title) == 1
    styles = {style.name: style for style in document.styles}
    assert {"Heading 1", "Heading 2"} <= set(styles)  # those that Word knows
    assert styles["Heading 1 RTL"].base_style.name == "Heading 1"
    body = document.element.body
    table = next(t for t in document.tables if len(t.rows) == len(ROWS) + 1)
    assert len(table._tbl.xpath(".//w:tblHeader")) == 1
    assert len(table._tbl.xpath(".//w:cantSplit")) == len(ROWS) + 1
    assert (len(body.xpath(".//w:bidiVisual")) > 0) is (language == "ar")
    assert (len(body.xpath("./w:sectPr/w:bidi")) == 1) is (language == "ar")
    for run in body.xpath(".//w:r[w:rPr/w:rtl]"):  # no digit stands in a run that turns it
        assert not any(char.isdigit() for char in "".join(run.xpath("./w:t/text()")))


@LANGUAGES
def test_number_date_pages_and_address_on_every_page(language: Any) -> None:
    document = opened(word.render(sample(language)))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    for header in (section.first_page_header, section.header):
        text = "".join(header._element.xpath(".//w:t/text()"))
        assert "EC-2026-001" in text
        assert "2026" in text
        assert [f.strip() for f in header._element.xpath(".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    for footer in (section.first_page_footer, section.footer):
        text = "".join(footer._element.xpath(".//w:t/text()"))
        assert VERIFY in text
        assert "ab12 ab12 ab12 ab12" in text
        assert len(footer._element.xpath(".//pic:pic")) == 1


def test_a_print_without_number_has_neither_strip_nor_code() -> None:
    document = opened(word.render(sample(number="", verify="", sha256="", specimen=False)))
    section = document.sections[0]
    assert "Number" not in "".join(section.first_page_header._element.xpath(".//w:t/text()"))
    assert section.footer._element.xpath(".//pic:pic") == []
    assert "Certificate of endorsement" in "".join(section.footer._element.xpath(".//w:t/text()"))


@LANGUAGES
def test_order_of_properties_is_what_word_demands(language: Any) -> None:
    parts = read_package(word.render(sample(language)))
    seen = set()
    for part in [name for name in parts if name.startswith("word/") and name.endswith(".xml")]:
        for element in etree.fromstring(parts[part]).iter(f"{{{W}}}*"):
            kind = local(element)
            if kind not in ORDER or len(element) == 0:
                continue
            seen.add(kind)
            order = ORDER[kind].split()
            children = [local(child) for child in element if child.tag.startswith(f"{{{W}}}")]
            assert set(children) <= set(order), (part, kind, children)
            ranks = [order.index(child) for child in children if kind not in MIXED or child.endswith("Pr")]
            assert ranks == sorted(ranks), (part, kind, children)
    assert {"pPr", "rPr", "tblPr", "tcPr", "sectPr", "style", "lvl"} <= seen


def test_numbered_lists_begin_at_one_each() -> None:
    parts = read_package(word.render(sample()))
    numbering = etree.fromstring(parts["word/numbering.xml"])
    space = {"w": W}
    used = etree.fromstring(parts["word/document.xml"]).xpath("//w:numId/@w:val", namespaces=space)
    assert sorted(set(used)) == ["2", "3", "4"]
    for number in ("3", "4"):
        assert numbering.xpath(f"//w:num[@w:numId='{number}']//w:startOverride", namespaces=space)


def tampered(data: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    parts = read_package(data)
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new).encode()
    return write_package(parts)


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("word/document.xml", "participating member", "member", "word for word"),
        ("word/document.xml", "A report every month.", "", "word for word"),
        ("word/document.xml", "Organization 7 – ", "Organization 8 – ", "word for word"),
        ("word/document.xml", "</w:body>", "<w:p><w:r><w:t>More</w:t></w:r></w:p></w:body>", "word for word"),
        ("word/document.xml", "<w:rPr>", "<w:rPr><w:vanish/>", "hidden"),
        ("word/footer1.xml", "quote the number", "say nothing", "foot"),
        ("word/footer2.xml", "6f1d8f3e", "00000000", "foot"),
        ("word/header2.xml", "EC-2026-001", "EC-2026-009", "number"),
        ("docProps/core.xml", "2026-03-10", "2026-03-11", "properties"),
        ("docProps/core.xml", "<dc:creator>Iraq", "<dc:creator>Cora", "properties"),
    ],
)
def test_what_is_not_the_paper_is_not_given_out(part: str, old: str, new: str, says: str) -> None:
    paper = sample()
    foot = word.Frame(paper).foot_lines()
    changed = tampered(word.render(paper), old, new, part)
    with pytest.raises(LetterFault, match=says):
        check.verify(changed, paper, foot, word.author_of(paper))


def test_another_square_code_is_refused() -> None:
    paper = sample()
    with pytest.raises(LetterFault, match="square code"):
        check.verify(
            word.render(paper),
            replace(paper, verify=VERIFY + "x"),
            word.Frame(paper).foot_lines(),
            word.author_of(paper),
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "title"),
        ({"sha256": "abc"}, "64"),
        ({"blocks": (Table("T", ("a", "b"), (("1",),)),)}, "as long as its head"),
        ({"blocks": (Table("T", ("a", "b"), (("1", "2"),), widths=(1.0,)),)}, "as long as its head"),
        ({"blocks": (Table("T", (), ()),)}, "head"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_a_sentence(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(LetterFault, match=says):
        word.render(sample(**changes))


def test_file_names_name_nobody() -> None:
    assert word.file_name(sample()) == "EC-2026-001.docx"
    assert word.file_name(sample(number="a/b c")) == "a-b-c.docx"
    assert word.file_name(sample(number=""), "pdf") == "sample-2026-03-10.pdf"


TEXTS = st.text(
    st.sampled_from("abcXYZ 019.,:;()/-–·<&>\"'\n\t\r\u200e\u200f\u202e\x00\x0b ابتثجح مرحبا،؟٣٤"),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=8, max_size=8), language=st.sampled_from(["en", "ar"]))
def test_any_text_stands_word_for_word(texts: list[str], language: Any) -> None:
    one, two, three, four, five, six, seven, eight = texts
    blocks = (
        *(Text(one), Heading(two), Quote(three, four, "ar"), Items((five, six), True)),
        *(Facts(((one, LONG_EN), (LONG_AR, seven))), Table(eight, (one, two), ((three, four), (five, six)))),
    )
    paper = sample(language, blocks=blocks, addressee=(one,), signed_under=(two, three, four), sha256=SHA)
    data = word.render(paper)  # compares by itself; a difference would raise
    there = [p for p in check._paragraphs(opened(data).element.body, None) if p]
    assert there == [text for text in check.wanted(paper) if text]


def test_numbers_of_clauses_stay_whole_inside_arabic() -> None:
    text = "مكتب DSRSG/HC/RC. (§4.g)، §9.i fn5"
    held = kept(text, True)
    assert strip_marks(held) == text
    assert f"{RLM}({LRM}§4.g{LRM}){RLM}" in held
    assert f"{LRM}§9.i fn5{LRM}" in held
    pieces = [piece for piece, right in segments(held, True) if not right]
    assert [strip_marks(piece) for piece in pieces] == ["DSRSG/HC/RC", "§4.g", "§9.i fn5"]
    assert kept(text, False) == text


def test_an_arabic_date_after_a_latin_name_keeps_its_day() -> None:
    text = "Amina Example-1, 26 تشرين الثاني/نوفمبر 2026"
    held = kept(text, True)
    assert strip_marks(held) == text
    pieces = [piece for piece, right in segments(held, True) if not right]
    assert [strip_marks(piece) for piece in pieces] == ["Amina Example-1", "26", "2026"]
    assert kept("المادتان Article 3, 4", True) == "المادتان Article 3, 4"


def test_a_line_in_arabic_within_an_english_table_has_its_own_direction() -> None:
    said = "\u064a\u0631\u062c\u0649 \u062a\u0648\u0636\u064a\u062d \u0627\u0644\u0628\u0646\u062f [3]."
    table = Table("Comments", ("No.", "Comment"), (("1", f"Substance\n{said}\nEnd (DSRSG)."),))
    found = opened(word.render(sample("en", blocks=(table,)))).tables[0].rows[1].cells[1].paragraphs
    assert [strip_marks(paragraph.text) for paragraph in found] == ["Substance", said, "End (DSRSG)."]
    assert [paragraph.style.name for paragraph in found] == ["Table Text", "Table Text RTL", "Table Text"]
