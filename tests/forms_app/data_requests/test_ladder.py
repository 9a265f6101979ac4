"""The ladder walked by hand: the straight way, silence, refusal, correction, reopening (§7B, D20-D33)."""

from __future__ import annotations

import pytest

from audit.models import Event
from forms_app.data_requests import facts, services
from forms_app.data_requests.models import Release
from forms_app.data_requests.tokens import Choice
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused

from .world import (
    FIRST_OVER,
    ISSUED,
    World,
    at,
    authorized,
    deliver,
    everybody_authorizes,
    issued,
    word,
)

pytestmark = pytest.mark.django_db


@pytest.mark.rule("§7B.7")
def test_the_straight_way_ends_in_one_letter(world: World) -> None:
    request = authorized(world)
    released = services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    request.refresh_from_db()
    assert request.state == "released"
    assert released.letter_number == "RL-2026-001"
    assert request.reference == "DR-2026-001"
    assert store.read(released.letter)[:2] == b"PK"
    assert released.letter.sha256 == released.letter_sha256
    assert released.data_set_sha256 == facts.rounds_of(request)[0].data_set_sha256
    told = Notice.objects.filter(subject__contains="released")
    assert told
    for notice in told:
        assert request.requester_organization not in notice.subject + notice.text  # trap 37
    with pytest.raises(Refused, match="Released"):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    assert Release.objects.count() == 1


@pytest.mark.rule("§7B.3")
def test_silence_ends_the_first_round_and_the_second_asks_only_those_who_authorized(world: World) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[3])
    with pytest.raises(Refused):
        services.open_second_round(request, world.coordinator, FIRST_OVER)
    followed = services.follow_up(request, world.coordinator, FIRST_OVER)
    assert followed is not None
    deliver(FIRST_OVER)
    with pytest.raises(Refused, match="still being waited for"):
        services.open_second_round(request, world.coordinator, at("2026-01-20"))
    second = services.open_second_round(request, world.coordinator, at("2026-01-21"))
    assert second.asks.count() == 3
    assert request.state == "round_2"
    assert second.data_set_sha256 != facts.rounds_of(request)[0].data_set_sha256
    with pytest.raises(Refused):
        services.send_to_office(request, world.coordinator, at("2026-01-21"))
    everybody_authorizes(world, request, at("2026-01-21"))
    later = at("2026-01-21", 12)
    services.send_to_office(request, world.coordinator, later)
    services.authorize(request, word(request), world.fresh(world.office, later), later)
    released = services.release(request, world.fresh(world.coordinator, later), later)
    assert released.contributors == 3


@pytest.mark.rule("D29")
def test_a_refusal_stops_the_request_at_once(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), ISSUED)
    request.refresh_from_db()
    ask.refresh_from_db()
    assert (request.state, ask.state) == ("stopped", "refused")
    other = world.asks(request)[1]
    with pytest.raises(Refused, match="ended"):
        services.answer(other, Choice.AUTHORIZE, world.of(other.organization), ISSUED)
    with pytest.raises(Refused, match="instruction"):
        services.reopen(request, world.coordinator, at("2026-01-06"))
    services.instruct_reopening(request, word(request, "Go on without."), world.office, at("2026-01-06"))
    third = services.reopen(request, world.coordinator, at("2026-01-06"))
    assert request.state == "round_1"
    assert {a.organization_id for a in third.asks.all()} == {o.pk for o in world.organizations[1:]}


@pytest.mark.rule("D30")
def test_a_correction_voids_every_consent(world: World) -> None:
    request = authorized(world)
    world.figures.report(world.organizations[0].pk, exploitation=3, abuse=1, un_staff=1, contractor=3)
    with pytest.raises(Refused, match="figures changed"):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    request.refresh_from_db()
    assert request.state == "authorized"
    services.ask_all_anew(request, world.coordinator, at("2026-01-06"))
    assert request.state == "round_1"
    assert [ask.state for ask in world.asks(request)] == ["asked"] * 4
    with pytest.raises(Refused):
        services.send_to_office(request, world.coordinator, at("2026-01-06"))


@pytest.mark.rule("D23")
def test_one_message_an_organization_with_everything_in_it_and_nobody_else(world: World) -> None:
    issued(world)
    letters = list(Notice.objects.filter(kind="data_requests.request"))
    assert len(letters) == 4
    for notice in letters:
        own = next(o for o in world.organizations if o.pk == notice.organization_id)
        assert len(notice.to) == 2
        assert len(notice.cc) == 1
        for text in ("Planning of 2026", "An internal funding note", "read by four people", "two-page"):
            assert text in notice.text
        assert "We do not disseminate" in notice.text
        assert "Monday 12 January 2026" in notice.text
        assert own.name_en in notice.text
        assert not any(o.name_en in notice.text for o in world.organizations if o.pk != own.pk)


@pytest.mark.rule("D24")
def test_two_focal_points_that_differ_are_a_conflict_and_bring_the_request_back(world: World) -> None:
    request = authorized(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization, Capacity.SECONDARY_FOCAL_POINT), ISSUED)
    request.refresh_from_db()
    assert (ask.state, request.state) == ("conflict", "round_1")
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization, Capacity.HEAD_OF_AGENCY), ISSUED)
    assert ask.state == "authorized"
    request.refresh_from_db()
    assert request.state == "round_1"
    with pytest.raises(Refused):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)


@pytest.mark.rule("D24")
def test_the_head_of_agencys_later_no_wins_until_release(world: World) -> None:
    request = authorized(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization, Capacity.HEAD_OF_AGENCY), ISSUED)
    request.refresh_from_db()
    assert (ask.state, request.state) == ("refused", "stopped")


@pytest.mark.rule("§7B.7")
def test_a_refused_act_changes_nothing_and_leaves_an_event(world: World) -> None:
    request = issued(world)
    before = list(request.history.values_list("history_id", flat=True))
    with pytest.raises(Refused):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    request.refresh_from_db()
    assert list(request.history.values_list("history_id", flat=True)) == before
    last = Event.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.action, last.outcome) == ("data_request.release", "refused")
