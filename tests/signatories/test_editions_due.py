"""A substantive edition makes re-endorsement due; a minor one asks nobody (D7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.workflow.runner import perform
from protocol_pages.editions import services as editions
from protocol_pages.editions.models import Edition, EditionDraft
from protocol_pages.editions.selectors import latest_edition
from signatories import selectors, services
from signatories.register import shown

from .doors import coordinator_client, member_client, text_of
from .network import NOW, TODAY, Network, endorse, later

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D7")]


def substantive(network: Network, effective_from: date) -> Edition:
    """Edition 2 with one sentence more, adopted by the Coordinator."""
    last = latest_edition()
    assert last is not None
    blocks = [dict(row) for row in last.draft.blocks]
    blocks[-1]["text"] += " Reviewed."
    draft = EditionDraft(
        number=last.number + 1,
        title=last.title,
        language=last.language,
        effective_from=effective_from,
        endorsed_by=last.endorsed_by,
        endorsed_on=last.endorsed_on,
        document_ref=last.document_ref,
        blocks=blocks,
    )
    perform(draft, "bring_in", network.coordinator, NOW)
    return editions.adopt(draft, network.coordinator, NOW)


def asks(network: Network, member: str, day: int = 0) -> list[str]:
    """What Home of the Head of Agency says about endorsing."""
    rows = due_rows(network.head(member), later(days=day))
    return [f"{row.what} / {row.state}" for row in rows if row.url == reverse("endorse")]


def register(network: Network, day: date) -> dict[str, bool]:
    rows = shown.shown_on(network.coordinator, day, latest_edition().number)  # type: ignore[union-attr]
    return {row.row.organization.name_en.split()[0]: row.due for row in rows}


def test_a_minor_edition_asks_nobody(signed: Network, edition: Edition) -> None:
    minor = editions.adopt_annex(["Alpha (example)"], TODAY, signed.coordinator, NOW)
    assert minor.label == "1.1"
    assert asks(signed, "alpha") == []
    assert register(signed, TODAY) == {"Alpha": False, "Beta": False}
    page = text_of(member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY).get(reverse("endorse")))
    assert "endorsed edition 1" in page
    # Beta has signed nothing; it endorses the edition in force, which counts for its minor ones.
    assert endorse(signed, "beta", minor).edition_label == "1.1"
    editions.adopt_annex(["Beta (example)"], TODAY, signed.coordinator, NOW)
    assert asks(signed, "beta") == []


def test_a_substantive_edition_makes_re_endorsement_due_and_the_earlier_one_binds(
    signed: Network, edition: Edition
) -> None:
    alpha = signed.members["alpha"]
    from_day = TODAY + timedelta(days=10)
    second = substantive(signed, from_day)
    assert asks(signed, "alpha") == []  # not in force yet
    assert asks(signed, "alpha", 10) == ["Endorse edition 2 of the protocol / Re-endorsement due"]
    assert asks(signed, "beta", 10) == ["Endorse edition 2 of the protocol / Not endorsed yet"]
    assert register(signed, from_day) == {"Alpha": True, "Beta": False}
    # The earlier endorsement binds until it is replaced or withdrawn: still a signatory, still the signer.
    assert selectors.is_signatory(alpha, from_day + timedelta(days=900))
    assert selectors.signer_of(alpha, from_day).edition_label == "1"  # type: ignore[union-attr]
    endorse(signed, "alpha", second, later(days=10))
    assert asks(signed, "alpha", 10) == []
    assert register(signed, from_day) == {"Alpha": False, "Beta": False}
    assert selectors.signer_of(alpha, from_day).edition_label == "2"  # type: ignore[union-attr]
    assert selectors.signer_of(alpha, from_day - timedelta(days=1)).edition_label == "1"  # type: ignore[union-attr]


def test_re_endorsement_due_is_withdrawn_from_like_any_other(signed: Network, edition: Edition) -> None:
    substantive(signed, TODAY)
    services.withdraw(
        signed.members["alpha"], signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY
    )
    assert not selectors.is_signatory(signed.members["alpha"], TODAY)


@pytest.mark.usefixtures("clock")
def test_the_register_says_it(signed: Network, edition: Edition) -> None:
    substantive(signed, TODAY)
    page = text_of(coordinator_client(signed).get(reverse("endorsements")))
    assert page.count("endorsement of the new edition due") == 1
    hub = text_of(member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY).get(reverse("take-part")))
    assert "Edition 2 waits for your organization’s endorsement." in hub
