"""The workbook as rows: headings found in any order and either language, every cell read, faults at their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from intranet.files import sheets as files
from intranet.files.sheets import Cell, Sheet
from intranet.listing import listed
from signatories.names import folded

from .cells import Unreadable, is_example, text_of, value_of
from .columns import SHEETS, Column, SheetKind, is_beside, sheet_kind

_HEAD_ROWS = 6  # headings stand within these first rows
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?")


@dataclass(frozen=True)
class Problem:
    """What is wrong where. ``row`` and ``column`` count from 1; None: the whole sheet, or the whole row."""

    sheet: str
    text: str
    row: int | None = None
    column: int | None = None
    heading: str = ""

    def __str__(self) -> str:
        place = _("Sheet %s") % self.sheet
        if self.row is not None:
            place = _("%(sheet)s, row %(row)s") % {"sheet": place, "row": self.row}
        if self.heading:
            place = _("%(place)s, %(heading)s") % {"place": place, "heading": self.heading}
        return f"{place}: {self.text}"

    @property
    def order(self) -> tuple[int, str, int, int]:
        names = [kind.name for kind in SHEETS]
        place = names.index(self.sheet) if self.sheet in names else len(names)
        return place, self.sheet, self.row or 0, self.column or 0


@dataclass
class Row:
    """One row of data. ``values``: column name to value, None where nothing stands."""

    kind: SheetKind
    number: int
    places: Mapping[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    faulty: bool = False

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def problem(self, text: str, column: str = "") -> Problem:
        """A problem at one of the row's cells; at its first key where the column is not there."""
        name = column if column in self.places else next((k for k in self.kind.keys if k in self.places), "")
        heading = str(self.kind.column(name).label) if name else ""
        return Problem(self.kind.name, text, self.number, self.places.get(name), heading)


@dataclass
class Book:
    """The rows of each kind of sheet, in the order of the import, and what could not be read."""

    sheets: Sequence[Sheet]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    heads: dict[str, dict[int, Column]] = field(default_factory=dict)  # by sheet name as it stands

    @property
    def is_empty(self) -> bool:
        return not any(self.rows.values())


def read(name: str, content: bytes) -> Book:
    """Read a workbook. Raises ``files.store.FileRefused`` where it is none that may be opened."""
    book = Book(files.read(name, content))
    seen: set[str] = set()
    for sheet in book.sheets:
        kind = sheet_kind(sheet.name)
        if kind is None:
            _stranger(sheet, book)
            continue
        if kind.name in seen:
            book.problems.append(
                Problem(sheet.name, _("a sheet of this kind is there already. Join the two."))
            )
            continue
        seen.add(kind.name)
        _sheet(sheet, kind, book)
    if book.is_empty and not book.problems:
        book.problems.append(
            Problem(
                SHEETS[0].name,
                _("no row of data stands in this workbook. Fill in the template, below its example rows."),
            )
        )
    return book


def _stranger(sheet: Sheet, book: Book) -> None:
    if sheet.rows and not is_beside(sheet.name):
        names = listed(kind.name for kind in SHEETS)
        text = _("nothing is known of a sheet of this name. Delete it, or name it one of: %s.") % names
        book.problems.append(Problem(sheet.name, text))


def _sheet(sheet: Sheet, kind: SheetKind, book: Book) -> None:
    def wrong(text: str, row: int | None = None, column: int | None = None) -> None:
        book.problems.append(Problem(kind.name, text, row, column))

    if sheet.hidden and sheet.rows:
        wrong(_("it is hidden. Show it, look at it, or delete it."))
        return
    if sheet.goes_on:
        wrong(
            _("it goes on below row %s. Delete what stands below your last row, or split the workbook.")
            % files.MOST_ROWS
        )
    if sheet.wide:
        wrong(_("it goes on right of column %s. Delete what stands there.") % files.MOST_COLUMNS)
    head = _headings(sheet, kind, book)
    if head is None:
        if sheet.rows:
            wrong(_("its headings were not found. Copy the two rows of headings from the template."))
        return
    last_head, columns = head
    book.heads[sheet.name] = columns
    for reference in sheet.merged:
        _merged(reference, last_head, kind, book)
    rows = [
        row for number in sorted(sheet.rows) if number > last_head if (row := _row(sheet, number, kind, book))
    ]
    missing = [c for c in kind.columns if c.required and c.name not in {k.name for k in columns.values()}]
    if rows and missing:
        for column in missing:
            wrong(_("the column “%s” is missing. Copy its heading from the template.") % column.label)
        return
    _doubles(rows, book)
    book.rows[kind.name] = rows


