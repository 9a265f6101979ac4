"""Corrections of people with their reason, one's own details, and the address that only its owner signs in with."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.actors import system_actor
from audit.models import Event
from intranet.access import accounts
from intranet.access.models import Invitation, User
from intranet.access.roles import Capacity
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.workflow import history
from intranet.workflow.runner import Refused
from signatories import own_address, services
from signatories.models import Person

from .doors import coordinator_client, hidden, member_client, office_client, text_of
from .network import NOW, TODAY, Network, acting_as, counts, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = "first.new@example.org"


@pytest.fixture
def first(network: Network) -> Person:
    network.member("alpha")
    return network.people["alpha.first"]


def own_actor(network: Network, first: Person) -> Any:
    return acting_as(first, Capacity.PRIMARY_FOCAL_POINT, network.members["alpha"])


@pytest.mark.rule("D9")
def test_a_correction_keeps_what_stood_before_and_why(
    network: Network, first: Person, clock: time_machine.Coordinates
) -> None:
    clock.shift(60)
    values = {
        "name": " Alpha  First ".strip(),
        "languages": ["ar", "ckb"],
        "duty_station": " Erbil ",
        "phone": "+964 770 000 0001",
    }
    services.correct_person(first, values, network.coordinator, NOW, "as she wrote on 10 January")
    first.refresh_from_db()
    assert (first.languages, first.duty_station) == (["ar", "ckb"], "Erbil")
    newest = history.entries(first, network.coordinator)
    change = next(entry for entry in newest if entry.changes and entry.reason)
    assert change.reason == "as she wrote on 10 January"
    assert ("Duty station", "empty", "Erbil") in [(c.field, c.before, c.after) for c in change.changes]
    assert ("Languages", "empty", "Arabic, Kurdish (Sorani)") in [
        (c.field, c.before, c.after) for c in change.changes
    ]
    event = Event.objects.get(action="person.correct")
    assert event.data["fields"] == ["name", "languages", "duty_station", "phone"]


@pytest.mark.rule("§3")
def test_a_telephone_number_stands_in_no_history_and_no_event(network: Network, first: Person) -> None:
    for number in ("+964 770 000 0001", "+964 770 000 0002", ""):
        services.correct_person(first, {"phone": number}, network.coordinator, NOW, "as she said")
    rows = [str(row.__dict__) for row in first.history.all()]
    assert rows
    written = [*rows, *(str(event.data) + event.reason for event in Event.objects.all())]
    assert "7700000" not in "".join(written).replace(" ", "")


@pytest.mark.rule("D9")
@pytest.mark.parametrize(
    ("values", "note", "sentence"),
    [
        ({"name": ""}, "typing error", "Name: "),
        ({"email": "no address"}, "typing error", "E-mail: "),
        ({"languages": ["xx"]}, "typing error", "Languages: "),
        ({"phone": "call me"}, "typing error", "Phone: "),
        ({"phone": "12"}, "typing error", "Phone: "),
        ({"language": "fr"}, "typing error", "Language for mail: "),
        ({"name": "Alpha First"}, "typing error", "Nothing is different"),
        ({"email": "ALPHA.second@example.org"}, "typing error", "belongs to Alpha Second"),
        ({"email": "technical@example.org"}, "typing error", "another account signs in"),
        ({"name": "Alpha Other"}, " ", "write why"),
    ],
)
def test_a_correction_that_does_not_hold_changes_nothing(
    network: Network, first: Person, values: dict[str, Any], note: str, sentence: str
) -> None:
    User.objects.create_user("technical@example.org", "a long password")
    before = counts()
    with pytest.raises(Refused, match=sentence):
        services.correct_person(first, values, network.coordinator, NOW, note)
    assert counts() == before
    assert Person.objects.get(pk=first.pk).email == "alpha.first@example.org"


@pytest.mark.rule("D9")
def test_who_corrects_whom(network: Network, first: Person) -> None:
    own = own_actor(network, first)
    for actor in (own, network.head("alpha"), network.office_actor, system_actor("import")):
        with pytest.raises(Refused, match="corrects"):
            services.correct_person(first, {"duty_station": "Basra"}, actor, NOW, "moved")
    services.correct_person(
        network.coordinator_person, {"duty_station": "Basra"}, network.office_actor, NOW, "moved"
    )
    services.correct_person(
        network.office_person, {"duty_station": "Basra"}, network.office_actor, NOW, "moved"
    )
    services.describe_person(first, {"duty_station": "Mosul"}, own, NOW)
    for actor in (network.coordinator, network.head("alpha")):
        with pytest.raises(Refused, match="Only the person writes"):
            services.describe_person(first, {"duty_station": "Basra"}, actor, NOW)
    with pytest.raises(Refused, match="Coordinator corrects them"):
        services.describe_person(first, {"name": "Somebody", "email": NEW}, own, NOW)
    first.refresh_from_db()
    assert (first.name, first.email, first.duty_station) == (
        "Alpha First",
        "alpha.first@example.org",
        "Mosul",
    )


@pytest.mark.rule("D11")
def test_a_correction_needs_a_fresh_code(network: Network, first: Person) -> None:
    old = acting_as(
        network.coordinator_person, Capacity.COORDINATOR, network.coordination, NOW - timedelta(minutes=16)
    )
    with pytest.raises(Refused) as refusal:
        services.correct_person(first, {"email": NEW}, old, NOW, "typing error")
    assert refusal.value.code == "step_up"


def test_the_coordinator_corrects_and_everybody_writes_their_own(network: Network, first: Person) -> None:
    client = coordinator_client(network)
    url = reverse("person-correct", args=[first.pk])
    page = client.get(url)
    assert 'value="alpha.first@example.org"' in page.content.decode()
    typed = hidden(page) | {"name": "Alpha Foremost", "email": "alpha.first@example.org", "language": "ar"}
    missing = client.post(url, typed | {"phone": "call me"})
    assert "Reason for the correction: this cannot stay empty." in text_of(missing)
    assert client.post(url, typed | {"reason": "married"}).status_code == 302
    first.refresh_from_db()
    assert (first.name, first.language) == ("Alpha Foremost", "ar")
    assert first.user is not None
    assert User.objects.get(pk=first.user.pk).label == "Alpha Foremost"
    shown = text_of(client.get(reverse("person", args=[first.pk])))
    assert "Primary focal point · Alpha (example)" in shown

    own = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    me = reverse("me")
    form = hidden(own.get(me)) | {
        "languages": ["ar", "tk"],
        "duty_station": "Kirkuk",
        "phone": "٠٧٧٠٠٠٠٠٠٠١",
        "language": "en",
    }
    assert own.post(me, form).status_code == 302
    first.refresh_from_db()
    assert (first.languages, first.phone) == (["ar", "tk"], "07700000001")
    assert "Phone 07700000001" in text_of(client.get(reverse("person", args=[first.pk])))
    for path in (url, reverse("person", args=[first.pk])):
        assert own.get(path).status_code == 403


@pytest.mark.rule("trap 16")
def test_the_account_does_not_follow_until_its_owner_takes_the_address_over(
    network: Network, first: Person
) -> None:
    assert first.user is not None
    services.correct_person(first, {"email": " First.New@Example.org "}, network.coordinator, NOW, "typing")
    assert first.email == NEW
    user = User.objects.get(pk=first.user.pk)
    assert user.email == "alpha.first@example.org"
    told = {notice.kind: notice for notice in Notice.objects.order_by("written_at")}
    assert told["access.address_corrected"].to == ["alpha.first@example.org"]
    offered = told[own_address.KIND]
    assert offered.to == [NEW]
    assert outbox.PRIVATE_LINK in offered.text  # the outbox holds no link that opens anything
    found = re.search(r"(/\S+)/?\n?$", outbox.message(offered).body)
    assert found
    link = "/en/network/me/address/" + found[1].split("/address/")[1]

    coordinator = coordinator_client(network)
    assert coordinator.get(link).status_code == 404  # whoever corrected it has the link of nobody
    assert coordinator.post(link).status_code == 404
    client = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert "You sign in with alpha.first@example.org" in text_of(client.get(reverse("me")))
    client.forget_code()
    assert "/account/confirm/" in client.get(link).headers["Location"]
    client = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    page = client.get(link)
    assert f"From now on: {NEW}" in text_of(page)
    assert User.objects.get(pk=user.pk).email == "alpha.first@example.org"  # opening changes nothing
    assert client.post(link, hidden(page)).status_code == 302
    assert User.objects.get(pk=user.pk).email == NEW
    assert client.get(link).status_code == 404
    assert Notice.objects.get(kind="access.address_changed").to == ["alpha.first@example.org"]
    assert Event.objects.filter(action="access.address_changed", outcome="done").exists()


@pytest.mark.rule("trap 16")
def test_a_link_holds_for_its_days_its_person_and_its_address(network: Network, first: Person) -> None:
    assert first.user is not None
    own = own_actor(network, first)
    services.correct_person(first, {"email": NEW}, network.coordinator, NOW, "typing")
    token = own_address.link_of(Notice.objects.get(kind=own_address.KIND)).rstrip("/").rsplit("/", 1)[1]
    assert own_address.offered_to(token, first.user, NOW) == first
    assert own_address.offered_to(token, first.user, later(days=own_address.DAYS)) is None
    assert own_address.offered_to(token + "x", first.user, NOW) is None
    assert own_address.offered_to("anything", first.user, NOW) is None
    services.correct_person(first, {"email": "third@example.org"}, network.coordinator, NOW, "again")
    with pytest.raises(Refused, match="has come to its end"):
        services.take_own_address(first, token, own, NOW)
    newest = Notice.objects.filter(kind=own_address.KIND).order_by("-written_at", "-pk")
    token = next(
        own_address.link_of(n).rstrip("/").rsplit("/", 1)[1] for n in newest if n.to == ["third@example.org"]
    )
    for actor in (network.coordinator, acting_as(first, Capacity.PRIMARY_FOCAL_POINT, network.office, None)):
        with pytest.raises(Refused):
            services.take_own_address(first, token, actor, NOW)
    User.objects.create_user("third@example.org", "a long password")
    with pytest.raises(Refused, match="another account"):
        services.take_own_address(first, token, own, NOW)
    assert User.objects.get(pk=first.user.pk).email == "alpha.first@example.org"


@pytest.mark.rule("D10")
def test_before_its_first_use_the_account_follows_and_the_old_invitation_is_worth_nothing(
    network: Network,
) -> None:
    alpha = network.member("alpha")
    person = Person(name="Ina Invited", email="ina.typo@example.org")
    services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, TODAY, network.coordinator, NOW)
    services.invite_person(person, network.coordinator, NOW)
    services.correct_person(person, {"email": "ina@example.org"}, network.coordinator, NOW, "typing error")
    assert person.user is not None
    assert User.objects.get(pk=person.user.pk).email == "ina@example.org"
    assert Invitation.objects.get(user=person.user).state == Invitation.State.WITHDRAWN
    assert not Notice.objects.filter(kind=own_address.KIND).exists()
    services.invite_person(person, network.coordinator, later(minutes=1))
    assert Notice.objects.filter(kind="access.invitation", to=["ina@example.org"]).count() == 1
    invitation = Invitation.objects.get(user=person.user, state=Invitation.State.OPEN)
    accounts.accept(invitation, "blue kettle on the roof 7", later(minutes=2))
    person.refresh_from_db()
    services.correct_person(
        person, {"email": "thief@example.org"}, network.coordinator, NOW, "now it was used"
    )
    assert User.objects.get(pk=person.user_id).email == "ina@example.org"


def test_the_link_is_sent_again_to_its_person_alone(network: Network, first: Person) -> None:
    services.correct_person(first, {"email": NEW}, network.coordinator, NOW, "typing")
    with pytest.raises(Refused, match="Only the owner"):
        services.offer_own_address(first, network.coordinator, NOW)
    client = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    url = reverse("own-address-offer")
    assert client.post(url, hidden(client.get(url))).status_code == 302
    assert Notice.objects.filter(kind=own_address.KIND, to=[NEW]).count() == 2


@pytest.mark.rule("§3")
def test_who_opens_a_persons_page(network: Network, first: Person) -> None:
    services.correct_person(first, {"phone": "07700000001"}, network.coordinator, NOW, "as she said")
    url = reverse("person", args=[first.pk])
    for client in (coordinator_client(network), office_client(network)):
        assert "07700000001" in client.get(url).content.decode()
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert head.get(url).status_code == 403
    assert head.get(reverse("person-correct", args=[first.pk])).status_code == 403
    office = office_client(network)
    assert office.get(reverse("person-correct", args=[first.pk])).status_code == 403
    assert office.get(reverse("person-correct", args=[network.office_person.pk])).status_code == 200
