"""Where two slices cross: withdrawals that are announced, people who leave, papers that wait, names that meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from audit.actors import Actor, system_actor
from intranet.access import accounts, attempts
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import annex, directory, members, selectors, services
from signatories.acknowledgements import selectors as acknowledgements
from signatories.handover import state as state_of_play
from signatories.invitations import jobs as reminders
from signatories.invitations import services as rounds
from signatories.leaving import services as leaving
from signatories.models import EntryKind, Organization, ParticipationEntry, Post, SigningAuthority
from signatories.names import Names
from signatories.presence import selectors as presence
from signatories.presence.rounds import current
from signatories.recovery import rules as recovery
from signatories.stops import deadlines
from signatories.stops import services as stops

from .network import NOW, SCAN, TODAY, Network, endorse, later, received, with_account
from .test_editions_due import asks, substantive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only")]
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def withdraw(network: Network, on: date) -> ParticipationEntry:
    alpha = network.members["alpha"]
    return services.withdraw(alpha, network.signer("alpha"), NOW, statement="We leave.", effective_on=on)


def fresh(actor: Actor, now: datetime) -> Actor:
    return replace(actor, verified_at=now)


# Somebody leaves, and an authority to sign stands or waits in that name


def leave(network: Network, at: datetime | None = None) -> None:
    """Alpha's first focal point leaves Alpha and keeps a post of Beta."""
    first, alpha, beta = network.people["alpha.first"], network.members["alpha"], network.members["beta"]
    services.appoint(first, beta, Capacity.SENIOR_MANAGEMENT, TODAY, network.head("beta"), NOW)
    leaving.leave(first, alpha, at or later(hours=2), network.head("alpha"), NOW, "new duty station")


def authority(network: Network, begins_on: date = TODAY) -> SigningAuthority:
    """Alpha's Head of Agency names the first focal point."""
    alpha, first = network.members["alpha"], network.people["alpha.first"]
    return services.record_authority(alpha, first, "letter 4", begins_on, network.head("alpha"), NOW)


def waiting_authority(network: Network) -> SigningAuthority:
    alpha, first = network.members["alpha"], network.people["alpha.first"]
    return services.record_authority(
        alpha,
        first,
        "letter 4",
        TODAY,
        network.coordinator,
        NOW,
        file=SCAN,
        received_how="letter",
        received_on=TODAY,
    )


@pytest.mark.rule("D17")
@pytest.mark.parametrize("denied", [True, False])
def test_a_paper_that_waits_or_was_denied_keeps_nobody_from_leaving(signed: Network, denied: bool) -> None:
    paper = waiting_authority(signed)
    if denied:
        services.answer_authority(paper, False, signed.office_actor, NOW, "not ours")
    leave(signed)
    assert Post.objects.get(person=signed.people["alpha.first"], organization=signed.members["alpha"]).ends_at


@pytest.mark.rule("D19")
def test_an_authority_of_somebody_who_left_meanwhile_is_not_confirmed(signed: Network) -> None:
    paper = waiting_authority(signed)
    leave(signed)
    then = later(hours=3)
    office = fresh(signed.office_actor, then)
    with pytest.raises(Refused, match="left the organization in the meantime"):
        services.answer_authority(paper, True, office, then)
    assert services.answer_authority(paper, False, office, then, "has left").state == "denied"


@pytest.mark.rule("D19")
def test_an_authority_of_somebody_who_is_still_there_or_never_held_a_post_is_confirmed(
    signed: Network,
) -> None:
    paper = waiting_authority(signed)
    assert services.answer_authority(paper, True, signed.office_actor, NOW).state == "recorded"
    outside = with_account("Nadia Named", "nadia@example.org")
    outside.email = "nadia@example.org"
    services.register_person(outside, signed.coordinator, NOW)
    alpha = signed.members["alpha"]
    given = {"file": SCAN, "received_how": "letter", "received_on": TODAY}
    other = services.record_authority(alpha, outside, "letter 5", TODAY, signed.coordinator, NOW, **given)
    assert services.answer_authority(other, True, signed.office_actor, NOW).state == "recorded"


@pytest.mark.rule("D19")
@pytest.mark.parametrize("begins", [0, 1, 7])
def test_no_authority_begins_after_its_bearer_left(signed: Network, begins: int) -> None:
    given = authority(signed, TODAY + begins * DAY)
    leave(signed)
    given.refresh_from_db()
    assert given.state == "denied"
    user = signed.people["alpha.first"].user
    assert user is not None
    after = later(hours=3) + begins * DAY
    assert {item.organization_id for item in held_by(user, after)} == {signed.members["beta"].pk}


