"""``manage.py register --as-of DATE``: the register of signatories of any day, at the server's own console."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.clock import now
from intranet.files.tables import csv_bytes
from intranet.papers import word
from intranet.papers.faults import LetterFault
from signatories.days import network_day
from signatories.register.annex_paper import annex
from signatories.register.rows import Row, register_on
from signatories.views.reading import current_edition

COLUMNS = ("organization", "edition", "state", "signer_title", "endorsed_on")


class Command(BaseCommand):
    """Every organization that may sign, as it stood on the day; dates are of the network's time zone."""

    help = (
        "The register of signatories as of a day: organization, edition, state, signer's title, day of endorsement. "
        "--rehearsal or --demo read that database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", required=True, metavar="DATE", help="the day, like 2026-01-31")
        parser.add_argument("--format", choices=("table", "json", "csv", "docx"), default="table")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["as_of"])
        made = _FORMATS[options["format"]](day)
        if options["out"] is not None:
            _write(options["out"], made)
        elif options["format"] == "docx":
            raise CommandError("A Word file needs --out FILE: it cannot be printed.", returncode=2)
        else:
            self.stdout.write(made.decode("utf-8-sig"), ending="")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = date.min
    if not 1990 <= found.year <= 2200:
        raise CommandError(
            f"--as-of: “{text}” is no day between 1990 and 2200. Write it as year-month-day, for example 2026-01-31.",
            returncode=2,
        )
    return found


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as trouble:
        raise CommandError(
            f"--out: {path} cannot be written ({trouble.strerror}). Choose another file.", returncode=2
        ) from trouble


def _values(row: Row) -> dict[str, str | None]:
    signed = row.signed
    return {
        "organization": row.names.en,
        "edition": signed.edition_label if signed else None,
        "state": row.standing.value,
        "signer_title": signed.signer_title if signed else None,
        "endorsed_on": signed.effective_on.isoformat() if signed else None,
    }


def _json(day: date) -> bytes:
    rows = [_values(row) for row in register_on(day)]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(day: date) -> bytes:
    return csv_bytes([COLUMNS, *(_values(row).values() for row in register_on(day))])


def _table(day: date) -> bytes:
    rows = [[value or "-" for value in _values(row).values()] for row in register_on(day)]
    widths = [max(len(line[place]) for line in (COLUMNS, *rows)) for place in range(len(COLUMNS))]
    lines = [f"Register of signatories as of {day.isoformat()}"]
    for cells in (COLUMNS, ["-" * width for width in widths], *rows):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
    return ("\n".join(lines) + "\n").encode()


def _docx(day: date) -> bytes:
    try:
        return word.render(annex(day, current_edition(day), "en", network_day(now())))
    except LetterFault as fault:
        raise CommandError(str(fault), returncode=2) from fault


_FORMATS: dict[str, Callable[[date], bytes]] = {"json": _json, "csv": _csv, "table": _table, "docx": _docx}
