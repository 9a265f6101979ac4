"""Suspension, stop of flow and withdrawal through the services: addressee, reasons, end, D17, acknowledgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows, waiting_rows
from intranet.notices.models import Notice
from intranet.papers.models import IssuedPaper
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import policy, selectors, services
from signatories.models import EntryKind, OrganizationState, ParticipationEntry, Person
from signatories.stops import breaches, deadlines, effects
from signatories.stops import services as stops
from signatories.stops.models import Acknowledgement

from .network import NOW, TODAY, Network, acting_as, counts, later, received, with_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only")]
WEEK = timedelta(days=7)


def stop_flow(network: Network, **changes: Any) -> ParticipationEntry:
    given: dict[str, Any] = {
        "breach_reference": "br-2026-01 ",
        "reasons": "Figures were passed on.",
        "effective_on": TODAY,
    }
    actor = changes.pop("actor", network.head("alpha"))
    now = changes.pop("now", NOW)
    return stops.stop_flow(network.members["alpha"], actor, now, **(given | changes))


def suspend(network: Network, **changes: Any) -> ParticipationEntry:
    given: dict[str, Any] = {"reason": "security", "effective_on": TODAY}
    actor = changes.pop("actor", network.head("alpha"))
    return services.suspend(network.members["alpha"], actor, NOW, **(given | changes))


@pytest.mark.rule("§9.f")
def test_a_stop_of_flow_is_written_to_the_coordinator_with_reasons_and_breach(signed: Network) -> None:
    alpha = signed.members["alpha"]
    before = set(Notice.objects.values_list("pk", flat=True))
    entry = stop_flow(signed)
    assert (entry.kind, entry.breach_reference, entry.in_effect) == ("flow_stopped", "BR-2026-01", True)
    assert entry.statement == "Figures were passed on."
    told = {a for n in Notice.objects.exclude(pk__in=before) for a in [*n.to, *n.cc]}
    assert "cora@example.org" in told
    assert "olive@example.org" not in told  # §9.f names the Coordinator alone
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.FLOW_STOPPED
    assert selectors.is_signatory(alpha, TODAY)
    ended = stops.resume_flow(alpha, signed.signer("alpha"), NOW, effective_on=TODAY)
    assert (ended.kind, ended.breach_reference) == ("flow_resumed", "BR-2026-01")
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.SIGNATORY


@pytest.mark.rule("§9.f")
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reasons": " "}, "Reasons"),
        ({"breach_reference": "breach of January"}, "BR-2026-01"),
        ({"breach_reference": ""}, "BR-2026-01"),
        ({"effective_on": TODAY - timedelta(days=1)}, "past"),
    ],
)
def test_a_stop_of_flow_with_gaps_is_refused_with_the_fix(
    signed: Network, changes: dict[str, Any], says: str
) -> None:
    before = counts()
    with pytest.raises(Refused, match=says):
        stop_flow(signed, **changes)
    assert counts() == before


@pytest.mark.rule("§4.f")
@pytest.mark.rule("§9.f")
@pytest.mark.parametrize("who", ["coordinator", "office", "other head", "focal point"])
def test_nobody_else_stops_for_an_organization(signed: Network, who: str) -> None:
    actor = {
        "coordinator": signed.coordinator,
        "office": signed.office_actor,
        "other head": signed.head("beta"),
        "focal point": signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
    }[who]
    before = counts()
    for act in (stop_flow, suspend):
        with pytest.raises(Refused, match="management or its signer"):
            act(signed, actor=actor)
    assert counts() == before


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> dict[str, breaches.Breach]:
    """The register of breaches, as the slice that keeps it will plug it in."""
    kept: dict[str, breaches.Breach] = {}
    monkeypatch.setattr(breaches, "_registers", [])
    breaches.register(lambda reference, now: kept.get(reference))
    with pytest.raises(ValueError, match="one register"):
        breaches.register(lambda reference, now: None)
    return kept


@pytest.mark.rule("§9.f")
@pytest.mark.rule("§9.e")
def test_where_a_register_is_kept_the_breach_must_be_open_in_it(
    signed: Network, register: dict[str, breaches.Breach]
) -> None:
    with pytest.raises(Refused, match="no breach has this reference"):
        stop_flow(signed)
    register["BR-2026-01"] = breaches.Breach("BR-2026-01", open=False, office_involved=False)
    with pytest.raises(Refused, match="resolved already"):
        stop_flow(signed)
    register["BR-2026-01"] = breaches.Breach("BR-2026-01", open=True, office_involved=True)
    assert stop_flow(signed, office_involved=False).office_involved is True  # the register knows better


@pytest.mark.rule("trap 19")
def test_suspension_and_stop_of_flow_are_two_strands(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    suspend(signed, effective_on=TODAY + WEEK)
    stop_flow(signed)  # an announced suspension does not stand in its way
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.SUSPENDED_STOPPED
    assert not selectors.is_suspended(alpha, TODAY)
    assert selectors.is_flow_stopped(alpha, TODAY)
    with pytest.raises(Refused, match="suspended already"):
        suspend(signed, effective_on=TODAY + WEEK)
    with pytest.raises(Refused, match="stopped already"):
        stop_flow(signed)
    with pytest.raises(Refused, match="last entry takes effect"):
        services.resume(alpha, head, NOW, effective_on=TODAY)
    stops.resume_flow(alpha, head, NOW, effective_on=TODAY)
    assert selectors.is_suspended(alpha, TODAY + WEEK)
    services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY + WEEK)
    assert not selectors.is_suspended(alpha, TODAY + WEEK)


@pytest.mark.rule("§4.f")
@pytest.mark.rule("§9.f")
def test_an_announced_stop_keeps_nobody_from_stopping_at_once(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    suspend(signed, effective_on=TODAY + WEEK, reason="capacity", scope="external")
    stop_flow(signed, effective_on=TODAY + WEEK)
    now = suspend(signed, reason="security")
    assert selectors.position(alpha, TODAY).suspension == now
    stop_flow(signed, breach_reference="BR-2026-02")
    paper = received(reason="safety", received_on=TODAY, effective_on=TODAY)
    with pytest.raises(Refused, match="suspended already"):
        services.record_suspension_received_outside(alpha, paper, signed.coordinator, NOW)
    position = selectors.position(alpha, TODAY)
    assert position.suspended
    assert position.flow_stopped
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.SUSPENDED_STOPPED
    then = later(days=8)
    announced = selectors.position(alpha, then.date()).suspension
    assert (announced.scope, announced.reason) == ("external", "capacity")  # type: ignore[union-attr]
    services.resume(alpha, replace(head, verified_at=then), then, effective_on=then.date())
    stops.resume_flow(alpha, replace(head, verified_at=then), then, effective_on=then.date())
    assert not selectors.is_suspended(alpha, then.date())


@pytest.mark.rule("§4.f")
def test_a_paper_suspends_earlier_than_announced(signed: Network) -> None:
    alpha = signed.members["alpha"]
    suspend(signed, effective_on=TODAY + WEEK)
    entry = services.record_suspension_received_outside(
        alpha, received(reason="safety", scope="external"), signed.coordinator, NOW
    )
    assert entry.in_effect  # it covers less than what was announced, and still stops at once
    assert selectors.is_suspended(alpha, TODAY)


@pytest.mark.rule("practice")
def test_a_day_more_than_a_year_ahead_is_a_slip(signed: Network) -> None:
    alpha = signed.members["alpha"]
    far = TODAY + timedelta(days=367)
    paper = received(reason="safety", effective_on=far)
    before = counts()
    with pytest.raises(Refused, match="more than a year ahead"):
        suspend(signed, effective_on=far)
    with pytest.raises(Refused, match="more than a year ahead"):
        stop_flow(signed, effective_on=far)
    with pytest.raises(Refused, match="more than a year ahead"):
        services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=far)
    for record in (services.record_suspension_received_outside, services.record_withdrawal_received_outside):
        with pytest.raises(Refused, match="more than a year ahead"):
            record(alpha, paper, signed.coordinator, NOW)
    assert counts() == before


@pytest.mark.rule("§4.f")
def test_a_suspension_says_scope_review_and_notifications_and_can_be_said_anew(signed: Network) -> None:
    alpha = signed.members["alpha"]
    with pytest.raises(Refused, match="before the suspension begins"):
        suspend(signed, review_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="What is suspended"):
        suspend(signed, scope="some")
    with pytest.raises(Refused, match="Reason of the suspension"):
        suspend(signed, reason="because")
    first = suspend(signed, review_on=TODAY + WEEK, notifications_continue=False)
    assert not effects.notifications_go_on(selectors.position(alpha, TODAY))
    second = suspend(signed, renew=True, scope="external", review_on=TODAY + 2 * WEEK, reason="capacity")
    held = selectors.position(alpha, TODAY).suspension
    assert held == second
    assert effects.notifications_go_on(selectors.position(alpha, TODAY))
    assert effects.takes_reports(selectors.position(alpha, TODAY))
    assert [e.kind for e in alpha.participation.order_by("number")][1:] == ["suspended", "suspended"]
    assert first.pk != second.pk
    services.resume(alpha, signed.head("alpha"), NOW, effective_on=TODAY)
    with pytest.raises(Refused):
        suspend(signed, renew=True)


@pytest.mark.rule("D17")
def test_a_stop_of_flow_on_paper_holds_at_once_and_its_end_after_a_confirmation(signed: Network) -> None:
    alpha = signed.members["alpha"]
    paper = received(statement="A breach.", breach_reference="BR-2026-01")
    for gap in (received(statement="A breach."), received(breach_reference="BR-2026-01")):
        with pytest.raises(Refused):
            services.record_received(alpha, EntryKind.FLOW_STOPPED, gap, signed.coordinator, NOW)
    services.record_received(alpha, EntryKind.FLOW_STOPPED, paper, signed.coordinator, NOW)
    assert selectors.is_flow_stopped(alpha, TODAY)
    ended = services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), signed.coordinator, NOW)
    assert ended.breach_reference == "BR-2026-01"
    assert selectors.is_flow_stopped(alpha, TODAY)
    with pytest.raises(Refused):
        services.confirm_received(ended, signed.coordinator, NOW)
    services.confirm_received(ended, signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT), NOW)
    assert not selectors.is_flow_stopped(alpha, TODAY)
    assert not IssuedPaper.objects.exclude(kind="endorsement").exists()  # what arrived on paper has its paper


@pytest.mark.rule("§9.g")
def test_an_office_that_is_involved_neither_reads_nor_confirms(signed: Network) -> None:
    alpha = signed.members["alpha"]
    paper = received(statement="A breach.", breach_reference="BR-2026-01", office_involved=True)
    stop = services.record_received(alpha, EntryKind.FLOW_STOPPED, paper, signed.coordinator, NOW)
    ended = services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), signed.coordinator, NOW)
    for entry in (stop, ended):
        assert not policy.may_see_entry(signed.office_actor, entry, NOW).allowed
        assert policy.may_see_entry(signed.coordinator, entry, NOW).allowed
        assert policy.may_see_entry(signed.head("alpha"), entry, NOW).allowed
    for act in (services.confirm_received, lambda e, a, n: services.deny_received(e, a, n, note="No.")):
        with pytest.raises(Refused, match="office is involved"):
            act(ended, signed.office_actor, NOW)
    assert not [row for row in due_rows(signed.office_actor, NOW) if str(ended.pk) in row.url]
    assert "olive@example.org" not in {
        a for n in Notice.objects.filter(kind="participation_confirm") for a in n.to
    }
    services.confirm_received(ended, signed.head("alpha"), NOW)


@pytest.mark.rule("§9.i fn5")
def test_coordinator_and_office_each_acknowledge_a_withdrawal_which_holds_without(signed: Network) -> None:
    alpha = signed.members["alpha"]
    suspended = suspend(signed)
    with pytest.raises(Refused, match="Only a withdrawal"):
        stops.acknowledge(suspended, signed.coordinator, NOW)
    entry = services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    assert not selectors.is_signatory(alpha, TODAY)
    page = f"/network/entries/{entry.pk}/"
    for actor in (signed.coordinator, signed.office_actor):
        assert [row for row in due_rows(actor, NOW) if page in row.url]
    assert len([row for row in waiting_rows(signed.signer("alpha"), NOW) if page in row.url]) == 2
    for actor in (signed.head("alpha"), signed.head("beta"), signed.signer("alpha")):
        with pytest.raises(Refused):
            stops.acknowledge(entry, actor, NOW)
    assert not Acknowledgement.objects.exists()
    stops.acknowledge(entry, signed.coordinator, later(hours=1))
    with pytest.raises(Refused, match="Cora Coordinator acknowledged this"):
        stops.acknowledge(entry, signed.coordinator, later(hours=2))
    stops.acknowledge(entry, signed.office_actor, later(hours=3))
    assert sorted(entry.acknowledgements.values_list("side", flat=True)) == ["coordination", "office"]
    assert (
        Notice.objects.filter(
            kind="participation_acknowledged", to__contains=["alpha.head@example.org"]
        ).count()
        == 2
    )
    assert not [row for row in due_rows(signed.coordinator, NOW) if page in row.url]
    assert not [row for row in waiting_rows(signed.signer("alpha"), NOW) if page in row.url]
    assert ParticipationEntry.objects.filter(organization=alpha).count() == 3  # it approves nothing
    assert set(IssuedPaper.objects.exclude(kind="endorsement").values_list("kind", flat=True)) == {
        *("suspension", "withdrawal", "withdrawal_acknowledged"),
    }
    event = Event.objects.filter(action="acknowledgement.acknowledge", outcome="done").first()
    assert event is not None
    assert event.data["number"].startswith("WA-2026-")


@pytest.mark.rule("trap 16")
def test_who_withdrew_does_not_acknowledge_it_in_another_capacity(signed: Network) -> None:
    alpha = signed.members["alpha"]
    entry = services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    as_coordinator = acting_as(signed.people["alpha.head"], Capacity.COORDINATOR, signed.coordination)
    with pytest.raises(Refused, match="somebody else acknowledges"):
        stops.acknowledge(entry, as_coordinator, NOW)


@pytest.mark.rule("§4.f")
def test_the_expected_review_reminds_the_organization_alone_and_once(signed: Network) -> None:
    alpha = signed.members["alpha"]
    manager = with_account("Alpha Manager", "alpha.manager@example.org")
    services.appoint(manager, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, signed.coordinator, NOW)
    suspend(signed, review_on=TODAY + 3 * WEEK)
    reminders = Notice.objects.filter(kind="stops.review")

    def run(days: int, dry_run: bool = False) -> list[str]:
        return list(deadlines.remind(later(days=days), dry_run))

    assert run(13) == []
    assert run(14, dry_run=True) == ["Review of a suspension: 1 organizations reminded."]
    assert not reminders.exists()
    run(14)
    run(15)
    assert reminders.count() == 1
    run(25)  # the newest step after an outage
    run(26)
    assert reminders.count() == 2
    assert run(21 + deadlines.CATCH_UP_DAYS + 1) == []
    for notice in reminders:
        assert sorted(notice.to) == ["alpha.head@example.org", "alpha.manager@example.org"]
        assert "Alpha" not in notice.text
    head = signed.head("alpha")
    assert not [row for row in due_rows(head, later(days=6)) if row.last_day == TODAY + 3 * WEEK]
    assert [row.standing for row in due_rows(head, later(days=22)) if row.last_day == TODAY + 3 * WEEK] == [
        "late"
    ]
    services.resume(alpha, head, NOW, effective_on=TODAY)
    assert run(21) == []


@pytest.mark.rule("§4.f")
def test_home_shows_stops_that_hold_to_their_addressees(signed: Network, edition: Edition) -> None:
    first, second = suspend(signed), stop_flow(signed)

    def seen(actor: Any) -> list[bool]:
        urls = [row.url for row in waiting_rows(actor, NOW)]
        return [any(str(entry.pk) in url for url in urls) for entry in (first, second)]

    assert seen(signed.coordinator) == [True, True]
    assert seen(signed.office_actor) == [True, False]
    assert seen(signed.head("alpha")) == [False, True]
    assert seen(signed.head("beta")) == [False, False]


@pytest.mark.rule("§9.i")
def test_access_ends_with_the_withdrawal_and_comes_back_with_an_endorsement(
    signed: Network, edition: Edition
) -> None:
    from intranet.access.capacities import held_by
    from protocol_pages.editions.selectors import edition_in_force

    from .network import endorse

    alpha = signed.members["alpha"]
    reader = with_account("Alpha Reader", "alpha.reader@example.org")
    services.appoint(reader, alpha, Capacity.MEMBER, TODAY, signed.coordinator, NOW)
    named = Person.objects.get(email="alpha.second@example.org")
    services.withdraw(
        alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY + timedelta(days=1)
    )

    def held(person: Person, days: int) -> set[str]:
        assert person.user is not None
        return {str(item.capacity) for item in held_by(person.user, later(days=days))}

    assert held(reader, 0) == {"member"}  # until the effective date
    assert held(reader, 1) == set()
    assert held(named, 1) == set()
    assert held(signed.people["alpha.head"], 1) == {"head_of_agency", "signer"}
    assert held(signed.people["beta.first"], 1) == {"primary_focal_point"}
    again = later(days=2)
    endorse(signed, "alpha", edition_in_force(TODAY + timedelta(days=2)), again)
    assert held(reader, 2) == {"member"}
    assert held(named, 2) == {"secondary_focal_point"}
