"""A table as a workbook (XLSX): typed cells, no formula, no trace of a tool or a person, the same bytes each time.

Written by hand, since libraries put their own name, the clock and an application part into the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from intranet.files.tables import safe

from .package import CORE, RELS, TYPES, R, core_properties, write_package

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = date(1899, 12, 30)
_DAY, _BOLD = 1, 2  # cell formats of `_styles`

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``title``: of file and sheet; ``author``: network and office, no person; ``day``: in the properties."""

    title: str
    author: str
    day: date
    language: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def typed(value: Cell) -> Cell:
    """A cell as it may leave: text that a spreadsheet would run gets an apostrophe before it (T12)."""
    return safe(value) if isinstance(value, str) else value


def workbook(sheet: Sheet) -> bytes:
    """The XLSX file; its head stays in sight, and the sheet runs right to left in Arabic."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _rels(
            (f"{R}/officeDocument", "xl/workbook.xml"),
            (f"{RELS}/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": core_properties(
            title=_ILLEGAL.sub("", sheet.title), author=sheet.author, day=sheet.day, language=sheet.language
        ),
        "xl/workbook.xml": _part(
            "workbook",
            f'<sheets><sheet name={quoteattr(_sheet_name(sheet.title))} sheetId="1" r:id="rId1"/></sheets>',
        ),
        "xl/_rels/workbook.xml.rels": _rels(
            (f"{R}/worksheet", "worksheets/sheet1.xml"), (f"{R}/styles", "styles.xml")
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _worksheet(sheet),
    }
    return write_package(parts)


def _worksheet(sheet: Sheet) -> bytes:
    direction = ' rightToLeft="1"' if sheet.language.startswith("ar") else ""
    view = (
        f'<sheetViews><sheetView workbookViewId="0"{direction}><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{_width(sheet, n - 1)}" customWidth="1"/>'
        for n in range(1, len(sheet.head) + 1)
    )
    rows = [_row(1, sheet.head, _BOLD), *(_row(n, row) for n, row in enumerate(sheet.rows, 2))]
    return _part("worksheet", f"{view}<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>")


def _width(sheet: Sheet, column: int) -> int:
    texts = [str(row[column] or "") for row in (sheet.head, *sheet.rows)]
    return max(8, min(60, max(map(len, texts)) + 2))


def _row(number: int, cells: Iterable[Cell], style: int = 0) -> str:
    out = ""
    for column, value in enumerate(map(typed, cells)):
        place = f"{_letters(column)}{number}"
        if isinstance(value, date):
            out += f'<c r="{place}" s="{_DAY}"><v>{(value - _EPOCH).days}</v></c>'
        elif isinstance(value, int):
            out += f'<c r="{place}"><v>{value}</v></c>'
        elif value:
            text = escape(_ILLEGAL.sub("", value))
            kept = f' s="{style}"' if style else ""
            out += f'<c r="{place}"{kept} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<row r="{number}">{out}</row>'


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _ILLEGAL.sub("", title))[:31].strip() or "1"


def _styles() -> bytes:
    formats = (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    )
    return _part(
        "styleSheet",
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    )


def _part(tag: str, body: str) -> bytes:
    return f'{_HEAD}<{tag} xmlns="{MAIN}" xmlns:r="{R}">{body}</{tag}>'.encode()


def _rels(*targets: tuple[str, str]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{RELS}">{rows}</Relationships>'.encode()


def _content_types() -> bytes:
    kinds = {
        "/docProps/core.xml": CORE,
        "/xl/workbook.xml": f"{_SML}.sheet.main+xml",
        "/xl/styles.xml": f"{_SML}.styles+xml",
        "/xl/worksheets/sheet1.xml": f"{_SML}.worksheet+xml",
    }
    rows = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    rows += '<Default Extension="xml" ContentType="application/xml"/>'
    rows += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return f'{_HEAD}<Types xmlns="{TYPES}">{rows}</Types>'.encode()