@pytest.mark.rule("D19")
def test_an_authority_from_before_ends_with_the_day_before(signed: Network) -> None:
    given = authority(signed)
    leave(signed, later(days=3))
    given.refresh_from_db()
    assert (given.state, given.ends_on) == ("ended", TODAY + 2 * DAY)


# A withdrawal that is announced, or in effect


@pytest.mark.rule("§9.i")
def test_nobody_is_asked_for_an_endorsement_that_an_announced_withdrawal_refuses(signed: Network) -> None:
    second = substantive(signed, TODAY)
    round_ = rounds.open_round(second, TODAY + 2 * WEEK, signed.coordinator, NOW)
    assert round_.invitations.count() == 2
    assert asks(signed, "alpha")
    withdraw(signed, TODAY + 4 * WEEK)
    assert asks(signed, "alpha") == []
    Notice.objects.all().delete()
    list(reminders.remind(later(days=7), False))
    told = {a for n in Notice.objects.filter(kind="endorsement_invitation") for a in n.to}
    assert told == {"beta.head@example.org"}
    # Left and invited again by an act of its own, it is asked as ever.
    assert asks(signed, "beta")


@pytest.mark.rule("§9.i")
def test_a_round_does_not_invite_who_has_announced_to_leave(signed: Network) -> None:
    second = substantive(signed, TODAY)
    withdraw(signed, TODAY + WEEK)
    round_ = rounds.open_round(second, TODAY + 2 * WEEK, signed.coordinator, NOW)
    assert [item.organization.pk for item in round_.invitations.all()] == [signed.members["beta"].pk]
    with pytest.raises(Refused, match="Endorse again after that day"):
        rounds.invite_one_more(round_, signed.members["alpha"], signed.coordinator, NOW, "again")


@pytest.mark.rule("D7")
def test_an_announced_withdrawal_does_not_open_the_same_edition_to_a_second_signature(
    signed: Network, edition: Edition
) -> None:
    alpha = signed.members["alpha"]
    withdraw(signed, TODAY + WEEK)
    with pytest.raises(Refused, match="endorsed edition 1 for this organization"):
        services.record_endorsement_received_outside(
            alpha, edition, received(signer_name="Somebody Else"), signed.coordinator, NOW
        )
    assert selectors.signer_of(alpha, TODAY).signer_name == "Alpha Head"  # type: ignore[union-attr]


@pytest.mark.rule("D7")
def test_a_paper_for_the_same_edition_is_not_confirmed_under_an_announced_withdrawal(
    signed: Network, edition: Edition
) -> None:
    """Beta's paper waits, Beta signs here and announces that it leaves: the paper has been overtaken."""
    beta = signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Somebody Else"), signed.coordinator, NOW
    )
    endorse(signed, "beta", edition)
    services.withdraw(beta, signed.signer("beta"), NOW, statement="We leave.", effective_on=TODAY + WEEK)
    with pytest.raises(Refused, match="deny this record"):
        services.confirm_received(paper, signed.office_actor, NOW)


APRIL = datetime(2026, 4, 2, 6, 0, tzinfo=UTC)


@pytest.mark.rule("§9.i")
def test_nobody_is_asked_what_a_withdrawal_keeps_them_from_opening(signed: Network) -> None:
    withdraw(signed, TODAY + WEEK)

    def read_asked(now: datetime) -> set[str]:
        return {person.email for person in acknowledgements.waiting(now)}

    def still_asked(now: datetime) -> set[str]:
        return {person.email for person in presence.asked(current(now.date()), now)}

    focal_point = "alpha.first@example.org"
    assert focal_point in read_asked(later(days=6))
    assert read_asked(later(days=7)) - {"alpha.head@example.org"} == read_asked(NOW) - {
        "alpha.head@example.org",
        "alpha.first@example.org",
        "alpha.second@example.org",
    }
    assert focal_point not in still_asked(APRIL)
    assert "beta.first@example.org" in still_asked(APRIL)


