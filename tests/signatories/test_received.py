"""What arrived outside: a stop at once, everything else after one confirmation by somebody else (D17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audit.actors import Actor
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import ParticipationEntry

from .network import NOW, TODAY, Network, acting_as, counts, endorse, later, received, with_account

PAPER_DAY = date(2022, 2, 15)


def assistant(network: Network) -> Actor:
    person = with_account("Asad Assistant", "asad@example.org")
    services.appoint(
        person,
        network.office,
        Capacity.OFFICE_ASSISTANT,
        TODAY,
        network.office_actor,
        NOW,
        ends_on=TODAY + timedelta(days=30),
        instrument="Delegation 3",
    )
    return acting_as(person, Capacity.OFFICE_ASSISTANT, network.office)


def paper(
    network: Network, edition: Edition, actor: Actor | None = None, **changes: Any
) -> ParticipationEntry:
    return services.record_endorsement_received_outside(
        network.members["alpha"],
        edition,
        received(how="paper", effective_on=PAPER_DAY, **changes),
        actor or network.coordinator,
        NOW,
    )


@pytest.mark.rule("D17")
def test_a_paper_endorsement_counts_after_its_confirmation(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    first = paper(network, edition)
    assert not first.in_effect
    assert first.received_outside
    assert not selectors.is_signatory(alpha, TODAY)
    second = services.confirm_received(first, network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT), NOW)
    assert second.answers == first
    assert second.received_outside
    assert selectors.is_signatory(alpha, TODAY)
    assert selectors.is_signatory(alpha, PAPER_DAY)  # D18: from the day of the signature
    assert not selectors.is_signatory(alpha, PAPER_DAY - timedelta(days=1))


@pytest.mark.rule("D17")
def test_nobody_confirms_the_own_recording_in_any_capacity(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    first = paper(network, edition)
    before = counts()
    for capacity, organization in (
        (Capacity.COORDINATOR, network.coordination),
        (Capacity.OFFICE, network.office),
        (Capacity.HEAD_OF_AGENCY, alpha),
    ):
        actor = acting_as(network.coordinator_person, capacity, organization)
        with pytest.raises(Refused):
            services.confirm_received(first, actor, NOW)
    assert counts() == before
    assert not selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("D17")
@pytest.mark.parametrize("who", ["other organization", "assistant", "coordinator", "acting"])
def test_others_do_not_confirm(network: Network, edition: Edition, who: str) -> None:
    network.member("alpha")
    network.member("beta")
    helper = assistant(network)
    first = paper(network, edition, actor=helper)
    actor = {
        "other organization": network.head("beta"),
        "assistant": helper,
        "coordinator": network.coordinator,
        "acting": acting_as(network.people["beta.head"], Capacity.ACTING_COORDINATOR, network.coordination),
    }[who]
    before = counts()
    with pytest.raises(Refused):
        services.confirm_received(first, actor, NOW)
    assert counts() == before


@pytest.mark.rule("D17")
def test_an_office_person_confirms_against_the_file(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    first = paper(network, edition)
    assert first.file is not None
    services.confirm_received(first, network.office_actor, NOW)
    assert selectors.is_signatory(alpha, TODAY)
    with pytest.raises(Refused, match="Olive Office answered this"):
        services.confirm_received(first, network.head("alpha"), NOW)


@pytest.mark.rule("D17")
def test_a_suspension_from_outside_takes_effect_at_once(signed: Network) -> None:
    alpha = signed.members["alpha"]
    entry = services.record_suspension_received_outside(
        alpha, received(reason="security"), signed.coordinator, NOW
    )
    assert entry.in_effect
    assert selectors.is_suspended(alpha, TODAY)


@pytest.mark.rule("D17")
def test_a_withdrawal_from_outside_waits_for_signer_or_office(signed: Network) -> None:
    alpha = signed.members["alpha"]
    entry = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    assert selectors.is_signatory(alpha, TODAY)
    before = counts()
    for actor in (
        signed.head("alpha"),
        signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        signed.coordinator,
        signed.head("beta"),
    ):
        with pytest.raises(Refused):
            services.confirm_received(entry, actor, NOW)
    assert counts() == before
    two_days = later(days=2)
    signer = acting_as(signed.people["alpha.head"], Capacity.SIGNER, alpha, two_days)
    confirmed = services.confirm_received(entry, signer, two_days)
    # Never backwards: it takes effect with its confirmation.
    assert confirmed.effective_on == TODAY + timedelta(days=2)
    assert selectors.is_signatory(alpha, TODAY + timedelta(days=1))
    assert not selectors.is_signatory(alpha, TODAY + timedelta(days=2))


@pytest.mark.rule("§9.i fn5")
def test_a_withdrawal_in_another_name_is_refused(signed: Network) -> None:
    before = counts()
    with pytest.raises(Refused, match="only Alpha Head"):
        services.record_withdrawal_received_outside(
            signed.members["alpha"], received(signer_name="New Head"), signed.coordinator, NOW
        )
    assert counts() == before


@pytest.mark.rule("D17")
def test_a_denied_record_never_takes_effect(signed: Network) -> None:
    alpha = signed.members["alpha"]
    entry = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    with pytest.raises(Refused):
        services.deny_received(entry, signed.signer("alpha"), NOW, note=" ")
    services.deny_received(entry, signed.signer("alpha"), NOW, note="I wrote no such letter.")
    with pytest.raises(Refused, match="answered this"):
        services.confirm_received(entry, signed.office_actor, NOW)
    assert selectors.is_signatory(alpha, TODAY + timedelta(days=400))


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"file": None}, "File"),
        ({"received_on": TODAY + timedelta(days=1)}, "Received on"),
        ({"signer_name": ""}, "In whose name"),
        ({"how": "pigeon"}, "How it arrived"),
        ({"received_on": date(2022, 2, 14)}, "Signed on"),
    ],
)
def test_a_record_with_gaps_is_refused_with_the_fix(
    network: Network, edition: Edition, change: dict[str, Any], says: str
) -> None:
    network.member("alpha")
    before = counts()
    with pytest.raises(Refused, match=says):
        services.record_endorsement_received_outside(
            network.members["alpha"],
            edition,
            received(**{"effective_on": PAPER_DAY} | change),
            network.coordinator,
            NOW,
        )
    assert counts() == before


@pytest.mark.rule("D17")
def test_the_same_paper_is_not_recorded_twice(network: Network, edition: Edition) -> None:
    network.member("alpha")
    paper(network, edition)
    with pytest.raises(Refused, match="Cora Coordinator recorded this"):
        paper(network, edition, actor=assistant(network))


@pytest.mark.rule("D17")
def test_a_click_overtakes_the_paper(network: Network, edition: Edition) -> None:
    network.member("alpha")
    first = paper(network, edition)
    endorse(network, "alpha", edition)
    with pytest.raises(Refused, match="in the meantime"):
        services.confirm_received(first, network.office_actor, NOW)


@pytest.mark.rule("D17")
@pytest.mark.parametrize("who", ["office", "head", "focal point"])
def test_only_coordination_and_assistants_record(network: Network, edition: Edition, who: str) -> None:
    network.member("alpha")
    actor = {
        "office": network.office_actor,
        "head": network.head("alpha"),
        "focal point": network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
    }[who]
    before = counts()
    with pytest.raises(Refused):
        paper(network, edition, actor=actor)
    assert counts() == before
