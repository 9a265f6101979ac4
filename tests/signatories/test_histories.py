"""Random histories: the register of any day equals a replay, and nobody but the signer gets an organization out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.actors import Actor, system_actor
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import selectors, services
from signatories.models import EntryKind, Organization, OrganizationState, ParticipationEntry
from signatories.standing import Standing
from signatories.stops import services as stops

from .network import NOW, TODAY, Network, acting_as, received
from .test_standing import replay

ACTS = (
    *("endorse", "withdraw", "suspend", "renew", "resume", "stop flow", "resume flow"),
    *("paper yes", "paper stop", "paper flow stop", "paper flow on", "paper out", "confirm", "deny"),
)
WHO = ("head", "signer", "first", "other", "coordinator", "office", "superuser", "system")
# Two of three acts come from somebody who may do them, so that histories get somewhere.
RIGHT = [
    ("endorse", "head"),
    ("withdraw", "signer"),
    ("suspend", "head"),
    ("resume", "signer"),
    ("renew", "head"),
    ("stop flow", "head"),
    ("resume flow", "signer"),
    ("paper flow stop", "coordinator"),
    ("paper flow on", "coordinator"),
    ("paper yes", "coordinator"),
    ("paper stop", "coordinator"),
    ("paper out", "coordinator"),
    ("confirm", "office"),
    ("confirm", "signer"),
    ("deny", "first"),
]
PAIRS = st.one_of(
    st.sampled_from(RIGHT), st.sampled_from(RIGHT), st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO))
)
STEPS = st.lists(st.tuples(PAIRS, st.integers(0, 3)), min_size=5, max_size=14)


def actors(network: Network, at: datetime) -> dict[str, Actor]:
    alpha, beta = network.members["alpha"], network.members["beta"]
    head, first = network.people["alpha.head"], network.people["alpha.first"]
    return {
        "head": acting_as(head, Capacity.HEAD_OF_AGENCY, alpha, at),
        "signer": acting_as(head, Capacity.SIGNER, alpha, at),
        "first": acting_as(first, Capacity.PRIMARY_FOCAL_POINT, alpha, at),
        "other": acting_as(network.people["beta.head"], Capacity.HEAD_OF_AGENCY, beta, at),
        "coordinator": acting_as(network.coordinator_person, Capacity.COORDINATOR, network.coordination, at),
        "office": acting_as(network.office_person, Capacity.OFFICE, network.office, at),
        "superuser": Actor("Root", "", user_id=first.user_id, verified_at=at),
        "system": system_actor("import"),
    }


def act(alpha: Organization, name: str, actor: Actor, at: datetime, day: date, ahead: int) -> None:
    edition = edition_in_force(day)
    then = day + timedelta(days=ahead)
    paper = received(
        received_on=day,
        effective_on=then,
        reason="safety",
        statement="The protocol was breached.",
        breach_reference="BR-2026-01",
    )
    waiting = selectors.waiting_entries(alpha).first()
    acts: dict[str, Callable[[], Any]] = {
        "endorse": lambda: services.endorse(
            alpha,
            edition,
            actor,
            at,
            sha256=edition.sha256,
            signer_name="Alpha Head",
            signer_title="Director",
            authority="Head of Agency",
        ),
        "withdraw": lambda: services.withdraw(alpha, actor, at, statement="We leave.", effective_on=then),
        "suspend": lambda: services.suspend(alpha, actor, at, reason="safety", effective_on=then),
        "renew": lambda: services.suspend(
            alpha, actor, at, reason="safety", effective_on=then, scope="external", renew=True
        ),
        "resume": lambda: services.resume(alpha, actor, at, effective_on=then),
        "stop flow": lambda: stops.stop_flow(
            alpha, actor, at, breach_reference="BR-2026-01", reasons="A breach.", effective_on=then
        ),
        "resume flow": lambda: stops.resume_flow(alpha, actor, at, effective_on=then),
        "paper flow stop": lambda: services.record_received(alpha, EntryKind.FLOW_STOPPED, paper, actor, at),
        "paper flow on": lambda: services.record_received(alpha, EntryKind.FLOW_RESUMED, paper, actor, at),
        "paper yes": lambda: services.record_endorsement_received_outside(
            alpha, edition, received(received_on=day, effective_on=day - timedelta(days=ahead)), actor, at
        ),
        "paper stop": lambda: services.record_suspension_received_outside(alpha, paper, actor, at),
        "paper out": lambda: services.record_withdrawal_received_outside(alpha, paper, actor, at),
        "confirm": lambda: waiting and services.confirm_received(waiting, actor, at),
        "deny": lambda: waiting and services.deny_received(waiting, actor, at, note="not so"),
    }
    acts[name]()


def expected(facts: list[ParticipationEntry], day: date) -> Standing:
    in_effect = [fact for fact in facts if fact.in_effect and fact.effective_on <= day]
    member, suspended, flow = replay(sorted(in_effect, key=lambda fact: (fact.effective_on, fact.number)))
    if member:
        return {
            (False, False): Standing.SIGNATORY,
            (True, False): Standing.SUSPENDED,
            (False, True): Standing.FLOW_STOPPED,
            (True, True): Standing.SUSPENDED_STOPPED,
        }[suspended, flow]
    signed = any(fact.kind == EntryKind.ENDORSED for fact in in_effect)
    return Standing.WITHDRAWN if signed else Standing.INVITED


@pytest.fixture
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters have tests of their own; here hundreds of acts would each make a Word file and a PDF."""
    monkeypatch.setattr("signatories.participation.papers.letter_of", lambda context, entry: None)


@pytest.mark.rule("§9.i fn5")
@pytest.mark.rule("D17")
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_acts_keeps_the_ledger_true(
    network: Network,
    edition: Edition,
    no_letters: None,
    steps: list[tuple[tuple[str, str], int]],
) -> None:
    from django.db import transaction

    with transaction.atomic():
        network.member("alpha")
        network.member("beta")
        alpha = network.members["alpha"]
        for number, ((name, who), ahead) in enumerate([(("endorse", "head"), 0), *steps]):
            at = NOW + timedelta(days=number)
            day = TODAY + timedelta(days=number)
            before = list(ParticipationEntry.objects.order_by("number"))
            try:
                act(alpha, name, actors(network, at)[who], at, day, ahead)
            except Refused:
                assert list(ParticipationEntry.objects.order_by("number")) == before
        facts = list(ParticipationEntry.objects.filter(organization=alpha).select_related("answers"))
        for fact in facts:
            if fact.kind == EntryKind.WITHDRAWN and fact.in_effect:
                by_signer = fact.recorded_by == "Alpha Head" and fact.recorded_capacity == Capacity.SIGNER
                by_office = fact.recorded_capacity == Capacity.OFFICE and fact.answers is not None
                assert by_signer or by_office
            if fact.answers is not None:
                assert fact.recorded_by_id != fact.answers.recorded_by_id
        for offset in range(-4, 20):
            day = TODAY + timedelta(days=offset)
            assert selectors.standing(alpha, day) == expected(facts, day)
        alpha.refresh_from_db()
        assert alpha.state == selectors.position(alpha, date.max).state
        assert alpha.state in OrganizationState.values
        transaction.set_rollback(True)
    network.members.clear()
    network.people.clear()
