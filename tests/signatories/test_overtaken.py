"""A paper does not undo a later word, and nobody gets around a denial (D17, §4.f, §9.f, §9.i fn5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import selectors, services
from signatories.models import EntryKind, ParticipationEntry
from signatories.stops import services as stops

from .network import NOW, TODAY, Network, counts, endorse, later, received
from .succession_play import another, at, sent, verify_both
from .test_editions_due import substantive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only")]
FRIDAY = later(days=5)


def refuse_confirming(
    signed: Network, paper: ParticipationEntry, says: str, moment: datetime = FRIDAY
) -> None:
    before = counts()
    with pytest.raises(Refused, match=says):
        services.confirm_received(paper, at(signed.office_actor, moment), moment)
    assert counts() == before
    services.deny_received(paper, at(signed.office_actor, moment), moment, "It was overtaken.")


def suspends_anew(signed: Network, moment: datetime) -> None:
    alpha, head = signed.members["alpha"], at(signed.head("alpha"), moment)
    services.resume(alpha, head, moment, effective_on=moment.date())
    services.suspend(alpha, head, moment, reason="security", effective_on=moment.date())


def says_anew(signed: Network, moment: datetime) -> None:
    alpha, head = signed.members["alpha"], at(signed.head("alpha"), moment)
    services.suspend(alpha, head, moment, reason="security", effective_on=moment.date(), renew=True)


@pytest.mark.rule("§4.f")
@pytest.mark.rule("D17")
@pytest.mark.parametrize("meanwhile", [suspends_anew, says_anew])
def test_a_paper_resumption_does_not_lift_a_later_suspension(
    signed: Network, meanwhile: Callable[[Network, datetime], None]
) -> None:
    alpha = signed.members["alpha"]
    services.suspend(alpha, signed.head("alpha"), NOW, reason="capacity", effective_on=TODAY)
    paper = services.record_resumption_received_outside(alpha, received(), signed.coordinator, NOW)
    meanwhile(signed, later(days=2))
    refuse_confirming(signed, paper, "came after this paper")
    assert selectors.is_suspended(alpha, FRIDAY.date())
    # Nor is such a paper recorded once the organization has spoken again.
    with pytest.raises(Refused, match="came after this paper"):
        services.record_resumption_received_outside(
            alpha, received(effective_on=FRIDAY.date()), at(signed.coordinator, FRIDAY), FRIDAY
        )


@pytest.mark.rule("§9.f")
@pytest.mark.rule("D17")
def test_a_paper_does_not_let_data_flow_after_a_later_stop(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    stops.stop_flow(alpha, head, NOW, breach_reference="BR-2026-01", reasons="One.", effective_on=TODAY)
    paper = services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), signed.coordinator, NOW)
    then = later(days=2)
    stops.resume_flow(alpha, at(head, then), then, effective_on=then.date())
    stops.stop_flow(
        alpha,
        at(head, then),
        then,
        breach_reference="BR-2026-02",
        reasons="Another.",
        effective_on=then.date(),
    )
    refuse_confirming(signed, paper, "came after this paper")
    assert selectors.is_flow_stopped(alpha, FRIDAY.date())


@pytest.mark.rule("§9.i fn5")
@pytest.mark.rule("D17")
def test_a_paper_withdrawal_does_not_end_a_later_endorsement(signed: Network) -> None:
    alpha = signed.members["alpha"]
    paper = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    then = later(days=2)
    endorse(signed, "alpha", edition_in_force(then.date()), then)
    refuse_confirming(signed, paper, "came after this paper")
    assert selectors.is_signatory(alpha, FRIDAY.date())
    with pytest.raises(Refused, match="came after this paper"):
        services.record_withdrawal_received_outside(
            alpha, received(effective_on=FRIDAY.date()), at(signed.coordinator, FRIDAY), FRIDAY
        )
    newer = received(received_on=FRIDAY.date(), effective_on=FRIDAY.date())
    services.record_withdrawal_received_outside(alpha, newer, at(signed.coordinator, FRIDAY), FRIDAY)


@pytest.mark.rule("D17")
def test_a_paper_of_the_same_day_does_not_undo_a_withdrawal(signed: Network, edition: Edition) -> None:
    beta = signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    endorse(signed, "beta", edition)
    evening = later(hours=3)
    leaver = at(signed.signer("beta"), evening)
    services.withdraw(beta, leaver, evening, statement="We leave.", effective_on=TODAY)
    refuse_confirming(signed, paper, "came after this paper")
    assert not selectors.is_signatory(beta, TODAY)


@pytest.mark.rule("§9.i fn5")
def test_what_the_signer_denied_no_other_hand_confirms(signed: Network) -> None:
    alpha = signed.members["alpha"]
    first = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    services.deny_received(first, signed.signer("alpha"), NOW, "I never wrote this.")
    again = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    before = counts()
    with pytest.raises(Refused, match="only the signer"):
        services.confirm_received(again, signed.office_actor, NOW)
    assert counts() == before
    assert selectors.is_signatory(alpha, TODAY)
    services.confirm_received(again, signed.signer("alpha"), NOW)  # who denied may still say yes
    assert not selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("§9.i fn5")
def test_a_denial_binds_the_one_who_denied_and_not_the_successor(signed: Network) -> None:
    alpha = signed.members["alpha"]
    first = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    services.deny_received(first, signed.signer("alpha"), NOW, "I never wrote this.")
    verify_both(signed, sent(signed))
    paper = received(signer_name="Alpha First")
    again = services.record_withdrawal_received_outside(alpha, paper, signed.coordinator, NOW)
    services.confirm_received(again, signed.office_actor, NOW)
    assert not selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("§8")
@pytest.mark.rule("D18")
def test_a_paper_from_before_the_approval_counts_from_the_approval(
    network: Network, edition: Edition
) -> None:
    alpha = network.member("alpha")
    early = received(received_on=date(2022, 2, 3), effective_on=date(2022, 1, 20))
    before = counts()
    with pytest.raises(Refused, match="2022-01-31"):
        services.record_endorsement_received_outside(alpha, edition, early, network.coordinator, NOW)
    assert counts() == before
    approved = replace(early, effective_on=edition.effective_from)
    services.record_endorsement_received_outside(alpha, edition, approved, network.coordinator, NOW)


@pytest.mark.rule("D7")
def test_a_paper_cannot_endorse_a_text_that_was_replaced_by_then(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    substantive(network, TODAY)
    before = counts()
    with pytest.raises(Refused, match="edition 2 was in force"):
        services.record_endorsement_received_outside(
            alpha, edition, received(how="paper"), network.coordinator, NOW
        )
    assert counts() == before
    old = received(how="paper", effective_on=TODAY - timedelta(days=1))
    services.record_endorsement_received_outside(alpha, edition, old, network.coordinator, NOW)


@pytest.mark.rule("§9.i fn5")
def test_the_address_on_a_paper_makes_nobody_else_the_signer(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    network.member("beta")
    other = received(signer=network.people["beta.first"], signer_email="beta.first@example.org")
    before = counts()
    with pytest.raises(Refused, match="belongs to Beta First"):
        services.record_endorsement_received_outside(alpha, edition, other, network.coordinator, NOW)
    assert counts() == before
    own = received(signer=network.people["alpha.head"], signer_email="alpha.head@example.org")
    services.record_endorsement_received_outside(alpha, edition, own, network.coordinator, NOW)


@pytest.mark.rule("D17")
@pytest.mark.parametrize("kind", [EntryKind.SUSPENDED, EntryKind.FLOW_STOPPED])
def test_a_stop_from_before_the_membership_is_refused_and_not_swallowed(
    signed: Network, kind: EntryKind
) -> None:
    long_ago = received(
        received_on=date(2024, 1, 1),
        effective_on=date(2024, 1, 1),
        reason="security",
        statement="A breach.",
        breach_reference="BR-2024-01",
    )
    before = counts()
    with pytest.raises(Refused, match="not a signatory on that day"):
        services.record_received(signed.members["alpha"], kind, long_ago, signed.coordinator, NOW)
    assert counts() == before


@pytest.mark.rule("§9.g")
@pytest.mark.rule("trap 24")
def test_no_hand_of_the_office_records_a_word_on_its_own_breach(signed: Network) -> None:
    alpha = signed.members["alpha"]
    assistant = another(signed, "Asad Assistant", Capacity.OFFICE_ASSISTANT, "office")
    over_the_office = received(
        statement="The office passed figures on.", breach_reference="BR-2026-01", office_involved=True
    )
    before = counts()
    with pytest.raises(Refused, match="the PSEA Coordinator records it"):
        services.record_received(alpha, EntryKind.FLOW_STOPPED, over_the_office, assistant, NOW)
    assert counts() == before
    services.record_received(alpha, EntryKind.FLOW_STOPPED, over_the_office, signed.coordinator, NOW)
    with pytest.raises(Refused, match="the PSEA Coordinator records it"):
        services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), assistant, NOW)


@pytest.mark.rule("D17")
def test_a_refusal_names_the_day_of_the_network_and_not_of_greenwich(signed: Network) -> None:
    alpha = signed.members["alpha"]
    night = NOW.replace(hour=22, minute=30)  # past midnight in Baghdad
    coordinator = at(signed.coordinator, night)
    services.record_withdrawal_received_outside(alpha, received(), coordinator, night)
    with pytest.raises(Refused, match="recorded this on 2026-01-12 already"):
        services.record_withdrawal_received_outside(alpha, received(), coordinator, night)
