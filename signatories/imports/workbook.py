"""Workbooks that leave: the template, and the workbook that comes back with a comment at every wrong cell.

Both are written anew from values. Nothing of a workbook from outside survives but its cells as plain
values: no formula, no format, no property of a tool or a person (security.md 5.5 U6, 5.6).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from intranet.files.sheets import Cell, Sheet
from intranet.network.models import NetworkSettings

from .book import Problem
from .columns import EXAMPLE, MARK, SHEETS, YES_NO, Column, SheetKind, Type, in_languages, sheet_kind
from .run import Report

ROWS = 1_000  # rows of the template that carry drop-down lists
_INK, _RULE = "1B2733", "C9D2DA"
_HEAD = PatternFill("solid", fgColor="E8EEF3")
_PALE = PatternFill("solid", fgColor="F5F7F9")
_WRONG = PatternFill("solid", fgColor="FBE3E1")
_EDGE = Border(*(Side("medium", color="B3261E") for _side in range(4)))
_TOP = Alignment(vertical="top", wrap_text=True)
_DATE = "yyyy-mm-dd"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIXED = (1980, 1, 1, 0, 0, 0)


def template(now: datetime) -> bytes:
    """The empty template in the active language: headings in English and Arabic, an example row, lists."""
    book = _new()
    lists = _Lists()
    for kind in SHEETS:
        sheet = book.create_sheet(kind.name)
        places = dict(enumerate(kind.columns, start=1))
        _head(sheet, places)
        for place, column in places.items():
            example = EXAMPLE[1] if column is MARK else column.example
            _write(sheet.cell(3, place), _example(column, str(example)))
            sheet.cell(3, place).font = Font(italic=True, color="4A5763")
            sheet.cell(3, place).fill = _PALE
        _dress(sheet, places, 4, lists)
        sheet.freeze_panes = "C3"
    _explanations(book)
    lists.write(book)
    return _bytes(book, now)


def marked(report: Report, now: datetime) -> bytes:
    """The values of the workbook where they stood, faults marked, and a sheet that lists them with the fix."""
    book = report.book
    assert book is not None
    out = _new()
    lists = _Lists()
    at_cell: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for problem in report.problems:
        if problem.row is not None:
            at_cell[problem.sheet, problem.row, problem.column or 1].append(problem.text)
    _faults(out, report.problems)
    for sheet in book.sheets:
        kind = sheet_kind(sheet.name)
        if kind is None or kind.name in out.sheetnames:
            continue
        here = {(row, place): texts for (name, row, place), texts in at_cell.items() if name == kind.name}
        _returned(out.create_sheet(kind.name), sheet, book.heads.get(sheet.name, {}), here, lists)
    lists.write(out)
    return _bytes(out, now)


def _new() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book


def _head(sheet: Any, places: Mapping[int, Column]) -> None:
    for place, column in places.items():
        for row, label in enumerate(in_languages(column.label), start=1):
            cell = sheet.cell(row, place)
            _write(cell, label)
            cell.font = Font(bold=column.required, color=_INK)
            cell.fill = _HEAD
            cell.alignment = _TOP
    sheet.row_dimensions[1].height = sheet.row_dimensions[2].height = 30


def _example(column: Column, text: str) -> Any:
    return date.fromisoformat(text) if column.type == Type.DAY and text else text


def _write(cell: Any, value: Any) -> None:
    """A value and never a formula: text stays text also when somebody edits it later."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)[:32_000]
        cell.data_type = "s"
        if value[:1] in {"=", "+", "-", "@", "\t"}:
            cell.quotePrefix = True
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = _DATE


class _Lists:
    """The hidden sheet that drop-down lists point to."""

    def __init__(self) -> None:
        self._columns: list[list[str]] = []

    def reference(self, words: list[str]) -> str:
        if words not in self._columns:
            self._columns.append(words)
        letter = get_column_letter(self._columns.index(words) + 1)
        return f"lists!${letter}$1:${letter}${len(words)}"

    def write(self, book: Workbook) -> None:
        sheet = book.create_sheet("lists")
        sheet.sheet_state = "hidden"
        for place, words in enumerate(self._columns, start=1):
            for row, word in enumerate(words, start=1):
                _write(sheet.cell(row, place), word)


def _dress(sheet: Any, places: Mapping[int, Column], first: int, lists: _Lists) -> None:
    """Widths, date formats, drop-down lists; right to left in Arabic."""
    sheet.sheet_view.rightToLeft = (get_language() or "en").startswith("ar")
    for place, column in places.items():
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        cells = f"{letter}{first}:{letter}{first + ROWS}"
        rule: DataValidation | None = None
        if column.type == Type.CHOICE and column.choices is not None:
            words = [str(label) for _code, label in column.choices()]
            rule = DataValidation("list", formula1=lists.reference(words), allow_blank=True)
            rule.error = _("Choose one of the list.")
        elif column.type == Type.DAY:
            rule = DataValidation("date", operator="between", formula1="32874", formula2="109937")
            rule.allow_blank = True
            rule.error = _("Write the day as a date, for example 25/1/2026.")
            sheet.column_dimensions[letter].number_format = _DATE
        elif column.type != Type.CHOICES and column is not MARK:
            sheet.column_dimensions[letter].number_format = "@"
        if rule is not None:
            rule.errorStyle = "warning"
            rule.showErrorMessage = True
            sheet.add_data_validation(rule)
            rule.add(cells)


