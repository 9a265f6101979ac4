"""The template, and the workbook that comes back: what stands in them and what must not."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from intranet.files import sheets
from protocol_pages.editions.models import Edition
from signatories.imports import book, workbook
from signatories.imports.columns import EXAMPLE, SHEETS, in_languages
from signatories.imports.services import check
from tests.signatories.imports.workbooks import opened, place_of, put, sent
from tests.signatories.network import NOW, Network

pytestmark = pytest.mark.django_db
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|xl/(workbook|styles|sharedStrings)\.xml|"
    r"xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_template_reads_as_an_empty_workbook_of_the_import(language: str) -> None:
    with translation.override(language):
        content = workbook.template(NOW)
    made = opened(content)
    assert made.sheetnames == [*(kind.name for kind in SHEETS), "explanations", "lists"]
    assert made["lists"].sheet_state == "hidden"
    found = book.read("network-template.xlsx", content)
    assert [str(problem) for problem in found.problems] == [
        "Sheet organizations: no row of data stands in this workbook. Fill in the template, below its example rows."
    ]
    for kind in SHEETS:
        sheet = made[kind.name]
        assert [c.value for c in sheet[1]] == [in_languages(column.label)[0] for column in kind.columns]
        assert [c.value for c in sheet[2]] == [in_languages(column.label)[1] for column in kind.columns]
        assert sheet["A3"].value in in_languages(EXAMPLE[1])
        assert sheet.sheet_view.rightToLeft == (language == "ar")


def test_the_template_offers_every_choice_and_the_form_of_dates() -> None:
    made = opened(workbook.template(NOW))
    posts = made["posts"]
    rules = {str(rule.sqref): rule for rule in posts.data_validations.dataValidation}
    capacity = rules["D4:D1004"]
    assert capacity.type == "list"
    column, last = re.fullmatch(r"lists!\$([A-Z])\$1:\$\1\$(\d+)", capacity.formula1).groups()  # type: ignore[union-attr]
    offered = [made["lists"][f"{column}{row}"].value for row in range(1, int(last) + 1)]
    assert "Head of Agency" in offered
    assert "Signer" not in offered
    assert rules["E4:E1004"].type == "date"
    assert posts.column_dimensions["E"].number_format == "yyyy-mm-dd"
    explained = {row[1].value for row in made["explanations"].iter_rows(min_row=2)}
    assert {"E-mail", "Scan", "PSEA clause"} <= explained


def test_a_filled_in_template_is_imported(network: Network, edition: Edition) -> None:
    made = opened(workbook.template(NOW))
    for sheet in ("organizations", "people", "posts"):
        for place, cell in enumerate(made[sheet][3], start=1):
            if place > 1:
                made[sheet].cell(4, place).value = cell.value
    buffer = io.BytesIO()
    made.save(buffer)
    from signatories.imports.services import Workbook as Sent

    report = check(Sent("template.xlsx", buffer.getvalue()), network.coordinator, NOW)
    assert [str(problem) for problem in report.problems] == []
    assert dict(report.counts) == {"created": 3}


# The workbook that comes back


def spoiled(made: Workbook) -> None:
    for change in (
        put("organizations", 3, "kind", "Charity"),
        put("people", 3, "name", '=HYPERLINK("http://x.example";"Amal")'),
        put("people", 4, "phone", "=1+1"),
        put("posts", 3, "begins_on", "soon"),
        put("signatures", 3, "scan", "+missing.pdf"),
    ):
        change(made)
    made["people"]["A9"] = ArrayFormula("A9:A10", "=SUM(A1:A2)")
    made.create_sheet("Budget 2026").append(["secret", "=1+1"])
    made.properties.creator, made.properties.lastModifiedBy = "Amal Privately", "Amal Privately"
    made.properties.title = "draft of Amal"


@pytest.fixture
def returned(network: Network, edition: Edition) -> bytes:
    report = check(sent(change=spoiled), network.coordinator, NOW)
    return workbook.marked(report, NOW)


def test_every_wrong_cell_is_marked_and_says_the_fix(returned: bytes) -> None:
    made = opened(returned)
    assert made.sheetnames[0] == "errors"
    kind = made["organizations"].cell(3, place_of("organizations", "kind"))
    assert kind.value == "Charity"
    assert kind.comment.text.startswith("choose one of the list: UN agency")
    assert kind.fill.fgColor.rgb == "00FBE3E1"
    assert kind.border.left.style == "medium"
    good = made["organizations"].cell(4, place_of("organizations", "kind"))
    assert (good.comment, good.value) == (None, "Implementing partner (NGO)")
    rows = [[cell.value for cell in row[:4]] for row in made["errors"].iter_rows(min_row=2)]
    assert ["posts", 3, "First day", "write the day as a date, for example 25/1/2026."] in rows
    assert ["people", 3, "Name", "a formula stands here. Write the value itself (paste as values)."] in rows
    assert any(row[0] == "Budget 2026" and row[1] is None for row in rows)
    link = next(row[1].hyperlink for row in made["errors"].iter_rows(min_row=2) if row[0].value == "posts")
    assert (link.location, link.target) == ("'posts'!E3", None)


@pytest.mark.rule("security 5.5 U6")
def test_nothing_from_outside_but_plain_values_comes_back(returned: bytes) -> None:
    package = zipfile.ZipFile(io.BytesIO(returned))
    assert [name for name in package.namelist() if not PARTS.fullmatch(name)] == []
    everything = " ".join(package.read(name).decode(errors="replace") for name in package.namelist())
    assert "<f>" not in everything
    assert "<f " not in everything
    for trace in ("Privately", "draft of Amal", "openpyxl", "Microsoft Excel", "secret"):
        assert trace not in everything, trace
    assert "Office of the PSEA Coordinator" in package.read("docProps/core.xml").decode()
    assert 'TargetMode="External"' not in everything
    made = opened(returned)
    name = made["people"].cell(3, place_of("people", "name"))
    assert (name.data_type, name.quotePrefix) == ("s", True)
    assert str(name.value).startswith("=HYPERLINK")
    scan = made["signatures"].cell(3, place_of("signatures", "scan"))
    assert (scan.value, scan.data_type) == ("+missing.pdf", "s")


def test_the_marked_workbook_can_be_mended_and_sent_again(
    network: Network, edition: Edition, returned: bytes
) -> None:
    made = opened(returned)
    for change in (
        put("organizations", 3, "kind", "UN agency"),
        put("people", 3, "name", "Amal One"),
        put("people", 4, "phone", None),
        put("posts", 3, "begins_on", "1/3/2024"),
        put("signatures", 3, "scan", "Endorsement TA.pdf"),
        put("people", 9, "mark", None),
    ):
        change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    mended = type(sent())("network-checked.xlsx", buffer.getvalue(), sent().scans)
    report = check(mended, network.coordinator, NOW)
    assert [str(problem) for problem in report.problems] == []
    assert dict(report.counts) == {"created": 8}


def test_the_same_faults_give_the_same_bytes(network: Network, edition: Edition) -> None:
    content = sent(change=put("posts", 3, "begins_on", "soon"))
    made = {workbook.marked(check(content, network.coordinator, NOW), NOW) for _again in range(2)}
    assert len(made) == 1
    sheets.check("network-checked.xlsx", made.pop())


def test_the_sentences_come_in_the_readers_language(network: Network, edition: Edition) -> None:
    with translation.override("ar"):
        report = check(sent(change=put("posts", 3, "begins_on", "soon")), network.coordinator, NOW)
        (fault,) = [str(problem) for problem in report.problems]
        made: Any = opened(workbook.marked(report, NOW))
    assert re.search("[\u0600-\u06ff]", fault)
    assert made["errors"].sheet_view.rightToLeft
