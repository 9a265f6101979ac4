"""Where two clauses cross: holds and refusals, stops and corrections, hands that change, mails in two languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from audit.actors import Actor, acting
from forms_app.data_requests import deadlines, facts, services
from forms_app.data_requests.inputs import ConsultationInput
from forms_app.data_requests.models import Answer, Ask, Release
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.data_requests.tokens import Choice
from forms_app.receiving_parties import services as parties
from forms_app.receiving_parties.inputs import Case
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock.models import NonWorkingDay
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories.models import Organization, Person
from tests.personas import sign_in

from .test_clauses import suspend
from .world import (
    FIRST_OVER,
    ISSUED,
    JOB,
    World,
    at,
    authorized,
    consulted,
    deliver,
    everybody_authorizes,
    given,
    issued,
    outside,
    person,
    registered,
    word,
)

pytestmark = pytest.mark.django_db
HELD, STOPPED, DENIED, RESUMED = at("2026-01-06"), at("2026-01-07"), at("2026-01-08"), at("2026-01-11")


def with_the_office(world: World) -> object:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    return request


# A hold between the office and the release


@pytest.mark.rule("D17")
@pytest.mark.parametrize("reach", [with_the_office, authorized])
def test_a_hold_a_false_no_and_the_way_back_still_lead_to_a_release(
    world: World, reach: Callable[[World], object]
) -> None:
    request = reach(world)
    services.put_on_hold(request, world.coordinator, HELD, "The donor thinks it over.")
    ask = world.asks(request)[0]
    paper = outside(Choice.REFUSE, STOPPED.date())
    answer = services.record_received_outside(ask, paper, world.coordinator, STOPPED)
    head = world.of(ask.organization, Capacity.HEAD_OF_AGENCY)
    services.set_aside_received(answer, head, DENIED, "Not ours.")
    request.refresh_from_db()
    assert request.state == "on_hold"
    services.resume(request, world.coordinator, RESUMED)
    assert request.state == "round_1"
    assert next_step(Picture(request, RESUMED)).action == "send_to_office"
    services.send_to_office(request, world.coordinator, RESUMED)
    services.authorize(request, word(request), world.fresh(world.office, RESUMED), RESUMED)
    assert services.release(request, world.fresh(world.coordinator, RESUMED), RESUMED) is not None


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("reach", [with_the_office, authorized])
def test_a_yes_that_was_broken_during_a_hold_asks_the_office_again(
    world: World, reach: Callable[[World], object]
) -> None:
    """In the open a conflict brings the request back; a hold must not hide it from the office (D24)."""
    request = reach(world)
    services.put_on_hold(request, world.coordinator, HELD, "The donor thinks it over.")
    ask = world.asks(request)[0]
    second = world.of(ask.organization, Capacity.SECONDARY_FOCAL_POINT)
    services.answer(ask, Choice.REFUSE, second, STOPPED)
    ask.refresh_from_db()
    assert ask.state == "conflict"
    services.answer(ask, Choice.AUTHORIZE, second, DENIED)
    services.resume(request, world.coordinator, RESUMED)
    assert (request.state, request.to_office_at) == ("round_1", None)
    with pytest.raises(Refused):
        services.release(request, world.fresh(world.coordinator, RESUMED), RESUMED)
    assert not Release.objects.exists()


@pytest.mark.rule("§7B.7")
def test_a_further_yes_during_a_hold_changes_nothing(world: World) -> None:
    request = authorized(world)
    services.put_on_hold(request, world.coordinator, HELD, "The donor thinks it over.")
    ask = world.asks(request)[0]
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization, "secondary_focal_point"), STOPPED)
    services.resume(request, world.coordinator, RESUMED)
    assert request.state == "authorized"
    assert services.release(request, world.fresh(world.coordinator, RESUMED), RESUMED) is not None


# Hands that change


@pytest.fixture
def once_the_office(world: World) -> Actor:
    """Somebody of the office who is acting Coordinator from 5 January 2026 on."""
    house = Organization.objects.get(kind="office")
    _row, actor = person("Office Then Coordinator", Capacity.OFFICE, house)
    return actor


def as_acting(actor: Actor) -> Actor:
    desk = Organization.objects.get(kind="coordination")
    return replace(actor, capacity="acting_coordinator", organization_id=desk.pk, organization=desk.name_en)


@pytest.mark.rule("D20")
def test_who_authorized_for_the_office_does_not_release_as_coordinator(
    world: World, once_the_office: Actor
) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    services.authorize(request, word(request), world.fresh(once_the_office, ISSUED), ISSUED)
    me = world.fresh(as_acting(once_the_office), HELD)
    with pytest.raises(Refused) as refusal:
        services.release(request, me, HELD)
    assert refusal.value.rule == "D20"
    assert not Release.objects.exists()
    assert services.release(request, world.fresh(world.coordinator, HELD), HELD) is not None


@pytest.mark.rule("§7B.0")
def test_who_was_consulted_for_the_office_does_not_issue_as_coordinator(
    world: World, once_the_office: Actor
) -> None:
    request = registered(world)
    view = ConsultationInput(on=ISSUED.date(), view="No objection.")
    services.record_consultation(request, view, once_the_office, ISSUED)
    with pytest.raises(Refused) as refusal:
        services.issue(request, as_acting(once_the_office), HELD)
    assert refusal.value.rule == "D20"
    assert request.state == "consulted"
    assert services.issue(request, world.coordinator, HELD).number == 1


@pytest.mark.rule("D29")
def test_who_instructed_for_the_office_does_not_reopen_as_coordinator(
    world: World, once_the_office: Actor
) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), ISSUED)
    request.refresh_from_db()
    services.instruct_reopening(request, word(request, "Go on."), once_the_office, ISSUED)
    with pytest.raises(Refused) as refusal:
        services.reopen(request, as_acting(once_the_office), HELD)
    assert (refusal.value.rule, request.state) == ("D20", "stopped")
    assert services.reopen(request, world.coordinator, HELD).number == 2


# What was known when


@pytest.mark.rule("§7B.0")
def test_nobody_is_consulted_on_a_request_that_had_not_come_yet(world: World) -> None:
    request = registered(world)
    early = ConsultationInput(on=date(2025, 12, 19), view="No objection.")
    with pytest.raises(Refused, match="received"):
        services.record_consultation(request, early, world.office, ISSUED)
    assert request.state == "draft"
    same_day = ConsultationInput(on=date(2025, 12, 20), view="No objection.")
    services.record_consultation(request, same_day, world.office, ISSUED)
    assert request.state == "consulted"


@pytest.mark.rule("§7B.fwd")
def test_completing_a_forwarded_request_keeps_which_member_received_it(world: World) -> None:
    member = world.of(world.organizations[0])
    request = services.forward(given(), member, ISSUED)
    assert request.received_by == member.organization
    services.edit(request, given(purpose="Said more exactly"), world.coordinator, HELD)
    request.refresh_from_db()
    assert (request.received_by, request.purpose) == (member.organization, "Said more exactly")


@pytest.mark.rule("§7B.5")
@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": "To plan with Agency 002 in 2026"},
        {"contact_address": "c/o Agency 002\nBaghdad"},
        {"contact_title": "Liaison to Agency 002"},
    ],
)
def test_a_letter_that_would_name_a_signatory_is_found_before_anybody_is_asked(
    world: World, changes: dict[str, str]
) -> None:
    """The letter refuses such a name; found only there, every consent would have been for nothing."""
    request = registered(world, **changes)
    view = ConsultationInput(on=ISSUED.date(), view="No objection.")
    with pytest.raises(Refused, match="Agency 002") as refusal:
        services.record_consultation(request, view, world.office, ISSUED)
    assert refusal.value.rule == "§7B.5"
    services.edit(request, given(), world.coordinator, ISSUED)
    services.record_consultation(request, view, world.office, ISSUED)
    assert services.issue(request, world.coordinator, ISSUED).number == 1


@pytest.mark.rule("§7B.5")
def test_who_signs_after_the_consultation_is_found_before_anybody_is_asked(world: World) -> None:
    request = consulted(world, purpose="To plan with Agency Later in 2026")
    with acting(JOB):
        first = world.organizations[0]
        first.name_en = "Agency Later"
        first.save()
    with pytest.raises(Refused, match="Agency Later"):
        services.issue(request, world.coordinator, ISSUED)
    assert request.state == "consulted"


# Stops


@pytest.mark.rule("§4.f")
def test_a_late_holiday_reminds_nobody_who_suspended(world: World) -> None:
    request = issued(world)
    suspend(world.organizations[0])
    with acting(JOB):
        NonWorkingDay.objects.create(on=date(2026, 1, 8), name="Announced late")
    before = set(Notice.objects.values_list("pk", flat=True))
    deadlines.move_deadlines(HELD, dry_run=False)
    told = {n.organization_id for n in Notice.objects.exclude(pk__in=before)}
    assert world.organizations[0].pk not in told
    assert world.organizations[1].pk in told
    assert next_step(Picture(request, HELD)).action == "ask_all_anew"


# Two at once


@pytest.mark.rule("D27")
@pytest.mark.parametrize("outside_it", [False, True])
def test_an_answer_that_meets_the_next_round_is_kept_as_late(
    world: World, monkeypatch: pytest.MonkeyPatch, outside_it: bool
) -> None:
    """The page was sent while the Coordinator issued the second round: the answer is on file, as late."""
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[3])
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    late, ask = at("2026-01-21"), world.asks(request)[3]
    real = services._perform

    def meets_the_round(*args: object, **more: object) -> object:
        monkeypatch.setattr(services, "_perform", real)
        services.open_second_round(request, world.coordinator, late)
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "_perform", meets_the_round)
    if outside_it:
        paper = outside(Choice.AUTHORIZE, late.date())
        services.record_received_outside(ask, paper, world.coordinator, late)
    else:
        services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), late)
    found = Answer.objects.get(ask=ask)
    assert (found.late, found.choice) == (True, "authorize")
    ask.refresh_from_db()
    assert (ask.state, facts.of_ask(ask).tally()) == ("followed_up", "none")


@pytest.mark.rule("D15")
def test_an_answer_sent_twice_has_its_first_receipt_whatever_was_issued_between(world: World) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[0, 3])
    ask, key = world.asks(request)[0], uuid4()
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), ISSUED, key=key)
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    again = at("2026-01-21")
    services.open_second_round(request, world.coordinator, again)
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), again, key=key)
    assert [found.late for found in Answer.objects.filter(ask=ask)] == [False]
    with pytest.raises(Refused, match="with other contents"):
        services.answer(ask, Choice.REFUSE, world.of(ask.organization), again, key=key)


# Mails


@pytest.mark.rule("D4")
def test_each_reads_one_line_in_the_own_language_whoever_acted(world: World) -> None:
    arabic = world.organizations[0]
    with acting(JOB):
        for row in Person.objects.filter(posts__organization=arabic):
            row.language = "ar"
            row.save()
    with translation.override("ar"):  # the Coordinator's own screen
        request = issued(world)
        before = set(Notice.objects.values_list("pk", flat=True))
        services.withdraw(request, world.coordinator, HELD, "No longer needed.")
    told = {n.organization_id: n for n in Notice.objects.exclude(pk__in=before)}
    english = told[world.organizations[1].pk]
    assert english.language == "en"
    assert "this request has ended" in english.subject
    assert "/en/" in english.text
    foreign = told[arabic.pk]
    assert foreign.language == "ar"
    assert foreign.subject.isascii() is False
    assert "/ar/" in foreign.text


@pytest.mark.rule("D4")
def test_people_of_one_organization_with_two_languages_get_two_letters(world: World) -> None:
    request = issued(world)
    organization = world.organizations[0]
    head = world.of(organization, Capacity.HEAD_OF_AGENCY)
    with acting(JOB):
        row = Person.objects.get(user_id=head.user_id)
        row.language = "ar"
        row.save()
    before = set(Notice.objects.values_list("pk", flat=True))
    services.withdraw(request, world.coordinator, HELD, "No longer needed.")
    told = Notice.objects.exclude(pk__in=before).filter(organization_id=organization.pk)
    assert {n.language for n in told} == {"en", "ar"}
    assert [n.to for n in told if n.language == "ar"] == [[row.email]]


# A receiving party that is kept back


def kept_back(world: World, name: str = "Example Donor Office") -> None:
    """The Coordinator holds a party back; the office has not decided yet."""
    case = Case(party=name, release_number="Table of 2023", reason="It passed it on.", from_on=HELD.date())
    parties.propose(case, world.fresh(world.coordinator, HELD), HELD)


@pytest.mark.rule("§7B.7")
def test_a_request_that_comes_back_rests_while_its_receiving_party_is_kept_back(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    answer = services.record_received_outside(
        ask, outside(Choice.REFUSE, ISSUED.date()), world.coordinator, ISSUED
    )
    kept_back(world)
    head = world.of(ask.organization, Capacity.HEAD_OF_AGENCY)
    services.set_aside_received(answer, head, DENIED, "Not ours.")
    request.refresh_from_db()
    assert (request.state, request.held_from) == ("on_hold", "round_1")
    with pytest.raises(Refused):
        services.resume(request, world.coordinator, RESUMED)
    assert not facts.of_ask(world.asks(request)[1]).follow_up_is_due(at("2026-02-01"))


@pytest.mark.rule("§7B.7")
def test_nobody_is_chased_for_a_party_that_may_be_a_suspended_one(world: World) -> None:
    request = issued(world)
    kept_back(world, "Example Donors Office")
    request.refresh_from_db()
    assert request.state == "round_1", "a near name holds nothing by itself"
    with pytest.raises(Refused, match="near that of"):
        services.follow_up(request, world.coordinator, FIRST_OVER)
    assert {ask.state for ask in world.asks(request)} == {"asked"}


# Mail that waits


def server_down(monkeypatch: pytest.MonkeyPatch, since: datetime) -> datetime:
    """Four hours without a mail server; the instant after."""

    def fails(self: object, fail_silently: bool = False) -> int:
        raise OSError("no route to host")

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", fails)
        for minutes in (0, 10, 60, 240):
            deliver(since + timedelta(minutes=minutes))
    return since + timedelta(minutes=240)


def written_requests(ask: Ask) -> list[Notice]:
    """Written requests to the organization that have left or will leave."""
    rows = Notice.objects.filter(kind="data_requests.request", organization_id=ask.organization_id)
    return list(rows.exclude(delivered_at=None, next_attempt_at=None))


@pytest.mark.rule("§7B.1")
def test_a_request_sent_again_goes_once_when_the_mail_server_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = consulted(world)
    services.issue(request, world.coordinator, ISSUED)
    later = server_down(monkeypatch, ISSUED)
    ask = world.asks(request)[0]
    assert ask.notice.is_stuck
    services.send_again(ask, world.coordinator, later)
    deliver(later + timedelta(days=1))
    ask = world.asks(request)[0]
    assert written_requests(ask) == [ask.notice]
    assert ask.notice.delivered_at is not None


@pytest.mark.rule("D30")
def test_the_written_request_of_a_void_round_does_not_leave_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = consulted(world)
    services.issue(request, world.coordinator, ISSUED)
    later = server_down(monkeypatch, ISSUED)
    world.figures.report(world.organizations[1].pk, exploitation=9, abuse=1, un_staff=1, contractor=9)
    services.ask_all_anew(request, world.coordinator, later)
    deliver(later + timedelta(days=1))
    for ask in world.asks(request):
        assert written_requests(ask) == [ask.notice]


@pytest.mark.rule("D26")
def test_the_written_request_of_a_request_that_ended_does_not_leave_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = consulted(world)
    services.issue(request, world.coordinator, ISSUED)
    later = server_down(monkeypatch, ISSUED)
    services.withdraw(request, world.coordinator, later, "No longer needed.")
    deliver(later + timedelta(days=1))
    assert not any(written_requests(ask) for ask in world.asks(request))


@pytest.mark.rule("D20")
def test_the_memo_is_printed_once_all_organizations_have_authorized(world: World) -> None:
    """A memo signed while organizations are still asked authorizes first (trap 15)."""
    request = issued(world)
    page = reverse("request-memo", args=[request.pk])
    decide = reverse("request-decide", args=[request.pk])
    with time_machine.travel(ISSUED, tick=False):
        office = sign_in(User.objects.get(pk=world.office.user_id))
        assert office.get(page).status_code == 404
        assert page not in office.get(decide).content.decode()
        everybody_authorizes(world, request, ISSUED)
        services.send_to_office(request, world.coordinator, ISSUED)
        assert page in office.get(decide).content.decode()
        assert office.get(page).status_code == 200