def _explanations(book: Workbook) -> None:
    """What each column is for, in both languages."""
    sheet = book.create_sheet("explanations")
    count = 5
    for language, start in (("en", 1), ("ar", count + 2)):
        with translation.override(language):
            heads = [_("Sheet"), _("Column"), _("Needed"), _("What to write"), _("Choices")]
            for place, head in enumerate(heads):
                _write(sheet.cell(1, start + place), head)
            row = 2
            for kind in SHEETS:
                for column in kind.columns:
                    for place, text in enumerate(_explained(kind, column)):
                        cell = sheet.cell(row, start + place)
                        _write(cell, text)
                        cell.alignment = Alignment(
                            vertical="top", wrap_text=True, readingOrder=2 if language == "ar" else 1
                        )
                    row += 1
        for place in range(count):
            sheet.cell(1, start + place).font = Font(bold=True, color=_INK)
            sheet.cell(1, start + place).fill = _HEAD
            letter = get_column_letter(start + place)
            sheet.column_dimensions[letter].width = (16, 26, 10, 52, 60)[place]
    sheet.freeze_panes = "A2"


def _explained(kind: SheetKind, column: Column) -> tuple[str, ...]:
    choices = ", ".join(str(label) for _code, label in column.choices()) if column.choices else ""
    needed = _("yes") if column.required else ""
    what = str(column.help) if column is not kind.columns[0] else f"{column.help}. {kind.help}."
    return f"{kind.name} ({kind.label})", str(column.label), needed, what, choices


def _faults(book: Workbook, problems: Iterable[Problem]) -> None:
    sheet = book.create_sheet("errors")
    sheet.sheet_view.rightToLeft = (get_language() or "en").startswith("ar")
    heads = [_("Sheet"), _("Row"), _("Column"), _("What is wrong, and how to mend it")]
    for place, head in enumerate(heads, start=1):
        _write(sheet.cell(1, place), head)
        sheet.cell(1, place).font = Font(bold=True, color=_INK)
        sheet.cell(1, place).fill = _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = (18, 8, 30, 90)[place - 1]
    for row, problem in enumerate(problems, start=2):
        kind = sheet_kind(problem.sheet)
        for place, value in enumerate((problem.sheet, problem.row, problem.heading, problem.text), start=1):
            if value is not None:
                _write(sheet.cell(row, place), value)
            sheet.cell(row, place).alignment = _TOP
        if kind is not None and problem.row is not None:
            place_of = f"'{kind.name}'!{get_column_letter(problem.column or 1)}{problem.row}"
            sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=place_of)
            sheet.cell(row, 2).font = Font(underline="single", color="0B5C8F")
    sheet.freeze_panes = "A2"


def _returned(
    sheet: Any,
    source: Sheet,
    places: Mapping[int, Column],
    faults: Mapping[tuple[int, int], list[str]],
    lists: _Lists,
) -> None:
    heads = max((row for row, _p in _head_cells(source, places)), default=0)
    _dress(sheet, places, heads + 1, lists)
    for number, cells in source.rows.items():
        for place, cell in cells.items():
            out = sheet.cell(number, place)
            _write(out, _plain(cell))
            if number <= heads:
                out.font, out.fill, out.alignment = Font(bold=True, color=_INK), _HEAD, _TOP
    author = NetworkSettings.current().letterhead_name
    for (number, place), texts in faults.items():
        out = sheet.cell(number, place)
        out.fill, out.border = _WRONG, _EDGE
        comment = Comment("\n".join(texts), author)
        comment.width, comment.height = 320, 40 + 28 * sum(1 + len(text) // 42 for text in texts)
        out.comment = comment


def _head_cells(source: Sheet, places: Mapping[int, Column]) -> Iterable[tuple[int, int]]:
    """Cells that hold a heading: the rows in which the columns' own labels stand."""
    known = {label for column in places.values() for label in column.labels()}
    for row, cells in source.rows.items():
        for place, cell in cells.items():
            if row <= 6 and str(cell.value).strip() in known:
                yield row, place


def _plain(cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    return value


def _bytes(book: Workbook, now: datetime) -> bytes:
    """The file with the network's own properties, none of a tool or a person; same values, same bytes."""
    buffer = io.BytesIO()
    book.active = 0
    book.save(buffer)
    return _neutral(buffer.getvalue(), now)


def _neutral(content: bytes, now: datetime) -> bytes:
    office = escape(NetworkSettings.current().letterhead_office)
    moment = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{office}</dc:creator><cp:lastModifiedBy>{office}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
    app = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    )
    own = {"docProps/core.xml": core.encode(), "docProps/app.xml": app.encode()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda item: (item != "[Content_Types].xml", item)):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, own.get(name) or source.read(name))
    return out.getvalue()