def _headings(sheet: Sheet, kind: SheetKind, book: Book) -> tuple[int, dict[int, Column]] | None:
    """The last row of headings and the column at each place; None where there are none."""
    known = {folded(label): column for column in kind.columns for label in column.labels()}
    found: dict[int, Column] = {}
    last = 0
    for number in sorted(sheet.rows)[:_HEAD_ROWS]:
        cells = {place: text_of(cell) for place, cell in sheet.rows[number].items()}
        hits = {place: known[folded(text)] for place, text in cells.items() if folded(text) in known}
        if len(hits) < 2 or len(hits) * 2 < len(cells):
            continue
        last = number
        for place, text in cells.items():
            column = hits.get(place)
            if column is None:
                _unknown_heading(text, place, number, found, kind, book)
            elif found.setdefault(place, column) is not column:
                book.problems.append(
                    Problem(kind.name, _("the two headings of this column differ."), number, place, text)
                )
    doubled = {
        place
        for place, column in found.items()
        if any(other < place and twin is column for other, twin in found.items())
    }
    for place in doubled:
        text = _("this heading stands twice. Delete one of the two columns.")
        book.problems.append(Problem(kind.name, text, last, place, str(found.pop(place).label)))
    return (last, found) if last else None


def _unknown_heading(
    text: str, place: int, number: int, found: Mapping[int, Column], kind: SheetKind, book: Book
) -> None:
    if text and place not in found:
        says = (
            _("“%s” is no heading of this sheet. Delete the column, or use a heading of the template.") % text
        )
        book.problems.append(Problem(kind.name, says, number, place))


def _merged(reference: str, last_head: int, kind: SheetKind, book: Book) -> None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return
    letters, first, _right, last = match.groups()
    if int(last or first) > last_head:
        text = (
            _("cells %s are merged. Take the merging away and write each value in its own cell.") % reference
        )
        book.problems.append(Problem(kind.name, text, int(first), column_number(letters)))


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _row(sheet: Sheet, number: int, kind: SheetKind, book: Book) -> Row | None:
    """The row with its values; None for an example and for a row without anything in a known column."""
    columns, cells = book.heads[sheet.name], sheet.rows[number]
    here = {column.name: cells.get(place) for place, column in columns.items()}
    if is_example(here.get("mark")):
        return None
    if not any(text_of(cell) for name, cell in here.items() if name != "mark"):
        return None
    row = Row(kind, number, {column.name: place for place, column in columns.items()})
    if text_of(here.get("mark")):
        book.problems.append(
            row.problem(_("leave it empty, or write “example” to leave the row out."), "mark")
        )
        row.faulty = True
    for column in kind.columns:
        if column.name == "mark" or column.name not in row.places:
            continue
        try:
            row.values[column.name] = value_of(here[column.name], column)
        except Unreadable as trouble:
            book.problems.append(row.problem(str(trouble), column.name))
            row.faulty = True
    return row


def _doubles(rows: Sequence[Row], book: Book) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row.faulty:
            continue
        key = tuple(_key(row[name]) for name in row.kind.keys)
        if key in first:
            text = _("it says the same as row %s. Delete one of the two.") % first[key]
            book.problems.append(row.problem(text))
            row.faulty = True
        first.setdefault(key, row.number)


def _key(value: Any) -> Any:
    return folded(value) if isinstance(value, str) else value


def faulty_texts(rows: Sequence[Row], *names: str) -> Iterator[str]:
    """What faulty rows say in these columns, folded: other rows that point there cannot be judged."""
    for row in rows:
        for name in names if row.faulty else ():
            value = row[name]
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield folded(text)


__all__ = ["Book", "Cell", "Problem", "Row", "column_number", "faulty_texts", "read"]
