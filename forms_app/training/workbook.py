"""Sessions from Excel: a template goes out, a filled one is checked row by row. One fault: nothing is recorded."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from intranet.files import sheets
from intranet.files.store import FileRefused
from intranet.forms.fields import western_digits
from intranet.listing import listed

from . import sums
from .models import Audience, Mode, Topic
from .services import Attended, Facts

SHEET = "Sessions"
FIXED = (
    "Title",
    "Topics",
    "Mode",
    "Language",
    "Held on",
    "Governorate",
    "Organised by",
    "Trainers",
    "TOT",
    "Material",
)
HEADS = (*FIXED, *(a.value for a in Audience), "Total")
MOST_ROWS = 500
LONGEST_PLACE, LONGEST_ADDRESS = 60, 500  # letters
_YES = {"yes", "y", "1", "true", "نعم"}
_NO = {"", "no", "n", "0", "false", "لا"}


def template() -> bytes:
    """An empty workbook with the heads and, on a second sheet, the words that may stand in them."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    page = book.active
    page.title = SHEET
    page.append(list(HEADS))
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    help_page = book.create_sheet("Help")
    for line in (
        ["Topics", ", ".join(Topic.values)],
        ["Mode", ", ".join(Mode.values)],
        ["TOT", "yes, no"],
        ["Counts", "Every person in one category. The total is what you counted at the door. No names."],
    ):
        help_page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass
class Read:
    """What a workbook holds: rows that stand, and sentences about those that do not."""

    rows: list[tuple[Facts, Attended]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of each of them in the sheet
    faults: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> Read:
    """Raises FileRefused for what is no workbook of ours."""
    pages = sheets.read(name, content)
    page = next((p for p in pages if p.name.strip().casefold() == SHEET.casefold()), None)
    if page is None:
        raise FileRefused(_("File: the sheet “Sessions” is missing. Fill the template and send that."))
    heads = {str(cell.value).strip().casefold(): column for column, cell in page.rows.get(1, {}).items()}
    missing = [head for head in HEADS if head.casefold() not in heads]
    if missing:
        raise FileRefused(
            _("File: the column %s is missing. Fill the template and send that.") % listed(missing)
        )
    found = Read()
    for number, cells in sorted(page.rows.items()):
        if number == 1 or not any(str(cell.value).strip() for cell in cells.values()):
            continue
        if len(found.rows) >= MOST_ROWS or page.goes_on:
            raise FileRefused(_("File: it has more than %s sessions. Split it.") % MOST_ROWS)
        values = {head: cells.get(heads[head.casefold()]) for head in HEADS}
        faults, facts, attended = _row(values)
        found.faults += [at_row(number, fault) for fault in faults]
        if not faults and facts is not None:
            found.rows.append((facts, attended))
            found.numbers.append(number)
    if not found.rows and not found.faults:
        raise FileRefused(_("File: there is no session in it."))
    return found


def at_row(number: int, fault: str) -> str:
    """A fault with the row of the sheet that it stands in."""
    return _("Row %(row)s: %(fault)s") % {"row": number, "fault": fault}


def _row(values: Mapping[str, Any]) -> tuple[list[str], Facts | None, Attended]:
    faults: list[str] = []
    text = {head: _text(values[head]) for head in FIXED}
    for head, longest in (("Title", 200), ("Language", 40), ("Organised by", 160)):
        if not text[head] or len(text[head]) > longest:
            faults.append(
                _("%(head)s: write it, in at most %(most)s letters.") % {"head": head, "most": longest}
            )
    if len(text["Governorate"]) > LONGEST_PLACE:
        faults.append(_("Governorate: write it in at most %s letters.") % LONGEST_PLACE)
    if not _is_address(text["Material"]):
        faults.append(_("Material: write an address that begins with https:// or leave it empty."))
    topics = tuple(t.strip().casefold() for t in text["Topics"].replace(";", ",").split(",") if t.strip())
    if not topics or set(topics) - set(Topic.values):
        faults.append(_("Topics: write one or more of %s.") % listed(Topic.values))
    if text["Mode"].casefold() not in Mode.values:
        faults.append(_("Mode: write one of %s.") % listed(Mode.values))
    day = _day(values["Held on"])
    if day is None:
        faults.append(_("Held on: write the day as a date."))
    trainers = _number(values["Trainers"])
    if not trainers or trainers > 200:
        faults.append(_("Trainers: write how many there were."))
    if text["TOT"].casefold() not in _YES | _NO:
        faults.append(_("TOT: write yes or no."))
    counts = {a.value: _number(values[a.value]) for a in Audience}
    attended = Attended(counts, _number(values["Total"]))
    if fault := sums.attendance_fault(attended.parts, attended.total):
        faults.append(fault)
    if faults or day is None or trainers is None:
        return faults, None, attended
    facts = Facts(
        title=text["Title"],
        topics=topics,
        mode=text["Mode"].casefold(),
        language=text["Language"],
        held_on=day,
        organiser=text["Organised by"],
        trainers=trainers,
        governorate=text["Governorate"],
        training_of_trainers=text["TOT"].casefold() in _YES,
        material=text["Material"],
    )
    return [], facts, attended


def _is_address(text: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text or "https://example.org/")
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def _text(cell: Any) -> str:
    if cell is None or cell.kind in ("formula", "error"):
        return ""
    return " ".join(str(cell.value).split())


def _number(cell: Any) -> int | None:
    """A whole number, not negative; a formula or anything else is none."""
    if cell is None or cell.kind not in ("number", "text"):
        return None
    said = western_digits(str(cell.value))
    if said.endswith(".0"):
        said = said[:-2]
    return int(said) if said.isdecimal() and len(said) <= 6 else None


def _day(cell: Any) -> date | None:
    if cell is None:
        return None
    if cell.kind == "day":
        found: date = cell.value
        return found
    return cell.serial if cell.kind == "number" else _written(_text(cell))


def _written(text: str) -> date | None:
    parts = western_digits(text).replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    numbers: Iterable[str] = reversed(parts) if len(parts[2]) == 4 else parts
    year, month, day = (int(part) for part in numbers)
    try:
        return date(year, month, day)
    except ValueError:
        return None
