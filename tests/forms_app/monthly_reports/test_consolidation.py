"""Totals always recompute; leaving an organization out removes all of its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.common.figures import Period
from forms_app.monthly_reports import codes
from forms_app.monthly_reports.consolidation import Row, consolidate

ORGANIZATIONS = [UUID(int=n) for n in range(1, 6)]
PERIOD = Period(date(2025, 1, 1), date(2025, 12, 1))
IN_IT, AFTER_IT = date(2025, 12, 1), date(2026, 1, 1)
TABLES = ("nature", "personnel")


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        natures = draw(st.lists(st.integers(0, 5), min_size=4, max_size=4))
        total = sum(natures)
        counts = dict(zip(codes.NATURE.names, natures, strict=True)) | {"personnel__unknown": total}
        organization = draw(st.sampled_from(ORGANIZATIONS))
        found.append(Row(organization, IN_IT, f"v{number}", {"received": total, **counts}))
    return found


@pytest.mark.rule("§7B.4")
@given(rows(), st.sets(st.sampled_from(ORGANIZATIONS)))
def test_only_the_named_organizations_are_in_any_number(given_rows: list[Row], chosen: set[UUID]) -> None:
    data = consolidate(PERIOD, sorted(chosen), TABLES, given_rows)
    mine = [row for row in given_rows if row.organization in chosen]
    assert data == consolidate(PERIOD, sorted(chosen), TABLES, mine)
    for table in data.tables:
        assert table.total == sum(row.counts["received"] for row in mine)
    assert set(data.versions) == {row.version for row in mine}
    assert data.organizations == tuple(sorted(chosen))


@pytest.mark.rule("D31")
@given(rows())
def test_contributors_are_those_whose_own_number_is_not_zero(given_rows: list[Row]) -> None:
    data = consolidate(PERIOD, ORGANIZATIONS, TABLES, given_rows)
    for table in data.tables:
        for cell in table.cells:
            own: Counter[UUID] = Counter()
            for row in given_rows:
                own[row.organization] += row.counts.get(f"{table.code}__{cell.code}", 0)
            assert cell.contributors == sum(1 for number in own.values() if number > 0)
            assert cell.value == sum(own.values())


@pytest.mark.rule("§7B.4")
@given(rows(), st.sampled_from(ORGANIZATIONS))
def test_leaving_one_out_takes_exactly_its_own_away(given_rows: list[Row], out: UUID) -> None:
    whole = consolidate(PERIOD, ORGANIZATIONS, TABLES, given_rows)
    rest = consolidate(PERIOD, [o for o in ORGANIZATIONS if o != out], TABLES, given_rows)
    alone = consolidate(PERIOD, [out], TABLES, given_rows)
    for every, without, own in zip(whole.tables, rest.tables, alone.tables, strict=True):
        for a, b, c in zip(every.cells, without.cells, own.cells, strict=True):
            assert a.value == b.value + c.value
    if alone.versions:
        assert whole.sha256 != rest.sha256


@pytest.mark.rule("D30")
@given(rows(), st.integers(0, 11))
def test_another_version_is_another_data_set(given_rows: list[Row], place: int) -> None:
    before = consolidate(PERIOD, ORGANIZATIONS, TABLES, given_rows)
    if not given_rows:
        return
    old = given_rows[place % len(given_rows)]
    corrected = [replace(r, version="newer") if r is old else r for r in given_rows]
    assert consolidate(PERIOD, ORGANIZATIONS, TABLES, corrected).sha256 != before.sha256


@pytest.mark.rule("D30")
@given(rows(), rows())
def test_months_outside_the_period_are_left_out(inside: list[Row], outside: list[Row]) -> None:
    later = [replace(row, month=AFTER_IT) for row in outside]
    assert consolidate(PERIOD, ORGANIZATIONS, TABLES, [*inside, *later]) == consolidate(
        PERIOD, ORGANIZATIONS, TABLES, inside
    )


def test_the_order_of_rows_changes_nothing() -> None:
    one = Row(ORGANIZATIONS[0], IN_IT, "a", {"nature__other": 1})
    two = Row(ORGANIZATIONS[1], IN_IT, "b", {"nature__other": 2})
    assert consolidate(PERIOD, ORGANIZATIONS, TABLES, [one, two]) == consolidate(
        PERIOD, list(reversed(ORGANIZATIONS)), TABLES, [two, one]
    )


@pytest.mark.rule("D31")
def test_a_table_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(ValueError, match="governorate"):
        consolidate(PERIOD, ORGANIZATIONS, ("governorate",), [])
