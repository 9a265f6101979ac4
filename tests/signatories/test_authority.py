"""Authority to sign: given, received outside, overlapping, expired, ended, without an account (D19, D17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.actors import Actor
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import AuthorityState, ParticipationEntry, Person, Post, SigningAuthority

from .doors import coordinator_client, hidden, member_client, office_client, text_of
from .network import NOW, SCAN, TODAY, Network, acting_as, counts, later
from .succession_play import at

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D19")]


def give(
    network: Network, begins: int = 0, ends: int | None = None, who: str = "alpha.first"
) -> SigningAuthority:
    return services.record_authority(
        network.members["alpha"],
        network.people[who],
        "Letter 7",
        TODAY + timedelta(days=begins),
        network.head("alpha"),
        NOW,
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )


def from_outside(network: Network, actor: Actor | None = None, **changes: Any) -> SigningAuthority:
    given: dict[str, Any] = {"file": SCAN, "received_how": "letter", "received_on": TODAY}
    return services.record_authority(
        network.members["alpha"],
        network.people["alpha.first"],
        "Letter 7",
        TODAY,
        actor or network.coordinator,
        NOW,
        **given | changes,
    )


def signs(network: Network, days: int = 0) -> bool:
    alpha = network.members["alpha"]
    actor = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    return selectors.authority_of(actor, alpha, TODAY + timedelta(days=days)) is not None


def refused(act: Callable[[], Any], says: str) -> None:
    before = counts(), SigningAuthority.objects.count()
    with pytest.raises(Refused, match=says or None):
        act()
    assert (counts(), SigningAuthority.objects.count()) == before


def test_ending_it_may_lie_ahead_and_may_be_brought_forward(network: Network) -> None:
    network.member("alpha")
    authority = give(network)
    services.end_authority(authority, TODAY + timedelta(days=9), network.head("alpha"), NOW)
    assert [signs(network, n) for n in (0, 9, 10)] == [True, True, False]
    refused(
        lambda: services.end_authority(authority, TODAY + timedelta(days=20), network.coordinator, NOW),
        "ends earlier already",
    )
    services.end_authority(authority, TODAY, network.coordinator, NOW, "recalled by letter")
    assert [signs(network, n) for n in (0, 1)] == [True, False]
    refused(
        lambda: services.end_authority(authority, TODAY - timedelta(days=1), network.coordinator, NOW),
        "before the first day",
    )


def test_what_was_signed_under_it_stays_signed(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    authority = give(network)
    services.endorse(
        alpha,
        edition,
        network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        NOW,
        sha256=edition.sha256,
        signer_name="Alpha First",
        signer_title="Deputy",
        authority="",
    )
    services.end_authority(authority, TODAY, network.head("alpha"), NOW)
    assert selectors.is_signatory(alpha, TODAY + timedelta(days=900))
    assert ParticipationEntry.objects.get().authority == "Letter 7"


def test_expired_or_not_begun_it_gives_nothing(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    give(network, 2, 4)
    assert [signs(network, n) for n in range(1, 6)] == [False, True, True, True, False]
    actor = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    for days in (1, 5):
        moment = later(days=days)
        with pytest.raises(Refused, match="recorded authority"):
            services.endorse(
                alpha,
                edition,
                at(actor, moment),
                moment,
                sha256=edition.sha256,
                signer_name="Alpha First",
                signer_title="Deputy",
                authority="",
            )


@pytest.mark.parametrize(
    ("begins", "ends", "allowed"), [(0, 3, False), (4, 9, False), (5, 6, True), (-9, -1, True)]
)
def test_the_same_person_is_not_named_twice_for_the_same_days(
    network: Network, begins: int, ends: int, allowed: bool
) -> None:
    network.member("alpha")
    give(network, 0, 4)
    give(network, 0, 4, who="alpha.second")  # another person: both may sign
    if allowed:
        give(network, begins, ends)
    else:
        refused(lambda: give(network, begins, ends), "Alpha First is named from 2026-01-11 until 2026-01-15")


def test_a_person_without_an_account_is_named_and_signs_once_there_is_one(network: Network) -> None:
    from intranet.access.models import User

    alpha = network.member("alpha")
    person = Person(name="No Account", email="none@example.org")
    services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)
    services.record_authority(alpha, person, "Letter 8", TODAY, network.head("alpha"), NOW)
    user = User.objects.create_user("none@example.org", "a long password")
    services.link_account(person, user, network.coordinator, NOW)
    person.refresh_from_db()
    actor = acting_as(person, Capacity.SENIOR_MANAGEMENT, alpha)
    assert selectors.authority_of(actor, alpha, TODAY) is not None


@pytest.mark.rule("D17")
def test_an_instrument_from_outside_gives_nothing_before_its_confirmation(network: Network) -> None:
    alpha = network.member("alpha")
    authority = from_outside(network)
    first = network.people["alpha.first"]
    assert first.user is not None
    post = alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(post, TODAY - timedelta(days=1), network.coordinator, NOW)
    assert (authority.state, signs(network)) == (AuthorityState.WAITING, False)
    assert held_by(first.user, NOW) == []
    for actor in (
        network.coordinator,
        acting_as(network.coordinator_person, Capacity.OFFICE, network.office),  # the recorder's other hat
        acting_as(first, Capacity.SENIOR_MANAGEMENT, alpha),  # the person named
    ):
        refused(lambda actor=actor: services.answer_authority(authority, True, actor, NOW), "")  # type: ignore[misc]
    refused(lambda: from_outside(network), "waits for its confirmation")
    services.answer_authority(authority, True, network.office_actor, NOW)
    assert signs(network)
    assert [item.capacity for item in held_by(first.user, NOW)] == [Capacity.MEMBER]
    assert (authority.recorded_by, authority.answered_by) == ("Cora Coordinator", "Olive Office")


@pytest.mark.rule("D17")
def test_a_denied_instrument_never_counts(network: Network) -> None:
    network.member("alpha")
    authority = from_outside(network)
    refused(lambda: services.answer_authority(authority, False, network.head("alpha"), NOW), "Reason")
    services.answer_authority(authority, False, network.head("alpha"), NOW, "I wrote no such letter.")
    assert not signs(network)
    refused(lambda: services.answer_authority(authority, True, network.office_actor, NOW), "Denied")
    refused(lambda: services.end_authority(authority, TODAY, network.coordinator, NOW), "Denied")
    give(network)  # the Head of Agency gives it after all
    assert signs(network)


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"file": None}, "File"),
        ({"received_how": "pigeon"}, "How it arrived"),
        ({"received_on": TODAY + timedelta(days=1)}, "Received on"),
        ({"received_on": None}, "Received on"),
    ],
)
def test_a_record_with_gaps_is_refused(network: Network, change: dict[str, Any], says: str) -> None:
    network.member("alpha")
    refused(lambda: from_outside(network, **change), says)


@pytest.mark.rule("D17")
def test_coordination_gives_no_authority_of_its_own(network: Network) -> None:
    network.member("alpha")
    refused(
        lambda: services.record_authority(
            network.members["alpha"], network.people["alpha.first"], "Letter", TODAY, network.coordinator, NOW
        ),
        "The Head of Agency says who else may sign",
    )
    refused(lambda: from_outside(network, network.head("alpha")), "recorded by the PSEA Coordinator")


@pytest.mark.usefixtures("clock")
def test_whose_post_has_ended_is_marked_where_somebody_is_named(network: Network) -> None:
    alpha = network.member("alpha")
    post = Post.objects.get(person=network.people["alpha.second"])
    services.end_post(post, TODAY - timedelta(days=1), network.coordinator, NOW, "left")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = text_of(head.get(reverse("authority-new", args=[alpha.pk])))
    assert "Alpha First, Primary focal point" in page
    assert "Alpha Second, Secondary focal point until 10 January 2026" in page


@pytest.mark.usefixtures("clock")
def test_through_the_door(network: Network) -> None:
    alpha = network.member("alpha")
    keeper, office = coordinator_client(network), office_client(network)
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    url = reverse("authority-new", args=[alpha.pk])
    typed = {
        "person": str(network.people["alpha.first"].pk),
        "instrument": "Letter 7",
        "begins_on": "11/1/2026",
        "ends_on": "",
        "received_how": "letter",
        "received_on": "11/1/2026",
    }
    empty = keeper.post(url, hidden(keeper.get(url)) | typed)
    assert "File: this cannot stay empty." in text_of(empty)
    done = keeper.post(url, hidden(keeper.get(url)) | typed | {"file": SimpleUploadedFile(*SCAN)})
    assert done.status_code == 302
    authority = SigningAuthority.objects.get()
    page = reverse("organization", args=[alpha.pk])
    confirm = reverse("authority-confirm", args=[authority.pk])
    assert "Waits for a confirmation" in text_of(keeper.get(page))
    assert confirm not in keeper.get(page).content.decode()
    assert confirm in office.get(page).content.decode()
    assert page in [row.url for row in due_rows(network.head("alpha"), NOW)]
    assert keeper.get(confirm).status_code == 403
    deny = reverse("authority-deny", args=[authority.pk])
    assert "Why you deny it: this cannot stay empty." in text_of(head.post(deny, hidden(head.get(deny))))
    office.post(confirm, hidden(office.get(confirm)))
    shown = text_of(head.get(page))
    assert "in force" in shown
    assert "Confirmed: Olive Office" in shown
    end = reverse("authority-end", args=[authority.pk])
    head.post(end, hidden(head.get(end)) | {"ends_on": "11/1/2026", "reason": "left"})
    authority.refresh_from_db()
    assert (authority.state, authority.ends_on) == (AuthorityState.ENDED, date(2026, 1, 11))
    given = hidden(head.get(url)) | typed | {"begins_on": "12/1/2026"}
    head.post(url, given)
    assert SigningAuthority.objects.filter(state=AuthorityState.RECORDED).count() == 1


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_others_do_not_reach_it(network: Network) -> None:
    network.member("alpha")
    network.member("beta")
    authority = from_outside(network)
    stranger = member_client(network, "beta.head", Capacity.HEAD_OF_AGENCY)
    for name in ("authority-end", "authority-confirm", "authority-deny"):
        assert stranger.get(reverse(name, args=[authority.pk])).status_code == 404
    assert stranger.get(reverse("authority-new", args=[network.members["alpha"].pk])).status_code == 404