@pytest.mark.rule("§9.i")
def test_an_organization_that_left_has_no_post_to_fill(signed: Network) -> None:
    for name in ("alpha.first", "beta.first"):
        post = Post.objects.get(person=signed.people[name])
        services.end_post(post, TODAY - DAY, signed.coordinator, NOW)
    assert directory.vacancies(TODAY) == 2
    withdraw(signed, TODAY)
    assert directory.vacancies(TODAY) == 1
    assert any("Fill 1 vacant post" in row.what for row in due_rows(signed.coordinator, NOW))
    assert sum(row.vacancies for row in members.members(signed.coordinator, TODAY)) == 1
    vacant = next(part for part in state_of_play.parts(NOW) if part.title == "Vacant posts")
    assert [line.what for line in vacant.lines] == ["Beta (example)"]
    endorse(signed, "alpha", edition_in_force(TODAY), later(minutes=1))  # it came back on the same day
    assert directory.vacancies(TODAY) == 2


# A paper on a stop, while the end of the stop before is announced


@pytest.mark.rule("D17")
def test_a_suspension_on_paper_is_not_lifted_by_what_was_announced_before_it(signed: Network) -> None:
    alpha, then = signed.members["alpha"], later(days=1)
    services.suspend(alpha, signed.head("alpha"), NOW, reason="security", effective_on=TODAY)
    services.resume(alpha, signed.head("alpha"), NOW, effective_on=TODAY + WEEK)
    paper = received(received_on=TODAY + DAY, effective_on=TODAY + DAY, reason="safety")
    coordinator = fresh(signed.coordinator, then)
    with pytest.raises(Refused, match="Choose that day or a later one"):
        services.record_suspension_received_outside(alpha, paper, coordinator, then)
    paper = received(received_on=TODAY + DAY, effective_on=TODAY + WEEK, reason="safety")
    services.record_suspension_received_outside(alpha, paper, coordinator, then)
    assert all(selectors.is_suspended(alpha, TODAY + days * DAY) for days in (0, 1, 6, 7, 8, 300))


@pytest.mark.rule("D17")
def test_a_stop_of_flow_on_paper_is_not_lifted_by_what_was_announced_before_it(signed: Network) -> None:
    alpha, then = signed.members["alpha"], later(days=1)
    stop = {"breach_reference": "BR-2026-01", "reasons": "Figures were passed on."}
    stops.stop_flow(alpha, signed.head("alpha"), NOW, effective_on=TODAY, **stop)
    stops.resume_flow(alpha, signed.head("alpha"), NOW, effective_on=TODAY + WEEK)
    coordinator = fresh(signed.coordinator, then)
    told = {"received_on": TODAY + DAY, "breach_reference": "BR-2026-02", "statement": "Again."}
    paper = received(effective_on=TODAY + DAY, **told)
    with pytest.raises(Refused, match="Choose that day or a later one"):
        services.record_received(alpha, EntryKind.FLOW_STOPPED, paper, coordinator, then)
    paper = received(effective_on=TODAY + WEEK, **told)
    services.record_received(alpha, EntryKind.FLOW_STOPPED, paper, coordinator, then)
    assert selectors.is_flow_stopped(alpha, TODAY + 2 * WEEK)


# Names that meet


@pytest.mark.rule("§9.i")
def test_the_annex_is_adopted_once_for_the_same_signatories(signed: Network, edition: Edition) -> None:
    """A text lies ahead, so every annex waits for its first day: the first one says it all."""
    endorse(signed, "beta", edition)
    withdraw(signed, TODAY + WEEK)
    substantive(signed, TODAY + 3 * WEEK)
    beta = signed.members["beta"]
    services.withdraw(beta, signed.signer("beta"), NOW, statement="We leave.", effective_on=TODAY)
    assert [item.label for item in Edition.objects.order_by("number", "minor")] == ["1", "2", "2.1"]
    assert all(run(annex.bring_up_to_date(later(days=days), False)) == [] for days in (6, 7, 8, 21, 22))
    assert Edition.objects.count() == 3


@pytest.mark.rule("§2")
@pytest.mark.parametrize("name", ["Gamma Relief", "Beta (example)", "beta example", "BETA (EXAMPLE)"])
def test_no_organization_is_registered_or_corrected_into_the_name_of_another(
    signed: Network, name: str
) -> None:
    services.add_other_name(signed.members["beta"], "Gamma Relief", signed.coordinator, NOW)
    alpha, coordinator = signed.members["alpha"], signed.coordinator
    with pytest.raises(Refused, match="Beta"):
        services.correct_organization(alpha, {"name_en": name}, coordinator, NOW, "typing error")
    new = Organization(kind="un_agency", name_en=name, active_from=TODAY)
    with pytest.raises(Refused, match="Beta"):
        services.create_organization(new, coordinator, NOW)


