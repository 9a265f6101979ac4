"""Through the door: endorse in three screens, withdraw behind the interruption, record and confirm."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from intranet.access.models import User
from intranet.access.roles import Capacity
from protocol_pages.editions import consequence
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from protocol_pages.editions.services import adopt_annex
from signatories import selectors
from signatories.models import EntryKind, Organization, ParticipationEntry, Person
from tests.personas import sign_in

from .doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from .network import NOW, SCAN, TODAY, Network, counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TYPED = {"signer_name": "Alpha Head", "signer_title": "Country Director", "authorized": "on"}


@pytest.mark.rule("D19")
def test_endorse_in_three_screens(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    first = client.get(reverse("endorse"))
    assert "What your organization takes on" in text_of(first)
    assert reverse("endorse-sign") in first.content.decode()
    second = client.get(reverse("endorse-sign"))
    form = hidden(second)
    assert form["sha256"] == edition.sha256
    third = client.post(reverse("endorse-sign"), form | TYPED | {"step": "check"})
    assert "On behalf of Alpha (example) I endorse edition 1" in text_of(third)
    assert not ParticipationEntry.objects.exists()
    carried = hidden(third)
    assert carried["signer_title"] == "Country Director"
    done = client.post(reverse("endorse-sign"), carried | {"step": "sign"})
    entry = ParticipationEntry.objects.get()
    assert done.status_code == 302
    assert done.headers["Location"] == reverse("participation-entry", args=[entry.pk])
    again = client.post(reverse("endorse-sign"), carried | {"step": "sign"})  # double submit
    assert again.headers["Location"] == done.headers["Location"]
    assert ParticipationEntry.objects.count() == 1
    receipt = text_of(client.get(done.headers["Location"]))
    assert edition.sha256 in receipt
    assert str(entry.pk) in receipt
    assert selectors.is_signatory(alpha, TODAY)
    assert "endorsed edition 1" in text_of(client.get(reverse("endorse")))


@pytest.mark.rule("D9")
def test_who_signs_reads_the_receipt_without_being_asked_for_a_capacity(
    network: Network, edition: Edition
) -> None:
    network.member("alpha")
    user = network.people["alpha.head"].user
    assert user is not None
    client = sign_in(user)  # one capacity, so none was ever chosen
    form = hidden(client.get(reverse("endorse-sign")))
    done = client.post(reverse("endorse-sign"), form | TYPED | {"step": "sign"})
    assert client.get(done.headers["Location"]).status_code == 200
    assert client.get(reverse("take-part")).status_code == 200


@pytest.mark.rule("trap 44")
def test_an_edition_adopted_while_the_page_was_open_is_not_signed(network: Network, edition: Edition) -> None:
    network.member("alpha")
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(client.get(reverse("endorse-sign")))
    adopt_annex(["Somebody (example)"], TODAY, network.coordinator, NOW)
    response = client.post(reverse("endorse-sign"), form | TYPED | {"step": "sign"})
    page = text_of(response)
    assert "The protocol changed while this page was open: edition 1.1" in page
    assert 'value="Country Director"' in response.content.decode()
    assert not ParticipationEntry.objects.exists()
    assert edition_in_force(TODAY).label == "1.1"


def test_what_is_missing_is_named_and_what_was_typed_is_kept(network: Network, edition: Edition) -> None:
    network.member("alpha")
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(client.get(reverse("endorse-sign")))
    response = client.post(
        reverse("endorse-sign"), form | {"signer_name": "A. Head", "signer_title": "", "step": "check"}
    )
    page = text_of(response)
    assert "Your title: this cannot stay empty." in page
    assert "confirm that you are authorized to sign" in page
    assert 'value="A. Head"' in response.content.decode()
    assert not ParticipationEntry.objects.exists()


@pytest.mark.rule("D11")
def test_an_old_code_asks_for_a_new_one_and_loses_nothing(network: Network, edition: Edition) -> None:
    network.member("alpha")
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(client.get(reverse("endorse-sign")))
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        response = client.post(reverse("endorse-sign"), form | TYPED | {"step": "sign"})
        assert reverse("access:confirm") in response.content.decode()
        assert 'value="Country Director"' in response.content.decode()
        assert not ParticipationEntry.objects.exists()
        fresh = client.get(reverse("endorse-sign"))
        assert fresh.status_code == 302
        assert fresh.headers["Location"].startswith(reverse("access:confirm"))


@pytest.mark.rule("D19")
@pytest.mark.parametrize("name", ["endorse", "endorse-sign"])
def test_nobody_else_reaches_the_signature(network: Network, edition: Edition, name: str) -> None:
    network.member("alpha")
    before = counts()
    for client in (
        member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        coordinator_client(network),
        office_client(network),
        sign_in(User.objects.create_superuser("root@example.org", "a long password")),
    ):
        for response in (client.get(reverse(name)), client.post(reverse(name), TYPED | {"step": "sign"})):
            assert response.status_code in {403, 405}
    assert counts() == before


@pytest.mark.rule("D10")
def test_the_form_cannot_name_another_organization(signed: Network, edition: Edition) -> None:
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(client.get(reverse("endorse-sign")))
    beta = signed.members["beta"]
    client.post(
        reverse("endorse-sign"),
        form | TYPED | {"step": "sign", "organization": str(beta.pk), "pk": str(beta.pk)},
    )
    assert not beta.participation.exists()


@pytest.mark.rule("§9.i fn5")
def test_the_signer_withdraws_after_the_interruption(signed: Network) -> None:
    alpha = signed.members["alpha"]
    client = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    page = text_of(client.get(reverse("withdraw")))
    assert "Before you withdraw" in page
    form = hidden(client.get(reverse("withdraw-statement")))
    typed = {"statement": "We leave the protocol.", "effective_on": "1/2/2026"}
    check = client.post(reverse("withdraw-statement"), form | typed | {"step": "check"})
    assert "Check and send the withdrawal" in text_of(check)
    assert ParticipationEntry.objects.count() == 1
    carried = hidden(check)
    done = client.post(reverse("withdraw-statement"), carried | {"step": "send"})
    entry = ParticipationEntry.objects.get(kind=EntryKind.WITHDRAWN)
    assert done.headers["Location"] == reverse("participation-entry", args=[entry.pk])
    assert entry.effective_on.isoformat() == "2026-02-01"
    assert selectors.is_signatory(alpha, TODAY)
    assert not selectors.is_signatory(alpha, entry.effective_on)
    client.post(reverse("withdraw-statement"), carried | {"step": "send"})
    assert ParticipationEntry.objects.filter(kind=EntryKind.WITHDRAWN).count() == 1


@pytest.mark.rule("§9.i fn5")
@pytest.mark.parametrize("name", ["withdraw", "withdraw-statement"])
def test_nobody_but_the_signer_reaches_the_withdrawal(signed: Network, name: str) -> None:
    before = counts()
    for client in (
        member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY),  # signed, but acts as head
        member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY),
        coordinator_client(signed),
        office_client(signed),
        sign_in(User.objects.create_superuser("root@example.org", "a long password")),
    ):
        typed = {"statement": "We leave.", "effective_on": "11/1/2026", "step": "send"}
        for response in (client.get(reverse(name)), client.post(reverse(name), typed)):
            assert response.status_code in {403, 405}
    assert counts() == before
    assert selectors.is_signatory(signed.members["alpha"], TODAY)
    assert Event.objects.filter(action="access.open", outcome="refused").exists()


@pytest.mark.rule("D17")
def test_paper_is_recorded_by_one_and_confirmed_by_another(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    client = coordinator_client(network)
    url = reverse("received-new", args=[alpha.pk])
    form = hidden(client.get(url))
    typed = {
        "kind": "endorsed",
        "how": "paper",
        "received_on": "10/1/2026",
        "effective_on": "15/2/2022",
        "signer_name": "Former Head",
        "signer_title": "Representative",
        "signer_email": "",
        "edition": str(edition.pk),
        "reason": "",
        "statement": "",
    }
    bad = SimpleUploadedFile("scan.pdf", b"MZ not a pdf")
    refused = client.post(url, form | typed | {"file": bad})
    assert "its content is not what its name says" in text_of(refused)
    assert 'value="Former Head"' in refused.content.decode()
    assert not ParticipationEntry.objects.exists()
    good = SimpleUploadedFile(SCAN[0], SCAN[1])
    done = client.post(url, form | typed | {"file": good})
    entry = ParticipationEntry.objects.get()
    assert done.headers["Location"] == reverse("participation-entry", args=[entry.pk])
    page = text_of(client.get(done.headers["Location"]))
    assert "Waits for a confirmation" in page
    assert "You recorded this yourself" in page
    assert client.get(reverse("entry-confirm", args=[entry.pk])).status_code == 403
    own = member_client(network, "alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    confirm = reverse("entry-confirm", args=[entry.pk])
    assert "Former Head" in text_of(own.get(confirm))
    answered = own.post(confirm, hidden(own.get(confirm)))
    assert answered.status_code == 302
    assert selectors.is_signatory(alpha, TODAY)
    late = office_client(network)
    told = text_of(late.post(confirm, hidden(late.get(confirm))))
    assert "Alpha Second answered this" in told
    assert ParticipationEntry.objects.count() == 2


@pytest.mark.rule("D9")
def test_the_coordinator_registers_organization_and_post(network: Network) -> None:
    client = coordinator_client(network)
    url = reverse("organization-new")
    form = hidden(client.get(url))
    typed = {
        "kind": "partner_ngo",
        "name_en": "Gamma Relief (example)",
        "name_ar": "إغاثة غاما (مثال)",
        "name_ckb": "",
        "acronym": "GR",
        "region": "",
        "active_from": "١/١/٢٠٢٦",
        "active_to": "",
    }
    wrong = client.post(url, form | typed | {"active_to": "1/1/2025"})
    assert "this day lies before the first one" in text_of(wrong)
    assert 'value="GR"' in wrong.content.decode()
    done = client.post(url, form | typed)
    gamma = Organization.objects.get(name_en="Gamma Relief (example)")
    assert done.headers["Location"] == reverse("organization", args=[gamma.pk])
    client.post(url, form | typed)  # double submit
    assert Organization.objects.filter(name_en="Gamma Relief (example)").count() == 1
    twice = client.post(url, hidden(client.get(url)) | typed)
    assert "is listed already" in text_of(twice)

    fill = reverse("post-new", args=[gamma.pk])
    person = {
        "capacity": "primary_focal_point",
        "name": "Gala Gamma",
        "email": "Gala@Example.org",
        "language": "ar",
        "begins_on": "11/1/2026",
        "ends_on": "",
        "instrument": "",
    }
    assert client.post(fill, hidden(client.get(fill)) | person).status_code == 302
    assert selectors.contacts(gamma, TODAY).primary == Person.objects.get(email="gala@example.org")
    second = person | {"name": "Other Person", "email": "other@example.org"}
    refused = client.post(fill, hidden(client.get(fill)) | second)
    assert "Gala Gamma holds this post from 2026-01-11" in text_of(refused)
    assert not Person.objects.filter(email="other@example.org").exists()
    post = gamma.posts.get()
    end = reverse("post-end", args=[post.pk])
    ended = client.post(end, hidden(client.get(end)) | {"ends_on": "31/1/2026", "reason": "moves on"})
    assert ended.status_code == 302
    assert selectors.contacts(gamma, TODAY.replace(month=2)).primary is None


@pytest.mark.rule("D9")
def test_a_head_of_agency_fills_only_the_own_posts(signed: Network) -> None:
    alpha = signed.members["alpha"]
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    fill = reverse("post-new", args=[alpha.pk])
    typed = {
        "capacity": "senior_management",
        "name": "Senna Senior",
        "email": "senna@example.org",
        "language": "en",
        "begins_on": "11/1/2026",
        "ends_on": "",
        "instrument": "",
    }
    offered = client.get(fill).content.decode()
    assert 'value="senior_management"' in offered
    assert 'value="head_of_agency"' not in offered
    assert client.post(fill, hidden(client.get(fill)) | typed).status_code == 302
    before = counts()
    refused = client.post(
        fill, hidden(client.get(fill)) | typed | {"capacity": "head_of_agency", "email": "x@example.org"}
    )
    assert "Posts are filled by the PSEA Coordinator" in text_of(refused)
    for capacity in ("coordinator", "office", "signer"):
        client.post(fill, hidden(client.get(fill)) | typed | {"capacity": capacity})
    assert counts() == before
    member = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert member.get(fill).status_code == 403


@pytest.mark.rule("D7")
def test_what_was_endorsed_stands_against_the_text_of_today(signed: Network, edition: Edition) -> None:
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert "What changed since" not in client.get(reverse("take-part")).content.decode()
    adopt_annex(["Alpha (example)"], TODAY, signed.coordinator, NOW)
    address = reverse("protocol-compare", args=["v1", "v1.1"])
    assert address in client.get(reverse("take-part")).content.decode()
    entry = ParticipationEntry.objects.get()
    assert address in client.get(reverse("participation-entry", args=[entry.pk])).content.decode()
    leads = client.get(reverse("since-endorsed"))
    assert leads.headers["Location"] == address
    assert "The text is the same" in text_of(client.get(address))
    other = member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY)
    assert other.get(reverse("since-endorsed")).headers["Location"] == reverse("take-part")


@pytest.mark.rule("D7")
def test_how_many_would_be_asked_again_is_counted_from_the_register(
    signed: Network, edition: Edition
) -> None:
    assert consequence.signatories(NOW) == 1
