"""The caveats of §7B.7 and §7A stand in the file word for word, from the edition, or there is no file."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from forms_app.common.letters.context import Caveat, Caveats
from forms_app.common.letters.render import render
from forms_app.common.letters.verify import verify
from intranet.papers.faults import LetterFault
from intranet.papers.package import read_package, write_package

from .samples import C1, C2, C3, CAVEAT_7A, CAVEATS, PURPOSES, RULE_6, own_data, release

NINE = (C1, C2, *PURPOSES, C3)


def styled(data: bytes, *styles: str) -> list[str]:
    """The texts of all paragraphs in these styles, tables included, in document order."""
    body = Document(io.BytesIO(data)).element.body
    out = []
    for paragraph in body.xpath(".//w:p"):
        style = paragraph.xpath("string(w:pPr/w:pStyle/@w:val)")
        if style in styles:
            out.append("".join(node.text or "" for node in paragraph.xpath(".//w:t")))
    return out


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nine_paragraphs_in_order(language):
    data = render(release(language))
    assert len(NINE) == 9
    assert tuple(styled(data, "CaveatItem", "CaveatPurpose")) == NINE


@pytest.mark.rule("§7B.7")
def test_quotation_keeps_its_unequal_marks():
    [*_, third] = styled(render(release()), "CaveatItem")
    assert 'which reads "The data shared' in third
    assert third.endswith("in the future”.")


@pytest.mark.rule("§7A.2")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_own_data_note_carries_the_other_wording(language):
    texts = styled(render(own_data(language)), "CaveatSingle")
    assert texts == [CAVEAT_7A]
    assert "who deliver aid support across Iraq" in texts[0]
    assert "development and humanitarian support" not in texts[0]


@pytest.mark.rule("§7B.6")
def test_onward_rule_is_the_stored_text():
    assert styled(render(release()), "RuleQuote") == [RULE_6]


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_edition_changes_the_letter(language):
    other = Caveats(
        "2",
        date(2027, 1, 31),
        (
            Caveat("First, changed."),
            Caveat("Second, for:", ("one,", "two.")),
            Caveat("Third."),
            Caveat("Fourth."),
        ),
    )
    data = render(release(language, caveats=other))
    texts = styled(data, "CaveatItem", "CaveatPurpose")
    assert texts == ["First, changed.", "Second, for:", "one,", "two.", "Third.", "Fourth."]
    source = " ".join(styled(data, "SectionSource", "SectionSourceRTL"))
    assert "2027" in source
    assert "2022" not in source


def _tampered(data: bytes, old: str, new: str) -> bytes:
    parts = read_package(data)
    document = parts["word/document.xml"].decode()
    assert old in document
    parts["word/document.xml"] = document.replace(old, new).encode()
    return write_package(parts)


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("old", ["in no way representative", "Resource mobilization.", "in the future”."])
def test_one_changed_word_is_refused(old):
    letter = release()
    changed = _tampered(render(letter), old, "")
    with pytest.raises(LetterFault, match="caveat"):
        verify(changed, letter)


@pytest.mark.rule("§7B.7")
def test_caveats_out_of_order_are_refused():
    letter = release()
    data = render(letter)
    swapped = replace(letter, caveats=replace(CAVEATS, items=tuple(reversed(CAVEATS.items))))
    with pytest.raises(LetterFault, match="caveat"):
        verify(data, swapped)


@pytest.mark.rule("§7B.7")
def test_hidden_caveat_is_refused():
    letter = release()
    parts = read_package(render(letter))
    document = parts["word/document.xml"].decode()
    parts["word/document.xml"] = document.replace("</w:rPr><w:t", "<w:vanish/></w:rPr><w:t", 1).encode()
    with pytest.raises(LetterFault, match="hidden"):
        verify(write_package(parts), letter)


@pytest.mark.rule("§7B.7")
def test_other_data_set_or_code_is_refused():
    letter = release()
    data = render(letter)
    with pytest.raises(LetterFault):
        verify(data, replace(letter, data_set_sha256="0" * 64))
    parts = read_package(data)
    other = read_package(render(release(letter_number="RL-2026-009")))
    parts["word/media/letter-code.png"] = other["word/media/letter-code.png"]
    with pytest.raises(LetterFault, match="square code"):
        verify(write_package(parts), letter)


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"data_set_sha256": "abc"}, "64"),
        ({"onward_rule": "  "}, "onward"),
        ({"caveats": replace(CAVEATS, items=(*CAVEATS.items, Caveat(" ")))}, "caveat"),
        ({"letter_date": date(2026, 3, 4)}, "before its authorization"),
        ({"tables": ()}, "no table"),
    ],
)
def test_incomplete_facts_make_no_letter(changes, words):
    with pytest.raises(LetterFault, match=words):
        render(release(**changes))


def test_tables_must_add_up():
    first, second = release().tables
    with pytest.raises(LetterFault, match="add up to 46"):
        render(release(tables=(replace(first, total=45), second)))


def test_the_archive_is_sound():
    with zipfile.ZipFile(io.BytesIO(render(release()))) as archive:
        assert archive.testzip() is None
