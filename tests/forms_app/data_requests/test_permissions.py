"""Who may do what, generated over every row of both tables and every capacity (D9, D10, D20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from audit.actors import Actor, system_actor
from forms_app.data_requests import services
from forms_app.data_requests.ask_machine import ASKS
from forms_app.data_requests.machine import REQUESTS
from forms_app.data_requests.models import Ask, DataRequest
from forms_app.data_requests.tokens import AskState, RequestState
from intranet.access.roles import Capacity
from intranet.workflow import runner
from intranet.workflow.machine import Transition
from intranet.workflow.runner import Refused

from .world import ISSUED, World, authorized, issued, word

COORDINATION = {"coordinator", "acting_coordinator"}
OFFICE = {"office", "office_assistant"}
POSTS = {"primary_focal_point", "secondary_focal_point", "head_of_agency", "senior_management"}
MEMBERS = POSTS | {"member", "signer", "content_editor"}

# The whole matrix once more, by hand: action -> capacities. What is not here is refused.
REQUEST_MATRIX: dict[str, set[str]] = {
    "register": COORDINATION | OFFICE,
    "forward": MEMBERS,
    "edit": COORDINATION | OFFICE,
    "classify": {"office"},
    "record_consultation": OFFICE,
    "issue": COORDINATION,
    "follow_up": COORDINATION,
    "open_second_round": COORDINATION,
    "open_further_round": COORDINATION,
    "ask_all_anew": COORDINATION,
    "close_too_few": COORDINATION,
    "send_to_office": COORDINATION,
    "return_to_round": POSTS | COORDINATION | OFFICE,
    "authorize": OFFICE,
    "decline": OFFICE,
    "release": COORDINATION,
    "stop_on_refusal": POSTS | COORDINATION | OFFICE,
    "lift_stop": POSTS | {"office"},
    "instruct_reopening": {"office"},
    "reopen": COORDINATION,
    "put_on_hold": COORDINATION | {"office"},
    "hold_for_party": COORDINATION | OFFICE,
    "resume": COORDINATION | {"office"},
    "withdraw": COORDINATION,
    "move_to_media": COORDINATION | {"office"},
    "decide_media": {"office"},
}
# For the organization's own people; the same people of another organization are refused everywhere.
ASK_MATRIX: dict[str, set[str]] = {
    "ask": COORDINATION,
    "authorize": POSTS,
    "refuse": POSTS,
    "need_to_ask": POSTS,
    "answer_late": POSTS,
    "record_no": COORDINATION | {"office_assistant"},
    "record_yes": COORDINATION | {"office_assistant"},
    "record_late": COORDINATION | {"office_assistant"},
    "confirm_received": POSTS | {"office"},
    "set_aside": POSTS | {"office"},
    "correct_record": COORDINATION | {"office_assistant"},
    "accept_correction": {"office"},
    "reject_correction": {"office"},
    "follow_up": COORDINATION,
    "record_bounce": COORDINATION,
    "send_again": COORDINATION,
    "restart_clock": COORDINATION | {"office", "system"},
    "move_deadline": {"system"},
    "note_silence": {"system"},
}
REQUEST_TOKENS = {"draft", "consulted", "round_1", "round_2", "to_office", "authorized", "released"} | {
    "not_released",
    "stopped",
    "on_hold",
    "media",
}
ASK_TOKENS = {"asked", "authorized", "refused", "conflict", "followed_up", "no_response"}
CAPACITIES = [*Capacity.values, "system", ""]


def row_of(machine: Any, action: str) -> Transition:
    found: Transition = next(row for row in machine.transitions if row.action == action)
    return found


def actor_in(capacity: str, organization: Any = None) -> Actor:
    if capacity == "system":
        return system_actor("run_due")
    return Actor("Somebody", capacity, uuid4(), organization or uuid4(), "Some organization", ISSUED)


def test_the_matrix_names_every_row() -> None:
    assert set(REQUEST_MATRIX) == {row.action for row in REQUESTS.transitions}
    assert set(ASK_MATRIX) == {row.action for row in ASKS.transitions}


def test_every_row_names_its_clause_and_the_tokens_are_those_of_d32() -> None:
    for row in (*REQUESTS.transitions, *ASKS.transitions):
        assert row.rule.startswith(("§7", "D")) or row.rule == "practice", row.action
    assert set(REQUESTS.states) == set(RequestState.values)
    assert set(RequestState.values) == REQUEST_TOKENS
    assert set(AskState.values) == ASK_TOKENS


@pytest.mark.rule("D26")
def test_no_row_leads_to_silence_and_no_job_leads_to_consent() -> None:
    for row in ASKS.transitions:
        for source in row.sources:
            assert "no_response" not in row.all_targets(source) or source == "no_response"
    for action in ("move_deadline", "note_silence"):
        row = row_of(ASKS, action)
        assert row.target is None
        assert not row.targets
    job = system_actor("run_due")
    for machine, obj in ((REQUESTS, DataRequest()), (ASKS, Ask(organization_id=uuid4()))):
        for row in machine.transitions:
            if row.policy(job, obj, ISSUED).allowed:
                assert row.action in {"move_deadline", "note_silence", "restart_clock"}


@pytest.mark.rule("D9")
@pytest.mark.parametrize("capacity", CAPACITIES)
@pytest.mark.parametrize("action", sorted(REQUEST_MATRIX))
def test_requests(action: str, capacity: str) -> None:
    decision = row_of(REQUESTS, action).policy(actor_in(capacity), DataRequest(), ISSUED)
    assert decision.allowed is (capacity in REQUEST_MATRIX[action])
    assert decision.allowed or str(decision.reason)


@pytest.mark.rule("D24")
@pytest.mark.parametrize("capacity", CAPACITIES)
@pytest.mark.parametrize("action", sorted(ASK_MATRIX))
def test_organizations(action: str, capacity: str) -> None:
    organization = uuid4()
    ask = Ask(organization_id=organization)
    own = row_of(ASKS, action).policy(actor_in(capacity, organization), ask, ISSUED)
    assert own.allowed is (capacity in ASK_MATRIX[action])
    other = row_of(ASKS, action).policy(actor_in(capacity), ask, ISSUED)
    assert other.allowed is (capacity in ASK_MATRIX[action] - POSTS)


@pytest.mark.django_db
@pytest.mark.rule("D10")
def test_the_runner_refuses_everybody_else_and_nothing_changes(world: World) -> None:
    request = authorized(world)
    ask = world.asks(request)[0]
    before = (request.history.count(), ask.history.count())
    tried = 0
    for machine, obj, matrix in ((REQUESTS, request, REQUEST_MATRIX), (ASKS, ask, ASK_MATRIX)):
        for action, allowed in matrix.items():
            row = machine.find(action, obj.state)
            if row is None:
                continue
            for capacity in set(CAPACITIES) - allowed:
                with pytest.raises(Refused) as refusal:
                    runner.perform(obj, action, actor_in(capacity), ISSUED, "note", {"outcome": "x"})
                assert refusal.value.code == "policy"
                tried += 1
    request.refresh_from_db()
    ask.refresh_from_db()
    assert tried > 100
    assert (request.history.count(), ask.history.count()) == before
    assert (request.state, ask.state) == ("authorized", "authorized")


@pytest.mark.django_db
@pytest.mark.rule("D24")
def test_the_coordinator_does_not_answer_for_the_organization_she_also_serves(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    as_focal_point = replace(
        world.coordinator,
        capacity=str(Capacity.PRIMARY_FOCAL_POINT),
        organization_id=ask.organization_id,
        organization=ask.organization.name_en,
    )
    for choice in ("authorize", "refuse"):
        with pytest.raises(Refused, match="somebody else of your organization"):
            services.answer(ask, choice, as_focal_point, ISSUED)
    ask.refresh_from_db()
    assert (ask.state, ask.answers.count()) == ("asked", 0)


@pytest.mark.django_db
@pytest.mark.rule("D20")
def test_the_coordinators_own_person_cannot_be_the_office(world: World) -> None:
    request = issued(world)
    for number, ask in enumerate(world.asks(request)):
        assert number < 4
        services.answer(ask, "authorize", world.of(ask.organization), ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    for capacity in (Capacity.OFFICE, Capacity.OFFICE_ASSISTANT):
        disguised = replace(world.fresh(world.coordinator, ISSUED), capacity=str(capacity))
        with pytest.raises(Refused, match="somebody else has to do this"):
            services.authorize(request, word(request), disguised, ISSUED)
    request.refresh_from_db()
    assert request.state == "to_office"
