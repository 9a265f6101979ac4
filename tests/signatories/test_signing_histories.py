"""Random histories: only the signer or the recorded successor withdraws; nobody confirms the own recording."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.actors import Actor, system_actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import selectors
from signatories import services as people
from signatories.models import AuthorityState, EntryKind, ParticipationEntry, Person, SigningAuthority
from signatories.speaking import speaker_on
from signatories.succession import selectors as successions
from signatories.succession import services
from signatories.succession.models import Succession, SuccessionState

from .network import NOW, SCAN, TODAY, Network, acting_as, endorse, received
from .succession_play import another, letter

ACTS = (
    *("endorse", "give", "record authority", "answer authority", "end authority", "new head"),
    *("send", "record letter", "confirm letter", "deny letter", "verify", "not verified", "object", "again"),
    *("take back", "lapse", "withdraw", "paper out", "confirm", "deny"),
)
WHO = (
    *("head", "signer", "first", "first as signer", "second", "other", "coordinator", "acting"),
    *("coordinator as office", "office", "superuser", "system"),
)
RIGHT = [
    *(
        ("send", "head"),
        ("send", "head"),
        ("verify", "coordinator"),
        ("verify", "office"),
        ("verify", "acting"),
    ),
    *(
        ("record letter", "coordinator"),
        ("confirm letter", "office"),
        ("object", "second"),
        ("again", "head"),
    ),
    *(("record authority", "coordinator"), ("answer authority", "office"), ("new head", "coordinator")),
    *(
        ("withdraw", "first as signer"),
        ("paper out", "coordinator"),
        ("confirm", "office"),
        ("endorse", "head"),
    ),
]
STEPS = st.lists(
    st.one_of(
        st.sampled_from(RIGHT), st.sampled_from(RIGHT), st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO))
    ),
    min_size=8,
    max_size=18,
)
# How a history begins, so that many reach a successor before chance takes over.
OPENINGS = st.sampled_from(
    [
        [],
        [("send", "head")],
        [("send", "head"), ("verify", "coordinator"), ("verify", "office")],
        [("record letter", "coordinator"), ("confirm letter", "office"), ("verify", "office")],
        [("paper out", "coordinator"), ("send", "head"), ("verify", "coordinator"), ("verify", "office")],
    ]
)


def actors(network: Network, at: datetime) -> dict[str, Actor]:
    alpha, beta = network.members["alpha"], network.members["beta"]
    first, second = network.people["alpha.first"], network.people["alpha.second"]
    keeper = network.coordinator_person
    hats: dict[str, tuple[Person, Capacity, Any]] = {
        "head": (network.people["alpha.head now"], Capacity.HEAD_OF_AGENCY, alpha),
        "signer": (network.people["alpha.head"], Capacity.SIGNER, alpha),
        "first": (first, Capacity.PRIMARY_FOCAL_POINT, alpha),
        "first as signer": (first, Capacity.SIGNER, alpha),
        "second": (second, Capacity.SECONDARY_FOCAL_POINT, alpha),
        "other": (network.people["beta.head"], Capacity.HEAD_OF_AGENCY, beta),
        "coordinator": (keeper, Capacity.COORDINATOR, network.coordination),
        "acting": (network.people["coordination.aida"], Capacity.ACTING_COORDINATOR, network.coordination),
        "coordinator as office": (keeper, Capacity.OFFICE, network.office),
        "office": (network.office_person, Capacity.OFFICE, network.office),
    }
    found = {name: acting_as(*hat, at) for name, hat in hats.items()}
    return found | {
        "superuser": Actor("Root", "", user_id=first.user_id, verified_at=at),
        "system": system_actor("import"),
    }


def act(network: Network, name: str, actor: Actor, at: datetime, day: date) -> Any:
    alpha = network.members["alpha"]
    edition = edition_in_force(day)
    waiting = selectors.waiting_entries(alpha).first()
    running = successions.under_way(alpha)
    authority = SigningAuthority.objects.order_by("-recorded_at").first()
    speaker = speaker_on(alpha, day)
    head = network.people["alpha.head now"].name
    outside = {"received_how": "letter", "received_on": day, "signed_by": head, "signed_title": "Director"}
    given = letter(network, from_on=day)
    paper = letter(network, from_on=day, **outside)

    def authority_for(**more: Any) -> SigningAuthority:
        person = network.people["alpha.first"]
        return people.record_authority(alpha, person, "Letter 7", day, actor, at, file=SCAN, **more)

    acts: dict[str, Callable[[], Any]] = {
        "endorse": lambda: people.endorse(
            alpha,
            edition,
            actor,
            at,
            sha256=edition.sha256,
            signer_name=actor.label,
            signer_title="Director",
            authority="Head of Agency",
        ),
        "give": authority_for,
        "record authority": lambda: authority_for(received_how="mail", received_on=day),
        "answer authority": lambda: authority and people.answer_authority(authority, True, actor, at),
        "end authority": lambda: authority and people.end_authority(authority, day, actor, at),
        "new head": lambda: change_head(network, actor, at, day),
        "send": lambda: services.send(alpha, given, actor, at),
        "record letter": lambda: services.record(alpha, paper, actor, at),
        "confirm letter": lambda: running and services.confirm(running, actor, at),
        "deny letter": lambda: running and services.deny(running, actor, at, "no"),
        "verify": lambda: running and services.verify(running, "Called.", actor, at),
        "not verified": lambda: running and services.could_not_verify(running, actor, at, "no answer"),
        "object": lambda: running and services.object_to(running, actor, at, "not so"),
        "again": lambda: running and services.send_again(running, given, actor, at),
        "take back": lambda: running and services.take_back(running, actor, at, "stays"),
        "lapse": lambda: running and services.lapse(running, actor, at),
        "withdraw": lambda: people.withdraw(alpha, actor, at, statement="We leave.", effective_on=day),
        "paper out": lambda: people.record_withdrawal_received_outside(
            alpha,
            received(received_on=day, effective_on=day, signer_name=speaker.name if speaker else "Nobody"),
            actor,
            at,
        ),
        "confirm": lambda: waiting and people.confirm_received(waiting, actor, at),
        "deny": lambda: waiting and people.deny_received(waiting, actor, at, note="not so"),
    }
    return acts[name]()


def change_head(network: Network, actor: Actor, at: datetime, day: date) -> None:
    """The post of the Head of Agency passes to the other of two people."""
    alpha = network.members["alpha"]
    post = alpha.posts.filter(capacity=Capacity.HEAD_OF_AGENCY).order_by("-begins_on")[0]
    ends = max(day - timedelta(days=1), post.begins_on)
    with transaction.atomic():
        people.end_post(post, ends, actor, at)
        names = ["alpha.head", "alpha.nadia"]
        coming = network.people[names[post.person == network.people[names[0]]]]
        people.appoint(coming, alpha, Capacity.HEAD_OF_AGENCY, ends + timedelta(days=1), actor, at)
        network.people["alpha.head now"] = coming


def who_speaks(network: Network, day: date) -> tuple[Person | None, str]:
    """Told independently: the newest endorsement, then its complete successions in their order."""
    alpha = network.members["alpha"]
    signed = [
        entry
        for entry in ParticipationEntry.objects.filter(organization=alpha, in_effect=True)
        if entry.kind == EntryKind.ENDORSED and entry.effective_on <= day
    ]
    newest = max(signed, key=lambda entry: (entry.effective_on, entry.number))
    speaks, name = newest.signer, newest.signer_name
    passed = [row for row in Succession.objects.filter(endorsement=newest) if row.effective_on is not None]
    for row in sorted(passed, key=lambda row: (row.effective_on, row.completed_at)):  # type: ignore[arg-type, return-value]
        if row.effective_on is not None and row.effective_on <= day:
            speaks, name = row.successor, row.successor.name
    return speaks, name


def check_succession(row: Succession) -> None:
    """Complete means: the Head of Agency's letter, and two persons, one of each side, said yes to it."""
    said = [check for check in row.checks.all() if check.letter == row.letters and check.verified]
    assert {check.side for check in said} == {"coordination", "office"}
    assert len({check.by_id for check in said}) == 2
    newest = row.letter_rows.get(number=row.letters)
    if newest.received_how:
        confirmed = Event.objects.filter(
            action="succession.confirm", object_id=str(row.pk), outcome="done"
        ).latest("sequence")
        assert confirmed.actor_id != newest.by_id
    else:
        assert newest.capacity == Capacity.HEAD_OF_AGENCY
    assert row.completed_at is not None
    assert row.effective_on is not None
    assert row.effective_on >= row.completed_at.date()