@pytest.mark.rule("§2")
def test_arabic_names_meet_no_other_either_and_the_own_is_no_other(signed: Network) -> None:
    alpha, beta, coordinator = signed.members["alpha"], signed.members["beta"], signed.coordinator
    services.correct_organization(beta, {"name_ar": "منظمة ألفا"}, coordinator, NOW, "its letter")
    with pytest.raises(Refused, match="Beta"):
        services.correct_organization(alpha, {"name_ar": "منظمه الفا"}, coordinator, NOW, "its letter")
    new = Names("Alpha for All", "منظمة ألفا")
    with pytest.raises(Refused, match="Beta"):
        services.rename_organization(alpha, new, TODAY, coordinator, NOW, "its letter")
    changed = {"name_en": "ALPHA (example)", "name_ar": "", "region": ""}
    assert (
        services.correct_organization(alpha, changed, coordinator, NOW, "typing error").name_en
        == "ALPHA (example)"
    )


# Mails in the language of whoever reads them


def speak(network: Network, name: str, language: str = "ar") -> None:
    person = network.people[name]
    own = network.head("alpha") if name == "alpha.head" else network.actor(name, Capacity.PRIMARY_FOCAL_POINT)
    services.describe_person(person, {"language": language}, own, NOW)


def languages(kind: str) -> dict[str, str]:
    return {address: n.language for n in Notice.objects.filter(kind=kind) for address in n.to}


def run(job: Iterable[str]) -> list[str]:
    return list(job)


