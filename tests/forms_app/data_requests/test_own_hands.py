"""Who asked or chased an organization never speaks for it, whenever and in whatever capacity (trap 16, D20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.actors import Actor, acting
from forms_app.data_requests import services
from forms_app.data_requests.inputs import ConsultationInput
from forms_app.data_requests.models import Answer, Confirmation, Consultation, OfficeDecision
from forms_app.data_requests.tokens import Choice
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from signatories.models import Organization, Post
from tests.personas import sign_in

from .world import (
    FIRST_OVER,
    ISSUED,
    JOB,
    PAPER,
    World,
    at,
    consulted,
    deliver,
    everybody_authorizes,
    given,
    outside,
    person,
    registered,
    word,
)

pytestmark = pytest.mark.django_db
OVER = at("2026-01-14")


@pytest.fixture
def acting_one(world: World) -> Actor:
    """Somebody who was acting Coordinator until 13 January 2026 and holds no such post any more."""
    desk = Organization.objects.get(kind="coordination")
    row, actor = person("Former Acting", Capacity.ACTING_COORDINATOR, desk)
    with acting(JOB):
        post = Post.objects.get(person=row)
        post.ends_on = date(2026, 1, 13)
        post.save()
    return actor


def now_of(actor: Actor, world: World, number: int, capacity: str) -> Actor:
    """The same person in another capacity, of one of the organizations."""
    organization = world.organizations[number]
    return replace(
        actor, capacity=capacity, organization_id=organization.pk, organization=organization.name_en
    )


def refused(act: Callable[[], Any], rule: str) -> None:
    before = (Answer.objects.count(), Confirmation.objects.count(), OfficeDecision.objects.count())
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.rule == rule
    assert (Answer.objects.count(), Confirmation.objects.count(), OfficeDecision.objects.count()) == before


@pytest.mark.rule("trap 16")
@pytest.mark.parametrize("capacity", ["primary_focal_point", "head_of_agency", "senior_management"])
def test_who_issued_the_request_never_answers_it(world: World, acting_one: Actor, capacity: str) -> None:
    request = consulted(world)
    services.issue(request, acting_one, ISSUED)
    deliver(ISSUED)
    ask = world.asks(request)[0]
    me = now_of(acting_one, world, 0, capacity)
    for choice in Choice:
        refused(partial(services.answer, ask, choice, me, OVER), "D24")
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), OVER)  # a colleague does


@pytest.mark.rule("trap 16")
def test_who_asked_reads_why_instead_of_a_form_that_would_be_refused(world: World, acting_one: Actor) -> None:
    request = consulted(world)
    services.issue(request, acting_one, ISSUED)
    ask = world.asks(request)[0]
    with acting(JOB):
        Post.objects.create(
            person=Post.objects.get(person__user=acting_one.user_id).person,
            organization=ask.organization,
            capacity=Capacity.SENIOR_MANAGEMENT,
            begins_on=date(2026, 1, 13),
        )
    colleague = world.of(ask.organization)
    with time_machine.travel(OVER, tick=False):
        own, others = (
            sign_in(User.objects.get(pk=user)).get(reverse("ask-answer", args=[ask.pk])).content.decode()
            for user in (acting_one.user_id, colleague.user_id)
        )
    assert "You sent this organization the request" in own
    assert 'name="choice"' not in own
    assert "You sent this organization the request" not in others
    assert 'name="choice"' in others


@pytest.mark.rule("trap 16")
def test_who_sent_the_follow_up_never_answers_those_she_chased(world: World, acting_one: Actor) -> None:
    request = consulted(world)
    services.issue(request, world.coordinator, ISSUED)
    deliver(ISSUED)
    everybody_authorizes(world, request, ISSUED, but=[0, 1, 2])
    services.follow_up(request, acting_one, FIRST_OVER)
    chased, not_chased = world.asks(request)[0], world.asks(request)[3]
    refused(
        partial(services.answer, chased, "authorize", now_of(acting_one, world, 0, "head_of_agency"), OVER),
        "D24",
    )
    services.answer(not_chased, "authorize", now_of(acting_one, world, 3, "head_of_agency"), OVER)


@pytest.mark.rule("D27")
def test_a_late_answer_and_a_later_round_make_no_difference(world: World, acting_one: Actor) -> None:
    request = consulted(world)
    services.issue(request, acting_one, ISSUED)
    deliver(ISSUED)
    everybody_authorizes(world, request, ISSUED, but=[0])
    silent = world.asks(request)[0]
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    after = at("2026-01-21")
    services.open_second_round(request, world.coordinator, after)
    refused(
        partial(services.answer, silent, "authorize", now_of(acting_one, world, 0, "head_of_agency"), after),
        "D24",
    )
    in_second = world.asks(request)[0]
    number = world.organizations.index(in_second.organization)
    refused(
        partial(
            services.answer,
            in_second,
            "authorize",
            now_of(acting_one, world, number, "head_of_agency"),
            after,
        ),
        "D24",
    )


@pytest.mark.rule("D17")
@pytest.mark.parametrize("capacity", ["head_of_agency", "office"])
def test_who_asked_never_confirms_or_denies_what_came_by_paper(
    world: World, acting_one: Actor, capacity: str
) -> None:
    request = consulted(world)
    services.issue(request, acting_one, ISSUED)
    deliver(ISSUED)
    ask = world.asks(request)[0]
    paper = outside(Choice.AUTHORIZE, date(2026, 1, 14))
    answer = services.record_received_outside(ask, paper, world.coordinator, OVER)
    me = now_of(acting_one, world, 0, capacity)
    refused(partial(services.confirm_received, answer, me, OVER), "D17")
    refused(partial(services.set_aside_received, answer, me, OVER, "Not ours."), "D17")


@pytest.mark.rule("D20")
def test_who_coordinated_a_request_never_decides_on_it_for_the_office(
    world: World, acting_one: Actor
) -> None:
    request = registered(world)
    view = ConsultationInput(on=ISSUED.date(), view="No objection.")
    services.record_consultation(request, view, world.office, ISSUED)
    services.issue(request, acting_one, ISSUED)
    deliver(ISSUED)
    everybody_authorizes(world, request, OVER)
    services.send_to_office(request, world.coordinator, OVER)
    house = Organization.objects.get(kind="office")
    me = world.fresh(replace(acting_one, capacity="office", organization_id=house.pk), OVER)
    refused(partial(services.authorize, request, word(request), me, OVER), "D20")
    refused(partial(services.decline, request, word(request), me, OVER), "D20")
    with acting(JOB):
        row = Post.objects.get(person__user_id=acting_one.user_id).person
        Post.objects.create(
            person=row, organization=house, capacity=Capacity.OFFICE, begins_on=date(2026, 1, 14)
        )
    memo = replace(word(request), decided_by=row.pk, decided_on=OVER.date(), memo=PAPER)
    refused(partial(services.authorize, request, memo, world.fresh(world.assistant, OVER), OVER), "D20")
    services.authorize(request, word(request), world.fresh(world.office, OVER), OVER)


@pytest.mark.rule("D20")
def test_who_registered_a_request_as_coordinator_is_not_consulted_on_it(
    world: World, acting_one: Actor
) -> None:
    request = services.register(given(), acting_one, ISSUED)
    view = ConsultationInput(on=OVER.date(), view="No objection.")
    me = replace(acting_one, capacity="office")
    refused(partial(services.record_consultation, request, view, me, OVER), "D20")
    assert not Consultation.objects.exists()
    other = registered(world, OVER)
    services.record_consultation(other, view, me, OVER)  # a request that she never coordinated


@pytest.mark.rule("§7B.0")
def test_another_request_is_another_matter(world: World, acting_one: Actor) -> None:
    services.issue(consulted(world), acting_one, ISSUED)
    second = consulted(world)
    services.issue(second, world.coordinator, ISSUED)
    ask = world.asks(second)[0]
    services.answer(ask, "authorize", now_of(acting_one, world, 0, "primary_focal_point"), OVER)
    ask.refresh_from_db()
    assert ask.state == "authorized"
