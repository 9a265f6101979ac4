"""Any workbook of valid data is imported whole, and importing it twice is importing it once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.roles import Capacity
from signatories.imports.services import import_workbook
from signatories.models import Kind
from signatories.names import folded
from tests.signatories.imports.workbooks import PDF, everything, sent
from tests.signatories.network import NOW, TODAY, found_network

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéßابتثجح'’&.-", min_size=3, max_size=24)
NAMES = st.builds(lambda a, b: f"{a} {b}".strip(), LETTERS, LETTERS).filter(lambda n: len(folded(n)) > 3)
DAYS = st.dates(date(2022, 1, 31), date(2025, 12, 31))
SIGNERS = (Kind.UN_AGENCY, Kind.PARTNER_NGO, Kind.PARTNER_GOVERNMENT)
POSTS = (
    Capacity.HEAD_OF_AGENCY,
    Capacity.PRIMARY_FOCAL_POINT,
    Capacity.SECONDARY_FOCAL_POINT,
    Capacity.SENIOR_MANAGEMENT,
    Capacity.MEMBER,
)


def written(draw: Any, day: date) -> Any:
    """A day as people write it."""
    return draw(st.sampled_from([day, day.isoformat(), f"{day.day}/{day.month}/{day.year}"]))


@st.composite
def networks(draw: Any) -> dict[str, list[dict[str, Any]]]:
    """Organizations, people, posts, agreements and papers that the rules allow."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=folded))
    kinds = [draw(st.sampled_from(SIGNERS)) for _name in names]
    organizations = [
        {
            "name_en": name,
            "kind": draw(st.sampled_from([kind.value, str(kind.label)])),
            "acronym": draw(st.sampled_from(["", f"Q{number}"])),
            "active_from": written(draw, draw(DAYS)),
        }
        for number, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    people = [
        {
            "name": draw(NAMES),
            "email": f"p{number}@example.org",
            "language": draw(st.sampled_from(["", "Arabic", "en"])),
            "languages": draw(st.sampled_from(["", "Arabic", "Arabic; English"])),
        }
        for number in range(draw(st.integers(1, 5)))
    ]
    posts = []
    for place, capacity in draw(
        st.lists(st.tuples(st.integers(0, len(names) - 1), st.sampled_from(POSTS)), max_size=6, unique=True)
    ):
        first = draw(DAYS)
        posts.append(
            {
                "organization": draw(st.sampled_from([names[place], names[place].upper()])),
                "email": draw(st.sampled_from(people))["email"],
                "capacity": draw(st.sampled_from([capacity.value, str(capacity.label)])),
                "begins_on": written(draw, first),
                "ends_on": draw(st.sampled_from([None, first + timedelta(days=900)])),
            }
        )
    pairs = [
        (p, a)
        for p in range(len(names))
        for a in range(len(names))
        if kinds[p] != Kind.UN_AGENCY and kinds[a] == Kind.UN_AGENCY
    ]
    agreements = [
        {
            "partner": names[p],
            "agency": names[a],
            "reference": draw(st.sampled_from(["", "PCA-7"])),
            "begins_on": written(draw, draw(DAYS)),
            "psea_clause": "no",
        }
        for p, a in draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True) if pairs else st.just([]))
    ]
    signatures = []
    for place in draw(st.lists(st.integers(0, len(names) - 1), max_size=4, unique=True)):
        signed = draw(DAYS)
        signatures.append(
            {
                "organization": names[place],
                "edition": draw(st.sampled_from(["1", 1])),
                "signed_on": written(draw, signed),
                "received_on": min(signed + timedelta(days=draw(st.integers(0, 40))), TODAY),
                "signer_name": draw(NAMES),
                "signer_title": "Country Director",
                "scan": f"scan {place}.pdf",
            }
        )
    sheets = {
        "organizations": organizations,
        "people": people,
        "posts": posts,
        "agreements": agreements,
        "signatures": signatures,
    }
    return {name: rows for name, rows in sheets.items() if rows}


class _Undo(Exception):
    """Each example starts from the same network."""


@pytest.mark.rule("D18")
@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=networks())
def test_valid_data_is_imported_and_twice_is_once(rows: dict[str, list[dict[str, Any]]]) -> None:
    from django.core.management import call_command

    from intranet.files import store

    scans = [(f"scan {n}.pdf", PDF, "application/pdf") for n in range(5)]
    try:
        with store.on_trial(), transaction.atomic():
            network = found_network()
            call_command("adopt_protocol", verbosity=0)
            first = import_workbook(sent(rows, scans), network.coordinator, NOW)
            assert [str(problem) for problem in first.report.problems] == []
            assert first.report.counts["created"] == sum(map(len, rows.values()))
            before = everything()
            second = import_workbook(sent(rows, scans), network.coordinator, NOW)
            assert (second.run, second.report.problems) == (None, [])
            assert second.report.counts["left"] == sum(map(len, rows.values()))
            assert everything() == before
            raise _Undo
    except _Undo:
        pass