@pytest.mark.rule("D4")
def test_the_review_of_a_suspension_is_reminded_to_each_in_their_language_once(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    services.suspend(alpha, head, NOW, reason="security", effective_on=TODAY, review_on=TODAY + WEEK)
    speak(signed, "alpha.head")
    manager = with_account("Mona Manager", "mona@example.org")
    services.appoint(manager, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, head, NOW)
    assert run(deadlines.remind(NOW, True)) == run(deadlines.remind(NOW, False)) != []
    assert languages("stops.review") == {"alpha.head@example.org": "ar", "mona@example.org": "en"}
    assert run(deadlines.remind(later(days=1), False)) == []
    assert run(deadlines.remind(later(days=7), False)) != []
    assert Notice.objects.filter(kind="stops.review").count() == 4


@pytest.mark.rule("D4")
def test_a_mail_about_an_account_is_in_its_owners_language_whoever_acted(signed: Network) -> None:
    speak(signed, "alpha.first")
    user = signed.people["alpha.first"].user
    assert user is not None
    with translation.override("en"):
        server = fresh(system_actor("test"), NOW)
        accounts.recover(user, server, NOW, language="ar", address="elsewhere@example.org")
        attempts.tell(user, NOW, "test", gettext_lazy("Wrong codes for your account"), "x")
    assert languages("access.recovery_elsewhere") == {user.email: "ar"}
    notice = Notice.objects.get(kind="access.test")
    assert notice.language == "ar"
    assert notice.subject != "Wrong codes for your account"
    assert Notice.objects.get(kind="access.recovery_elsewhere").subject[0] > "\u0600"


# Midnight in Baghdad


@pytest.mark.rule("D17")
def test_a_letter_on_a_lost_phone_does_not_come_tomorrow() -> None:
    from intranet.workflow.machine import Context

    evening = datetime(2026, 1, 11, 20, 59, tzinfo=UTC)  # 23:59 in Baghdad
    for now, day, holds in (
        (evening, date(2026, 1, 11), True),
        (evening, date(2026, 1, 12), False),
        (evening + timedelta(minutes=1), date(2026, 1, 12), True),
    ):
        data = {"file": SCAN, "letter_from": "Somebody, Head of Agency", "received_on": day}
        context = Context(None, system_actor("test"), now, "", data, None)  # type: ignore[arg-type]
        assert recovery.letter_is_whole(context).allowed is holds


@pytest.mark.rule("D9")
@pytest.mark.parametrize(("minutes", "told"), [(-1, True), (0, False), (60, False)])
def test_a_stop_is_told_to_a_focal_point_until_the_hour_of_leaving(
    signed: Network, minutes: int, told: bool
) -> None:
    hour = later(hours=1)
    leave(signed, hour)
    then = hour + timedelta(minutes=minutes)
    Notice.objects.all().delete()
    head = fresh(signed.head("alpha"), then)
    services.suspend(signed.members["alpha"], head, then, reason="security", effective_on=TODAY)
    addresses = {address for notice in Notice.objects.all() for address in notice.to}
    assert "alpha.second@example.org" in addresses
    assert ("alpha.first@example.org" in addresses) is told


@pytest.mark.rule("D9")
@pytest.mark.parametrize("ends_on", [None, TODAY + 30 * DAY])
def test_who_leaves_and_is_appointed_elsewhere_before_the_hour_keeps_the_account(
    signed: Network, ends_on: date | None
) -> None:
    first, alpha, beta = signed.people["alpha.first"], signed.members["alpha"], signed.members["beta"]
    hour = later(days=2)
    leaving.leave(first, alpha, hour, signed.head("alpha"), NOW, "new duty station")
    begins = TODAY + 4 * DAY
    services.appoint(
        first, beta, Capacity.SENIOR_MANAGEMENT, begins, signed.head("beta"), later(minutes=5), ends_on
    )
    user = first.user
    assert user is not None
    user.refresh_from_db()
    assert user.is_open(later(days=5))
    assert [item.organization_id for item in held_by(user, later(days=1))] == [alpha.pk]
    assert held_by(user, hour) == []
    assert [item.organization_id for item in held_by(user, later(days=5))] == [beta.pk]


@pytest.mark.rule("D10")
def test_a_new_post_opens_no_account_whose_hour_has_passed(signed: Network) -> None:
    first, alpha, beta = signed.people["alpha.first"], signed.members["alpha"], signed.members["beta"]
    leaving.leave(first, alpha, later(hours=1), signed.head("alpha"), NOW, "new duty station")
    then = later(hours=2)
    head = fresh(signed.head("beta"), then)
    services.appoint(first, beta, Capacity.SENIOR_MANAGEMENT, TODAY + 4 * DAY, head, then)
    user = first.user
    assert user is not None
    user.refresh_from_db()
    assert not user.is_open(later(days=5))


# What Home and the state of play say


@pytest.mark.rule("D17")
def test_a_round_counts_a_paper_that_was_signed_before_the_invitation(
    signed: Network, edition: Edition
) -> None:
    beta = signed.members["beta"]
    rounds.open_round(edition, TODAY + WEEK, signed.coordinator, NOW)
    paper = received(signer_name="Beta Head", effective_on=TODAY - DAY)
    waits = services.record_endorsement_received_outside(
        beta, edition, paper, signed.coordinator, later(minutes=1)
    )

    def said(now: datetime) -> list[str]:
        return [str(row.state) for row in due_rows(signed.coordinator, now) if "Endorsements of" in row.what]

    assert said(later(minutes=1)) == ["0 of 1 have endorsed"]
    services.confirm_received(waits, signed.office_actor, later(minutes=2))
    assert said(later(minutes=3)) == ["1 of 1 have endorsed"]


@pytest.mark.rule("§4.f")
@pytest.mark.parametrize("ends", ["resume", "withdraw"])
def test_no_review_of_a_suspension_whose_end_is_announced(signed: Network, ends: str) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    services.suspend(alpha, head, NOW, reason="security", effective_on=TODAY, review_on=TODAY + WEEK)
    rows = [row for row in due_rows(head, NOW) if "Review the suspension" in row.what]
    assert rows
    assert run(deadlines.remind(NOW, True)) != []
    if ends == "resume":
        services.resume(alpha, head, NOW, effective_on=TODAY + 2 * DAY)
    else:
        withdraw(signed, TODAY + 2 * DAY)
    assert run(deadlines.remind(NOW, True)) == []
    assert not [row for row in due_rows(head, NOW) if "Review the suspension" in row.what]


@pytest.mark.rule("§9.g")
@pytest.mark.parametrize("involved", [True, False])
def test_the_state_of_play_tells_the_office_no_word_on_a_breach_that_involves_it(
    signed: Network, involved: bool
) -> None:
    alpha = signed.members["alpha"]
    stop = {"breach_reference": "BR-2026-01", "reasons": "Figures were passed on."}
    stops.stop_flow(alpha, signed.head("alpha"), NOW, effective_on=TODAY, office_involved=involved, **stop)
    services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), signed.coordinator, NOW)
    waiting = next(part for part in state_of_play.parts(NOW) if part.rule == "D17")
    assert len(waiting.lines) == (0 if involved else 1)
