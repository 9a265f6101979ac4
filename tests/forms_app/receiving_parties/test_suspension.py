"""Who suspends a receiving party, what rests meanwhile, who lifts it, and that no machine guesses a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from audit.actors import Actor
from audit.models import Event
from forms_app.common import parties as common
from forms_app.data_requests import conditions
from forms_app.data_requests import services as requests
from forms_app.data_requests.models import DataRequest
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.receiving_parties import selectors, services
from forms_app.receiving_parties.inputs import Case, Said, Upload
from forms_app.receiving_parties.keeping import GUARD
from forms_app.receiving_parties.models import PartyName, PartySuspension, Word
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows, waiting_rows
from intranet.notices.models import Notice
from intranet.papers.models import IssuedPaper
from intranet.workflow.runner import Refused
from tests.forms_app.data_requests.world import (
    ISSUED,
    PAPER,
    World,
    authorized,
    everybody_authorizes,
    given,
    issued,
    registered,
    word,
)
from tests.personas import sign_in

pytestmark = pytest.mark.usefixtures("word_only")
PARTY = "Example Donor Office"  # who asks in the world's requests
LATER = ISSUED + timedelta(days=1)
SAID = Said("The party is suspended.")


def case(**changes: Any) -> Case:
    values: dict[str, Any] = {
        "party": PARTY,
        "release_number": "Table of 2023, sent by mail",
        "reason": "It published the table.",
        "from_on": ISSUED.date(),
    }
    return Case(**(values | changes))


def suspended(world: World, **changes: Any) -> PartySuspension:
    return services.suspend(case(**changes), SAID, world.fresh(world.office, ISSUED), ISSUED)


def rows() -> dict[str, int]:
    models: tuple[Any, ...] = (PartySuspension, Word, PartyName, IssuedPaper, Notice)
    return {model.__name__: model.objects.count() for model in models} | {
        "held": DataRequest.objects.filter(state="on_hold").count()
    }


@pytest.mark.rule("§7B.7")
def test_the_coordinator_proposes_everything_rests_and_the_office_decides(world: World) -> None:
    request = issued(world)
    coordinator, office = world.fresh(world.coordinator, LATER), world.fresh(world.office, LATER)
    row = services.propose(case(), coordinator, LATER)
    request.refresh_from_db()
    assert (row.state, request.state) == ("proposed", "on_hold")
    assert not IssuedPaper.objects.exists()  # nothing to the party before the office has said a word
    assert [r for r in due_rows(office, LATER) if row.reference in str(r.what)]
    assert [r for r in waiting_rows(coordinator, LATER) if row.reference in str(r.what)]
    for act, actor in (
        (services.agree, coordinator),
        (services.decline, coordinator),
        (services.lift, coordinator),
    ):
        with pytest.raises(Refused):
            act(row, SAID, actor, LATER)
    services.agree(row, SAID, office, LATER + timedelta(minutes=1))
    assert row.state == "suspended"
    assert [w.act for w in selectors.words_of(row)] == ["propose", "suspend"]
    assert IssuedPaper.objects.get().kind == "party_suspension"
    told = {address for n in Notice.objects.filter(object_id=str(row.pk)) for address in n.to}
    people = {world.office_person.email, "coordinator@example.org"}
    assert told == people
    for notice in Notice.objects.filter(object_id=str(row.pk)):
        assert PARTY not in notice.text + notice.subject


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"party": " . "}, "Receiving party"),
        ({"release_number": ""}, "Release"),
        ({"release_number": "RL-2031-009"}, "no letter has this number"),
        ({"reason": " "}, "Reason"),
        ({"from_on": date(2026, 1, 5)}, "has not come yet"),
    ],
)
def test_a_case_with_gaps_is_refused_with_the_fix(world: World, changes: dict[str, Any], says: str) -> None:
    before = rows()
    with pytest.raises(Refused, match=says):
        suspended(world, **changes)
    assert rows() == before


@pytest.mark.rule("D20")
@pytest.mark.parametrize(
    "who", ["focal point", "coordinator", "coordinator for the office", "assistant without paper"]
)
def test_nobody_else_suspends(world: World, who: str) -> None:
    both = replace(world.coordinator, capacity=Capacity.OFFICE.value)
    actor: Actor = {
        "focal point": world.of(world.organizations[0]),
        "coordinator": world.coordinator,
        "coordinator for the office": both,
        "assistant without paper": world.assistant,
    }[who]
    before = rows()
    with pytest.raises(Refused):
        services.suspend(case(), SAID, world.fresh(actor, ISSUED), ISSUED)
    assert rows() == before


@pytest.mark.rule("D17")
def test_on_paper_a_suspension_holds_at_once_and_a_lifting_after_a_confirmation(world: World) -> None:
    request = issued(world)
    assistant, office = world.fresh(world.assistant, LATER), world.fresh(world.office, LATER)
    paper = Said("Suspended.", world.office_person.pk, ISSUED.date(), Upload(PAPER.name, PAPER.content))
    for gap in (replace(paper, paper=None), replace(paper, decided_by=None), replace(paper, decided_on=None)):
        with pytest.raises(Refused):
            services.suspend(case(), gap, assistant, LATER)
    row = services.suspend(case(), paper, assistant, LATER)
    request.refresh_from_db()
    assert (row.state, request.state) == ("suspended", "on_hold")
    said = row.words.get(act="suspend")
    assert (said.by, said.recorded_by) == (world.office_person.name, world.assistant.label)
    assert said.file is not None
    services.record_lift(row, paper, world.fresh(world.coordinator, LATER), LATER)
    assert row.state == "lift_waits"
    assert not common.decision(PARTY, LATER).allowed
    with pytest.raises(Refused):
        services.confirm_lift(row, world.fresh(world.coordinator, LATER), LATER)
    services.deny_lift(row, office, LATER, "Nobody signed this.")
    assert row.state == "suspended"
    services.record_lift(row, paper, assistant, LATER)
    services.confirm_lift(row, office, LATER)
    assert (row.state, row.lifted_on) == ("lifted", LATER.date())
    assert common.decision(PARTY, LATER).allowed


@pytest.mark.rule("D33")
def test_the_guard_names_its_clause_and_stops_the_release(world: World) -> None:
    assert GUARD.rule == "§7B.7"
    request = authorized(world)
    row = suspended(world)
    request.refresh_from_db()
    assert (request.state, request.held_from) == ("on_hold", "authorized")
    line = next(
        item for item in conditions.lines(Picture(request, LATER)) if item.condition.name == GUARD.name
    )
    assert not line.decision.allowed
    assert row.reference in str(line.decision.reason)
    for act in (requests.resume, requests.release):
        with pytest.raises(Refused):
            act(request, world.fresh(world.coordinator, LATER), LATER)
    event = Event.objects.filter(action="data_request.hold_for_party", outcome="done").get()
    assert row.reference in event.reason


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("stage", ["issued", "authorized"])
def test_board_and_home_say_when_the_request_can_be_taken_up_by_hand(world: World, stage: str) -> None:
    request = issued(world) if stage == "issued" else authorized(world)
    row = suspended(world)
    request.refresh_from_db()

    def on_home(moment: datetime) -> list[str]:
        coordinator = world.fresh(world.coordinator, moment)
        return [str(r.what) for r in due_rows(coordinator, moment) if request.reference in str(r.what)]

    step = next_step(Picture(request, LATER))
    assert (step.action, step.waits_on) == ("", "the DSRSG/HC/RC office")  # no button that is only refused
    assert row.reference in str(step.text)
    assert on_home(LATER) == []
    waits = [r for r in waiting_rows(world.coordinator, LATER) if request.reference in str(r.what)]
    assert [r.waits_on for r in waits] == ["the DSRSG/HC/RC office"]

    services.lift(row, Said("Lifted."), world.fresh(world.office, LATER), LATER)
    step = next_step(Picture(request, LATER))
    assert (step.action, step.by) == ("resume", "coordination")
    assert "asked anew" in str(step.text)
    assert on_home(LATER) == [f"{request.reference}: Take the request up again"]
    with time_machine.travel(LATER, tick=False):
        client = sign_in(User.objects.get(pk=world.coordinator.user_id))
        board = client.get(f"/en/requests/{request.pk}/").content.decode()
        assert f"/en/requests/{request.pk}/do/resume/" in board
        assert f"{request.reference}: Take the request up again" in client.get("/en/").content.decode()


@pytest.mark.rule("§7B.0")
def test_after_the_lifting_every_yes_and_the_offices_word_are_asked_anew(world: World) -> None:
    request = authorized(world)
    row = suspended(world)
    services.lift(row, Said("Lifted."), world.fresh(world.office, LATER), LATER)
    requests.resume(request, world.coordinator, LATER)
    with pytest.raises(Refused, match="receiving party was suspended"):
        requests.release(request, world.fresh(world.coordinator, LATER), LATER)
    requests.ask_all_anew(request, world.coordinator, LATER)
    everybody_authorizes(world, request, LATER)
    requests.send_to_office(request, world.coordinator, LATER)
    requests.authorize(request, word(request), world.fresh(world.office, LATER), LATER)
    assert conditions.consents_bind(Picture(request, LATER)).allowed


@pytest.mark.rule("§7B.6")
def test_a_proposal_that_the_office_declines_voids_nothing(world: World) -> None:
    request = authorized(world)
    office = world.fresh(world.office, LATER)
    row = services.propose(case(), world.fresh(world.coordinator, LATER), LATER)
    services.decline(row, Said("The caveat was kept."), office, LATER)
    assert row.state == "declined"
    request.refresh_from_db()
    assert request.state == "on_hold"  # taken up by the Coordinator, nothing goes on by itself
    requests.resume(request, world.coordinator, LATER)
    assert request.state == "authorized"
    assert conditions.consents_bind(Picture(request, LATER)).allowed
    assert not IssuedPaper.objects.exists()


@pytest.mark.rule("§7B.7")
def test_a_party_is_kept_back_once_and_can_be_again_after_the_lifting(world: World) -> None:
    row = suspended(world)
    with pytest.raises(Refused, match="kept back already"):
        suspended(world, party="EXAMPLE donor-office")
    services.lift(row, Said("Lifted."), world.fresh(world.office, LATER), LATER)
    assert suspended(world).reference == "RP-2026-002"


NEAR = "Example Donors Office"


@pytest.mark.rule("practice")
def test_a_near_name_waits_for_a_persons_word(world: World) -> None:
    guarantee = given().guarantee
    assert guarantee is not None
    same = registered(
        world, requester_organization=NEAR, guarantee=replace(guarantee, signer_organization=NEAR)
    )
    other = registered(
        world,
        requester_organization="Northern Lenders",
        guarantee=replace(guarantee, signer_organization="Northern Lenders"),
    )
    row = suspended(world)
    same.refresh_from_db()
    assert same.state == "draft"  # no guess: nothing is decided about it
    assert "say first whether they are the same" in str(common.decision(NEAR, LATER).reason)
    assert common.decision("Northern Lenders", LATER).allowed
    coordinator = world.fresh(world.coordinator, LATER)
    assert [r for r in due_rows(coordinator, LATER) if NEAR in str(r.detail)]
    for actor in (world.of(world.organizations[0]), world.assistant):
        with pytest.raises(Refused):
            services.settle_name(row, NEAR, False, world.fresh(actor, LATER), LATER, "I think so.")
    with pytest.raises(Refused, match="Reason"):
        services.settle_name(row, NEAR, False, coordinator, LATER, " ")
    with pytest.raises(Refused, match="own name"):
        services.settle_name(row, PARTY, False, coordinator, LATER, "No.")
    services.settle_name(row, NEAR, False, coordinator, LATER, "Another register number.")
    assert common.decision(NEAR, LATER).allowed
    services.settle_name(
        row, NEAR, True, world.fresh(world.office, LATER), LATER, "The same address after all."
    )
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.state, other.state) == ("on_hold", "draft")
    assert not common.decision(NEAR, LATER).allowed
    services.lift(row, Said("Lifted."), world.fresh(world.office, LATER), LATER)
    assert common.decision(NEAR, LATER).allowed


@pytest.mark.rule("practice")
def test_a_letter_to_another_spelling_needs_a_persons_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = common.ReleasedTo("RL-2025-007", "Example Donors Office", date(2025, 5, 1))
    monkeypatch.setattr(type(common.requests()), "released", lambda self: [released])
    with pytest.raises(Refused, match="Say whether that is the same party"):
        suspended(world, release_number="rl-2025-007")
    assert suspended(world, release_number="rl-2025-007", same_party=True).state == "suspended"


@pytest.mark.rule("D10")
def test_few_questions_are_asked_of_the_database(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(1):
        assert common.decision(PARTY, LATER).allowed
    suspended(world)
    with django_assert_max_num_queries(2):
        assert not common.decision(PARTY, LATER).allowed
