"""Through the door: what each persona sees, and that another organization's object does not exist."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows, waiting_rows
from intranet.files.models import StoredFile
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import ParticipationEntry
from tests.personas import outsider_client, persona_client

from .doors import client_of, coordinator_client, member_client, office_client, text_of
from .network import NOW, SCAN, TODAY, Network, counts, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.rule("D10")
def test_another_organizations_pages_do_not_exist(signed: Network, edition: Edition) -> None:
    alpha, beta = signed.members["alpha"], signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    post = beta.posts.first()
    assert post is not None
    assert paper.file is not None
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    for url in (
        reverse("organization", args=[beta.pk]),
        reverse("post-new", args=[beta.pk]),
        reverse("post-end", args=[post.pk]),
        reverse("authority-new", args=[beta.pk]),
        reverse("participation-entry", args=[paper.pk]),
        reverse("entry-confirm", args=[paper.pk]),
        reverse("entry-deny", args=[paper.pk]),
        reverse("file", args=[paper.file.pk]),
    ):
        before = counts()
        for response in (client.get(url), client.post(url, {"reason": "no"})):
            assert response.status_code in {404, 405}, url
        found = client.get(url)
        assert found.status_code == 404
        nowhere = client.get(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), url))
        assert nowhere.status_code == 404
        assert text_of(found) == text_of(nowhere)  # the same in status and text
        assert counts() == before
    assert client.get(reverse("organization", args=[alpha.pk])).status_code == 200


@pytest.mark.rule("D10")
def test_an_outsider_knows_nobodys_page(signed: Network) -> None:
    client = outsider_client()
    entry = ParticipationEntry.objects.get()
    for name, pk in (("organization", signed.members["alpha"].pk), ("participation-entry", entry.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404


@pytest.mark.rule("D9")
def test_the_directory_names_focal_points_and_vacancies(signed: Network) -> None:
    alpha = signed.members["alpha"]
    post = alpha.posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT)
    services.end_post(post, TODAY, signed.coordinator, NOW)
    client = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    page = text_of(client.get(reverse("network")))
    assert "Alpha First" in page
    assert "vacant" not in page.replace("“Vacant”", "")
    with time_machine.travel(NOW.replace(day=12), tick=False):
        from tests.personas import sign_in

        person = signed.people["beta.first"]
        assert person.user is not None
        page = text_of(sign_in(person.user).get(reverse("network")))
        assert "vacant" in page
        assert "Register an organization" not in page
        keeper = coordinator_client(signed).get(reverse("network"), {"vacant": "1"})
        assert "Alpha (example)" in text_of(keeper)
        assert "Beta (example)" not in text_of(keeper)


@pytest.mark.rule("§4.f")
def test_members_do_not_read_anothers_suspension(signed: Network) -> None:
    alpha = signed.members["alpha"]
    services.suspend(alpha, signed.head("alpha"), NOW, reason="safety", effective_on=TODAY)
    other = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    for name in ("network", "endorsements"):
        assert "uspended" not in text_of(other.get(reverse(name)))
        assert "Sharing suspended" in text_of(own.get(reverse(name)))
        assert "Sharing suspended" in text_of(office_client(signed).get(reverse(name)))


@pytest.mark.rule("D17")
def test_the_register_shows_paper_differently_and_any_day(signed: Network, edition: Edition) -> None:
    beta = signed.members["beta"]
    first = services.record_endorsement_received_outside(
        beta,
        edition,
        received(how="paper", effective_on=TODAY.replace(year=2023), signer_name="Old Beta"),
        signed.coordinator,
        NOW,
    )
    client = coordinator_client(signed)
    assert "Old Beta" not in text_of(client.get(reverse("endorsements")))
    services.confirm_received(first, signed.office_actor, NOW)
    page = text_of(client.get(reverse("endorsements")))
    assert "Received as a signed paper, recorded by Cora Coordinator, confirmed by Olive Office" in page
    assert "2 of 2 organizations are signatories" in page
    assert edition.sha256[:12] in page
    before = text_of(client.get(reverse("endorsements"), {"on": "1/6/2024"}))
    assert "1 of 2 organizations is a signatory" in before
    assert before.count("Country Director") == 1  # Beta signed by then, Alpha did not
    member = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    seen = text_of(member.get(reverse("endorsements")))
    assert "Received outside the system and confirmed" in seen
    assert "Olive Office" not in seen


def test_a_wrong_day_is_told_and_kept(signed: Network) -> None:
    client = coordinator_client(signed)
    response = client.get(reverse("endorsements"), {"on": "32/13/<b>2026"})
    page = response.content.decode()
    assert "write the day as day/month/year" in page
    assert "32/13/&lt;b&gt;2026" in page


@pytest.mark.rule("D17")
def test_home_says_who_has_to_confirm_what(signed: Network, edition: Edition) -> None:
    beta = signed.members["beta"]
    head = signed.head("beta")
    assert [row.what for row in due_rows(head, NOW) if row.url == reverse("endorse")] == [
        "Endorse edition 1 of the protocol"
    ]
    assert not [row for row in due_rows(signed.head("alpha"), NOW) if row.url == reverse("endorse")]
    entry = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    page = reverse("participation-entry", args=[entry.pk])
    for actor, waits in ((head, True), (signed.office_actor, True), (signed.head("alpha"), False)):
        assert (page in [row.url for row in due_rows(actor, NOW)]) is waits
    assert page in [row.url for row in waiting_rows(signed.coordinator, NOW)]
    assert page not in [row.url for row in waiting_rows(signed.head("alpha"), NOW)]


@pytest.mark.rule("D9")
def test_home_counts_vacancies_for_the_coordinator(signed: Network) -> None:
    def rows() -> list[str]:
        return [str(row.what) for row in due_rows(signed.coordinator, NOW) if "vacant" in row.url]

    assert rows() == []
    for capacity in (Capacity.SECONDARY_FOCAL_POINT, Capacity.HEAD_OF_AGENCY):
        post = signed.members["beta"].posts.get(capacity=capacity)
        services.end_post(post, post.begins_on, signed.coordinator, NOW)
    assert rows() == ["Fill 2 vacant posts"]


@pytest.mark.rule("D9")
def test_capacities_come_from_posts_and_signatures(signed: Network, edition: Edition) -> None:
    from intranet.access.capacities import held_by

    person = signed.people["alpha.head"]
    assert person.user is not None
    assert [item.capacity for item in held_by(person.user, NOW)] == [
        Capacity.HEAD_OF_AGENCY,
        Capacity.SIGNER,
    ]
    post = signed.members["alpha"].posts.get(capacity=Capacity.HEAD_OF_AGENCY)
    services.end_post(post, post.begins_on, signed.coordinator, NOW)
    # The signer stays the signer when the post is gone (§9.i fn5).
    assert [item.capacity for item in held_by(person.user, NOW)] == [Capacity.SIGNER]


@pytest.mark.rule("D9")
@pytest.mark.parametrize("capacity", list(Capacity))
def test_every_capacity_may_read_directory_and_register(network: Network, capacity: Capacity) -> None:
    client = persona_client(capacity, network.member("alpha"))
    for name in ("network", "endorsements"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("number", [1, 6])
def test_lists_take_the_same_number_of_queries_for_few_and_many(
    network: Network, edition: Edition, number: int, django_assert_max_num_queries: object
) -> None:
    for n in range(number):
        network.member(f"org{n}")
    client = coordinator_client(network)
    for name in ("network", "endorsements"):
        client.get(reverse(name))
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.get(reverse(name))


@pytest.mark.rule("D15")
def test_a_file_is_given_out_under_the_policy_of_its_entry(signed: Network) -> None:
    alpha = signed.members["alpha"]
    services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    stored = StoredFile.objects.get(name="scan.pdf")
    url = reverse("file", args=[stored.pk])
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert own.get(url).content.startswith(b"%PDF")
    assert Event.objects.filter(action="files.download").count() == 1
    assert member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT).get(url).status_code == 404


def test_the_signer_capacity_opens_the_own_page(signed: Network) -> None:
    alpha = signed.members["alpha"]
    client = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    page = text_of(client.get(reverse("take-part")))
    assert "Withdraw from the protocol" in page
    assert selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("D10")
def test_the_organizations_page_shows_what_each_capacity_may_do(signed: Network, edition: Edition) -> None:
    beta = signed.members["beta"]
    services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    post = beta.posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT)
    services.end_post(post, post.begins_on, signed.coordinator, NOW)
    services.record_authority(
        beta, signed.people["beta.first"], "Letter 7", TODAY, signed.head("beta"), NOW, file=SCAN
    )
    url = reverse("organization", args=[beta.pk])
    clients = {
        "coordinator": coordinator_client(signed),
        "office": office_client(signed),
        "head": member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY),
        "focal point": member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT),
    }
    pages = {who: text_of(client.get(url)) for who, client in clients.items()}
    for page in pages.values():
        assert "vacant" in page
        assert "Letter 7" in page
        assert "waits for a confirmation" in page
        assert "Received by letter, recorded by Cora Coordinator" in page
    assert [who for who, page in pages.items() if "Fill a post" in page] == ["coordinator", "head"]
    assert [who for who, page in pages.items() if "Correct the entry" in page] == ["coordinator"]
    assert [who for who, page in pages.items() if "Record what arrived" in page] == ["coordinator"]
    network_page = reverse("organization", args=[signed.office.pk])
    assert "Fill a post" in text_of(clients["office"].get(network_page))
    assert clients["head"].get(network_page).status_code == 404
