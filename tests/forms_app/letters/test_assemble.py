"""The pieces of a letter from the protocol's blocks and a data set."""

import io
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy, override
from docx import Document
from docx.oxml.ns import qn

from forms_app.common import figures
from forms_app.common.letters.assemble import (
    letter_completeness,
    letter_period,
    letter_tables,
    onward_rule,
    own_data_caveats,
    release_caveats,
)
from forms_app.common.letters.build_templates import FOLDER, template_name
from forms_app.common.letters.context import Completeness, Period
from forms_app.common.letters.render import render
from intranet.papers.faults import LetterFault
from protocol_pages.editions.blocks import ClauseNotFound, read_protocol

from .samples import C1, C2, C3, CAVEAT_7A, PURPOSES, RULE_6, release

BLOCKS = read_protocol().blocks
MADE = date(2022, 1, 31)


@pytest.mark.rule("§7B.7")
def test_texts_of_the_edition_are_the_protocols_own_words():
    caveats = release_caveats(BLOCKS, "1", MADE)
    assert caveats.paragraphs == (C1, C2, *PURPOSES, C3)
    assert own_data_caveats(BLOCKS, "1", MADE).paragraphs == (CAVEAT_7A,)
    assert onward_rule(BLOCKS) == RULE_6


@pytest.mark.rule("D3")
def test_an_edition_without_a_caveat_makes_no_letter():
    with pytest.raises(ClauseNotFound):
        release_caveats([block for block in BLOCKS if "C3" not in block.addresses], "2", MADE)
    emptied = [replace(block, text="") if "C1" in block.addresses else block for block in BLOCKS]
    with pytest.raises(LetterFault, match="caveat"):
        render(release(caveats=release_caveats(emptied, "2", MADE)))


class Provider:
    """Labels only, as the slice of monthly reports offers them."""

    def table_labels(self):
        return {"nature": gettext_lazy("Yes"), "region": gettext_lazy("No")}

    def row_labels(self, table):
        return {"first": gettext_lazy("Yes"), "second": gettext_lazy("No"), "third": "Third"}


def data_set():
    cells = (figures.Cell("second", 4, 3), figures.Cell("first", 5, 4))
    period = figures.Period(date(2025, 1, 1), date(2025, 12, 1))
    return figures.DataSet(
        period, (figures.Table("nature", cells), figures.Table("region", cells)), (UUID(int=1),), ("a",)
    )


def test_labels_are_in_the_letters_language_not_the_readers():
    with override("ar"):
        english = letter_tables(data_set(), Provider(), "en")
    with override("en"):
        arabic = letter_tables(data_set(), Provider(), "ar")
    assert english[0].rows == (("Yes", 5), ("No", 4), ("Third", 0))
    assert english[0].total == 9
    assert (english[0].label_head, english[0].figure_head) == ("Nature of allegation", "Reports received")
    assert english[1].label_head == "No"
    assert arabic[0].rows[0] == ("نعم", 5)
    assert arabic[0].figure_head == "البلاغات الواردة"


def test_period_and_completeness():
    period = letter_period(data_set().period)
    assert (period.first_day, period.last_day) == (date(2025, 1, 1), date(2025, 12, 31))
    assert isinstance(period, Period)
    counted = figures.Completeness(included=9, signatories=12, missing=1, suspended=1)
    assert letter_completeness(counted, silent=1) == Completeness(9, 12, silent=1, suspended=1, missing=1)


def test_figures_of_an_arabic_letter_stand_with_units_under_units():
    """The filler lets figures run from left to right: their own side is then the other one."""
    letter = Document(
        io.BytesIO(render(release("ar"), (FOLDER / template_name("release", "ar")).read_bytes()))
    )
    figures_of = [
        cell.paragraphs[0] for table in letter.tables for row in table.rows for cell in row.cells
        if cell.paragraphs[0].style.name == "Table Figure RTL"
    ]  # fmt: skip
    assert len(figures_of) > 8
    assert {paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) for paragraph in figures_of} == {"end"}
    assert {paragraph._p.pPr.find(qn("w:bidi")).get(qn("w:val")) for paragraph in figures_of} == {"0"}
