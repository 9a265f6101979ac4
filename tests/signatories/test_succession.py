"""Succession of the signer: verified by two, never approved, never silent; one defined outcome for every conflict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from audit.actors import Actor, system_actor
from audit.models import Event
from intranet.access import accounts
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.clock.calendars import calendar_for
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import selectors
from signatories import services as people
from signatories.models import Organization, ParticipationEntry
from signatories.speaking import speaker_on
from signatories.succession import deadlines, jobs, services
from signatories.succession.models import IdentityCheck, Succession, SuccessionLetter, SuccessionState

from .network import NOW, START, TODAY, Network, acting_as, counts, endorse, later, received
from .succession_play import (
    LETTER_FILE,
    another,
    at,
    confirm_calendar,
    letter,
    new_head,
    outside,
    sent,
    signer_now,
    verify_both,
)

pytestmark = pytest.mark.rule("§9.i fn5")
HOW = "Called the known number."


def rows() -> dict[str, int]:
    """Rows that a refused act must leave as they are."""
    return counts() | {
        model.__name__: model.objects.count() for model in (Succession, SuccessionLetter, IdentityCheck)
    }


def refused(act: Callable[[], Any], says: str = "") -> Refused:
    before = rows()
    with pytest.raises(Refused, match=says or None) as refusal:
        act()
    assert rows() == before
    return refusal.value


def withdraw(network: Network, actor: Actor, moment: Any = NOW) -> ParticipationEntry:
    return people.withdraw(
        network.members["alpha"],
        at(actor, moment),
        moment,
        statement="We leave.",
        effective_on=moment.date(),
    )


def test_the_right_passes_on_after_both_verified_and_the_endorsement_keeps_its_name(signed: Network) -> None:
    alpha, first = signed.members["alpha"], signed.people["alpha.first"]
    succession = sent(signed, from_on=TODAY + timedelta(days=2))
    assert succession.state == SuccessionState.VERIFYING
    services.verify(succession, HOW, signed.coordinator, NOW)
    assert succession.state == SuccessionState.VERIFYING
    services.verify(succession, "Saw the staff card.", signed.office_actor, NOW)
    assert succession.state == SuccessionState.COMPLETE
    assert succession.effective_on == TODAY + timedelta(days=2)
    # Until the stated day the individual who signed still speaks; from it on the successor alone does.
    refused(lambda: withdraw(signed, signer_now(first, signed)))
    assert speaker_on(alpha, TODAY + timedelta(days=1)).person == signed.people["alpha.head"]  # type: ignore[union-attr]
    from_then = later(days=2)
    refused(lambda: withdraw(signed, signed.signer("alpha"), from_then))
    entry = withdraw(signed, signer_now(first, signed), from_then)
    assert (entry.signer, entry.signer_name, entry.signer_title) == (first, "Alpha First", "Deputy Director")
    assert entry.authority == "Letter HA/12 of 10 January 2026"
    signed_entry = selectors.signer_of(alpha, TODAY + timedelta(days=3))
    assert signed_entry is not None
    assert signed_entry.signer_name == "Alpha Head"


def test_capacities_follow_the_same_selector(signed: Network) -> None:
    head, first = signed.people["alpha.head"], signed.people["alpha.first"]
    verify_both(signed, sent(signed, from_on=TODAY + timedelta(days=1)))

    def signs(person: Any, days: int) -> bool:
        held = held_by(person.user, later(days=days))
        return Capacity.SIGNER in [item.capacity for item in held]

    assert [signs(head, 0), signs(first, 0)] == [True, False]
    assert [signs(head, 1), signs(first, 1)] == [False, True]


def test_nothing_passes_on_backwards(signed: Network) -> None:
    succession = sent(signed)
    verified = verify_both(signed, succession, later(days=3))
    assert verified.effective_on == TODAY + timedelta(days=3)
    speaker = speaker_on(signed.members["alpha"], TODAY + timedelta(days=2))
    assert speaker is not None
    assert speaker.person == signed.people["alpha.head"]


def test_a_second_succession_follows_the_first(signed: Network) -> None:
    verify_both(signed, sent(signed, from_on=TODAY + timedelta(days=2)))
    alpha = signed.members["alpha"]
    too_early = letter(signed, "alpha.second", from_on=TODAY + timedelta(days=1))
    refused(lambda: services.send(alpha, too_early, signed.head("alpha"), NOW), "Choose that day or a later")
    same = letter(signed, "alpha.first", from_on=TODAY + timedelta(days=4))
    refused(lambda: services.send(alpha, same, signed.head("alpha"), NOW), "holds the signer's right already")
    second = services.send(
        alpha,
        letter(signed, "alpha.second", from_on=TODAY + timedelta(days=4)),
        signed.head("alpha"),
        NOW,
    )
    assert second.former == signed.people["alpha.first"]
    verify_both(signed, second)
    names = [speaker_on(alpha, TODAY + timedelta(days=n)).name for n in (0, 2, 3, 4)]  # type: ignore[union-attr]
    assert names == ["Alpha Head", "Alpha First", "Alpha First", "Alpha Second"]


@pytest.mark.parametrize(
    "who", ["focal point", "signer", "other head", "coordinator", "office", "system", "superuser"]
)
def test_only_the_own_head_of_agency_sends_the_letter(signed: Network, who: str) -> None:
    first = signed.people["alpha.first"]
    actor = {
        "focal point": signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        "signer": signed.signer("alpha"),
        "other head": signed.head("beta"),
        "coordinator": signed.coordinator,
        "office": signed.office_actor,
        "system": system_actor("import"),
        "superuser": Actor("Root", "", user_id=first.user_id, verified_at=NOW),
    }[who]
    refused(lambda: services.send(signed.members["alpha"], letter(signed), actor, NOW))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"successor_title": " "}, "Title of the successor"),
        ({"instrument": ""}, "Instrument"),
        ({"file": None}, "File"),
        ({"from_on": TODAY - timedelta(days=1)}, "Choose that day or a later one"),
        ({"successor": "beta.first"}, "somebody with a post in this organization"),
        ({"successor": "alpha.head"}, "holds the signer's right already"),
    ],
)
def test_a_letter_with_gaps_is_refused_with_the_fix(
    signed: Network, change: dict[str, Any], says: str
) -> None:
    given = letter(signed, **change)
    refused(lambda: services.send(signed.members["alpha"], given, signed.head("alpha"), NOW), says)


def test_without_an_endorsement_there_is_nothing_to_pass_on(signed: Network) -> None:
    given = letter(signed, successor="beta.first")
    refused(
        lambda: services.send(signed.members["beta"], given, signed.head("beta"), NOW), "has not endorsed"
    )


@pytest.mark.rule("D11")
def test_sending_and_verifying_need_a_fresh_code(signed: Network) -> None:
    old = at(signed.head("alpha"), NOW - timedelta(minutes=16))
    assert refused(lambda: services.send(signed.members["alpha"], letter(signed), old, NOW)).code == "step_up"
    succession = sent(signed)
    stale = at(signed.office_actor, NOW - timedelta(minutes=16))
    assert refused(lambda: services.verify(succession, HOW, stale, NOW)).code == "step_up"


def test_two_letters_at_once_the_second_is_told_of_the_first(signed: Network) -> None:
    sent(signed)
    refused(lambda: sent(signed, successor="alpha.second"), "A letter of Alpha Head came on 2026-01-11")


@pytest.mark.parametrize("first", ["coordinator", "office"])
def test_each_side_verifies_once_and_the_two_are_two_persons(signed: Network, first: str) -> None:
    succession = sent(signed)
    person = signed.coordinator_person if first == "coordinator" else signed.office_person
    own = signed.coordinator if first == "coordinator" else signed.office_actor
    services.verify(succession, HOW, own, NOW)
    refused(lambda: services.verify(succession, HOW, own, NOW), "verified this letter")
    # The same account with the hat of the other side: still one person.
    hats = {
        "coordinator": (Capacity.OFFICE, signed.office),
        "office": (Capacity.ACTING_COORDINATOR, signed.coordination),
    }
    again = acting_as(person, *hats[first])
    refused(lambda: services.verify(succession, HOW, again, NOW), "a second person")
    refused(lambda: services.could_not_verify(succession, again, NOW, "no"), "a second person")


def test_the_acting_coordinator_is_the_coordinators_side(signed: Network) -> None:
    succession = sent(signed)
    acting = another(signed, "Aida Acting", Capacity.ACTING_COORDINATOR, "coordination")
    services.verify(succession, HOW, acting, NOW)
    refused(lambda: services.verify(succession, HOW, signed.coordinator, NOW), "Aida Acting verified")
    services.verify(succession, HOW, signed.office_actor, NOW)
    assert succession.state == SuccessionState.COMPLETE


@pytest.mark.parametrize("who", ["head", "first", "assistant", "auditor", "system", "other"])
def test_nobody_else_verifies(signed: Network, who: str) -> None:
    succession = sent(signed)
    actor = {
        "head": signed.head("alpha"),
        "first": signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        "assistant": acting_as(signed.office_person, Capacity.OFFICE_ASSISTANT, signed.office),
        "auditor": acting_as(signed.office_person, Capacity.AUDITOR, signed.office),
        "system": system_actor("run_due"),
        "other": signed.head("beta"),
    }[who]
    refused(lambda: services.verify(succession, HOW, actor, NOW))
    refused(lambda: services.could_not_verify(succession, actor, NOW, "no"))


@pytest.mark.rule("trap 16")
@pytest.mark.parametrize("party", ["focal point", "successor"])
def test_a_coordinator_who_is_party_does_not_verify(signed: Network, party: str) -> None:
    """The Coordinator holds a post of the organization: the acting one verifies instead."""
    acting = another(signed, "Aida Acting", Capacity.ACTING_COORDINATOR, "coordination")
    people.appoint(
        signed.coordinator_person,
        signed.members["alpha"],
        Capacity.SENIOR_MANAGEMENT,
        START,
        acting,
        NOW,
    )
    signed.people["alpha.cora"] = signed.coordinator_person
    succession = sent(signed, successor="alpha.cora") if party == "successor" else sent(signed)
    refused(lambda: services.verify(succession, HOW, signed.coordinator, NOW), "acting Coordinator")
    services.verify(succession, HOW, acting, NOW)
    assert succession.checks.get().by == "Aida Acting"


def test_how_it_was_verified_is_recorded_and_demanded(signed: Network) -> None:
    succession = sent(signed)
    refused(lambda: services.verify(succession, "  ", signed.coordinator, NOW), "How you verified it")
    verify_both(signed, succession)
    said = list(succession.checks.values_list("side", "verified", "how", "by"))
    assert said == [
        ("coordination", True, "Called the known number.", "Cora Coordinator"),
        ("office", True, "Saw the staff card.", "Olive Office"),
    ]


def test_it_verifies_and_never_refuses_on_merit(signed: Network) -> None:
    """The only other word is "could not be verified, because ...", and a new letter may come."""
    succession = sent(signed)
    services.verify(succession, HOW, signed.coordinator, NOW)
    refused(lambda: services.could_not_verify(succession, signed.office_actor, NOW, " "), "Reason")
    services.could_not_verify(succession, signed.office_actor, NOW, "The number does not answer.")
    assert succession.state == SuccessionState.NOT_VERIFIED
    refused(lambda: services.verify(succession, HOW, signed.office_actor, NOW), "state")
    services.send_again(succession, letter(signed, instrument="Letter 13"), signed.head("alpha"), NOW)
    # Both verify the new letter; what was said about the earlier one does not count.
    assert (succession.state, succession.letters) == (SuccessionState.VERIFYING, 2)
    services.verify(succession, HOW, signed.office_actor, NOW)
    assert succession.state == SuccessionState.VERIFYING
    services.verify(succession, HOW, signed.coordinator, NOW)
    assert succession.state == SuccessionState.COMPLETE
    assert list(succession.letter_rows.values_list("instrument", flat=True)) == [
        "Letter HA/12 of 10 January 2026",
        "Letter 13",
    ]


@pytest.mark.parametrize("who", ["signer", "second", "new head"])
def test_an_objection_holds_it_and_nobody_loses_anything(signed: Network, who: str) -> None:
    succession = sent(signed)
    services.verify(succession, HOW, signed.coordinator, NOW)
    actor = {
        "signer": lambda: signed.signer("alpha"),
        "second": lambda: signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT),
        "new head": lambda: new_head(signed),
    }[who]()
    if who == "signer":  # who wrote the letter takes it back instead
        refused(lambda: services.object_to(succession, actor, NOW, "No."), "take it back")
        return
    told = set(Notice.objects.values_list("pk", flat=True))
    services.object_to(succession, actor, NOW, "The signer has not left.")
    assert succession.state == SuccessionState.HELD
    addresses = {a for notice in Notice.objects.exclude(pk__in=told) for a in notice.to}
    assert {"alpha.head@example.org", "alpha.first@example.org"} <= addresses
    assert {"cora@example.org", "olive@example.org"} <= addresses
    refused(lambda: services.verify(succession, HOW, signed.office_actor, NOW), "Held")
    assert withdraw(signed, signed.signer("alpha")).in_effect


def test_a_dispute_is_answered_by_the_heads_new_letter(signed: Network) -> None:
    """One objection a person: the same one does not hold the new letter, another person may."""
    head = new_head(signed)
    succession = services.send(signed.members["alpha"], letter(signed), head, NOW)
    services.object_to(succession, signed.signer("alpha"), NOW, "I have not left.")
    refused(lambda: services.send_again(succession, letter(signed), signed.signer("alpha"), NOW))
    refused(lambda: services.send_again(succession, letter(signed), signed.coordinator, NOW))
    services.send_again(succession, letter(signed, instrument="Letter 14"), head, NOW)
    refused(
        lambda: services.object_to(succession, signed.signer("alpha"), NOW, "Again."),
        "Alpha Head objected to an earlier letter already",
    )
    second = signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    services.object_to(succession, second, NOW, "I saw him today.")
    assert succession.state == SuccessionState.HELD
    services.take_back(succession, head, NOW, "He stays.")
    assert succession.state == SuccessionState.TAKEN_BACK
    assert speaker_on(signed.members["alpha"], date.max).name == "Alpha Head"  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["other head", "coordinator", "office", "system"])
def test_others_do_not_object(signed: Network, who: str) -> None:
    succession = sent(signed)
    actor = {
        "other head": signed.head("beta"),
        "coordinator": signed.coordinator,
        "office": signed.office_actor,
        "system": system_actor("run_due"),
    }[who]
    refused(lambda: services.object_to(succession, actor, NOW, "No."))


def test_complete_is_complete(signed: Network) -> None:
    succession = verify_both(signed, sent(signed))
    second = signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    for act in (
        lambda: services.object_to(succession, second, NOW, "Too late."),
        lambda: services.take_back(succession, signed.head("alpha"), NOW, "Too late."),
        lambda: services.send_again(succession, letter(signed), signed.head("alpha"), NOW),
    ):
        assert refused(act).code == "state"


# -- received outside (D17) -----------------------------------------------------------------------------


@pytest.mark.rule("D17")
def test_a_letter_from_outside_waits_for_somebody_else(signed: Network) -> None:
    alpha = signed.members["alpha"]
    succession = services.record(alpha, outside(signed), signed.coordinator, NOW)
    assert (succession.state, succession.last_day) == (SuccessionState.RECORDED, None)
    refused(lambda: services.verify(succession, HOW, signed.office_actor, NOW), "waits for a confirmation")
    for actor in (
        acting_as(signed.coordinator_person, Capacity.OFFICE, signed.office),
        acting_as(signed.coordinator_person, Capacity.HEAD_OF_AGENCY, alpha),
        signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),  # the successor
        signed.head("beta"),
        signed.coordinator,
    ):
        refused(lambda actor=actor: services.confirm(succession, actor, NOW))  # type: ignore[misc]
    services.confirm(succession, signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT), NOW)
    assert succession.state == SuccessionState.VERIFYING
    verify_both(signed, succession)
    assert speaker_on(alpha, TODAY).name == "Alpha First"  # type: ignore[union-attr]


@pytest.mark.rule("D17")
def test_a_recorded_letter_may_be_denied_or_objected_to(signed: Network) -> None:
    alpha = signed.members["alpha"]
    succession = services.record(alpha, outside(signed), signed.coordinator, NOW)
    refused(lambda: services.deny(succession, signed.signer("alpha"), NOW, " "), "Reason")
    services.deny(succession, signed.signer("alpha"), NOW, "There is no such letter.")
    assert succession.state == SuccessionState.DENIED
    second = services.record(alpha, outside(signed), signed.coordinator, NOW)
    services.object_to(second, signed.signer("alpha"), NOW, "I have not left.")
    assert second.state == SuccessionState.HELD
    services.record_again(second, outside(signed, instrument="Letter 13"), signed.coordinator, NOW)
    assert second.state == SuccessionState.RECORDED


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"signed_by": "Alpha First"}, "the Head of Agency's \\(Alpha Head\\)"),
        ({"received_how": "pigeon"}, "How it arrived"),
        ({"received_on": TODAY + timedelta(days=1)}, "Received on"),
        ({"file": None}, "File"),
    ],
)
def test_a_record_with_gaps_is_refused(signed: Network, change: dict[str, Any], says: str) -> None:
    given = outside(signed, **change)
    refused(lambda: services.record(signed.members["alpha"], given, signed.coordinator, NOW), says)


@pytest.mark.rule("D17")
@pytest.mark.parametrize("who", ["office", "head", "second"])
def test_only_coordination_and_assistants_record(signed: Network, who: str) -> None:
    actor = {
        "office": signed.office_actor,
        "head": signed.head("alpha"),
        "second": signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT),
    }[who]
    refused(lambda: services.record(signed.members["alpha"], outside(signed), actor, NOW))


@pytest.mark.rule("D17")
def test_an_objection_from_outside_holds_at_once(signed: Network) -> None:
    succession = services.send(signed.members["alpha"], letter(signed), new_head(signed), NOW)

    def record(name: str, file: Any = LETTER_FILE) -> Succession:
        return services.record_objection(
            succession, name, "mail", TODAY, file, signed.coordinator, NOW, "I have not left."
        )

    refused(lambda: record("Somebody Else"), "In whose name")
    refused(lambda: record("alpha HEAD", None), "File")
    record("alpha  head")
    assert succession.state == SuccessionState.HELD
    objection = succession.objections.get()
    assert (objection.person, objection.by) == (signed.people["alpha.head"], "Cora Coordinator")
    services.send_again(
        succession,
        letter(signed),
        acting_as(signed.people["alpha.nadia"], Capacity.HEAD_OF_AGENCY, signed.members["alpha"]),
        NOW,
    )
    refused(lambda: record("Alpha Head"), "objected to an earlier letter")
    refused(lambda: services.object_to(succession, signed.signer("alpha"), NOW, "Again."), "objected")


# -- conflicts ------------------------------------------------------------------------------------------


def test_the_head_who_signed_and_left_is_succeeded_by_the_new_heads_letter(signed: Network) -> None:
    """The new Head of Agency may name themselves: two others verify who that is."""
    head = new_head(signed)
    succession = services.send(signed.members["alpha"], letter(signed, successor="alpha.nadia"), head, NOW)
    verify_both(signed, succession)
    entry = withdraw(signed, signer_now(signed.people["alpha.nadia"], signed))
    assert entry.signer_name == "Nadia Newhead"


def test_a_head_replaced_while_it_is_under_way(signed: Network) -> None:
    """The letter of the post stays; the new Head of Agency may let it run, object, or take it back."""
    succession = sent(signed)
    head = new_head(signed)
    services.verify(succession, HOW, signed.coordinator, NOW)
    assert succession.state == SuccessionState.VERIFYING
    services.object_to(succession, head, NOW, "I do not stand by it.")
    services.send_again(succession, letter(signed, "alpha.second"), head, NOW)
    verify_both(signed, succession)
    assert speaker_on(signed.members["alpha"], TODAY).name == "Alpha Second"  # type: ignore[union-attr]


def test_a_signer_whose_account_is_deactivated_stays_the_signer(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.people["alpha.head"]
    assert head.user is not None
    accounts.deactivate(head.user, signed.coordinator, NOW, "left the organization")
    speaker = speaker_on(alpha, TODAY)
    assert speaker is not None
    assert (speaker.person, speaker.endorsement.signer_name) == (head, "Alpha Head")
    # Withdrawn on paper in the signer's name, confirmed by the office, or by a successor; by nobody else.
    refused(lambda: withdraw(signed, signed.head("alpha")))
    paper = people.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    people.deny_received(paper, signed.office_actor, NOW, note="The scan is not signed.")
    succession = services.send(alpha, letter(signed), new_head(signed), NOW)
    verify_both(signed, succession)
    assert withdraw(signed, signer_now(signed.people["alpha.first"], signed)).in_effect


def test_a_paper_withdrawal_in_a_former_signers_name_is_overtaken(signed: Network) -> None:
    alpha = signed.members["alpha"]
    paper = people.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    verify_both(signed, sent(signed))
    successor = signer_now(signed.people["alpha.first"], signed)
    for actor in (signed.office_actor, successor):
        refused(lambda actor=actor: people.confirm_received(paper, actor, NOW), "does not speak")  # type: ignore[misc]
    people.deny_received(paper, successor, NOW, note="We stay.")
    refused(
        lambda: people.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW),
        "only Alpha First",
    )
    new_paper = received(signer_name="Alpha First")
    waits = people.record_withdrawal_received_outside(alpha, new_paper, signed.coordinator, NOW)
    assert people.confirm_received(waits, successor, NOW).in_effect


def test_a_new_endorsement_overtakes_a_succession(signed: Network, edition: Edition) -> None:
    from .test_editions_due import substantive

    succession = sent(signed)
    second = substantive(signed, TODAY)
    endorse(signed, "alpha", second, later(minutes=5))
    refused(
        lambda: services.verify(succession, HOW, signed.coordinator, NOW),
        "Alpha Head endorsed edition 2 on 2026-01-11",
    )
    assert list(jobs.lapse(NOW, dry_run=True)) == list(jobs.lapse(NOW, dry_run=False))
    succession.refresh_from_db()
    assert succession.state == SuccessionState.LAPSED
    assert list(jobs.lapse(NOW, dry_run=False)) == []
    assert sent(signed).endorsement.edition_number == 2


def test_a_complete_succession_ends_with_the_next_endorsement(signed: Network, edition: Edition) -> None:
    from .test_editions_due import substantive

    verify_both(signed, sent(signed))
    endorse(signed, "alpha", substantive(signed, TODAY), later(minutes=5))
    assert speaker_on(signed.members["alpha"], TODAY).name == "Alpha Head"  # type: ignore[union-attr]
    refused(lambda: withdraw(signed, signer_now(signed.people["alpha.first"], signed)))


def test_a_withdrawal_overtakes_a_succession(signed: Network) -> None:
    succession = sent(signed)
    withdraw(signed, signed.signer("alpha"))
    refused(lambda: services.verify(succession, HOW, signed.coordinator, NOW), "withdrew from the protocol")
    refused(lambda: services.lapse(succession, signed.coordinator, NOW))
    list(jobs.lapse(NOW, dry_run=False))
    succession.refresh_from_db()
    assert succession.state == SuccessionState.LAPSED


def test_the_job_lapses_nothing_that_is_not_overtaken(signed: Network) -> None:
    succession = sent(signed)
    refused(lambda: services.lapse(succession, jobs.JOB, NOW), "Nothing has overtaken")
    assert list(jobs.lapse(NOW, dry_run=False)) == []


# -- the clock ------------------------------------------------------------------------------------------


@pytest.mark.rule("practice")
def test_five_business_days_with_their_arithmetic(signed: Network) -> None:
    confirm_calendar(signed, 2026)
    succession = sent(signed)  # Sunday 11 January: counted are Monday to Thursday and Sunday 18
    due = deadlines.due(succession, calendar_for(), NOW)
    assert due is not None
    assert (due.last_day, due.overdue) == (date(2026, 1, 18), False)
    assert succession.last_day == date(2026, 1, 18)
    assert due.counted is not None
    assert succession.calendar_version == due.counted.calendar_version
    last, first = due.ends_at - timedelta(seconds=1), due.ends_at
    assert not deadlines.due(succession, calendar_for(), last).overdue  # type: ignore[union-attr]
    assert deadlines.due(succession, calendar_for(), first).overdue  # type: ignore[union-attr]


@pytest.mark.rule("D26")
def test_overdue_is_told_once_and_decides_nothing(signed: Network) -> None:
    confirm_calendar(signed, 2026)
    succession = sent(signed)
    services.verify(succession, HOW, signed.coordinator, NOW)
    due = deadlines.due(succession, calendar_for(), NOW)
    assert due is not None
    assert list(jobs.tell_overdue(due.ends_at - timedelta(seconds=1), dry_run=False)) == []
    assert len(list(jobs.tell_overdue(due.ends_at, dry_run=True))) == 1
    assert not Notice.objects.filter(kind="succession_overdue").exists()
    assert len(list(jobs.tell_overdue(due.ends_at, dry_run=False))) == 1
    assert list(jobs.tell_overdue(due.ends_at + timedelta(days=900), dry_run=False)) == []
    succession.refresh_from_db()
    assert (succession.state, succession.effective_on) == (SuccessionState.VERIFYING, None)
    services.verify(succession, HOW, at(signed.office_actor, due.ends_at), due.ends_at)
    assert succession.state == SuccessionState.COMPLETE  # late is late, not void


@pytest.mark.rule("D25")
def test_a_holiday_announced_late_moves_the_day_only_later(signed: Network) -> None:
    from audit.actors import acting
    from intranet.clock.models import NonWorkingDay

    confirm_calendar(signed, 2026)
    succession = sent(signed)
    with acting(signed.coordinator):
        NonWorkingDay.objects.create(on=date(2026, 1, 14), name="Announced late")
    moved = deadlines.due(succession, calendar_for(), NOW)
    assert moved is not None
    assert moved.last_day == date(2026, 1, 19)
    with acting(signed.coordinator):
        for day in NonWorkingDay.objects.filter(on__gte=date(2026, 1, 12), on__lte=date(2026, 1, 20)):
            day.cancelled = True
            day.save()
    back = deadlines.due(succession, calendar_for(), NOW)
    assert back is not None
    assert back.last_day >= date(2026, 1, 18)


@pytest.mark.rule("D25")
def test_without_a_confirmed_calendar_no_day_is_named(signed: Network) -> None:
    succession = sent(signed)
    assert succession.last_day is None
    assert deadlines.due(succession, calendar_for(), later(days=900)) is None
    assert list(jobs.tell_overdue(later(days=900), dry_run=False)) == []
    confirm_calendar(signed, 2026)
    due = deadlines.due(succession, calendar_for(), NOW)
    assert due is not None
    assert due.last_day == date(2026, 1, 18)


# -- telling --------------------------------------------------------------------------------------------


@pytest.mark.rule("trap 37")
def test_whoever_holds_the_right_is_told_of_every_step_without_names(signed: Network) -> None:
    head = new_head(signed)
    before = set(Notice.objects.values_list("pk", flat=True))
    succession = services.send(signed.members["alpha"], letter(signed), head, NOW)
    verify_both(signed, succession)
    written = Notice.objects.exclude(pk__in=before)
    told = {notice.kind for notice in written if "alpha.head@example.org" in notice.to}
    assert told == {"succession_under_way", "succession_complete"}
    for notice in written:
        text = notice.subject + notice.text
        assert not any(name in text for name in ("Alpha", "Nadia", "Cora", "Olive", "Letter"))
    event = Event.objects.get(action="succession.verify", state_after="complete")
    assert event.clause == "§9.i fn5"
    assert event.data["effective_on"] == TODAY.isoformat()


def test_a_former_signer_without_a_person_is_told_at_the_recorded_address(
    signed: Network, edition: Edition
) -> None:
    beta: Organization = signed.members["beta"]
    paper = people.record_endorsement_received_outside(
        beta,
        edition,
        received(signer_name="Old Beta", signer_email="old@example.org", how="paper"),
        signed.coordinator,
        NOW,
    )
    people.confirm_received(paper, signed.office_actor, NOW)
    succession = services.send(beta, letter(signed, "beta.first"), signed.head("beta"), NOW)
    assert (succession.former, succession.former_name) == (None, "Old Beta")
    assert any("old@example.org" in notice.to for notice in Notice.objects.all())
    verify_both(signed, succession)
    assert speaker_on(beta, TODAY).name == "Beta First"  # type: ignore[union-attr]
