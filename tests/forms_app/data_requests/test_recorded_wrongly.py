"""A no that was recorded wrongly has a way out that is no silent undo (D17, D24, D26-D30)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from forms_app.data_requests import facts, services
from forms_app.data_requests.models import Answer, Ask, Confirmation, Correction, DataRequest, OfficeDecision
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.data_requests.tokens import Choice
from intranet.access.roles import Capacity
from intranet.clock.models import CalendarConfirmation
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused

from .test_clauses import suspend
from .test_door import client_of
from .world import (
    FIRST_OVER,
    ISSUED,
    World,
    at,
    authorized,
    deliver,
    everybody_authorizes,
    issued,
    outside,
    person,
    word,
)

pytestmark = pytest.mark.django_db
RECORDED = at("2026-01-26")
DENIED = at("2026-01-27")
WHY = "This paper is about another organization."


def in_round_2(world: World) -> DataRequest:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[3])
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    services.open_second_round(request, world.coordinator, at("2026-01-21"))
    deliver(at("2026-01-21"))
    return request


def with_the_office(world: World) -> DataRequest:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    return request


def on_hold(world: World) -> DataRequest:
    request = issued(world)
    services.put_on_hold(request, world.coordinator, at("2026-01-05"), "The donor thinks it over.")
    return request


def a_false_no(world: World, request: DataRequest, now: datetime = RECORDED, **changes: object) -> Answer:
    """The Coordinator records a paper no for the first organization; the request stops at once."""
    ask = world.asks(request)[0]
    given = outside(Choice.REFUSE, now.date(), **changes)
    answer = services.record_received_outside(ask, given, world.coordinator, now)
    request.refresh_from_db()
    assert request.state == "stopped"
    return answer


def deny(world: World, answer: Answer, now: datetime = DENIED) -> None:
    head = world.of(answer.ask.organization, Capacity.HEAD_OF_AGENCY)
    services.set_aside_received(answer, head, now, WHY)


def correct(world: World, answer: Answer, now: datetime = DENIED) -> None:
    """The other way: the recorder corrects her entry, an office person confirms it against the file."""
    correction = services.correct_record(answer, world.coordinator, now, WHY)
    services.accept_correction(correction, world.office, now)


def first(world: World, request: DataRequest) -> Ask:
    return world.asks(request)[0]


STAGES: dict[str, tuple[Callable[[World], DataRequest], str, str]] = {
    # where it was stopped: how it gets there, state after, state of the organization after
    "round_1": (issued, "round_1", "asked"),
    "round_2": (in_round_2, "round_2", "asked"),
    "to_office": (with_the_office, "round_1", "authorized"),
    "authorized": (authorized, "round_1", "authorized"),
    "on_hold": (on_hold, "on_hold", "asked"),
}


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("stage", "way"),
    [
        ("round_1", deny),
        ("round_1", correct),
        ("round_2", deny),
        ("to_office", correct),
        ("authorized", deny),
        ("on_hold", deny),
    ],
)
def test_the_request_comes_back_into_what_the_remaining_facts_give(
    world: World, stage: str, way: Callable[[World, Answer], None]
) -> None:
    reach, state, of_organization = STAGES[stage]
    request = reach(world)
    answer = a_false_no(world, request)
    way(world, answer)
    request.refresh_from_db()
    assert (request.state, request.ended_at, request.to_office_at) == (state, None, None)
    ask = first(world, request)
    assert ask.state == of_organization
    if of_organization == "asked":
        assert ask.clock_from == DENIED
    assert Answer.objects.filter(pk=answer.pk).exists(), "what was recorded stays on file"
    event = Event.objects.get(action="data_request.lift_stop", outcome="done")
    assert (event.state_before, event.state_after, event.clause) == ("stopped", state, "D17")
    assert event.reason == WHY


@pytest.mark.rule("§7B.7")
def test_the_offices_word_from_before_the_stop_releases_nothing(world: World) -> None:
    request = authorized(world)
    deny(world, a_false_no(world, request))
    with pytest.raises(Refused):
        services.release(request, world.fresh(world.coordinator, DENIED), DENIED)
    services.send_to_office(request, world.coordinator, DENIED)
    assert request.state == "to_office"
    with pytest.raises(Refused):
        services.release(request, world.fresh(world.coordinator, DENIED), DENIED)
    services.authorize(request, word(request), world.fresh(world.office, DENIED), DENIED)
    assert services.release(request, world.fresh(world.coordinator, DENIED), DENIED).letter_number


@pytest.mark.rule("D29")
def test_a_real_refusal_afterwards_stops_it_again(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    other = world.asks(request)[1]
    with pytest.raises(Refused, match="ended"):
        services.answer(other, Choice.AUTHORIZE, world.of(other.organization), RECORDED)
    deny(world, answer)
    services.answer(other, Choice.REFUSE, world.of(other.organization), DENIED)
    request.refresh_from_db()
    assert request.state == "stopped"


@pytest.mark.rule("D24")
def test_the_other_paper_of_the_organization_goes_on_counting(world: World) -> None:
    request = issued(world)
    ask = first(world, request)
    early = at("2026-01-05")
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), early)
    paper = outside(Choice.REFUSE, early.date(), capacity="secondary_focal_point")
    services.record_received_outside(ask, paper, world.coordinator, early)
    ask.refresh_from_db()
    assert ask.state == "conflict"
    answer = a_false_no(world, request)  # in the name of the Head of Agency
    deny(world, answer)
    request.refresh_from_db()
    ask.refresh_from_db()
    assert (ask.state, request.state) == ("conflict", "round_1")


@pytest.mark.rule("§7B.0")
def test_what_the_receiving_party_took_back_does_not_come_back(world: World) -> None:
    request = issued(world)
    ask = first(world, request)
    early = at("2026-01-05")
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), early)
    paper = outside(Choice.REFUSE, early.date(), capacity="secondary_focal_point")
    answer = services.record_received_outside(ask, paper, world.coordinator, early)
    services.withdraw(request, world.coordinator, early, "No longer needed.")
    deny(world, answer)
    request.refresh_from_db()
    assert request.state == "stopped"


@pytest.mark.rule("D26")
def test_the_clocks_of_the_others_start_anew_and_everybody_is_told_without_names(world: World) -> None:
    request = issued(world)
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    answer = a_false_no(world, request)
    assert facts.of_ask(world.asks(request)[1]).ask.clock_ends_at < RECORDED
    before = set(Notice.objects.values_list("pk", flat=True))
    deny(world, answer)
    for ask in world.asks(request)[1:]:
        assert (ask.state, ask.clock_from) == ("followed_up", DENIED)
        assert not facts.of_ask(ask).is_silent(DENIED + timedelta(days=1))
    written = Notice.objects.exclude(pk__in=before)
    assert {n.organization_id for n in written} >= {o.pk for o in world.organizations}
    for notice in written:
        assert not any(o.name_en in notice.subject + notice.text for o in world.organizations)
        assert notice.text.count("http") == 1


@pytest.mark.rule("D30")
def test_figures_that_changed_meanwhile_ask_everybody_anew(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    world.figures.report(world.organizations[1].pk, exploitation=9, abuse=1, un_staff=1, contractor=9)
    deny(world, answer)
    request.refresh_from_db()
    assert next_step(Picture(request, DENIED)).action == "ask_all_anew"


@pytest.mark.rule("D28")
def test_when_too_few_are_left_meanwhile_the_next_act_is_to_close(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    for organization in world.organizations[2:]:
        suspend(organization)
    deny(world, answer)
    request.refresh_from_db()
    assert next_step(Picture(request, DENIED)).action == "close_too_few"


@pytest.mark.rule("D29")
def test_an_instruction_given_meanwhile_is_not_used_afterwards(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    services.instruct_reopening(request, word(request, "Go on."), world.office, RECORDED)
    deny(world, answer)
    request.refresh_from_db()
    assert request.state == "round_1"
    ask = world.asks(request)[1]
    later = DENIED + timedelta(hours=1)
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), later)
    request.refresh_from_db()
    with pytest.raises(Refused, match="instruction"):
        services.reopen(request, world.coordinator, later)
    assert OfficeDecision.objects.count() == 1


@pytest.mark.rule("D27")
def test_after_a_reopening_the_round_stands_and_the_next_full_round_asks_them_again(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    services.instruct_reopening(request, word(request, "Go on."), world.office, RECORDED)
    services.reopen(request, world.coordinator, RECORDED)
    deny(world, answer)
    request.refresh_from_db()
    assert (request.state, len(world.asks(request))) == ("round_1", 3)
    answer.ask.refresh_from_db()
    assert answer.ask.state == "refused", "a closed round keeps the state it had"
    world.figures.report(world.organizations[1].pk, exploitation=9, abuse=1, un_staff=1, contractor=9)
    services.ask_all_anew(request, world.coordinator, DENIED)
    assert len(world.asks(request)) == 4


@pytest.mark.rule("D25")
def test_no_clock_starts_anew_in_a_year_that_nobody_confirmed(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    far = at("2027-12-30")
    assert not CalendarConfirmation.objects.filter(year=2028).exists()
    with pytest.raises(Refused, match="2028 is not confirmed"):
        deny(world, answer, far)
    request.refresh_from_db()
    assert request.state == "stopped"
    assert not Confirmation.objects.exists()


# The recorder's own error


@pytest.mark.rule("D17")
def test_a_correction_is_an_entry_with_a_reason_that_waits_for_the_office(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    with pytest.raises(Refused, match="Reason"):
        services.correct_record(answer, world.coordinator, DENIED, " ")
    correction = services.correct_record(answer, world.assistant, DENIED, WHY)
    request.refresh_from_db()
    assert (request.state, first(world, request).state) == ("stopped", "refused")
    with pytest.raises(Refused, match="waits"):
        services.correct_record(answer, world.coordinator, DENIED, "Once more.")
    step = next_step(Picture(request, DENIED))
    assert (step.by, step.rule, step.action) == ("office", "D17", "accept_correction")
    assert correction.by == world.assistant.label


@pytest.mark.rule("D17")
@pytest.mark.rule("D24")
def test_only_another_person_of_the_office_confirms_a_correction(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    correction = services.correct_record(answer, world.assistant, DENIED, WHY)
    assistant_as_office = replace(world.assistant, capacity=str(Capacity.OFFICE))
    coordinator_as_office = replace(world.coordinator, capacity=str(Capacity.OFFICE))
    tried = (
        world.coordinator,
        world.assistant,
        assistant_as_office,
        coordinator_as_office,
        world.of(answer.ask.organization),
        world.of(world.organizations[1], Capacity.HEAD_OF_AGENCY),
    )
    for actor in tried:
        for act in (
            lambda who: services.accept_correction(correction, who, DENIED),
            lambda who: services.reject_correction(correction, who, DENIED, "It stands."),
        ):
            with pytest.raises(Refused):
                act(actor)
    request.refresh_from_db()
    assert request.state == "stopped"
    assert not Confirmation.objects.exists()


@pytest.mark.rule("D17")
def test_a_correction_that_the_office_rejects_changes_nothing_and_the_organization_may_still_deny(
    world: World,
) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    correction = services.correct_record(answer, world.coordinator, DENIED, WHY)
    with pytest.raises(Refused, match="Reason"):
        services.reject_correction(correction, world.office, DENIED, "")
    services.reject_correction(correction, world.office, DENIED, "The paper is theirs.")
    request.refresh_from_db()
    assert (request.state, first(world, request).state) == ("stopped", "refused")
    with pytest.raises(Refused, match="answered"):
        services.accept_correction(correction, world.office, DENIED)
    deny(world, answer)
    request.refresh_from_db()
    assert request.state == "round_1"


@pytest.mark.rule("D17")
def test_a_denied_record_needs_no_correction_any_more(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    correction = services.correct_record(answer, world.coordinator, DENIED, WHY)
    deny(world, answer)
    with pytest.raises(Refused):
        services.accept_correction(correction, world.office, DENIED)
    with pytest.raises(Refused):
        services.correct_record(answer, world.coordinator, DENIED, "Once more.")
    assert Correction.objects.count() == 1


@pytest.mark.rule("D24")
def test_an_own_no_is_no_record_to_correct(world: World) -> None:
    request = issued(world)
    ask = first(world, request)
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), RECORDED)
    answer = Answer.objects.get(ask=ask)
    with pytest.raises(Refused, match="outside"):
        services.correct_record(answer, world.coordinator, DENIED, WHY)
    with pytest.raises(Refused, match="outside"):
        deny(world, answer)


@pytest.mark.rule("D17")
def test_whoever_holds_a_post_there_does_not_correct_its_record(world: World) -> None:
    request = issued(world)
    answer = a_false_no(world, request)
    _row, inside = person("Inside Assistant", Capacity.PRIMARY_FOCAL_POINT, answer.ask.organization)
    disguised = replace(inside, capacity=str(Capacity.OFFICE_ASSISTANT), organization_id=None)
    with pytest.raises(Refused, match="post in this organization"):
        services.correct_record(answer, disguised, DENIED, WHY)


@pytest.mark.rule("D17")
def test_the_organization_is_told_of_a_no_in_its_name_and_of_its_correction(world: World) -> None:
    request = issued(world)
    before = set(Notice.objects.values_list("pk", flat=True))
    answer = a_false_no(world, request)
    told = [n for n in Notice.objects.exclude(pk__in=before) if n.kind == "data_requests.recorded_for_you"]
    assert [n.organization_id for n in told] == [answer.ask.organization_id]
    assert str(answer.pk) in told[0].text
    correct(world, answer)
    kinds = set(Notice.objects.exclude(pk__in=before).values_list("kind", flat=True))
    assert {"data_requests.correction", "data_requests.set_aside", "data_requests.goes_on"} <= kinds


# Through the door


@pytest.mark.rule("D17")
def test_denying_and_correcting_through_the_door(world: World) -> None:
    with time_machine.travel(RECORDED, tick=False) as clock:
        request = issued(world)
        answer = a_false_no(world, request)
        pages = {name: reverse(name, args=[answer.pk]) for name in ("answer-confirm", "answer-correct")}
        head = client_of(world.of(answer.ask.organization, Capacity.HEAD_OF_AGENCY))
        assert pages["answer-confirm"] in head.get(f"/en/answers/{answer.ask_id}/").content.decode()
        assert "Is this your organization’s answer?" in head.get(pages["answer-confirm"]).content.decode()
        assert head.get(pages["answer-correct"]).status_code == 403
        other = client_of(world.of(world.organizations[1]))
        assert other.get(pages["answer-confirm"]).status_code == 404

        coordinator = client_of(world.coordinator)
        assert pages["answer-correct"] in coordinator.get(pages["answer-confirm"]).content.decode()
        assert coordinator.post(pages["answer-correct"], {"note": " "}).status_code == 400
        assert coordinator.post(pages["answer-correct"], {"note": WHY}).status_code == 302
        page = reverse("answer-correction", args=[Correction.objects.get().pk])
        assert coordinator.get(page).status_code == 403
        board = f"/en/requests/{request.pk}/"
        assert page not in coordinator.get(board).content.decode()
        clock.move_to(DENIED)
        office = client_of(world.office)
        assert page in office.get(board).content.decode()
        assert page in office.get("/en/").content.decode()
        assert WHY in office.get(page).content.decode()
        assert office.post(page, {"accepted": "no"}).status_code == 400
        unread = office.post(page, {"accepted": "yes"})
        assert unread.status_code == 400
        assert "Open the file first: paper.pdf." in unread.content.decode()
        assert office.get(reverse("file", args=[answer.file_id])).status_code == 200
        assert office.post(page, {"accepted": "yes"}).status_code == 302
        request.refresh_from_db()
        assert request.state == "round_1"
        assert "Nothing waits here any more" in office.get(page).content.decode()
        assert page not in office.get("/en/").content.decode()

        second = a_false_no(world, request, DENIED)
        head = client_of(world.of(answer.ask.organization, Capacity.HEAD_OF_AGENCY))  # a day later
        denied = head.post(reverse("answer-confirm", args=[second.pk]), {"note": WHY})
        assert denied.status_code == 302
        request.refresh_from_db()
        assert request.state == "round_1"