@pytest.mark.rule("§9.i fn5")
@pytest.mark.rule("D17")
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=OPENINGS, steps=STEPS)
def test_no_sequence_of_acts_lets_anybody_else_withdraw(
    network: Network, edition: Edition, opening: list[tuple[str, str]], steps: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        network.member("alpha")
        network.member("beta")
        another(network, "Aida Acting", Capacity.ACTING_COORDINATOR, "coordination")
        another(network, "Nadia Newhead", Capacity.SENIOR_MANAGEMENT, "alpha")
        network.people["alpha.head now"] = network.people["alpha.head"]
        endorse(network, "alpha", edition)
        for number, (name, who) in enumerate([*opening, *steps], start=1):
            at, day = NOW + timedelta(days=number), TODAY + timedelta(days=number)
            before = list(ParticipationEntry.objects.order_by("number"))
            speaks, named = who_speaks(network, day)
            actor = actors(network, at)[who]
            try:
                act(network, name, actor, at, day)
            except Refused:
                assert list(ParticipationEntry.objects.order_by("number")) == before
                continue
            for entry in ParticipationEntry.objects.exclude(pk__in=[row.pk for row in before]):
                if entry.kind == EntryKind.WITHDRAWN and entry.in_effect:
                    by_speaker = entry.recorded_capacity == Capacity.SIGNER and speaks is not None
                    by_speaker = by_speaker and entry.recorded_by_id == speaks.user_id  # type: ignore[union-attr]
                    against_the_file = (
                        entry.recorded_capacity == Capacity.OFFICE and entry.answers is not None
                    )
                    assert by_speaker or against_the_file
                    assert entry.signer_name == named
                if entry.answers is not None:
                    assert entry.recorded_by_id != entry.answers.recorded_by_id
            found = speaker_on(network.members["alpha"], day)
            assert found is not None
            assert found.person == who_speaks(network, day)[0]
        for row in Succession.objects.all():
            if row.state == SuccessionState.COMPLETE:
                check_succession(row)
            else:
                assert row.effective_on is None
        for authority in SigningAuthority.objects.exclude(received_how=""):
            if authority.state in {AuthorityState.RECORDED, AuthorityState.ENDED}:
                assert authority.answered_by not in {"", authority.recorded_by, authority.person.name}
        transaction.set_rollback(True)
    network.members.clear()
    network.people.clear()
