"""Posts with dates: one holder where one is meant, delegations with an end, the founding of a network."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.actors import system_actor
from audit.models import Event
from intranet.access.capacities import held_by
from intranet.access.models import Invitation, User
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import names, selectors, services
from signatories.models import Kind, Organization, Person, Post

from .doors import coordinator_client, hidden, member_client, text_of
from .network import NOW, START, TODAY, Network, acting_as, counts, later, with_account

pytestmark = pytest.mark.django_db
ABSENCE = TODAY + timedelta(days=10)


def newcomer(name: str = "Nour Newcomer") -> Person:
    return with_account(name, f"{name.split()[0].lower()}@example.org")


@pytest.mark.rule("D9")
@pytest.mark.parametrize(
    "capacity",
    [Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT, Capacity.HEAD_OF_AGENCY],
)
@pytest.mark.parametrize("begins", [START - timedelta(days=5), TODAY, TODAY + timedelta(days=500)])
def test_two_people_never_hold_a_post_meant_for_one(
    network: Network, capacity: Capacity, begins: date
) -> None:
    alpha = network.member("alpha")
    before = counts()
    with pytest.raises(Refused, match="holds this post from 2024-01-01 until further notice"):
        services.appoint(newcomer(), alpha, capacity, begins, network.coordinator, NOW)
    assert counts() == before


@pytest.mark.rule("D9")
def test_a_successor_begins_the_day_after(network: Network) -> None:
    alpha = network.member("alpha")
    post = alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(post, ABSENCE, network.coordinator, NOW, "moves on")
    with pytest.raises(Refused):
        services.appoint(newcomer(), alpha, Capacity.PRIMARY_FOCAL_POINT, ABSENCE, network.coordinator, NOW)
    person = newcomer("Second Newcomer")
    services.appoint(
        person,
        alpha,
        Capacity.PRIMARY_FOCAL_POINT,
        ABSENCE + timedelta(days=1),
        network.coordinator,
        NOW,
    )
    assert selectors.contacts(alpha, ABSENCE).primary == network.people["alpha.first"]
    assert selectors.contacts(alpha, ABSENCE + timedelta(days=1)).primary == person
    with pytest.raises(Refused, match="ends earlier already"):
        services.end_post(post, ABSENCE + timedelta(days=9), network.coordinator, NOW)


@pytest.mark.rule("D9")
def test_senior_management_may_be_several_but_nobody_twice(network: Network) -> None:
    alpha = network.member("alpha")
    one, two = newcomer("One Senior"), newcomer("Two Senior")
    for person in (one, two):
        services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)
    assert set(selectors.contacts(alpha, TODAY).senior_management) == {one, two}
    with pytest.raises(Refused):
        services.appoint(one, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)


@pytest.mark.rule("D9")
def test_an_acting_coordinator_has_both_days_and_an_instrument(network: Network) -> None:
    person = newcomer()
    for ends_on, instrument in ((None, "Memo 4"), (ABSENCE, " ")):
        with pytest.raises(Refused, match="A delegation needs"):
            services.appoint(
                person,
                network.coordination,
                Capacity.ACTING_COORDINATOR,
                TODAY,
                network.coordinator,
                NOW,
                ends_on=ends_on,
                instrument=instrument,
            )
    services.appoint(
        person,
        network.coordination,
        Capacity.ACTING_COORDINATOR,
        TODAY,
        network.coordinator,
        NOW,
        ends_on=ABSENCE,
        instrument="Memo 4",
    )
    assert selectors.coordinator_on(TODAY) == network.coordinator_person
    assert person in selectors.coordination_people(TODAY)
    assert person.user is not None
    assert [h.capacity for h in held_by(person.user, NOW)] == [Capacity.ACTING_COORDINATOR]
    assert held_by(person.user, later(days=11)) == []
    # 20:59 UTC is 23:59 in Baghdad: still the last day; an hour later it is over.
    last = NOW.replace(hour=20, minute=59) + timedelta(days=10)
    assert held_by(person.user, last)
    assert held_by(person.user, last + timedelta(minutes=1)) == []


@pytest.mark.rule("D9")
@pytest.mark.parametrize(
    ("capacity", "home", "who"),
    [
        (Capacity.COORDINATOR, "coordination", "coordinator"),
        (Capacity.OFFICE, "office", "coordinator"),
        (Capacity.OFFICE_ASSISTANT, "office", "coordinator"),
        (Capacity.AUDITOR, "office", "coordinator"),
        (Capacity.OFFICE, "office", "head"),
        (Capacity.ACTING_COORDINATOR, "coordination", "head"),
        (Capacity.COORDINATOR, "alpha", "office"),
        (Capacity.HEAD_OF_AGENCY, "office", "coordinator"),
        (Capacity.SIGNER, "alpha", "coordinator"),
        (Capacity.HEAD_OF_AGENCY, "alpha", "head"),
        (Capacity.SENIOR_MANAGEMENT, "alpha", "other head"),
        (Capacity.SENIOR_MANAGEMENT, "alpha", "system"),
    ],
)
def test_who_may_not_fill_which_post(network: Network, capacity: Capacity, home: str, who: str) -> None:
    alpha = network.member("alpha")
    network.member("beta")
    for post in alpha.posts.exclude(capacity=Capacity.PRIMARY_FOCAL_POINT):
        services.end_post(post, START, network.coordinator, NOW)
    organization = {"alpha": alpha, "office": network.office, "coordination": network.coordination}[home]
    actor = {
        "coordinator": network.coordinator,
        "office": network.office_actor,
        "head": network.head("alpha"),
        "other head": network.head("beta"),
        "system": system_actor("run_due"),
    }[who]
    person = newcomer()
    before = counts()
    with pytest.raises(Refused):
        services.appoint(
            person, organization, capacity, TODAY, actor, NOW, ends_on=ABSENCE, instrument="Memo"
        )
    assert counts() == before
    assert Event.objects.filter(action__in=["post.appoint", "post.found"], outcome="refused").exists()


@pytest.mark.rule("trap 16")
def test_nobody_fills_a_post_with_themselves(network: Network) -> None:
    alpha = network.member("alpha")
    services.end_post(alpha.posts.get(capacity=Capacity.HEAD_OF_AGENCY), START, network.coordinator, NOW)
    assert network.coordinator_person.user is not None
    alias = Person(name="Second Self", email=network.coordinator_person.user.email)
    for person in (network.coordinator_person, alias):
        before = counts()
        with pytest.raises(Refused, match="nobody fills a post with themselves"):
            services.appoint(person, alpha, Capacity.HEAD_OF_AGENCY, TODAY, network.coordinator, NOW)
        assert counts() == before
    assert selectors.contacts(alpha, TODAY).head_of_agency is None


@pytest.mark.rule("D11")
def test_posts_need_a_fresh_code(network: Network) -> None:
    alpha = network.member("alpha")
    old = acting_as(
        network.coordinator_person, Capacity.COORDINATOR, network.coordination, NOW - timedelta(minutes=16)
    )
    for act in (
        lambda: services.appoint(newcomer("Some Senior"), alpha, Capacity.SENIOR_MANAGEMENT, TODAY, old, NOW),
        lambda: services.end_post(alpha.posts.first(), TODAY, old, NOW),  # type: ignore[arg-type]
        lambda: services.record_authority(
            alpha,
            network.people["alpha.first"],
            "Letter",
            TODAY,
            old,
            NOW,
            received_how="letter",
            received_on=TODAY,
        ),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "step_up"
    assert not Post.objects.filter(ends_on__isnull=False).exists()


@pytest.mark.rule("D9")
def test_a_network_is_founded_once(network: Network) -> None:
    installation = system_actor("installation")
    before = counts()
    with pytest.raises(Refused, match="founded already"):
        services.create_organization(
            Organization(kind=Kind.OFFICE, name_en="Second office", active_from=START), installation, NOW
        )
    with pytest.raises(Refused):
        services.create_organization(
            Organization(kind=Kind.UN_AGENCY, name_en="Agency", active_from=START), installation, NOW
        )
    with pytest.raises(Refused, match="founded already"):
        services.appoint(newcomer(), network.office, Capacity.OFFICE, TODAY, installation, NOW)
    assert counts() == before


@pytest.mark.rule("D10")
def test_an_account_goes_only_to_the_person_with_its_address(network: Network) -> None:
    alpha = network.member("alpha")
    user = User.objects.create_user("somebody@example.org")
    stranger = services.register_person(
        Person(name="Stranger Danger", email="stranger@example.org"), network.coordinator, NOW
    )
    with pytest.raises(Refused, match="not the address"):
        services.link_account(stranger, user, network.coordinator, NOW)
    with pytest.raises(Refused):
        services.link_account(stranger, user, network.head("alpha"), NOW)
    same = Person(name="Some Body", email="somebody@example.org")
    services.appoint(same, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.head("alpha"), NOW)
    assert [held.capacity for held in held_by(user, NOW)] == [Capacity.SENIOR_MANAGEMENT]
    with pytest.raises(Refused, match="belongs to Some Body"):
        services.register_person(
            Person(name="Copy Cat", email="SOMEBODY@example.org"), network.coordinator, NOW
        )


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_the_coordinator_invites_a_person_in_two_clicks(network: Network) -> None:
    alpha = network.member("alpha")
    person = Person(name="Ina Invited", email="ina@example.org", language="ar")
    services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)
    client = coordinator_client(network)
    url = reverse("person-invite", args=[person.pk])
    assert url in client.get(reverse("organization", args=[alpha.pk])).content.decode()
    form = hidden(client.get(url))
    for _twice in range(2):
        assert client.post(url, form).status_code == 302
    person.refresh_from_db()
    assert person.user is not None
    assert person.user.email == "ina@example.org"
    assert Invitation.objects.filter(user=person.user).count() == 1
    assert Notice.objects.filter(to=["ina@example.org"]).count() == 1
    first = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert first.get(url).status_code == 403
    assert "Ina Invited" in text_of(first.get(reverse("organization", args=[alpha.pk])))


@pytest.mark.usefixtures("clock")
def test_the_same_name_saved_at_the_same_moment_is_told(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one commits between this form's check and its act."""
    client = coordinator_client(network)
    url = reverse("organization-new")
    typed = {"kind": "partner_ngo", "name_en": "Gamma (example)", "acronym": "GG", "active_from": "1/1/2026"}
    original = services.create_organization

    def slow(organization: Organization, *args: Any) -> Organization:
        twin = Organization(kind=Kind.UN_AGENCY, name_en=organization.name_en, active_from=START)
        original(twin, network.coordinator, NOW)
        monkeypatch.setattr(names, "find_by_name", lambda text: [])  # it was not there when this one looked
        return original(organization, *args)

    monkeypatch.setattr(services, "create_organization", slow)
    response = client.post(url, hidden(client.get(url)) | typed)
    assert "Somebody saved the same at this very moment" in text_of(response)
    assert 'value="GG"' in response.content.decode()
    assert Organization.objects.get(name_en="Gamma (example)").kind == Kind.UN_AGENCY


@pytest.mark.rule("D9")
@pytest.mark.usefixtures("clock")
def test_a_correction_keeps_what_stood_before(network: Network) -> None:
    alpha = network.member("alpha")
    client = coordinator_client(network)
    url = reverse("organization-correct", args=[alpha.pk])
    typed = {
        "name_en": "Alpha International (example)",
        "name_ar": "",
        "name_ckb": "",
        "acronym": "",
        "region": "",
        "active_from": "1/1/2024",
        "active_to": "",
    }
    missing = client.post(url, hidden(client.get(url)) | typed | {"reason": ""})
    assert "Reason for the correction: this cannot stay empty." in text_of(missing)
    assert client.post(url, hidden(client.get(url)) | typed | {"reason": "renamed"}).status_code == 302
    reasons = {row.name_en: row.history_change_reason for row in alpha.history.all()}
    assert reasons == {"Alpha (example)": None, "Alpha International (example)": "renamed"}
