"""Reads the cells of a workbook from standard input and writes them as JSON to standard output.

A program of its own, started by ``sheets.read`` in a child process with limits on memory and processor
time (security.md 5.5): what parses XML from outside never runs where the site runs. It imports nothing
of the project. Values alone: formulas are told, never calculated.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

MEMORY = 256 * 1024 * 1024  # bytes of address space
SECONDS = 2  # of processor time
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]{2,40})"')
NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)


def limit() -> None:
    """From here on the process has 256 MB and two seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bare(content: bytes) -> bytes:
    """The package with what cells need and nothing else: no pictures, charts, comments, links, properties."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            if NEEDED.fullmatch(name):
                target.writestr(name, source.read(name))
    return kept.getvalue()


def cell_of(cell: Any, from_excel: Callable[[Any], Any]) -> list[Any] | None:
    """[column, kind, value]: kinds ``text number day moment bool formula error``."""
    value, kind = cell.value, cell.data_type
    if value is None or value == "":
        return None
    if kind == "f":
        return [cell.column, "formula", str(getattr(value, "text", value) or "")[:200]]
    if kind == "e":
        return [cell.column, "error", str(value)[:20]]
    if isinstance(value, bool):
        return [cell.column, "bool", value]
    if isinstance(value, datetime):
        if value.time() == time():
            return [cell.column, "day", value.date().isoformat()]
        return [cell.column, "moment", value.isoformat()]
    if isinstance(value, date):
        return [cell.column, "day", value.isoformat()]
    if isinstance(value, int | float):
        serial = ""
        if 1 <= value < 200_000 and float(value).is_integer():
            try:
                serial = from_excel(value).date().isoformat()
            except (ValueError, OverflowError):
                serial = ""
        return [cell.column, "number", value, serial]
    return [cell.column, "text", str(value)]


def read(content: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """Sheets with rows; a sheet that goes on below ``most_rows`` is cut there and says so."""
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import from_excel

    small = bare(content)
    workbook = load_workbook(io.BytesIO(small), read_only=True, data_only=False, keep_links=False)
    package = zipfile.ZipFile(io.BytesIO(small))
    sheets = []
    for name in workbook.sheetnames:
        sheet = workbook[name]
        rows, goes_on, wide = [], False, False
        if not hasattr(sheet, "reset_dimensions"):  # a chart that is a sheet of its own
            continue
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [
                found
                for cell in row[:most_columns]
                if cell.value is not None
                if (found := cell_of(cell, lambda v: from_excel(v, workbook.epoch)))
            ]
            wide = wide or any(cell.value is not None for cell in row[most_columns:])
            if number > most_rows:
                goes_on = True
                break
            if cells:
                rows.append([number, cells])
        path = getattr(sheet, "_worksheet_path", "")
        merged = MERGED.findall(package.read(path)) if path in package.namelist() else []
        sheets.append(
            {
                "name": name,
                "hidden": sheet.sheet_state != "visible",
                "rows": rows,
                "goes_on": goes_on,
                "wide": wide,
                "merged": [ref.decode() for ref in merged[:200]],
            }
        )
    return {"sheets": sheets}


def main() -> int:
    content = sys.stdin.buffer.read()
    limit()
    try:
        found = read(content, int(sys.argv[1]), int(sys.argv[2]))
        sys.stdout.write(json.dumps(found))
    except MemoryError:
        return 3
    except Exception as trouble:  # whatever a broken file makes a parser say
        sys.stderr.write(type(trouble).__name__)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
