"""What people and spreadsheets write in a cell, and what it is taken for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.files.sheets import Cell, Sheet
from signatories.imports import book
from signatories.imports.cells import Unreadable, text_of, value_of
from signatories.imports.columns import AGREEMENTS, ORGANIZATIONS, PEOPLE, POSTS, SHEETS, Column, in_languages

FIRST_DAY, CAPACITY = POSTS.column("begins_on"), POSTS.column("capacity")
NAME, EMAIL, LANGUAGES = PEOPLE.column("name"), PEOPLE.column("email"), PEOPLE.column("languages")
OTHER, REFERENCE = ORGANIZATIONS.column("other_names"), AGREEMENTS.column("reference")

AFTERNOON = datetime(2022, 1, 31, 14, 5)  # noqa: DTZ001 (a spreadsheet knows no zone)


def text(value: str) -> Cell:
    return Cell("text", value)


@pytest.mark.parametrize(("cell", "column", "value"), [
    (Cell("day", date(2022, 1, 31)), FIRST_DAY, date(2022, 1, 31)),
    (Cell("moment", AFTERNOON), FIRST_DAY, date(2022, 1, 31)),
    (Cell("number", 44592, date(2022, 1, 31)), FIRST_DAY, date(2022, 1, 31)),
    (text("31/1/2022"), FIRST_DAY, date(2022, 1, 31)),
    (text(" 2022-01-31 "), FIRST_DAY, date(2022, 1, 31)),
    (text("2022-01-31 00:00:00"), FIRST_DAY, date(2022, 1, 31)),
    (text("٣١/١/٢٠٢٢"), FIRST_DAY, date(2022, 1, 31)),
    (text("۳۱.۱.۲۰۲۲"), FIRST_DAY, date(2022, 1, 31)),
    (text("\u200f31/1/2022\u200e"), FIRST_DAY, date(2022, 1, 31)),
    (text("  Amal \u00a0 Example\u202c\n"), NAME, "Amal Example"),
    (text("أمل\u200f مثال"), NAME, "أمل مثال"),
    (Cell("number", 7.0), REFERENCE, "7"),
    (Cell("number", 2026), REFERENCE, "2026"),
    (text(" Amal@Example.ORG "), EMAIL, "amal@example.org"),
    (text("mailto:amal@example.org"), EMAIL, "amal@example.org"),
    (text("Head of Agency"), CAPACITY, "head_of_agency"),
    (text("head_of_agency"), CAPACITY, "head_of_agency"),
    (text("HEAD  OF AGENCY"), CAPACITY, "head_of_agency"),
    (text("Arabic; English"), LANGUAGES, ["ar", "en"]),
    (text("Arabic, Arabic، English"), LANGUAGES, ["ar", "en"]),
    (text("TA Iraq ;; Tigris\nTA"), OTHER, ["TA Iraq", "Tigris", "TA"]),
    (None, REFERENCE, None),
    (text(" \u200f\u00a0 "), REFERENCE, None),
])  # fmt: skip
def test_values(cell: Cell | None, column: Column, value: Any) -> None:
    assert value_of(cell, column) == value


@pytest.mark.parametrize(("cell", "column", "says"), [
    (None, NAME, "nothing stands here"),
    (text("\u200f "), NAME, "nothing stands here"),
    (Cell("formula", "=A1"), NAME, "a formula stands here"),
    (Cell("formula", "=TODAY()"), FIRST_DAY, "a formula stands here"),
    (Cell("error", "#N/A"), NAME, "an error of the spreadsheet stands here (#N/A)"),
    (Cell("bool", True), NAME, "“true” or “false” stands here"),
    (Cell("day", date(2022, 1, 31)), REFERENCE, "made a date of it"),
    (text("x" * 161), NAME, "161 characters stand here. Write at most 160."),
    (text("x" * 300), OTHER, "longer than 200"),
    (text("soon"), FIRST_DAY, "write the day as a date"),
    (text("31/2/2022"), FIRST_DAY, "write the day as a date"),
    (text("1/31/2022"), FIRST_DAY, "write the day as a date"),
    (Cell("number", 2022, date(1905, 7, 14)), FIRST_DAY, "write the day as a date"),
    (Cell("number", 20220131), FIRST_DAY, "write the day as a date"),
    (Cell("day", date(1066, 1, 1)), FIRST_DAY, "write the day as a date"),
    (text("amal"), EMAIL, "write one address"),
    (text("a@example.org; b@example.org"), EMAIL, "write one address"),
    (text("Signer"), CAPACITY, "choose one of the list: Member (reader)"),
    (text("Arabic and English"), LANGUAGES, "“Arabic and English” is not in the list"),
])  # fmt: skip
def test_faults_say_the_fix(cell: Cell | None, column: Column, says: str) -> None:
    with pytest.raises(Unreadable) as trouble:
        value_of(cell, column)
    assert says in str(trouble.value)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_reading_is_stable_and_keeps_no_mark(written: str) -> None:
    once = text_of(text(written))
    assert text_of(text(once)) == once
    assert once == once.strip()
    assert not set(once) & set("\u200e\u200f\u202a\u202e\u2066\u00a0\n\t")


# Headings and rows


def read(rows: dict[int, dict[int, str]], **more: Any) -> book.Book:
    sheet = Sheet("people", {r: {p: text(v) for p, v in cells.items()} for r, cells in rows.items()}, **more)
    found = book.Book([sheet])
    book._sheet(sheet, PEOPLE, found)
    return found


def said(found: book.Book) -> list[str]:
    return [str(problem) for problem in found.problems]


ENGLISH = {1: "E-mail", 2: "Name"}
AMAL = {1: "amal@example.org", 2: "Amal"}


@pytest.mark.parametrize("rows", [
    {1: ENGLISH, 2: AMAL},
    {1: ENGLISH, 2: {1: in_languages(EMAIL.label)[1], 2: in_languages(NAME.label)[1]}, 3: AMAL},
    {2: {1: "The network", }, 3: ENGLISH, 4: AMAL},
    {1: {1: "EMAIL", 2: " name "}, 2: AMAL},
    {1: ENGLISH | {3: "Example?"}, 2: AMAL | {3: "example"}, 3: AMAL},
])  # fmt: skip
def test_headings_are_found_in_any_order_and_either_language(rows: dict[int, dict[int, str]]) -> None:
    found = read(rows)
    assert said(found) == []
    assert [row["email"] for row in found.rows["people"]] == ["amal@example.org"]


def test_examples_in_either_language_and_empty_rows_are_left_out() -> None:
    head = ENGLISH | {3: "Example?"}
    found = read({1: head, 2: AMAL | {3: "مثال"}, 3: AMAL | {3: "Example"}, 4: {3: "example"}, 6: AMAL})
    assert [row.number for row in found.rows["people"]] == [6]


@pytest.mark.parametrize(("rows", "more", "says"), [
    ({1: ENGLISH | {3: "Salary"}, 2: AMAL}, {}, "Sheet people, row 1: “Salary” is no heading of this sheet."),
    ({1: ENGLISH | {3: "Name"}, 2: AMAL}, {}, "Sheet people, row 1, Name: this heading stands twice."),
    ({1: {1: "E-mail", 2: "Phone"}, 2: {1: "amal@example.org"}}, {}, "Sheet people: the column “Name” is missing."),
    ({1: {1: "nothing", 2: "known"}, 2: AMAL}, {}, "Sheet people: its headings were not found."),
    ({1: ENGLISH, 2: AMAL}, {"hidden": True}, "Sheet people: it is hidden."),
    ({1: ENGLISH, 2: AMAL}, {"goes_on": True}, "Sheet people: it goes on below row 2000."),
    ({1: ENGLISH, 2: AMAL}, {"wide": True}, "Sheet people: it goes on right of column 60."),
    ({1: ENGLISH, 2: AMAL}, {"merged": ("A2:A4",)}, "Sheet people, row 2: cells A2:A4 are merged."),
    ({1: ENGLISH, 2: AMAL, 3: AMAL}, {}, "Sheet people, row 3, E-mail: it says the same as row 2."),
    ({1: ENGLISH | {3: "Example?"}, 2: AMAL | {3: "x"}}, {}, "row 2, Example?: leave it empty, or write “example”"),
])  # fmt: skip
def test_what_is_wrong_with_a_sheet_is_said(
    rows: dict[int, dict[int, str]], more: dict[str, Any], says: str
) -> None:
    (fault,) = said(read(rows, **more))
    assert says in fault


def test_merged_headings_are_let_be() -> None:
    assert said(read({1: ENGLISH, 2: AMAL}, merged=("A1:B1",))) == []


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.name)
def test_no_two_columns_of_a_sheet_share_a_heading(kind: Any) -> None:
    from signatories.names import folded

    for language in (0, 1):
        labels = [folded(in_languages(column.label)[language]) for column in kind.columns]
        assert len(set(labels)) == len(labels)
    assert {*kind.keys, kind.refused_at} <= {column.name for column in kind.columns}
    assert book.column_number("AA") == 27
