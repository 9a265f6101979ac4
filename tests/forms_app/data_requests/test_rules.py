"""Rule by rule: what is refused, that nothing changed, and what people are told (§7B, D17-D34)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from audit.actors import acting
from audit.models import Event
from forms_app.common import release_guards
from forms_app.data_requests import deadlines, facts, services
from forms_app.data_requests.forecast import earliest
from forms_app.data_requests.inputs import ConsultationInput
from forms_app.data_requests.models import Answer, Ask, DataRequest, Release, Round
from forms_app.data_requests.tokens import Choice, Kind
from intranet.access.roles import Capacity
from intranet.clock.models import NonWorkingDay
from intranet.network.models import NetworkSettings
from intranet.notices.models import Notice
from intranet.workflow.machine import Decision
from intranet.workflow.runner import Refused
from signatories.models import EntryKind, ParticipationEntry, Post

from .world import (
    FIRST_OVER,
    ISSUED,
    JOB,
    PAPER,
    World,
    at,
    authorized,
    build_world,
    consulted,
    deliver,
    everybody_authorizes,
    given,
    issued,
    outside,
    registered,
    word,
)

pytestmark = pytest.mark.django_db
SILENT_AT = at("2026-01-21")  # followed up on 13 January: 14, 15, 18, 19, 20 count


def followed_up(world: World, but: list[int]) -> DataRequest:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=but)
    services.follow_up(request, world.coordinator, FIRST_OVER)
    deliver(FIRST_OVER)
    return request


@pytest.mark.rule("§7B.0")
@pytest.mark.parametrize(
    "field", ["purpose", "used_for", "used_how", "fed_back", "guarantee", "tables", "period"]
)
def test_nothing_is_consulted_on_or_issued_with_one_item_empty(world: World, field: str) -> None:
    changes: dict[str, dict[str, object]] = {
        "guarantee": {"guarantee": None},
        "tables": {"tables": ()},
        "period": {"period_first": None, "period_last": None},
    }
    request = registered(world, **changes.get(field, {field: " "}))
    entry = ConsultationInput(on=ISSUED.date(), view="Fine")
    with pytest.raises(Refused):
        services.record_consultation(request, entry, world.office, ISSUED)
    with pytest.raises(Refused):
        services.issue(request, world.coordinator, ISSUED)
    request.refresh_from_db()
    assert request.state == "draft"
    assert not Round.objects.exists()
    assert not Notice.objects.filter(kind="data_requests.request").exists()


@pytest.mark.rule("§7B.0")
def test_a_change_after_the_consultation_needs_another_one(world: World) -> None:
    request = consulted(world)
    services.edit(request, given(purpose="Something else", guarantee=None), world.coordinator, ISSUED)
    assert (request.state, request.consulted_on) == ("draft", None)
    assert request.guarantee is not None
    with pytest.raises(Refused):
        services.issue(request, world.coordinator, ISSUED)


@pytest.mark.rule("D22")
def test_whom_to_ask(world: World) -> None:
    left, gone, suspended, nil = world.organizations
    world.figures.report(nil.pk)  # nothing to report is a report
    with acting(JOB):
        for number, (organization, kind) in enumerate(
            [(gone, EntryKind.WITHDRAWN), (suspended, EntryKind.SUSPENDED)], start=2
        ):
            ParticipationEntry.objects.create(
                organization=organization,
                number=number,
                kind=kind,
                in_effect=True,
                effective_on=date(2026, 1, 1),
                recorded_at=at("2026-01-01"),
                signer_name="Signer Example",
                recorded_by="tests",
                recorded_capacity="coordinator",
            )
    request = consulted(world)
    with pytest.raises(Refused, match="Only 2 organizations"):
        services.issue(request, world.coordinator, ISSUED)
    services.close_too_few(request, world.coordinator, ISSUED)
    assert request.state == "not_released"
    assert left.name_en


@pytest.mark.rule("D23")
def test_issuing_needs_one_reachable_person_an_organization(db: None) -> None:
    from .world import adopt_protocol

    adopt_protocol()
    world = build_world(3, posts=(Capacity.SECONDARY_FOCAL_POINT,))
    lonely = world.organizations[0]
    with acting(JOB):
        for post in Post.objects.filter(organization=lonely):
            post.ends_on = date(2025, 12, 31)
            post.save()
    request = consulted(world)
    with pytest.raises(Refused, match=lonely.name_en):
        services.issue(request, world.coordinator, ISSUED)
    request.refresh_from_db()
    assert request.state == "consulted"
    assert not Ask.objects.exists()


@pytest.mark.rule("D25")
def test_a_year_without_a_confirmed_calendar_is_an_error(world: World) -> None:
    when = at("2027-12-29")
    request = consulted(world, when)
    with pytest.raises(Refused, match="calendar of 2028 is not confirmed"):
        services.issue(request, world.coordinator, when)
    assert not Ask.objects.exists()


@pytest.mark.rule("§7B.2")
def test_the_follow_up_waits_for_the_first_answers_day_and_goes_to_all_silent_ones_at_once(
    world: World,
) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED, but=[0, 1])
    with pytest.raises(Refused, match="no first answer is overdue"):
        services.follow_up(request, world.coordinator, FIRST_OVER - timedelta(hours=10))
    row = services.follow_up(request, world.coordinator, FIRST_OVER)
    assert row is not None
    assert len(row.asks) == 2
    assert [ask.state for ask in world.asks(request)] == [
        "followed_up",
        "followed_up",
        "authorized",
        "authorized",
    ]
    letters = Notice.objects.filter(kind="data_requests.follow_up")
    assert letters.count() == 2
    assert all("does not count as authorization" in notice.text for notice in letters)
    assert all("senior.management" in "".join(notice.to) for notice in letters)


@pytest.mark.rule("§7B.2")
def test_no_amount_of_time_authorizes_and_the_job_only_notes(world: World) -> None:
    request = followed_up(world, but=[3])
    ask = world.asks(request)[3]
    for day in ("2026-01-20", "2026-01-21", "2026-02-28", "2026-12-30"):
        now = at(day)
        for job in deadlines.JOBS:
            job.run(now, False)
            job.run(now, False)
        ask.refresh_from_db()
        assert ask.state == "followed_up"
        assert facts.of_ask(ask).state(now) == ("followed_up" if day == "2026-01-20" else "no_response")
        with pytest.raises(Refused):
            services.send_to_office(request, world.coordinator, now)
    noted = Event.objects.filter(action="ask.note_silence", outcome="done")
    assert noted.count() == 1
    assert Notice.objects.filter(kind="data_requests.no_response").count() == 1
    assert not Answer.objects.filter(ask=ask).exists()


@pytest.mark.rule("D26")
def test_a_dry_run_says_what_it_would_do_and_does_nothing(world: World) -> None:
    followed_up(world, but=[3])
    before = Event.objects.count(), Notice.objects.count()
    said = [sentence for job in deadlines.JOBS for sentence in job.run(SILENT_AT, True)]
    assert any("no response" in sentence for sentence in said)
    assert (Event.objects.count(), Notice.objects.count()) == before


@pytest.mark.rule("D25")
def test_a_late_holiday_moves_what_is_ahead_is_logged_and_told_and_leaves_used_silence(world: World) -> None:
    request = followed_up(world, but=[3])
    ask = world.asks(request)[3]
    with acting(JOB):
        NonWorkingDay.objects.create(on=date(2026, 1, 20), name="Announced late")
    assert facts.of_ask(ask).due().last_day == date(2026, 1, 21)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="still being waited for"):
        services.open_second_round(request, world.coordinator, SILENT_AT)
    told = Notice.objects.filter(kind="data_requests.deadline_moved")
    for job in deadlines.JOBS:
        job.run(at("2026-01-19"), False)
        job.run(at("2026-01-19"), False)
    ask.refresh_from_db()
    assert ask.clock_last_day == date(2026, 1, 21)
    assert {notice.organization_id for notice in told} == {ask.organization_id, None}
    event = Event.objects.get(action="ask.move_deadline")
    assert event.data["was"] == "2026-01-20"
    assert event.data["calendar_version"] == ask.calendar_version
    services.open_second_round(request, world.coordinator, at("2026-01-22"))
    with acting(JOB):
        NonWorkingDay.objects.create(on=date(2026, 1, 21), name="Announced too late")
    ask.refresh_from_db()
    closed = facts.of_ask(ask)
    assert closed.state(at("2026-01-22")) == "no_response"
    assert closed.due().last_day == date(2026, 1, 21)  # type: ignore[union-attr]


@pytest.mark.rule("D27")
def test_a_late_answer_counts_before_the_second_round_and_changes_nothing_after(world: World) -> None:
    request = followed_up(world, but=[2, 3])
    late, silent = world.asks(request)[2:]
    services.answer(late, Choice.AUTHORIZE, world.of(late.organization), SILENT_AT)
    assert late.state == "authorized"
    services.open_second_round(request, world.coordinator, SILENT_AT)
    for choice in (Choice.AUTHORIZE, Choice.REFUSE):
        services.answer(silent, choice, world.of(silent.organization), SILENT_AT)
    silent.refresh_from_db()
    request.refresh_from_db()
    assert (silent.state, request.state) == ("followed_up", "round_2")
    assert all(answer.late for answer in silent.answers.all())
    assert {ask.organization_id for ask in world.asks(request)} == {o.pk for o in world.organizations[:3]}


@pytest.mark.rule("D28")
def test_silence_in_the_second_round_leads_to_a_further_one_and_two_are_too_few(db: None) -> None:
    from .world import adopt_protocol

    adopt_protocol()
    world = build_world(5)
    request = followed_up(world, but=[4])
    services.open_second_round(request, world.coordinator, SILENT_AT)
    deliver(SILENT_AT)
    everybody_authorizes(world, request, SILENT_AT, but=[3])
    over = at("2026-01-29")
    services.follow_up(request, world.coordinator, over)
    deliver(over)
    ended = at("2026-02-06")
    third = services.open_further_round(request, world.coordinator, ended)
    deliver(ended)
    assert (third.number, third.asks.count(), request.state) == (3, 3, "round_2")
    everybody_authorizes(world, request, ended, but=[2])
    services.follow_up(request, world.coordinator, at("2026-02-16"))
    deliver(at("2026-02-16"))
    last = at("2026-02-25")
    with pytest.raises(Refused, match="Only 2 organizations are left"):
        services.open_further_round(request, world.coordinator, last)
    services.close_too_few(request, world.coordinator, last)
    assert request.state == "not_released"
    assert not Release.objects.exists()


@pytest.mark.rule("D28")
def test_close_too_few_is_refused_while_enough_can_agree(world: World) -> None:
    request = issued(world)
    with pytest.raises(Refused, match="4 organizations are left"):
        services.close_too_few(request, world.coordinator, ISSUED)


@pytest.mark.rule("D29")
def test_a_refusal_in_the_second_round_stops_too(world: World) -> None:
    request = followed_up(world, but=[3])
    services.open_second_round(request, world.coordinator, SILENT_AT)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.REFUSE, world.of(ask.organization), SILENT_AT)
    request.refresh_from_db()
    assert request.state == "stopped"
    told = Notice.objects.filter(kind="data_requests.ended")
    assert told.count() == 4  # three organizations and the coordination
    assert not any(ask.organization.name_en in notice.text for notice in told)


@pytest.mark.rule("D30")
def test_a_yes_on_changed_figures_is_refused_and_a_no_is_not(world: World) -> None:
    request = issued(world)
    first, second = world.asks(request)[:2]
    world.figures.report(world.organizations[3].pk, exploitation=9, abuse=1, un_staff=1, contractor=9)
    with pytest.raises(Refused, match="figures changed since you were asked"):
        services.answer(first, Choice.AUTHORIZE, world.of(first.organization), ISSUED)
    assert not first.answers.exists()
    services.answer(second, Choice.REFUSE, world.of(second.organization), ISSUED)
    assert second.state == "refused"


@pytest.mark.rule("D30")
def test_asking_anew_needs_a_change(world: World) -> None:
    request = issued(world)
    with pytest.raises(Refused, match="have not changed"):
        services.ask_all_anew(request, world.coordinator, ISSUED)


@pytest.mark.rule("D30")
def test_an_organization_that_leaves_takes_its_consent_with_it(world: World) -> None:
    request = authorized(world)
    gone = world.organizations[0]
    with acting(JOB):
        ParticipationEntry.objects.create(
            organization=gone,
            number=2,
            kind=EntryKind.WITHDRAWN,
            in_effect=True,
            effective_on=ISSUED.date(),
            recorded_at=ISSUED,
            signer_name="Signer Example",
            recorded_by="tests",
            recorded_capacity="coordinator",
        )
    with pytest.raises(Refused, match="withdrew or suspended"):
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    services.ask_all_anew(request, world.coordinator, ISSUED)
    assert gone.pk not in {ask.organization_id for ask in world.asks(request)}


@pytest.mark.rule("D31")
def test_a_thin_cell_refuses_the_release_with_its_reason(world: World) -> None:
    for organization in world.organizations[1:]:
        world.figures.report(organization.pk, exploitation=2, un_staff=1, contractor=1)
    request = authorized(world)
    with pytest.raises(Refused, match="Sexual abuse") as refusal:
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    assert refusal.value.rule == "D31"
    request.refresh_from_db()
    assert request.state == "authorized"
    assert not Release.objects.exists()


@pytest.mark.rule("D33")
def test_a_guard_of_another_slice_stops_a_release(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze = release_guards.ReleaseGuard(
        "freeze", "No open breach", "§9.h", lambda request, now: Decision(False, "A breach is open.")
    )
    request = authorized(world)
    monkeypatch.setattr(release_guards, "_guards", [freeze])
    with pytest.raises(Refused, match="A breach is open") as refusal:
        services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    assert refusal.value.rule == "§9.h"
    assert not Release.objects.exists()


@pytest.mark.rule("D11")
def test_the_release_needs_a_fresh_code(world: World) -> None:
    request = authorized(world)
    stale = world.fresh(world.coordinator, ISSUED - timedelta(minutes=16))
    with pytest.raises(Refused) as refusal:
        services.release(request, stale, ISSUED)
    assert refusal.value.code == "step_up"
    assert not Release.objects.exists()


@pytest.mark.rule("§7B.7")
def test_the_office_cannot_authorize_before_the_organizations(world: World) -> None:
    request = issued(world)
    with pytest.raises(Refused):
        services.authorize(request, word(request), world.fresh(world.office, ISSUED), ISSUED)
    everybody_authorizes(world, request, ISSUED, but=[0])
    with pytest.raises(Refused, match="has not authorized"):
        services.send_to_office(request, world.coordinator, ISSUED)
    assert not request.decisions.exists()


@pytest.mark.rule("D20")
def test_a_memo_names_who_authorized_and_who_recorded_it(world: World) -> None:
    from dataclasses import replace

    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    assistant = world.fresh(world.assistant, ISSUED)
    with pytest.raises(Refused, match="Name the office person"):
        services.authorize(request, word(request), assistant, ISSUED)
    paper = replace(word(request), decided_by=world.office_person.pk, decided_on=ISSUED.date())
    with pytest.raises(Refused, match="upload the signed paper"):
        services.authorize(request, paper, assistant, ISSUED)
    with pytest.raises(Refused, match="not signed by a person of the office"):
        services.authorize(request, replace(paper, memo=PAPER, decided_by=uuid4()), assistant, ISSUED)
    other = replace(paper, memo=PAPER, data_set_sha256="0" * 64)
    with pytest.raises(Refused, match="another data set"):
        services.authorize(request, other, assistant, ISSUED)
    decision = services.authorize(request, replace(paper, memo=PAPER), assistant, ISSUED)
    assert decision is not None
    assert (decision.decided_by, decision.recorded_by) == (world.office_person.name, world.assistant.label)
    assert decision.file is not None
    assert request.state == "authorized"


@pytest.mark.rule("D17")
def test_a_no_received_outside_acts_at_once_and_a_yes_waits(world: World) -> None:
    request = followed_up(world, but=[2, 3])
    yes, no = world.asks(request)[2:]
    answer = services.record_received_outside(
        yes, outside(Choice.AUTHORIZE, date(2026, 1, 14)), world.coordinator, at("2026-01-14")
    )
    assert yes.state == "followed_up"
    assert facts.of_ask(yes).state(SILENT_AT) == "followed_up"  # the silence clock stopped at once
    with pytest.raises(Refused, match="own account confirms"):
        services.confirm_received(answer, world.coordinator, SILENT_AT)
    with pytest.raises(Refused):
        services.confirm_received(answer, world.of(no.organization), SILENT_AT)
    services.confirm_received(answer, world.office, SILENT_AT)
    yes.refresh_from_db()
    assert yes.state == "authorized"
    services.record_received_outside(
        no, outside(Choice.REFUSE, date(2026, 1, 15)), world.assistant, SILENT_AT
    )
    request.refresh_from_db()
    assert (no.state, request.state) == ("refused", "stopped")


@pytest.mark.rule("D17")
def test_what_was_recorded_wrongly_is_set_aside_and_the_clock_starts_anew(world: World) -> None:
    request = followed_up(world, but=[3])
    ask = world.asks(request)[3]
    answer = services.record_received_outside(
        ask, outside(Choice.AUTHORIZE, date(2026, 1, 14)), world.coordinator, at("2026-01-14")
    )
    with pytest.raises(Refused, match="Reason"):
        services.set_aside_received(answer, world.of(ask.organization), SILENT_AT, "")
    services.set_aside_received(answer, world.of(ask.organization), SILENT_AT, "Nobody here wrote this.")
    ask.refresh_from_db()
    assert (ask.state, ask.clock_from) == ("asked", SILENT_AT)
    with pytest.raises(Refused, match="Nothing waits"):
        services.confirm_received(answer, world.of(ask.organization), SILENT_AT)


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"person": " "}, "In whose name"),
        ({"capacity": "office"}, "Capacity"),
        ({"received_on": date(2027, 1, 1)}, "has not come yet"),
        ({"received_on": date(2026, 1, 1)}, "had not been asked yet"),
    ],
)
def test_a_record_must_be_whole(world: World, changes: dict[str, object], sentence: str) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    values = {"received_on": ISSUED.date()} | changes
    paper = outside(Choice.AUTHORIZE, values.pop("received_on"), **values)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=sentence):
        services.record_received_outside(ask, paper, world.coordinator, ISSUED)
    assert not Answer.objects.exists()


@pytest.mark.rule("D24")
def test_needing_to_ask_informs_the_head_of_agency_and_stops_no_clock(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    ends = ask.clock_ends_at
    services.answer(ask, Choice.NEED_TO_ASK, world.of(ask.organization), ISSUED)
    assert (ask.state, ask.clock_ends_at) == ("asked", ends)
    notice = Notice.objects.get(kind="data_requests.need_to_ask")
    assert "head.of.agency" in notice.to[0]
    assert notice.text.count("\n") <= 3
    assert facts.of_ask(ask).follow_up_is_due(FIRST_OVER)


@pytest.mark.rule("D24")
def test_a_replaced_focal_points_answer_stays_the_organizations(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), ISSUED)
    with acting(JOB):
        for post in Post.objects.filter(organization=ask.organization, capacity=Capacity.PRIMARY_FOCAL_POINT):
            post.ends_on = ISSUED.date()
            post.save()
    later = facts.of_ask(Ask.objects.get(pk=ask.pk))
    assert later.tally() == "authorized"


@pytest.mark.rule("§7B.0")
def test_a_released_request_authorizes_nothing_more(world: World) -> None:
    request = authorized(world)
    coordinator = world.fresh(world.coordinator, ISSUED)
    services.release(request, coordinator, ISSUED)
    for act in (services.issue, services.send_to_office, services.ask_all_anew, services.reopen):
        with pytest.raises(Refused, match="Released"):
            act(request, coordinator, ISSUED)
    again = registered(world)
    with pytest.raises(Refused):
        services.release(again, coordinator, ISSUED)
    assert Release.objects.count() == 1


@pytest.mark.rule("D21")
def test_kinds_go_their_own_ways(world: World) -> None:
    media = registered(world, kind=Kind.MEDIA)
    assert media.state == "media"
    with pytest.raises(Refused, match="own-data page"):
        registered(world, kind=Kind.OWN_DATA)
    family = registered(world, kind=Kind.UN_FAMILY)
    assert family.state == "draft"
    turned = issued(world)
    services.move_to_media(turned, world.coordinator, ISSUED, "A journalist after all")
    assert turned.state == "media"
    ask = world.asks(turned)[0]
    with pytest.raises(Refused, match="ended"):
        services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), ISSUED)


@pytest.mark.rule("practice")
def test_a_hold_stops_the_clocks_and_a_no_still_counts(world: World) -> None:
    request = followed_up(world, but=[2, 3])
    ask, other = world.asks(request)[2:]
    services.put_on_hold(request, world.coordinator, at("2026-01-14"), "Elections")
    assert not facts.of_ask(ask).is_silent(at("2026-02-14"))
    services.resume(request, world.coordinator, at("2026-02-15"))
    ask.refresh_from_db()
    assert (request.state, ask.clock_from) == ("round_1", at("2026-02-15"))
    services.put_on_hold(request, world.coordinator, at("2026-02-16"), "Again")
    services.answer(other, Choice.REFUSE, world.of(other.organization), at("2026-02-17"))
    request.refresh_from_db()
    assert request.state == "stopped"


@pytest.mark.rule("D34")
def test_a_person_of_the_network_cannot_sign_the_guarantee(world: World) -> None:
    from dataclasses import replace

    whole = given()
    assert whole.guarantee is not None
    for changes in (
        {"signer_name": "office  DECIDER example"},
        {"signer_email": "Office.Decider@example.org"},
    ):
        with pytest.raises(Refused, match="account in the network"):
            services.register(
                replace(whole, guarantee=replace(whole.guarantee, **changes)), world.coordinator, ISSUED
            )
    assert not DataRequest.objects.exists()


@pytest.mark.rule("§7B.2")
def test_the_earliest_release_counts_both_clocks(world: World) -> None:
    request = issued(world)
    current = facts.of_current(request)
    assert current is not None
    found = earliest(current.asks, ISSUED, NetworkSettings.current().follow_up_days)
    assert (found.silent, found.at) == (4, at("2026-01-21", 0))


@pytest.mark.rule("D15")
def test_a_double_submit_makes_one_record_and_gives_the_same_result(world: World) -> None:
    key = uuid4()
    first = services.register(given(), world.coordinator, ISSUED, key=key)
    second = services.register(given(), world.coordinator, ISSUED, key=key)
    assert first.pk == second.pk
    assert DataRequest.objects.count() == 1
