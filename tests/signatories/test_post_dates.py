"""Posts ahead and posts called off, one holder where one is meant, two who fill one at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from audit.actors import Actor, acting, system_actor
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.files.models import StoredFile
from intranet.workflow.runner import Refused
from signatories import selectors, services
from signatories.appointments import DELEGATIONS, ONE_HOLDER
from signatories.models import Kind, Organization, Person, Post, PostState

from .doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from .network import NOW, SCAN, START, TODAY, Network, acting_as, counts, found_network, later, with_account

AHEAD = TODAY + timedelta(days=20)
HOME = {
    Capacity.COORDINATOR: "coordination",
    Capacity.ACTING_COORDINATOR: "coordination",
    Capacity.CONTENT_EDITOR: "coordination",
    Capacity.OFFICE: "office",
    Capacity.OFFICE_ASSISTANT: "office",
    Capacity.AUDITOR: "office",
}


def somebody(name: str) -> Person:
    return with_account(name, f"{name.lower().replace(' ', '.')}@example.org")


def home_of(network: Network, capacity: Capacity) -> Organization:
    found: Organization = getattr(network, HOME[capacity]) if capacity in HOME else network.members["alpha"]
    return found


def fill(network: Network, capacity: Capacity, name: str, **more: Any) -> Post:
    """By whoever may: the office for its own and the Coordinator's post, else the Coordinator."""
    by_office = capacity in HOME and capacity != Capacity.CONTENT_EDITOR
    dates = {"ends_on": AHEAD, "instrument": "Memo 4"} if capacity in DELEGATIONS else {}
    return services.appoint(
        somebody(name),
        home_of(network, capacity),
        capacity,
        more.pop("begins_on", TODAY),
        network.office_actor if by_office else network.coordinator,
        NOW,
        **(dates | more),
    )


@pytest.mark.django_db
@pytest.mark.rule("D9")
@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SIGNER])
def test_which_posts_are_meant_for_one_and_which_for_several(network: Network, capacity: Capacity) -> None:
    """The table of docs/features/people.md."""
    network.member("alpha")
    several = {
        Capacity.MEMBER,
        Capacity.SENIOR_MANAGEMENT,
        Capacity.OFFICE,
        Capacity.OFFICE_ASSISTANT,
        Capacity.CONTENT_EDITOR,
        Capacity.AUDITOR,
    }
    assert (capacity in ONE_HOLDER) == (capacity not in several)
    if capacity in several | {Capacity.ACTING_COORDINATOR}:
        fill(network, capacity, "One Holder")
    if capacity in several:
        fill(network, capacity, "Two Holder")
        return
    before = counts()
    with pytest.raises(Refused, match="holds this post"):
        fill(network, capacity, "Two Holder")
    assert counts() == before


@pytest.mark.django_db
@pytest.mark.rule("D9")
def test_a_successor_is_named_ahead_and_nothing_changes_before(network: Network) -> None:
    alpha = network.member("alpha")
    post = alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(post, AHEAD, network.coordinator, NOW, "moves on")
    successor = somebody("Sara Successor")
    services.appoint(
        successor,
        alpha,
        Capacity.PRIMARY_FOCAL_POINT,
        AHEAD + timedelta(days=1),
        network.coordinator,
        NOW,
        ends_on=AHEAD + timedelta(days=300),
    )
    assert successor.user is not None
    first = network.people["alpha.first"]
    assert first.user is not None
    for days, holder, out in ((0, first, successor), (20, first, successor), (21, successor, first)):
        day = TODAY + timedelta(days=days)
        assert selectors.contacts(alpha, day).primary == holder
        assert Capacity.PRIMARY_FOCAL_POINT in [h.capacity for h in held_by(holder.user, later(days=days))]
        assert held_by(out.user, later(days=days)) == []
    assert selectors.contacts(alpha, AHEAD + timedelta(days=301)).primary is None


