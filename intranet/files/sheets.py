"""Cells of an Excel workbook from outside: checked, then read in a child process with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .office import EXCEL, check_office
from .store import FileRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 5 * 1024 * 1024
MOST_ROWS = 2_000  # of one sheet
MOST_COLUMNS = 60
WAIT = 60  # seconds of the clock: the child has two of processor time, on a machine that may be busy
_READER = Path(__file__).with_name("sheet_reader.py")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``kind``: ``text number day moment bool formula error``.

    ``serial``: the day that a plain number stands for in this workbook (1900 or 1904 system), if any.
    """

    kind: str
    value: Any
    serial: date | None = None


@dataclass(frozen=True)
class Sheet:
    """``rows``: row number to column number (from 1) to cell, empty cells left out.

    ``goes_on``: something stands below MOST_ROWS; ``wide``: something stands right of MOST_COLUMNS.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    goes_on: bool = False
    wide: bool = False
    merged: tuple[str, ...] = field(default=())


def read(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises FileRefused with a sentence that says the fix."""
    check(name, content)
    done = subprocess.run(  # noqa: S603 (our own program, our own interpreter)
        [sys.executable, "-I", str(_READER), str(MOST_ROWS), str(MOST_COLUMNS)],
        input=content,
        capture_output=True,
        timeout=WAIT,
        check=False,
    )
    if done.returncode == 4:
        raise FileRefused(str(EXCEL.damaged))
    if done.returncode != 0:
        raise FileRefused(_("File: it is too large to read. Copy the cells into the template and send that."))
    return [_sheet(raw) for raw in json.loads(done.stdout)["sheets"]]


def check(name: str, content: bytes) -> None:
    """Raise FileRefused unless this is a plain, harmless .xlsx of a sensible size."""
    if not content:
        raise FileRefused(_("File: it is empty. Choose the file again."))
    if len(content) > LARGEST:
        raise FileRefused(_("File: it is larger than 5 MB. Copy the cells into the template and send that."))
    ending = name.rpartition(".")[2].lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            _("File: it is an old Excel file (.xls) or has a password. Save it as .xlsx without a password.")
        )
    if ending == "ods" or b"opendocument.spreadsheet" in content[:200]:
        raise FileRefused(_("File: it is an OpenDocument file (.ods). Save it as Excel workbook (.xlsx)."))
    if ending in {"csv", "txt", "tsv"}:
        raise FileRefused(
            _("File: it is a text file. Copy the cells into the template (.xlsx) and send that.")
        )
    if ending in {"xlsm", "xltm", "xlsb", "xlam"}:
        raise FileRefused(str(EXCEL.macros))
    if ending != "xlsx" or not content.startswith(b"PK\x03\x04"):
        raise FileRefused(_("File: send the template as an Excel workbook (.xlsx)."))
    check_office(content, EXCEL)


def _sheet(raw: dict[str, Any]) -> Sheet:
    rows = {number: {cell[0]: _cell(cell) for cell in cells} for number, cells in raw["rows"]}
    return Sheet(raw["name"], rows, raw["hidden"], raw["goes_on"], raw["wide"], tuple(raw["merged"]))


def _cell(raw: list[Any]) -> Cell:
    kind, value = raw[1], raw[2]
    if kind == "day":
        return Cell(kind, date.fromisoformat(value))
    if kind == "moment":
        return Cell(kind, datetime.fromisoformat(value))
    serial = date.fromisoformat(raw[3]) if kind == "number" and raw[3] else None
    return Cell(kind, value, serial)
