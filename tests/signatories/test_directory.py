"""The members' directory: each capacity sees what it may, and the search tells nothing more (§3, trap 36)."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from audit.actors import acting, system_actor
from intranet.access.roles import Capacity
from signatories import services
from signatories.models import Organization, Person, Post
from signatories.names import Names
from tests.personas import PersonaClient
from tests.services.rows import written_once

from .doors import client_of, coordinator_client, member_client, office_client, text_of
from .network import NOW, START, TODAY, Network, found_network, with_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOST_QUERIES = 12

NAME, FOCAL, HEAD, MANAGEMENT, PHONE = "name", "focal", "head", "management", "phone"
# What of another organization's people each capacity reads; every member reads names and posts.
MATRIX: dict[Capacity, set[str]] = {
    Capacity.MEMBER: {NAME},
    Capacity.CONTENT_EDITOR: {NAME},
    Capacity.PRIMARY_FOCAL_POINT: {NAME, FOCAL},
    Capacity.SECONDARY_FOCAL_POINT: {NAME, FOCAL},
    Capacity.HEAD_OF_AGENCY: {NAME, FOCAL},
    Capacity.SENIOR_MANAGEMENT: {NAME, FOCAL},
    Capacity.SIGNER: {NAME, FOCAL},
    Capacity.COORDINATOR: {NAME, FOCAL, HEAD, MANAGEMENT, PHONE},
    Capacity.ACTING_COORDINATOR: {NAME, FOCAL, HEAD, MANAGEMENT, PHONE},
    Capacity.OFFICE: {NAME, FOCAL, HEAD, MANAGEMENT, PHONE},
    Capacity.OFFICE_ASSISTANT: {NAME, FOCAL, HEAD, MANAGEMENT, PHONE},
    Capacity.AUDITOR: {NAME, FOCAL, HEAD, MANAGEMENT},
}
SIGNS = {
    NAME: ("Beta First", "Beta Head", "Kirkuk"),
    FOCAL: ("beta.first@example.org",),
    HEAD: ("beta.head@example.org", "Sulaymaniyah"),
    MANAGEMENT: ("Mona Management", "mona@example.org", "Amarah"),
    PHONE: ("+964 770 000 0001",),
}


@pytest.fixture(scope="module")
def first_full(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Network]:
    def build() -> Network:
        with time_machine.travel(NOW, tick=False):
            return filled(found_network())

    yield from written_once(django_db_blocker, build)


@pytest.fixture
def full(first_full: Network, db: None) -> Network:
    """Alpha to look from, Beta to look at, with everything that is kept of people."""
    return copy.deepcopy(first_full)


def filled(network: Network) -> Network:
    network.member("alpha")
    beta = network.member("beta")
    mona = with_account("Mona Management", "mona@example.org")
    services.appoint(mona, beta, Capacity.SENIOR_MANAGEMENT, START, network.coordinator, NOW)
    for person, values in (
        (
            network.people["beta.first"],
            {"languages": ["ckb"], "duty_station": "Kirkuk", "phone": "+964 770 000 0001"},
        ),
        (network.people["beta.head"], {"languages": ["fr"], "duty_station": "Sulaymaniyah"}),
        (mona, {"languages": ["tk"], "duty_station": "Amarah"}),
    ):
        services.correct_person(person, values, network.coordinator, NOW, "as she wrote")
    network.people["beta.mona"] = mona
    return network


def somebody(network: Network, capacity: Capacity) -> PersonaClient:
    """A client of ``capacity``, of Alpha where the capacity belongs to a member."""
    if capacity == Capacity.COORDINATOR:
        return coordinator_client(network)
    if capacity == Capacity.OFFICE:
        return office_client(network)
    home = {
        Capacity.ACTING_COORDINATOR: network.coordination,
        Capacity.CONTENT_EDITOR: network.coordination,
        Capacity.OFFICE_ASSISTANT: network.office,
        Capacity.AUDITOR: network.office,
    }.get(capacity, network.members["alpha"])
    if capacity in {
        Capacity.HEAD_OF_AGENCY,
        Capacity.PRIMARY_FOCAL_POINT,
        Capacity.SECONDARY_FOCAL_POINT,
    }:
        who = {"h": "head", "p": "first", "s": "second"}[capacity[0]]
        return member_client(network, f"alpha.{who}", capacity)
    person = with_account(f"Some {capacity}", f"{capacity}@example.org")
    if capacity == Capacity.SIGNER:
        from tests.personas import give, sign_in

        assert person.user is not None
        give(person.user, capacity, home)
        return sign_in(person.user)
    with acting(system_actor("tests")):
        person.save()
        Post(person=person, organization=home, capacity=capacity, begins_on=START).save()
    return client_of(person, capacity, home)


@pytest.mark.rule("§3")
@pytest.mark.parametrize("capacity", list(Capacity))
def test_the_matrix_cell_by_cell(full: Network, capacity: Capacity) -> None:
    page = somebody(full, capacity).get(reverse("network")).content.decode()
    for what, signs in SIGNS.items():
        for sign in signs:
            assert (sign in page) == (what in MATRIX[capacity]), (what, sign)


@pytest.mark.rule("trap 36")
@pytest.mark.parametrize(
    ("capacity", "query", "found"),
    [
        (Capacity.MEMBER, {"q": "beta.first@example"}, False),
        (Capacity.MEMBER, {"q": "beta first"}, True),
        (Capacity.PRIMARY_FOCAL_POINT, {"q": "beta.first@example"}, True),
        (Capacity.PRIMARY_FOCAL_POINT, {"q": "beta.head@example"}, False),
        (Capacity.PRIMARY_FOCAL_POINT, {"q": "mona"}, False),
        (Capacity.PRIMARY_FOCAL_POINT, {"q": "770"}, False),
        (Capacity.PRIMARY_FOCAL_POINT, {"language": "tk"}, False),
        (Capacity.PRIMARY_FOCAL_POINT, {"language": "fr"}, False),
        (Capacity.PRIMARY_FOCAL_POINT, {"language": "ckb"}, True),
        (Capacity.PRIMARY_FOCAL_POINT, {"station": "Kirkuk"}, True),
        (Capacity.PRIMARY_FOCAL_POINT, {"vacant": "1"}, True),  # no filter of hers: everything is there
        (Capacity.COORDINATOR, {"q": "mona"}, True),
        (Capacity.COORDINATOR, {"language": "tk"}, True),
        (Capacity.COORDINATOR, {"q": "770"}, False),
        (Capacity.COORDINATOR, {"vacant": "1"}, False),
        (Capacity.COORDINATOR, {"kind": "partner_ngo"}, False),
        (Capacity.COORDINATOR, {"kind": "un_agency", "station": "Amarah"}, True),
    ],
)
def test_the_search_covers_what_the_page_shows(
    full: Network, capacity: Capacity, query: dict[str, str], found: bool
) -> None:
    page = somebody(full, capacity).get(reverse("network"), query).content.decode()
    assert ("Beta (example)" in page) == found


@pytest.mark.rule("trap 36")
def test_choices_and_numbers_are_those_of_what_one_sees(full: Network) -> None:
    post = full.members["beta"].posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT)
    services.end_post(post, TODAY - timedelta(days=1), full.coordinator, NOW, "left")
    member = somebody(full, Capacity.PRIMARY_FOCAL_POINT).get(reverse("network"))
    text = member.content.decode()
    assert '<option value="Kirkuk"' in text
    assert "Amarah" not in text
    assert "vacant post" not in text
    assert "1 vacant post" in text_of(coordinator_client(full).get(reverse("network")))
    filtered = coordinator_client(full).get(reverse("network"), {"q": "beta"})
    assert "1 of 2 organizations fits" in text_of(filtered)
    nothing = coordinator_client(full).get(reverse("network"), {"q": "nobody at all"})
    assert "No organization fits this search." in text_of(nothing)


def test_own_people_see_more_of_their_own(full: Network) -> None:
    reader = member_client(full, "beta.head", Capacity.HEAD_OF_AGENCY).get(reverse("network"))
    page = reader.content.decode()
    for what in (NAME, FOCAL, HEAD, MANAGEMENT):
        for sign in SIGNS[what]:
            assert sign in page, sign
    assert SIGNS[PHONE][0] not in page
    beta = full.members["beta"]
    person = with_account("Rita Reader", "rita@example.org")
    services.appoint(person, beta, Capacity.MEMBER, TODAY, full.coordinator, NOW)
    own = client_of(person, Capacity.MEMBER, beta).get(reverse("organization", args=[beta.pk]))
    page = own.content.decode()
    assert "beta.first@example.org" in page
    assert "Beta Head" in page
    assert "beta.head@example.org" not in page
    assert "Mona Management" not in page


def test_former_names_and_the_coordination_are_shown_to_everybody(full: Network) -> None:
    services.rename_organization(
        full.members["beta"], Names("Gamma (example)"), TODAY, full.coordinator, NOW, "letter"
    )
    client = somebody(full, Capacity.MEMBER)
    found = text_of(client.get(reverse("network"), {"q": "beta (EXAMPLE"}))
    assert "Gamma (example)" in found
    assert "until 10 January 2026: Beta (example)" in found
    assert "PSEA Coordinator: Cora Coordinator" in found
    assert "cora@example.org" in found


def test_two_hundred_organizations_in_pages_and_few_queries(full: Network) -> None:
    with acting(system_actor("tests")):
        for number in range(200):
            made = Organization.objects.create(
                kind="un_agency", name_en=f"Crowd {number:03}", active_from=START
            )
            person = Person.objects.create(name=f"Person {number}", email=f"p{number}@example.org")
            Post.objects.create(
                person=person,
                organization=made,
                capacity=Capacity.PRIMARY_FOCAL_POINT,
                begins_on=START,
            )
    for capacity in (Capacity.COORDINATOR, Capacity.PRIMARY_FOCAL_POINT):
        client = somebody(full, capacity)
        client.get(reverse("network"))
        with CaptureQueriesContext(connection) as queries:
            first = client.get(reverse("network"), {"q": "crowd", "page": 1})
        assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][:160] for q in queries)
        text = text_of(first)
        assert "Crowd 049" in text
        assert "Crowd 050" not in text
        assert "Page 1 of 4" in text
        assert 'href="?q=crowd&amp;page=2"' in first.content.decode()
        assert "Crowd 199" in text_of(client.get(reverse("network"), {"q": "crowd", "page": 4}))
