"""Workbooks from outside: hostile ones are refused with a sentence, what stands in a good one is read as it is."""

from __future__ import annotations

import io
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from intranet.files import sheet_reader, sheets
from intranet.files.sheets import Cell, FileRefused, read
from tests.intranet.test_files import OFFICE, rels


def plain(fill: Callable[[Any], object] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "people"
    sheet.append(["Name", "E-mail"])
    sheet.append(["Amal", "amal@example.org"])
    if fill is not None:
        fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def packed(extra: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None) -> bytes:
    """A real workbook with parts added or replaced."""
    source = zipfile.ZipFile(io.BytesIO(plain()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, (replace or {}).get(name, source.read(name)))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = zipfile.ZipFile(io.BytesIO(plain())).read("[Content_Types].xml")
BILLION = (
    b'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
)
EXTERNAL = b'<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
LINK = rels(f'<Relationship Id="a" Type="{OFFICE}/image" TargetMode="External" Target="http://x.example/y"/>')
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


def cells(body: bytes) -> bytes:
    return packed(
        replace={SHEET: b"<worksheet " + MAIN + b"><sheetData>" + body + b"</sheetData></worksheet>"}
    )


def overlapping() -> bytes:
    """Two names for one entry's bytes, as in the bombs that overlap."""
    content = bytearray(plain())
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", content[end + 16 : end + 20])[0]
    second = content.index(b"PK\x01\x02", start + 4)
    content[second + 42 : second + 46] = content[start + 42 : start + 46]
    return bytes(content)


AFTERNOON = datetime(2022, 1, 31, 14, 5)  # noqa: DTZ001 (a spreadsheet knows no zone)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
MACROS = TYPES.replace(b"sheet.main", b"sheet.macroEnabled.main")
HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("network.xlsx", lambda: b"", "it is empty"),
    ("network.xlsx", lambda: plain() + b"\x00" * sheets.LARGEST, "larger than 5 MB"),
    ("network.xls", lambda: OLD, "old Excel file (.xls) or has a password"),
    ("network.xlsx", lambda: OLD, "has a password"),
    ("network.ods", lambda: b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "(.ods)"),
    ("network.xlsx", lambda: b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "(.ods)"),
    ("network.csv", lambda: b"Name,E-mail\n", "text file"),
    ("network.xlsm", plain, "macros"),
    ("network.xlsb", plain, "macros"),
    ("network.pdf", lambda: b"%PDF-1.7", "Excel workbook (.xlsx)"),
    ("network", plain, "Excel workbook (.xlsx)"),
    ("network.xlsx", lambda: b"Name,E-mail\n", "Excel workbook (.xlsx)"),
    ("network.xlsx", lambda: b"%PDF-1.7\n" + plain(), "Excel workbook (.xlsx)"),
    ("network.xlsx", lambda: b"PK\x03\x04 no archive", "damaged"),
    ("network.xlsx", lambda: plain()[:-200], "damaged"),
    ("network.xlsx", lambda: plain()[:700] + plain()[900:], "damaged"),
    ("network.xlsx", lambda: packed({"xl/vbaProject.bin": b"x"}), "macros"),
    ("network.xlsx", lambda: packed({"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    ("network.xlsx", lambda: packed({"xl/activeX/activeX1.xml": b"<x/>"}), "macros"),
    ("network.xlsx", lambda: packed({"xl/embeddings/oleObject1.bin": b"x"}), "macros"),
    ("network.xlsx", lambda: packed({"xl/connections.xml": b"<x/>"}), "macros"),
    ("network.xlsx", lambda: packed({"customUI/customUI14.xml": b"<x/>"}), "macros"),
    ("network.xlsx", lambda: packed({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "macros"),
    ("network.xlsx", lambda: packed(replace={"[Content_Types].xml": MACROS}), "macros"),
    ("network.xlsx", lambda: packed({"xl/worksheets/_rels/sheet1.xml.rels": LINK}), "another file or address"),
    ("network.xlsx", lambda: packed(replace={SHEET: BILLION}), "declaration"),
    ("network.xlsx", lambda: packed(replace={SHEET: EXTERNAL}), "declaration"),
    ("network.xlsx", lambda: packed(replace={SHEET: BILLION.decode().encode("utf-16")}), "declaration"),
    ("network.xlsx", lambda: packed({"xl/media/zeros.bin": b"\x00" * (11 * 1024 * 1024)}), "unpacks"),
    ("network.xlsx", lambda: cells(CELL * 200_000), "unpacks"),
    ("network.xlsx", lambda: packed({"../../etc/passwd": b"x"}), "damaged"),
    ("network.xlsx", lambda: packed({"/etc/passwd": b"x"}), "damaged"),
    ("network.xlsx", lambda: packed({"xl\\worksheets\\sheet9.xml": b"x"}), "damaged"),
    ("network.xlsx", lambda: packed({"XL/WORKBOOK.XML": b"<x/>"}), "damaged"),
    ("network.xlsx", lambda: packed({f"xl/x{n}.xml": b"<x/>" for n in range(200)}), "damaged"),
    ("network.xlsx", overlapping, "damaged"),
    ("network.xlsx", lambda: packed(replace={"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "damaged"),
    ("network.xlsx", lambda: packed(replace={SHEET: b"<worksheet"}), "damaged"),
    ("network.xlsx", lambda: cells(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "damaged"),
]  # fmt: skip


@pytest.mark.rule("security 5.5")
@pytest.mark.parametrize(("name", "make", "says"), HOSTILE)
def test_hostile_workbooks_are_refused_with_a_sentence(
    name: str, make: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read(name, make())
    assert str(refused.value).startswith("File: ")
    assert says in str(refused.value)


@pytest.mark.rule("security 5.5")
@pytest.mark.parametrize(
    "body",
    [
        b'<row r="1">' + b"".join(b'<c r="A1"><f>1</f></c>' for _ in range(90_000)) + b"</row>",
        b"".join(b'<row r="%d"/>' % n for n in range(1, 500_000)),
        b"".join(b'<row r="%d"><c r="A%d" t="b"><v>1</v></c></row>' % (n, n) for n in range(1, 140_000)),
    ],
    ids=["cells", "rows", "values"],
)
def test_a_huge_sheet_ends_within_its_limits(body: bytes) -> None:
    content, refusal = cells(body), ""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        (sheet,) = read("network.xlsx", content)
        assert sheet.goes_on or len(sheet.rows) <= sheets.MOST_ROWS
    except FileRefused as refused:
        refusal = str(refused)
    assert not refusal or "too large to read" in refusal or "unpacks" in refusal
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used < sheet_reader.SECONDS + 1


def test_the_reader_itself_dies_at_its_limits() -> None:
    """Not the checks before it but the limits end a program that wants more."""
    for greedy, code in (("x = bytearray(300 * 1024 * 1024)", None), ("while True: pass", -9)):
        program = (
            "import importlib.util as u; s = u.spec_from_file_location('r', "
            f"{sheet_reader.__file__!r}); m = u.module_from_spec(s); s.loader.exec_module(m); m.limit()\n{greedy}"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-c", program], capture_output=True, timeout=90, check=False
        )
        assert done.returncode != 0
        assert code is None or done.returncode == code


def test_every_kind_of_cell_is_told_apart() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet.append([date(2022, 1, 31), AFTERNOON, 44592, 7.5, True])
        sheet.append(["=1+1", "#N/A", " x ", "٣١/١/٢٠٢٢", None])
        sheet["A5"] = ArrayFormula("A5:A6", "=SUM(A1:A2)")
        sheet["B5"] = "=text"
        sheet["B5"].data_type = "s"
        sheet.merge_cells("C5:D6")
        book.create_sheet("lists").sheet_state = "hidden"

    people, hidden = read("network.xlsx", plain(fill))
    assert (people.name, people.hidden, hidden.hidden, people.merged) == ("people", False, True, ("C5:D6",))
    assert dict(people.rows[3]) == {
        1: Cell("day", date(2022, 1, 31)),
        2: Cell("moment", AFTERNOON),
        3: Cell("number", 44592, date(2022, 1, 31)),
        4: Cell("number", 7.5),
        5: Cell("bool", True),
    }
    assert {place: cell.kind for place, cell in people.rows[4].items()} == {
        1: "formula",
        2: "error",
        3: "text",
        4: "text",
    }
    assert people.rows[5][1].kind == "formula"
    assert people.rows[5][2] == Cell("text", "=text")


def test_serial_days_count_from_the_workbooks_own_year() -> None:
    def fill(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        book.active.append([43130, date(2022, 1, 31)])

    (sheet,) = read("network.xlsx", plain(fill))
    assert sheet.rows[3][1].serial == date(2022, 1, 31)
    assert sheet.rows[3][2].value == date(2022, 1, 31)


def test_what_lies_outside_the_limits_is_told() -> None:
    def fill(book: Any) -> None:
        book.active.cell(sheets.MOST_ROWS + 5, 1, "stray")
        book.create_sheet("wide").cell(2, sheets.MOST_COLUMNS + 3, "stray")

    people, wide = read("network.xlsx", plain(fill))
    assert (people.goes_on, people.wide) == (True, False)
    assert (wide.goes_on, wide.wide) == (False, True)


def test_parts_that_cells_do_not_need_never_reach_the_parser() -> None:
    more = {"xl/charts/chart1.xml": b"<x/>", "xl/media/a.png": b"x", "docProps/x.xml": b"x"}
    kept = zipfile.ZipFile(io.BytesIO(sheet_reader.bare(packed(more)))).namelist()
    assert SHEET in kept
    assert not set(more) & set(kept)
