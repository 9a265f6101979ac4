"""The one thing to do next, for states in which several acts look possible."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from forms_app.data_requests import deadlines, services
from forms_app.data_requests.board_page import steps
from forms_app.data_requests.models import DataRequest
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.data_requests.tokens import Choice
from intranet.access.models import User
from intranet.notices.models import Notice
from tests.personas import sign_in

from .test_clauses import suspend
from .world import ISSUED, World, at, authorized, deliver, everybody_authorizes, issued, outside

pytestmark = pytest.mark.django_db
LATER = at("2026-01-05")


def with_the_office(world: World) -> DataRequest:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    return request


def correct_a_figure(world: World) -> None:
    world.figures.report(world.organizations[0].pk, exploitation=3, abuse=1, un_staff=1, contractor=3)


@pytest.mark.rule("D17")
def test_the_office_finds_on_home_what_arrived_outside_and_waits_for_a_confirmation(world: World) -> None:
    request = issued(world)
    deliver(ISSUED)
    first, second, *_rest = world.asks(request)
    for ask in (first, second):
        services.record_received_outside(
            ask, outside(Choice.AUTHORIZE, LATER.date()), world.coordinator, LATER
        )
    board = reverse("request-board", args=[request.pk])
    rows = [row for row in deadlines.due(world.office, LATER) if row.why == "D17"]
    assert [(row.url, row.detail) for row in rows] == [(board, "2 answers")]
    assert not [row for row in deadlines.due(world.coordinator, LATER) if row.why == "D17"]
    for ask in (first, second):
        services.confirm_received(ask.answers.get(), world.office, LATER)
    assert not [row for row in deadlines.due(world.office, LATER) if row.why == "D17"]


@pytest.mark.rule("§7B.2")
def test_a_step_that_nobody_took_is_not_shown_as_done(world: World) -> None:
    shown = [(step["state"], step["detail"]) for step in steps(Picture(with_the_office(world), LATER))]
    assert [state for state, _detail in shown] == ["done", "done", "done", "", "", "now", ""]
    assert {detail for _state, detail in shown[3:5]} == {"not needed"}


@pytest.mark.rule("D30")
@pytest.mark.parametrize("stage", ["to_office", "authorized"])
def test_after_void_consents_asking_anew_is_the_next_action(world: World, stage: str) -> None:
    request = with_the_office(world) if stage == "to_office" else authorized(world)
    before = next_step(Picture(request, LATER))
    assert before.action == ("authorize" if stage == "to_office" else "release")
    correct_a_figure(world)
    step = next_step(Picture(request, LATER))
    assert (step.action, step.by, step.rule, step.page) == (
        "ask_all_anew",
        "coordination",
        "D30",
        "request-act",
    )
    with time_machine.travel(LATER, tick=False):
        office = sign_in(User.objects.get(pk=world.office.user_id))
        assert "all consents are void" in office.get(f"/en/requests/{request.pk}/decide/").content.decode()
    services.ask_all_anew(request, world.coordinator, LATER)
    assert request.state == "round_1"


@pytest.mark.rule("D28")
@pytest.mark.parametrize("stage", ["to_office", "authorized"])
def test_when_two_are_left_with_the_office_the_next_action_is_to_close(world: World, stage: str) -> None:
    request = with_the_office(world) if stage == "to_office" else authorized(world)
    for organization in world.organizations[:2]:
        suspend(organization)
    assert next_step(Picture(request, LATER)).action == "close_too_few"


@pytest.mark.rule("D30")
def test_requests_with_the_office_cost_home_no_query_each(world: World) -> None:
    counts = []
    with time_machine.travel(ISSUED, tick=False):
        client = sign_in(User.objects.get(pk=world.coordinator.user_id))
        for _n in range(3):
            with_the_office(world)
            client.get("/en/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/en/").status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.rule("D23")
def test_a_line_is_in_the_language_of_who_reads_it_not_of_who_acts(world: World) -> None:
    """An office that works in Arabic sent Arabic lines to people who had chosen English."""
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    with translation.override("ar"):
        services.send_to_office(request, world.coordinator, ISSUED)
    told = Notice.objects.get(kind="data_requests.to_office")
    assert told.language == "en"
    assert told.subject == f"{request.reference}: your decision is asked"
    assert "/en/requests/" in told.text
