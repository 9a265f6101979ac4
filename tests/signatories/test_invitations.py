"""Invitations to endorse: one act of the Coordinator, reminders that stop, and whom a round does not ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from intranet.access.roles import Capacity
from intranet.clock.due import Standing, due_rows
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import services as people
from signatories.invitations import deadlines, jobs, services
from signatories.invitations.models import EndorsementInvitation, InvitationRound, RoundState
from signatories.stops import services as stops

from .doors import coordinator_client, member_client, office_client, text_of
from .network import NOW, TODAY, Network, acting_as, counts, endorse, later
from .succession_play import at
from .test_editions_due import asks, substantive

pytestmark = [pytest.mark.django_db, pytest.mark.rule("practice")]
DUE = TODAY + timedelta(days=20)


def opened(network: Network, edition: Edition, due_on: date = DUE) -> InvitationRound:
    return services.open_round(edition, due_on, network.coordinator, NOW)


def invited(found: InvitationRound) -> list[str]:
    return [row.organization.name_en.split()[0] for row in found.invitations.all()]


def mails(member: str = "beta") -> list[str]:
    """Subjects of the mails that the Head of Agency got, oldest first."""
    rows = Notice.objects.filter(kind="endorsement_invitation").order_by("written_at")
    return [row.subject for row in rows if f"{member}.head@example.org" in row.to]


def refused(act: Callable[[], Any], says: str) -> None:
    before = counts(), EndorsementInvitation.objects.count(), InvitationRound.objects.count()
    with pytest.raises(Refused, match=says):
        act()
    assert (counts(), EndorsementInvitation.objects.count(), InvitationRound.objects.count()) == before


def remind(days: int, dry_run: bool = False) -> list[str]:
    return list(jobs.remind(later(days=days), dry_run))


def test_a_round_asks_everybody_who_has_not_endorsed(signed: Network, edition: Edition) -> None:
    signed.member("gamma")
    found = opened(signed, edition)
    assert invited(found) == ["Beta", "Gamma"]
    assert mails("beta") == ["Please endorse edition 1 by Saturday 31 January 2026"]
    assert mails("alpha") == []
    # A substantive edition asks the signatories anew.
    second = substantive(signed, TODAY)
    assert invited(opened(signed, second)) == ["Alpha", "Beta", "Gamma"]


def test_home_names_the_day_and_how_it_stands(signed: Network, edition: Edition) -> None:
    opened(signed, edition)

    def row(days: int) -> tuple[date | None, str]:
        found = [r for r in due_rows(signed.head("beta"), later(days=days)) if r.url == reverse("endorse")]
        return found[0].last_day, found[0].standing

    assert row(0) == (DUE, Standing.OPEN)
    assert row(13) == (DUE, Standing.SOON)
    assert row(20) == (DUE, Standing.SOON)
    assert row(21) == (DUE, Standing.LATE)
    people.record_authority(
        signed.members["beta"], signed.people["beta.first"], "Letter 7", TODAY, signed.head("beta"), NOW
    )
    named = signed.actor("beta.first", Capacity.PRIMARY_FOCAL_POINT)
    assert [r.last_day for r in due_rows(named, NOW) if r.url == reverse("endorse")] == [DUE]
    other = signed.actor("beta.second", Capacity.SECONDARY_FOCAL_POINT)
    assert [r for r in due_rows(other, NOW) if r.url == reverse("endorse")] == []
    keeper = [r for r in due_rows(signed.coordinator, NOW) if "invitations" in r.url]
    assert [(r.state, r.last_day) for r in keeper] == [("0 of 1 have endorsed", DUE)]
    endorse(signed, "beta", edition)
    keeper = [r for r in due_rows(signed.coordinator, NOW) if "invitations" in r.url]
    assert [(r.state, r.standing) for r in keeper] == [("1 of 1 have endorsed", Standing.DONE)]


def test_reminders_come_as_promised_and_never_daily(signed: Network, edition: Edition) -> None:
    opened(signed, edition)
    sent_on = {}
    for day in range(12, 35):
        before = len(mails())
        if list(jobs.remind(later(days=day), False)):
            sent_on[day] = mails()[-1].split(" ")[0]
            list(jobs.remind(later(days=day, hours=5), False))  # the job runs every hour
        assert len(mails()) - before <= 1
    assert sent_on == {13: "Due", 19: "Due", 20: "Due", 27: "Still", 34: "Still"}  # T-7, T-1, T, weekly
    assert len(mails()) == 6  # with the one of the start


def test_after_an_outage_one_mail_goes_out(signed: Network, edition: Edition) -> None:
    opened(signed, edition)
    assert remind(30, dry_run=True) == ["edition 1: 1 organizations reminded to endorse."]
    assert len(mails()) == 1
    assert remind(30) == ["edition 1: 1 organizations reminded to endorse."]
    assert remind(30) == []
    assert len(mails()) == 2


def test_reminders_stop_when_it_has_endorsed(signed: Network, edition: Edition) -> None:
    opened(signed, edition)
    endorse(signed, "beta", edition, later(days=1))
    assert remind(20) == []
    assert len(mails()) == 1


@pytest.mark.parametrize(("stop", "mails_meanwhile"), [("all", 1), ("external", 2), ("flow", 1)])
def test_reminders_rest_as_the_effects_matrix_says(
    signed: Network, edition: Edition, stop: str, mails_meanwhile: int
) -> None:
    second = substantive(signed, TODAY)
    alpha, head = signed.members["alpha"], signed.head("alpha")
    if stop == "flow":
        stops.stop_flow(
            alpha, head, NOW, breach_reference="BR-2026-01", reasons="A breach.", effective_on=TODAY
        )
    else:
        people.suspend(alpha, head, NOW, reason="safety", effective_on=TODAY, scope=stop)
    opened(signed, second)
    remind(20)
    assert (len(mails("alpha")), len(mails("beta"))) == (mails_meanwhile, 2)


def test_they_rest_while_sharing_is_suspended_and_go_on_after(signed: Network, edition: Edition) -> None:
    second = substantive(signed, TODAY)
    alpha = signed.members["alpha"]
    people.suspend(alpha, signed.head("alpha"), NOW, reason="safety", effective_on=TODAY)
    found = opened(signed, second)
    assert invited(found) == ["Alpha", "Beta"]  # a suspended organization is a signatory and is asked
    remind(20)
    assert (len(mails("alpha")), len(mails("beta"))) == (1, 2)
    day = later(days=21)
    people.resume(alpha, at(signed.head("alpha"), day), day, effective_on=day.date())
    remind(27)
    assert (len(mails("alpha")), len(mails("beta"))) == (2, 3)


def test_who_withdrew_is_invited_again_only_by_an_act_of_its_own(signed: Network, edition: Edition) -> None:
    alpha = signed.members["alpha"]
    people.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    found = opened(signed, edition)
    assert invited(found) == ["Beta"]
    assert asks(signed, "alpha") == []  # Home does not nag who left
    refused(
        lambda: services.invite_one_more(found, alpha, signed.coordinator, NOW),
        "write why it is invited again",
    )
    services.invite_one_more(found, alpha, signed.coordinator, NOW, note="Their new director asked.")
    row = EndorsementInvitation.objects.get(organization=alpha)
    assert (row.again, row.why) == (True, "Their new director asked.")
    assert len(mails("alpha")) == 1
    assert asks(signed, "alpha") == ["Endorse edition 1.1 of the protocol / Not endorsed yet"]
    remind(13)
    assert len(mails("alpha")) == 2
    refused(lambda: services.invite_one_more(found, alpha, signed.coordinator, NOW, note="x"), "already")


def test_a_withdrawal_during_the_round_ends_its_reminders(signed: Network, edition: Edition) -> None:
    second = substantive(signed, TODAY)
    opened(signed, second)
    day = later(days=1)
    people.withdraw(
        signed.members["alpha"],
        at(signed.signer("alpha"), day),
        day,
        statement="Bye.",
        effective_on=day.date(),
    )
    remind(13)
    assert (len(mails("alpha")), len(mails("beta"))) == (1, 2)
    assert asks(signed, "alpha", 13) == []  # nor does Home nag who left


@pytest.mark.parametrize("who", ["head", "office", "assistant", "auditor"])
def test_only_coordination_invites(signed: Network, edition: Edition, who: str) -> None:
    actor = {
        "head": signed.head("beta"),
        "office": signed.office_actor,
        "assistant": acting_as(signed.office_person, Capacity.OFFICE_ASSISTANT, signed.office),
        "auditor": acting_as(signed.office_person, Capacity.AUDITOR, signed.office),
    }[who]
    refused(lambda: services.open_round(edition, DUE, actor, NOW), "The PSEA Coordinator invites")
    found = opened(signed, edition)
    refused(lambda: services.close(found, actor, NOW, "no"), "The PSEA Coordinator invites")


def test_a_round_that_makes_no_sense_is_refused_with_the_fix(signed: Network, edition: Edition) -> None:
    refused(lambda: opened(signed, edition, TODAY), "choose a day after today")
    later_one = substantive(signed, TODAY + timedelta(days=5))
    refused(lambda: opened(signed, later_one), "Only the edition in force")
    found = opened(signed, edition)
    refused(lambda: opened(signed, edition), "Cora Coordinator opened a round for edition 1 already")
    refused(
        lambda: services.invite_one_more(found, signed.members["alpha"], signed.coordinator, NOW),
        "has endorsed",
    )
    refused(
        lambda: services.invite_one_more(found, signed.office, signed.coordinator, NOW), "not asked to sign"
    )
    refused(lambda: services.close(found, signed.coordinator, NOW, " "), "Reason")
    endorse(signed, "beta", edition)
    services.close(found, signed.coordinator, NOW, "done")
    refused(lambda: opened(signed, edition), "Nobody is to be invited")


def test_a_later_edition_closes_the_round_by_the_job(signed: Network, edition: Edition) -> None:
    found = opened(signed, edition)
    substantive(signed, TODAY + timedelta(days=5))
    assert "is over" not in " ".join(remind(4))
    assert remind(5, dry_run=True) == ["the round for edition 1 is over: a later edition is in force"]
    remind(5)
    found.refresh_from_db()
    assert found.state == RoundState.CLOSED
    assert len(mails()) == 1


def test_with_the_post_vacant_the_others_of_the_organization_are_written_to(
    signed: Network, edition: Edition
) -> None:
    beta = signed.members["beta"]
    post = beta.posts.get(capacity=Capacity.HEAD_OF_AGENCY)
    people.end_post(post, post.begins_on, signed.coordinator, NOW)
    opened(signed, edition)
    told = [
        address for notice in Notice.objects.filter(kind="endorsement_invitation") for address in notice.to
    ]
    assert told == ["beta.first@example.org", "beta.second@example.org"]


@pytest.mark.rule("D23")
def test_a_mail_is_one_line_and_a_link(signed: Network, edition: Edition) -> None:
    opened(signed, edition)
    notice = Notice.objects.get(kind="endorsement_invitation")
    assert notice.text.splitlines()[0] == (
        "Your organization is asked to endorse edition 1 of the protocol by Saturday 31 January 2026."
    )
    assert notice.text.strip().endswith("/en/take-part/endorse/")
    assert "Beta" not in notice.subject + notice.text
    assert notice.organization_id == signed.members["beta"].pk


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 400))
def test_steps_are_never_two_days_running_but_before_and_on_the_due_day(
    invited_after: int, length: int, days: int
) -> None:
    invited_on = TODAY + timedelta(days=invited_after)
    due_on = invited_on + timedelta(days=length)
    today = invited_on + timedelta(days=days)
    step = deadlines.step_now(invited_on, due_on, today)
    if step is None:
        assert today == invited_on or today < due_on - timedelta(days=7) or length <= 7
        return
    assert invited_on < step.on <= today
    offset = (step.on - due_on).days
    assert offset in (-7, -1, 0) or (offset > 0 and offset % 7 == 0)
    coming = deadlines.next_step(due_on, today)
    assert coming > today
    assert deadlines.step_now(invited_on, due_on, coming).on == coming  # type: ignore[union-attr]


@pytest.mark.usefixtures("clock")
def test_through_the_door(signed: Network, edition: Edition) -> None:
    from .doors import hidden

    client = coordinator_client(signed)
    page = client.get(reverse("invitation-rounds"))
    assert "1 organization has not endorsed it." in text_of(page)
    form = client.get(reverse("invitation-round-new"))
    assert "Beta (example)" in text_of(form)
    bad = client.post(reverse("invitation-round-new"), hidden(form) | {"due_on": "10/1/2026"})
    assert "choose a day after today" in text_of(bad)
    done = client.post(reverse("invitation-round-new"), hidden(form) | {"due_on": "31/1/2026"})
    found = InvitationRound.objects.get()
    assert done.headers["Location"] == reverse("invitation-round", args=[found.pk])
    again = client.post(reverse("invitation-round-new"), hidden(form) | {"due_on": "31/1/2026"})
    assert again.headers["Location"] == done.headers["Location"]  # double submit
    shown = text_of(client.get(done.headers["Location"]))
    assert "0 of 1 organization has endorsed." in shown
    assert "Beta Head" in shown
    assert "Saturday 24 January 2026" in shown  # the next reminder
    assert "Invite one more" not in text_of(office_client(signed).get(done.headers["Location"]))
    member = member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY)
    assert member.get(done.headers["Location"]).status_code == 403
    assert "Asked for by Saturday 31 January 2026" in text_of(member.get(reverse("take-part")))


@pytest.mark.parametrize("number", [1, 6])
def test_the_round_takes_the_same_queries_for_few_and_many(
    network: Network, edition: Edition, number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        network.member(f"org{n}")
    found = opened(network, edition)
    client = coordinator_client(network)
    for url in (reverse("invitation-round", args=[found.pk]), reverse("invitation-rounds"), reverse("home")):
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
