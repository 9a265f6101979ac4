"""Every obligation of the protocol that is built has a test that names it; those not built are named here."""

from __future__ import annotations

import pytest

from intranet.home import living
from intranet.home.docs import ROOT
from protocol_pages.editions import notes
from protocol_pages.editions.blocks import normal_address, read_protocol
from protocol_pages.editions.under import address_of

# Nothing in the product stands for these yet. Whoever builds one takes it out of this list.
NOT_BUILT = ["4.0", "4.a", "4.d", "4.e", "6.2", "6.3", "9.a", "9.b", "9.c", "9.d", "9.h"]


@pytest.fixture(scope="module")
def found() -> dict[str, living.Row]:
    return dict(living.rows(ROOT))


def test_every_obligation_is_an_address_of_the_text() -> None:
    known = {normal_address(address) for block in read_protocol().blocks for address in block.addresses}
    assert [item for item in living.OBLIGATIONS if normal_address(item) not in known] == []


def test_what_is_built_has_a_test_that_names_it(found: dict[str, living.Row]) -> None:
    assert living.untested(found) == []


def test_what_is_not_built_is_named(found: dict[str, living.Row]) -> None:
    assert living.without(found) == NOT_BUILT


def test_the_reader_says_of_nothing_built_that_it_is_done_elsewhere(found: dict[str, living.Row]) -> None:
    """Clauses that the reader sends outside this site are those that nothing stands for."""
    elsewhere = {
        address for text, addresses, _ in notes.SILENT if "outside" in str(text) for address in addresses
    }
    assert elsewhere < set(NOT_BUILT)
    noted = {note.address for note in notes.NOTES}
    assert set(NOT_BUILT) - elsewhere <= noted


def test_a_missing_test_would_be_found(found: dict[str, living.Row]) -> None:
    bare = found | {"8": living.Row(transitions={"review_cycle.close"})}
    assert living.untested(bare) == ["8"]


@pytest.mark.parametrize(
    ("rule", "address"),
    [("§7B.2", "7b.2"), ("§9.i fn5", "9.i"), ("§8", "8"), ("§4", "4"), ("D17", ""), ("trap 44", "")],
)
def test_a_rule_names_an_address(rule: str, address: str) -> None:
    assert address_of(rule) == address
