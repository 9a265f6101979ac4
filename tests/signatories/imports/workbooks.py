"""Workbooks for tests, written as people fill in the template."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from openpyxl import Workbook, load_workbook

from audit.models import Event
from signatories.imports.columns import SHEETS, in_languages
from signatories.imports.services import Workbook as Sent
from signatories.models import Kind

PDF = b"%PDF-1.7 signed by hand"
Rows = Sequence[Mapping[str, Any]]

ORGANIZATIONS: Rows = (
    {"name_en": "Tigris Agency", "acronym": "TA", "kind": "UN agency", "active_from": date(2022, 1, 31)},
    {
        "name_en": "Marsh Relief",
        "name_ar": "إغاثة الأهوار",
        "kind": "Implementing partner (NGO)",
        "active_from": date(2022, 1, 31),
        "other_names": "Marshland Relief; MR Iraq",
    },
)
PEOPLE: Rows = (
    {
        "name": "Amal One",
        "email": "amal@example.org",
        "languages": "Arabic; English",
        "phone": "+964 750 000 0000",
    },
    {"name": "Basim Two", "email": "basim@example.org", "language": "Arabic", "duty_station": "Basra"},
)
POSTS: Rows = (
    {
        "organization": "Tigris Agency",
        "email": "amal@example.org",
        "capacity": "Head of Agency",
        "begins_on": date(2024, 3, 1),
    },
    {
        "organization": "MR Iraq",
        "email": "basim@example.org",
        "capacity": "Primary focal point",
        "begins_on": date(2024, 3, 1),
        "ends_on": date(2027, 3, 1),
    },
)
AGREEMENTS: Rows = (
    {
        "partner": "Marsh Relief",
        "agency": "TA",
        "reference": "PCA-7",
        "begins_on": date(2024, 1, 1),
        "psea_clause": "Yes",
        "psea_clause_on": date(2024, 1, 1),
        "assessed_on": date(2024, 2, 1),
        "rating": "Full capacity",
        "valid_until": date(2029, 2, 1),
    },
)
SIGNATURES: Rows = (
    {
        "organization": "Tigris Agency",
        "edition": "1",
        "signed_on": date(2022, 1, 31),
        "received_on": date(2022, 2, 2),
        "signer_name": "Amal One",
        "signer_title": "Country Director",
        "signer_email": "amal@example.org",
        "scan": "Endorsement TA.pdf",
    },
)
NETWORK: dict[str, Rows] = {
    "organizations": ORGANIZATIONS,
    "people": PEOPLE,
    "posts": POSTS,
    "agreements": AGREEMENTS,
    "signatures": SIGNATURES,
}
SCANS = (("Endorsement TA.pdf", PDF, "application/pdf"),)
assert Kind.UN_AGENCY.label == "UN agency"


def filled(
    rows: Mapping[str, Rows] = NETWORK,
    change: Callable[[Workbook], object] | None = None,
    arabic: bool = False,
) -> bytes:
    """A workbook with these rows below the two rows of headings; ``change`` spoils it before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for kind in SHEETS:
        if kind.name not in rows:
            continue
        sheet = book.create_sheet(in_languages(kind.label)[1] if arabic else kind.name)
        for place, column in enumerate(kind.columns, start=1):
            for row, label in enumerate(in_languages(column.label), start=1):
                sheet.cell(row, place, label)
            for number, values in enumerate(rows[kind.name], start=3):
                if column.name in values:
                    sheet.cell(number, place, values[column.name])
    if change is not None:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sent(rows: Mapping[str, Rows] = NETWORK, scans: Any = SCANS, **more: Any) -> Sent:
    """The workbook and its scans as the services take them."""
    return Sent("network.xlsx", filled(rows, **more), tuple(scans))


def place_of(sheet: str, column: str) -> int:
    """Column number of a column in the template."""
    kind = next(kind for kind in SHEETS if kind.name == sheet)
    return [c.name for c in kind.columns].index(column) + 1


def put(sheet: str, row: int, column: str, value: Any) -> Callable[[Workbook], object]:
    """Writes one cell."""

    def change(book: Workbook) -> None:
        book[sheet].cell(row, place_of(sheet, column)).value = value

    return change


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def everything(but: Sequence[type[models.Model]] = ()) -> dict[str, Any]:
    """Every row of every table of ours but events, to compare before and after."""
    ours = ("audit.", "intranet.", "protocol_pages.", "signatories.", "forms_app.")
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith(ours) and model is not Event and model not in but
    }
