"""Attempts to break single clauses of the ladder: each must be refused, and nothing may have changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from audit.actors import acting
from forms_app.common import release_guards
from forms_app.data_requests import facts, selectors, services
from forms_app.data_requests.models import Answer, OfficeDecision, Release
from forms_app.data_requests.tokens import Choice, RequesterKind
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock.models import CalendarConfirmation
from intranet.notices.models import Notice
from intranet.workflow.machine import ALLOWED
from intranet.workflow.runner import Refused
from signatories.models import EntryKind, Organization, ParticipationEntry, Post
from tests.personas import sign_in

from .world import (
    FIRST_OVER,
    ISSUED,
    JOB,
    PAPER,
    World,
    at,
    authorized,
    deliver,
    everybody_authorizes,
    given,
    issued,
    outside,
    registered,
    word,
)

pytestmark = pytest.mark.django_db
LATER = at("2026-01-05")


def suspend(organization: Organization) -> None:
    """A suspension in effect from 1 January 2026 on."""
    with acting(JOB):
        ParticipationEntry.objects.create(
            organization=organization,
            number=2,
            kind=EntryKind.SUSPENDED,
            in_effect=True,
            effective_on=date(2026, 1, 1),
            recorded_at=ISSUED,
            signer_name="Signer Example",
            recorded_by="tests",
            recorded_capacity="head_of_agency",
        )


def vacate(organization: Organization, day: date) -> None:
    """Every post of the organization ends."""
    with acting(JOB):
        for post in Post.objects.filter(organization=organization):
            post.ends_on = day
            post.save()


@pytest.mark.rule("§7B.1")
def test_a_hold_does_not_turn_a_bounce_into_silence(world: World) -> None:
    request = issued(world)
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    ask = world.asks(request)[0]
    services.record_bounce(ask, "gone@example.org", world.coordinator, at("2026-01-14"))
    services.put_on_hold(request, world.coordinator, at("2026-01-15"), "The donor thinks it over.")
    services.resume(request, world.coordinator, at("2026-01-18"))
    ask = world.asks(request)[0]
    assert facts.of_ask(ask).position.bounced
    assert not facts.of_ask(ask).is_silent(at("2026-03-01"))


@pytest.mark.rule("D24")
def test_a_focal_point_cannot_set_aside_the_paper_no_of_another(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), LATER)
    no = outside(Choice.REFUSE, date(2026, 1, 5), capacity=str(Capacity.SECONDARY_FOCAL_POINT))
    recorded = services.record_received_outside(ask, no, world.coordinator, LATER)
    ask.refresh_from_db()
    assert ask.state == "conflict"
    for actor in (world.of(ask.organization), world.office):
        with pytest.raises(Refused) as refusal:
            services.set_aside_received(recorded, actor, LATER, "Not ours.")
        assert refusal.value.rule == "D24"
    ask.refresh_from_db()
    assert ask.state == "conflict"
    head = world.of(ask.organization, Capacity.HEAD_OF_AGENCY)
    services.set_aside_received(recorded, head, LATER, "Not ours.")
    ask.refresh_from_db()
    assert ask.state == "authorized"


@pytest.mark.rule("§7B.7")
def test_a_memo_signed_before_all_organizations_agreed_is_refused(world: World) -> None:
    request = issued(world)
    everybody_authorizes(world, request, LATER)
    services.send_to_office(request, world.coordinator, LATER)
    early = replace(word(request), decided_by=world.office_person.pk, decided_on=date(2026, 1, 4), memo=PAPER)
    with pytest.raises(Refused, match="before"):
        services.authorize(request, early, world.fresh(world.assistant, LATER), LATER)
    request.refresh_from_db()
    assert request.state == "to_office"
    assert not OfficeDecision.objects.exists()


@pytest.mark.rule("D30")
def test_a_correction_between_the_check_and_the_letter_leaves_no_letter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = authorized(world)

    def corrected_meanwhile(found: object, now: object) -> object:
        world.figures.report(world.organizations[0].pk, exploitation=9, abuse=1, un_staff=1, contractor=9)
        return ALLOWED

    guard = release_guards.ReleaseGuard("meanwhile", "Meanwhile", "D30", corrected_meanwhile)  # type: ignore[arg-type]
    monkeypatch.setattr(release_guards, "_guards", [guard])
    with pytest.raises(Refused, match="figures changed"):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    request.refresh_from_db()
    assert request.state == "authorized"
    assert not Release.objects.exists()


@pytest.mark.rule("D28")
@pytest.mark.parametrize("stage", ["round_1", "to_office", "authorized"])
def test_suspensions_that_leave_two_organizations_end_in_not_released(world: World, stage: str) -> None:
    if stage == "authorized":
        request = authorized(world)
    else:
        request = issued(world)
        if stage == "to_office":
            everybody_authorizes(world, request, ISSUED)
            services.send_to_office(request, world.coordinator, ISSUED)
    with pytest.raises(Refused, match="go on"):
        services.close_too_few(request, world.coordinator, LATER)
    for organization in world.organizations[:2]:
        suspend(organization)
    with pytest.raises(Refused):
        services.ask_all_anew(request, world.coordinator, LATER)
    services.close_too_few(request, world.coordinator, LATER)
    request.refresh_from_db()
    assert request.state == "not_released"
    assert not Release.objects.exists()


@pytest.mark.rule("§7A.3")
def test_the_media_never_climb_the_ladder_whatever_was_ticked_first(world: World) -> None:
    request = registered(world, requester_kind=RequesterKind.MEDIA)
    assert request.state == "media"
    draft = registered(world)
    services.edit(draft, given(requester_kind=RequesterKind.MEDIA), world.coordinator, ISSUED)
    assert draft.state == "media"


@pytest.mark.rule("§7B.0")
def test_a_guarantee_of_another_party_is_not_the_receiving_partys(world: World) -> None:
    found = given().guarantee
    assert found is not None
    foreign = replace(found, signer_organization="Another Foundation")
    with pytest.raises(Refused, match="receiving party"):
        registered(world, guarantee=foreign)
    request = registered(world)
    changed = given(requester_organization="Another Foundation", guarantee=None)
    services.edit(request, changed, world.coordinator, ISSUED)
    with pytest.raises(Refused, match="receiving party"):
        services.record_consultation(request, _view(), world.office, ISSUED)
    request.refresh_from_db()
    assert request.state == "draft"


def _view(**more: object):  # type: ignore[no-untyped-def]
    from forms_app.data_requests.inputs import ConsultationInput

    return ConsultationInput(on=ISSUED.date(), view="No objection.", **more)  # type: ignore[arg-type]


@pytest.mark.rule("§7B.0")
def test_the_office_is_consulted_on_the_text_that_it_saw(world: World) -> None:
    request = registered(world)
    seen = selectors.text_mark(request)
    services.edit(request, given(purpose="Something else altogether"), world.coordinator, LATER)
    with pytest.raises(Refused, match="open it again"):
        services.record_consultation(request, _view(text_mark=seen), world.office, LATER)
    request.refresh_from_db()
    assert request.state == "draft"
    services.record_consultation(request, _view(text_mark=selectors.text_mark(request)), world.office, LATER)
    assert request.state == "consulted"


@pytest.mark.rule("§7B.1")
def test_sending_again_to_nobody_is_a_sentence_and_changes_nothing(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.record_bounce(ask, "gone@example.org", world.coordinator, LATER)
    vacate(ask.organization, date(2026, 1, 4))
    before = Notice.objects.count()
    with pytest.raises(Refused, match="Nobody can be reached"):
        services.send_again(ask, world.coordinator, at("2026-01-06"))
    assert Notice.objects.count() == before


@pytest.mark.rule("D25")
@pytest.mark.parametrize("act", ["send_again", "resume"])
def test_no_clock_starts_in_a_year_that_nobody_confirmed(world: World, act: str) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.record_bounce(ask, "gone@example.org", world.coordinator, LATER)
    if act == "resume":
        services.put_on_hold(request, world.coordinator, LATER, "Later.")
    far = at("2027-12-30")
    assert not CalendarConfirmation.objects.filter(year=2028).exists()
    perform = partial(services.resume, request) if act == "resume" else partial(services.send_again, ask)
    with pytest.raises(Refused, match="2028 is not confirmed"):
        perform(world.coordinator, far)
    request.refresh_from_db()
    assert request.state == ("on_hold" if act == "resume" else "round_1")


@pytest.mark.rule("§7B.1")
def test_a_request_that_ended_is_not_sent_again(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.record_bounce(ask, "gone@example.org", world.coordinator, LATER)
    services.withdraw(request, world.coordinator, LATER, "No longer needed.")
    before = Notice.objects.count()
    with pytest.raises(Refused):
        services.send_again(ask, world.coordinator, LATER)
    assert Notice.objects.count() == before


@pytest.mark.rule("D29")
def test_an_old_refusal_does_not_reopen_what_the_receiving_party_took_back(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), LATER)
    services.instruct_reopening(request, word(request, "Go on."), world.office, LATER)
    services.reopen(request, world.coordinator, LATER)
    services.withdraw(request, world.coordinator, LATER, "No longer needed.")
    with pytest.raises(Refused, match="new request"):
        services.instruct_reopening(request, word(request, "Go on."), world.office, LATER)


@pytest.mark.rule("D27")
@pytest.mark.parametrize("choice", [Choice.AUTHORIZE, Choice.REFUSE])
def test_paper_that_comes_after_the_second_round_began_is_kept_as_late(world: World, choice: Choice) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[3])
    silent = world.asks(request)[3]
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    after = at("2026-01-21")
    services.open_second_round(request, world.coordinator, after)
    recorded = services.record_received_outside(
        silent, outside(choice, date(2026, 1, 21)), world.coordinator, after
    )
    assert recorded.late
    silent.refresh_from_db()
    request.refresh_from_db()
    assert (silent.state, request.state) == ("followed_up", "round_2")
    assert facts.of_ask(silent).state(after) == "no_response"


@pytest.mark.rule("D24")
def test_the_same_form_sent_with_another_answer_is_not_taken_for_a_double_click(world: World) -> None:
    request = issued(world)
    ask, key = world.asks(request)[0], uuid4()
    actor = world.of(ask.organization)
    services.answer(ask, Choice.AUTHORIZE, actor, LATER, key=key)
    services.answer(ask, Choice.AUTHORIZE, actor, LATER, key=key)
    assert Answer.objects.filter(ask=ask).count() == 1
    with pytest.raises(Refused, match="with other contents"):
        services.answer(ask, Choice.REFUSE, actor, LATER, key=key)
    ask.refresh_from_db()
    assert ask.state == "authorized"


@pytest.mark.rule("D24")
def test_an_answer_changed_after_back_is_refused_once_and_taken_when_it_is_meant(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    page, key = reverse("ask-answer", args=[ask.pk]), str(uuid4())
    with time_machine.travel(LATER, tick=False):
        client = sign_in(User.objects.get(pk=world.of(ask.organization).user_id))
        sent = {"submission_key": key, "choice": "authorize"}
        assert client.post(page, sent).status_code == 302
        assert client.post(page, sent).status_code == 302  # a double click
        refused = client.post(page, sent | {"comment": "We thought again."})
        assert refused.status_code == 400
        shown = refused.content.decode()
        assert "sent already, with other contents" in shown
        assert "We thought again." in shown
        found = re.search(r'name="submission_key" value="([^"]+)"', shown)
        assert found is not None
        assert found[1] != key
        meant = sent | {"comment": "We thought again.", "submission_key": found[1]}
        assert client.post(page, meant).status_code == 302
    assert Answer.objects.filter(ask=ask).count() == 2