@pytest.mark.django_db
@pytest.mark.rule("D9")
def test_a_post_ahead_is_called_off_and_held_on_no_day(network: Network) -> None:
    alpha = network.member("alpha")
    post = alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(post, AHEAD, network.coordinator, NOW)
    ahead = services.appoint(
        somebody("Sara Successor"),
        alpha,
        Capacity.PRIMARY_FOCAL_POINT,
        AHEAD + timedelta(days=5),
        network.coordinator,
        NOW,
    )
    with pytest.raises(Refused, match="write why"):
        services.cancel_post(ahead, network.coordinator, NOW, "")
    with pytest.raises(Refused, match="has begun already"):
        services.cancel_post(post, network.coordinator, NOW, "mistake")
    services.cancel_post(ahead, network.coordinator, NOW, "declined")
    assert ahead.state == PostState.CANCELLED
    for days in (0, 24, 25, 26, 900):
        assert ahead.person not in selectors.contacts(alpha, TODAY + timedelta(days=days)).everybody
    again = services.appoint(
        somebody("Third Person"),
        alpha,
        Capacity.PRIMARY_FOCAL_POINT,
        AHEAD + timedelta(days=1),
        network.coordinator,
        NOW,
    )
    assert again.state == PostState.HELD
    for act in (
        lambda: services.cancel_post(ahead, network.coordinator, NOW, "again"),
        lambda: services.end_post(ahead, AHEAD + timedelta(days=9), network.coordinator, NOW),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.django_db
@pytest.mark.rule("D9")
def test_the_network_has_one_coordinator_whatever_organization_coordinates(network: Network) -> None:
    with acting(system_actor("tests")):
        second = Organization.objects.create(kind=Kind.COORDINATION, name_en="Second desk", active_from=START)
    with pytest.raises(Refused, match="Cora Coordinator holds this post"):
        services.appoint(
            somebody("Other Coordinator"), second, Capacity.COORDINATOR, TODAY, network.office_actor, NOW
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("D9")
def test_two_who_fill_one_post_at_once_one_wins_and_the_other_is_told() -> None:
    network = found_network()
    alpha = network.member("alpha")
    services.end_post(
        alpha.posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT), TODAY, network.coordinator, NOW
    )
    first = TODAY + timedelta(days=1)
    by = [network.coordinator, network.head("alpha")]
    for race in range(12):
        barrier = Barrier(2)
        begins = first + timedelta(days=10 * race)

        def act(number: int, begins: Any = begins, barrier: Barrier = barrier, race: int = race) -> str:
            try:
                person = Person(name=f"Racer {race} {number}", email=f"racer{race}.{number}@example.org")
                mine = Organization.objects.get(pk=alpha.pk)
                barrier.wait()
                services.appoint(
                    person,
                    mine,
                    Capacity.SECONDARY_FOCAL_POINT,
                    begins,
                    by[number],
                    NOW,
                    ends_on=begins + timedelta(days=5),
                )
            except Refused as refusal:
                return refusal.reason
            finally:
                connection.close()
            return "won"

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(act, range(2)))
        assert sorted(word == "won" for word in said) == [False, True], said
        winner = Post.objects.get(organization=alpha, begins_on=begins).person
        assert f"{winner.name} holds this post" in next(word for word in said if word != "won")


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("D9")
def test_two_acting_coordinators_at_once_one_wins() -> None:
    network = found_network()
    actors: list[Actor] = [network.coordinator, network.office_actor]
    barrier = Barrier(2)

    def act(number: int) -> bool:
        try:
            person = Person(name=f"Deputy {number}", email=f"deputy{number}@example.org")
            home = Organization.objects.get(pk=network.coordination.pk)
            barrier.wait()
            services.appoint(
                person,
                home,
                Capacity.ACTING_COORDINATOR,
                TODAY,
                actors[number],
                NOW,
                ends_on=AHEAD,
                instrument="Memo",
            )
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == [False, True]
    assert Post.objects.filter(capacity=Capacity.ACTING_COORDINATOR).count() == 1


DELEGATION = {"begins_on": "11/1/2026", "ends_on": "31/1/2026", "instrument": "Note for the file 7"}


@pytest.mark.django_db
@pytest.mark.rule("D9")
@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("who", ["coordinator", "office"])
def test_an_acting_coordinator_in_two_clicks(
    network: Network, who: str, tmp_path: Any, settings: Any
) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    network.member("alpha")
    client = coordinator_client(network) if who == "coordinator" else office_client(network)
    url = reverse("acting-coordinator")
    assert f'href="{url}"' in client.get(reverse("network")).content.decode()  # the first click
    form = client.get(url)
    assert "Alpha First, Primary focal point" in form.content.decode()
    person = network.people["alpha.first"]
    from django.core.files.uploadedfile import SimpleUploadedFile

    typed = hidden(form) | DELEGATION | {"person": str(person.pk)}
    answer = client.post(url, typed | {"file": SimpleUploadedFile(*SCAN[:2])})  # the second
    assert answer.status_code == 302
    post = Post.objects.get(capacity=Capacity.ACTING_COORDINATOR)
    assert (post.person, post.instrument, post.ends_on) == (
        person,
        "Note for the file 7",
        TODAY + timedelta(days=20),
    )
    assert post.file is not None
    assert StoredFile.objects.get().owner_id == post.pk
    page = text_of(client.get(answer.headers["Location"]))
    assert "Note for the file 7 scan.pdf" in page
    assert client.get(reverse("file", args=[post.file.pk])).status_code == 200
    stranger = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert stranger.get(reverse("file", args=[post.file.pk])).status_code == 404
    again = client.post(
        url, hidden(client.get(url)) | DELEGATION | {"name": "Other", "email": "o@example.org"}
    )
    assert "Alpha First holds this post from 2026-01-11 until 2026-01-31" in text_of(again)


