"""Who invites whom: the Coordinator, a Head of Agency for own posts, the office for the network's; no takeover."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import Actor
from audit.models import Event
from intranet.access import links
from intranet.access.models import Invitation, User
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.models import Person
from tests.factories import make_authenticator, make_user
from tests.intranet.access.doors import HOME, SETUP, codes_on, enrol

from ..doors import coordinator_client, hidden, member_client, office_client, text_of
from ..network import NOW, TODAY, Network, acting_as, found_network, received

pytestmark = pytest.mark.django_db
NEW = "a quiet lamp beside 4 rivers"


def newcomer(
    network: Network,
    member: str,
    capacity: Capacity = Capacity.SENIOR_MANAGEMENT,
    email: str = "nora@alpha.example",
) -> Person:
    person = Person(name="Nora New", email=email)
    services.appoint(person, network.members[member], capacity, TODAY, network.head(member), NOW)
    return person


def refused(network: Network, person: Person, actor: object, code: str = "policy") -> str:
    before = (User.objects.count(), Invitation.objects.count(), Notice.objects.count())
    with pytest.raises(Refused) as refusal:
        services.invite_person(person, actor, NOW)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert (User.objects.count(), Invitation.objects.count(), Notice.objects.count()) == before
    return refusal.value.reason


@pytest.mark.rule("D10")
def test_a_head_of_agency_fills_invites_and_the_person_comes_in() -> None:
    """The whole way on the real clock, through the pages, with a real code."""

    network = found_network()
    alpha = network.member("alpha")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = reverse("post-new", args=[alpha.pk])
    form = hidden(head.get(page)) | {
        "capacity": Capacity.SENIOR_MANAGEMENT.value,
        "name": "Nora New",
        "email": "nora@alpha.example",
        "language": "en",
        "begins_on": f"{now():%d/%m/%Y}",
        "ends_on": "",
        "instrument": "",
    }
    assert head.post(page, form).status_code == 302
    person = Person.objects.get(email="nora@alpha.example")
    invite = reverse("person-invite", args=[person.pk])
    own_page = head.get(reverse("organization", args=[alpha.pk])).content.decode()
    assert invite in own_page
    assert head.post(invite, hidden(head.get(invite))).url == reverse("organization", args=[alpha.pk])
    assert outbox.deliver_due(now()).sent >= 1
    letter = next(item for item in mail.outbox if item.to == ["nora@alpha.example"])
    link = next(word for word in letter.body.split() if word.startswith("http"))
    client = Client()
    answer = client.post(link.removeprefix(settings.BASE_URL), {"password": NEW, "again": NEW})
    assert answer.url == SETUP
    assert len(codes_on(enrol(client))) == 10
    assert client.get(HOME).status_code == 200
    assert "Senior management" in client.get(HOME).content.decode()
    assert Event.objects.get(action="invitation.invite").capacity == "head_of_agency"
    after = head.get(reverse("organization", args=[alpha.pk])).content.decode()
    assert invite not in after
    assert reverse("lost-phone", args=[User.objects.get(email="nora@alpha.example").pk]) in after


@pytest.mark.rule("D10")
def test_other_peoples_are_not_there_for_a_head_of_agency(network: Network) -> None:
    network.member("alpha")
    network.member("beta")
    person = newcomer(network, "beta", email="nora@beta.example")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    nobody = "00000000-0000-4000-8000-000000000000"
    for name in ("person-invite", "person-address"):
        strange = head.get(reverse(name, args=[person.pk]))
        nothing = head.get(reverse(name, args=[nobody]))
        assert strange.status_code == nothing.status_code == 404
        assert text_of(strange) == text_of(nothing)
        assert head.post(reverse(name, args=[person.pk])).status_code == 404
    assert "no post of your organization" in refused(network, person, network.head("alpha"))


@pytest.mark.rule("D10")
@pytest.mark.parametrize("elsewhere", ["another organization", "network", "signer", "authority"])
def test_a_head_of_agency_never_invites_somebody_who_is_bound_elsewhere(
    network: Network, edition: Edition, elsewhere: str
) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    if elsewhere == "another organization":
        person = newcomer(network, "beta")
    elif elsewhere == "network":
        person = Person(name="Nora New", email="nora@alpha.example")
        services.appoint(
            person, network.coordination, Capacity.CONTENT_EDITOR, TODAY, network.coordinator, NOW
        )
    elif elsewhere == "authority":
        person = newcomer(network, "beta")
        services.end_post(person.posts.get(), TODAY, network.head("beta"), NOW)
        services.record_authority(beta, person, "letter", TODAY, network.head("beta"), NOW)
    else:
        person = newcomer(network, "beta")
        services.end_post(person.posts.get(), TODAY, network.head("beta"), NOW)

        paper = received(signer=person, signer_name=person.name)
        services.record_endorsement_received_outside(beta, edition, paper, network.coordinator, NOW)
    services.appoint(person, alpha, Capacity.MEMBER, TODAY, network.head("alpha"), NOW)
    if elsewhere in ("authority", "signer"):  # the ended post is still held today
        later = NOW + timedelta(days=1)

        head = acting_as(network.people["alpha.head"], Capacity.HEAD_OF_AGENCY, alpha, later)
        with pytest.raises(Refused) as refusal:
            services.invite_person(person, head, later)
        reason = refusal.value.reason
        assert not User.objects.filter(email=person.email).exists()
    else:
        reason = refused(network, person, network.head("alpha"))
    assert "PSEA Coordinator invites this person" in reason
    assert not Invitation.objects.exists()
    coordinator = network.coordinator
    services.invite_person(person, coordinator, NOW)
    assert Invitation.objects.get().user.email == person.email


@pytest.mark.rule("D16")
def test_a_technical_account_is_nobodys(network: Network) -> None:
    network.member("alpha")
    root = make_user("root@example.org", is_superuser=True, is_staff=True)
    person = newcomer(network, "alpha", email="root@example.org")
    assert person.user is None  # the post did not take the technical account
    for actor in (network.head("alpha"), network.coordinator):
        reason = refused(network, person, actor, "guard")
        assert "technical account" in reason
    root.refresh_from_db()
    assert not hasattr(root, "person")


@pytest.mark.rule("D11")
def test_nobody_alone_takes_over_an_account_in_use(network: Network) -> None:
    network.member("alpha")
    person = network.people["alpha.first"]
    assert person.user is not None
    make_authenticator(person.user)
    for actor in (network.head("alpha"), network.coordinator):
        assert "needs two people" in refused(network, person, actor, "guard")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    url = reverse("person-invite", args=[person.pk])
    answer = head.post(url, hidden(head.get(url)))
    assert answer.status_code == 200
    assert "Lost phone and codes" in text_of(answer)
    assert not Invitation.objects.exists()


@pytest.mark.rule("D10")
def test_the_office_brings_in_the_coordinators_successor(network: Network) -> None:
    services.end_post(network.coordinator_person.posts.get(), TODAY, network.office_actor, NOW)
    heir = Person(name="Hana Heir", email="hana@example.org")
    services.appoint(
        heir,
        network.coordination,
        Capacity.COORDINATOR,
        TODAY + timedelta(days=1),
        network.office_actor,
        NOW,
    )
    services.invite_person(heir, network.office_actor, NOW)
    assert Invitation.objects.get().user.email == "hana@example.org"
    network.member("alpha")
    assert "posts of the network only" in refused(network, newcomer(network, "alpha"), network.office_actor)


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_an_invitation_that_came_back_is_seen_corrected_and_sent_again(network: Network) -> None:
    network.member("alpha")
    person = newcomer(network, "alpha", email="nora@wrong.example")
    services.invite_person(person, network.head("alpha"), NOW)
    first = Invitation.objects.get()
    notice = Notice.objects.get(kind="access.invitation")
    notice.bounced_at, notice.next_attempt_at, notice.refused = NOW, None, notice.to
    notice.save()
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    address = reverse("person-address", args=[person.pk])
    assert address in head.get(HOME).content.decode()
    assert reverse("contact-repairs") in coordinator_client(network).get(HOME).content.decode()
    assert "came back" not in office_client(network).get(HOME).content.decode()
    assert "the mail came back" in text_of(
        head.get(reverse("organization", args=[network.members["alpha"].pk]))
    )
    form = hidden(head.get(address)) | {"reason": "a letter was missing"}
    taken = head.post(address, form | {"email": "alpha.first@example.org"})
    assert "E-mail: this address belongs to" in text_of(taken)
    form = hidden(head.get(address)) | {"reason": "a letter was missing", "email": "Nora@Alpha.example"}
    assert head.post(address, form).url == reverse("person-invite", args=[person.pk])
    person.refresh_from_db()
    assert person.user is not None
    assert person.email == person.user.email == "nora@alpha.example"
    first.refresh_from_db()
    assert first.state == "withdrawn"
    old_link = links.invitation_link(first.seed).removeprefix(settings.BASE_URL)
    assert Client().get(old_link).status_code == 404
    assert address not in head.get(HOME).content.decode()
    services.invite_person(person, network.head("alpha"), NOW)
    assert Notice.objects.filter(kind="access.invitation", to=["nora@alpha.example"]).count() == 1


def correct(person: Person, actor: Actor, email: str = "thief@example.org", **more: str) -> Person:
    return services.correct_person(person, {"email": email} | more, actor, NOW, "typing error")


@pytest.mark.rule("D10")
def test_a_head_of_agency_corrects_the_address_alone_and_only_before_the_first_use(network: Network) -> None:
    network.member("alpha")
    network.member("beta")
    person = newcomer(network, "alpha")
    with pytest.raises(Refused, match="the address alone"):
        correct(person, network.head("alpha"), name="Somebody Else")
    for actor in (network.head("beta"), network.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)):
        with pytest.raises(Refused):
            correct(person, actor)
    first = network.people["alpha.first"]
    assert first.user is not None
    make_authenticator(first.user)
    with pytest.raises(Refused):
        correct(first, network.head("alpha"))
    assert not Person.objects.filter(email="thief@example.org").exists()
    assert not User.objects.filter(email="thief@example.org").exists()


@pytest.mark.rule("trap 17")
def test_the_link_to_a_signers_account_takes_the_office_and_somebody_else(
    network: Network, edition: Edition
) -> None:
    """Whoever reads the mail becomes the signer, who alone withdraws: no one person moves that address."""
    alpha = network.member("alpha")
    signer = newcomer(network, "alpha")
    paper = received(signer=signer, signer_name=signer.name)
    services.record_endorsement_received_outside(alpha, edition, paper, network.coordinator, NOW)
    for actor in (network.head("alpha"), network.coordinator):
        with pytest.raises(Refused, match="signed the protocol"):
            correct(signer, actor)
    assert not Person.objects.filter(email="thief@example.org").exists()
    correct(signer, network.office_actor, "nora.new@alpha.example")
    with pytest.raises(Refused):
        services.invite_person(signer, network.office_actor, NOW)
    services.invite_person(signer, network.coordinator, NOW)
    assert Invitation.objects.get().user.email == "nora.new@alpha.example"


@pytest.mark.rule("D10")
def test_an_organizations_page_asks_no_more_for_more_people(
    network: Network,
) -> None:
    alpha = network.member("alpha")
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = reverse("organization", args=[alpha.pk])
    counts = []
    for number in range(2):
        for more in range(4 * number):
            newcomer(network, "alpha", email=f"nora{more}@alpha.example")
        with CaptureQueriesContext(connection) as queries:
            assert head.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