@pytest.mark.django_db
@pytest.mark.rule("D9")
@pytest.mark.usefixtures("clock")
def test_an_office_assistant_in_two_clicks_by_the_office_alone(network: Network) -> None:
    network.member("alpha")
    url = reverse("office-assistant")
    office, coordinator = office_client(network), coordinator_client(network)
    assert f'href="{url}"' in office.get(reverse("network")).content.decode()
    assert f'href="{url}"' not in coordinator.get(reverse("network")).content.decode()
    before = counts()
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    for client, path in (
        (coordinator, url),
        (head, url),
        (head, reverse("acting-coordinator")),
    ):
        assert client.get(path).status_code == 403
        assert client.post(path, DELEGATION | {"name": "New", "email": "n@example.org"}).status_code == 403
    missing = office.post(url, hidden(office.get(url)) | DELEGATION | {"ends_on": "", "instrument": ""})
    for sentence in (
        "Last day: this cannot stay empty.",
        "Instrument: this cannot",
        "Person: choose somebody",
    ):
        assert sentence in text_of(missing)
    other = office.post(
        url, hidden(office.get(url)) | DELEGATION | {"name": "Wrong", "email": "alpha.first@example.org"}
    )
    assert "this address belongs to Alpha First" in text_of(other)
    assert counts() == before
    typed = DELEGATION | {"name": "Asma Assistant", "email": "asma@example.org"}
    assert office.post(url, hidden(office.get(url)) | typed).status_code == 302
    post = Post.objects.get(capacity=Capacity.OFFICE_ASSISTANT)
    assert (post.person.name, post.organization) == ("Asma Assistant", network.office)


@pytest.mark.django_db
@pytest.mark.rule("D11")
@pytest.mark.usefixtures("clock")
def test_a_delegation_needs_a_fresh_code(network: Network) -> None:
    client = coordinator_client(network)
    client.forget_code()
    for name in ("acting-coordinator",):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert "/account/confirm/" in answer.headers["Location"]
    old = acting_as(
        network.coordinator_person, Capacity.COORDINATOR, network.coordination, NOW - timedelta(minutes=16)
    )
    with pytest.raises(Refused) as refusal:
        services.appoint(
            somebody("Some Deputy"),
            network.coordination,
            Capacity.ACTING_COORDINATOR,
            TODAY,
            old,
            NOW,
            ends_on=AHEAD,
            instrument="Memo",
        )
    assert refusal.value.code == "step_up"


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_a_planned_post_is_cancelled_through_the_door(network: Network) -> None:
    alpha = network.member("alpha")
    person = somebody("Planned Person")
    post = services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, AHEAD, network.coordinator, NOW)
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    url = reverse("post-cancel", args=[post.pk])
    assert url in head.get(reverse("organization", args=[alpha.pk])).content.decode()
    first = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert first.get(url).status_code == 403
    assert head.post(url, hidden(head.get(url)) | {"reason": "declined"}).status_code == 302
    page = text_of(head.get(reverse("organization", args=[alpha.pk])))
    assert "31 January 2026 , cancelled before it began" in page
    network.member("beta")
    stranger = member_client(network, "beta.head", Capacity.HEAD_OF_AGENCY)
    assert stranger.get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_nobody_learns_from_an_address_who_belongs_to_another_organization(network: Network) -> None:
    alpha = network.member("alpha")
    network.member("beta")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    url = reverse("post-new", args=[alpha.pk])
    typed = {
        "capacity": "senior_management",
        "name": "Somebody Else",
        "language": "en",
        "begins_on": "11/1/2026",
    }
    for address, named in (("beta.first@example.org", False), ("alpha.first@example.org", True)):
        answer = text_of(head.post(url, hidden(head.get(url)) | typed | {"email": address}))
        assert ("this address belongs to Alpha First" in answer) == named
        assert ("this address is listed with another name" in answer) != named
        assert "Beta First" not in answer
    with pytest.raises(Refused, match="listed with another name"):
        services.appoint(
            Person(name="Somebody", email="Beta.First@example.org"),
            alpha,
            Capacity.SENIOR_MANAGEMENT,
            TODAY,
            network.head("alpha"),
            NOW,
        )
    coordinator = coordinator_client(network)
    answer = coordinator.post(url, hidden(coordinator.get(url)) | typed | {"email": "beta.first@example.org"})
    assert "this address belongs to Beta First" in text_of(answer)


@pytest.mark.django_db
@pytest.mark.rule("trap 16")
@pytest.mark.usefixtures("clock")
def test_a_person_in_two_organizations_acts_for_one_at_a_time(network: Network) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    person = network.people["alpha.first"]
    services.appoint(person, beta, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)
    assert person.user is not None
    client = client_of(person, Capacity.PRIMARY_FOCAL_POINT, alpha)
    chooser = text_of(client.get(reverse("access:capacity")))
    assert "Primary focal point · Alpha (example)" in chooser
    assert "Senior management · Beta (example)" in chooser
    own, other = (reverse("organization", args=[item.pk]) for item in (alpha, beta))
    assert (client.get(own).status_code, client.get(other).status_code) == (200, 404)
    chosen = client.post(reverse("access:capacity"), {"capacity": f"senior_management:{beta.pk}"})
    assert chosen.status_code == 302
    assert (client.get(own).status_code, client.get(other).status_code) == (404, 200)
    refused = client.post(reverse("access:capacity"), {"capacity": f"head_of_agency:{beta.pk}"})
    assert "choose one that you hold now" in text_of(refused)
