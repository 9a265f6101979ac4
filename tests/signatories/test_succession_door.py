"""A succession through the door: each persona's pages, what is kept on a refusal, and 404 for everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from intranet.access.roles import Capacity
from intranet.clock.due import due_rows, waiting_rows
from signatories import services as people
from signatories.models import ParticipationEntry, Person, Post
from signatories.succession import services
from signatories.succession.models import Succession, SuccessionState
from tests.personas import PersonaClient, outsider_client

from .doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from .network import NOW, TODAY, Network, give_arabic_name, received
from .succession_play import LETTER_FILE, confirm_calendar, letter, new_head, outside, sent, verify_both

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
    pytest.mark.rule("§9.i fn5"),
]


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile(*LETTER_FILE)


def typed(network: Network, **changes: Any) -> dict[str, Any]:
    given = {
        "successor": str(network.people["alpha.first"].pk),
        "successor_title": "Deputy Director",
        "from_on": "11/1/2026",
        "instrument": "Letter HA/12",
        "file": upload(),
    }
    return given | changes


def post(client: PersonaClient, url: str, **fields: Any) -> HttpResponse:
    return client.post(url, hidden(client.get(url)) | fields)


def page_of(name: str, succession: Succession) -> str:
    return reverse(name, args=[succession.pk])


def test_only_who_has_a_post_is_offered_with_the_post_said(signed: Network) -> None:
    second, first = signed.people["alpha.second"], signed.people["alpha.first"]
    people.end_post(
        Post.objects.get(person=second), TODAY - timedelta(days=100), signed.coordinator, NOW, "left"
    )
    coming = Person(name="Alpha Coming", email="coming@alpha.example")
    people.appoint(
        coming,
        signed.members["alpha"],
        Capacity.SECONDARY_FOCAL_POINT,
        TODAY + timedelta(days=30),
        signed.coordinator,
        NOW,
    )
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = text_of(head.get(reverse("succession-new")))
    assert "Alpha Second" not in page
    assert "Alpha First, Primary focal point" in page
    assert "Alpha Coming, Secondary focal point from 10 February 2026" in page
    assert "Alpha Head, Head of Agency" not in page  # holds the signer's right already
    refused = post(head, reverse("succession-new"), **typed(signed, successor=str(second.pk)))
    assert "choose one of the list" in text_of(refused)
    assert not Succession.objects.exists()
    assert post(head, reverse("succession-new"), **typed(signed, successor=str(first.pk))).status_code == 302


def test_from_the_letter_to_the_withdrawal(signed: Network) -> None:
    confirm_calendar(signed, 2026)
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert reverse("succession-new") in head.get(reverse("take-part")).content.decode()
    sent_page = post(head, reverse("succession-new"), **typed(signed))
    succession = Succession.objects.get()
    assert sent_page.headers["Location"] == page_of("succession", succession)
    shown = head.get(sent_page.headers["Location"])
    assert "Sunday 18 January 2026" in text_of(shown)
    assert "How is this counted?" in text_of(shown)
    for client in (coordinator_client(signed), office_client(signed)):
        page = client.get(page_of("succession", succession))
        assert page_of("succession-verify", succession) in page.content.decode()
        done = post(client, page_of("succession-verify", succession), how="Called the known number.")
        assert done.headers["Location"] == page_of("succession", succession)
        again = client.get(page_of("succession", succession)).content.decode()
        assert page_of("succession-verify", succession) not in again
    succession.refresh_from_db()
    assert succession.state == SuccessionState.COMPLETE
    alpha = signed.members["alpha"]
    successor = client_of(signed.people["alpha.first"], Capacity.SIGNER, alpha)
    organization = text_of(successor.get(reverse("organization", args=[alpha.pk])))
    assert "Who speaks as signer Alpha First" in organization
    post(
        successor,
        reverse("withdraw-statement"),
        statement="We leave.",
        effective_on="1/2/2026",
        step="send",
    )
    left = ParticipationEntry.objects.get(kind="withdrawn")
    assert (left.signer_name, left.recorded_capacity) == ("Alpha First", "signer")
    # The former signer lost the hat: the page is not for any capacity that is left.
    former = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    assert former.get(reverse("withdraw-statement")).status_code == 403


def test_what_is_wrong_is_named_and_what_was_typed_is_kept(signed: Network) -> None:
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    url = reverse("succession-new")
    answer = post(head, url, **typed(signed, from_on="1/1/2020"))
    page = answer.content.decode()
    assert "Choose that day or a later one" in text_of(answer)
    assert 'value="Letter HA/12"' in page
    assert "Choose the file again" in text_of(answer)
    missing = post(head, url, **typed(signed, file="", successor=str(signed.people["beta.first"].pk)))
    assert "The letter: this cannot stay empty." in text_of(missing)
    assert "Successor: choose one of the list." in text_of(missing)
    assert not Succession.objects.exists()


def test_a_double_submit_sends_one_letter(signed: Network) -> None:
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(head.get(reverse("succession-new")))
    places = {
        head.post(reverse("succession-new"), form | typed(signed)).headers["Location"] for _again in range(2)
    }
    assert len(places) == 1
    assert Succession.objects.get().letters == 1


@pytest.mark.rule("D11")
def test_an_old_code_asks_for_a_new_one_first(signed: Network) -> None:
    succession = sent(signed)
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    keeper = coordinator_client(signed)
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        for client, url in (
            (head, reverse("succession-new")),
            (keeper, page_of("succession-verify", succession)),
            (keeper, reverse("succession-record", args=[signed.members["alpha"].pk])),
        ):
            assert client.get(url).headers["Location"].startswith(reverse("access:confirm"))


def test_an_objection_then_the_new_letter(signed: Network) -> None:
    nadia = new_head(signed)
    succession = services.send(signed.members["alpha"], letter(signed), nadia, NOW)
    signer = client_of(signed.people["alpha.head"], Capacity.SIGNER, signed.members["alpha"])
    home = text_of(signer.get(reverse("home")))
    assert "A succession of the signer is under way" in home
    empty = post(signer, page_of("succession-object", succession), reason="")
    assert "Why you object: this cannot stay empty." in text_of(empty)
    post(signer, page_of("succession-object", succession), reason="I have not left.")
    page = text_of(signer.get(page_of("succession", succession)))
    assert "Nothing passes on: Alpha Head still speaks as signer." in page
    assert "I have not left." in page
    head = client_of(signed.people["alpha.nadia"], Capacity.HEAD_OF_AGENCY, signed.members["alpha"])
    assert "Send a new letter on the signer’s successor" in text_of(head.get(reverse("home")))
    post(head, page_of("succession-again", succession), **typed(signed, instrument="Letter HA/13"))
    page = text_of(head.get(page_of("succession", succession)))
    assert "Letter HA/13" in page
    assert "Earlier letters" in page
    again = post(signer, page_of("succession-object", succession), reason="Still here.")
    assert "objected to an earlier letter already" in text_of(again)
    post(head, page_of("succession-take-back", succession), reason="He stays.")
    succession.refresh_from_db()
    assert succession.state == SuccessionState.TAKEN_BACK


def test_could_not_be_verified_because(signed: Network) -> None:
    succession = sent(signed)
    office = office_client(signed)
    post(office, page_of("succession-not-verified", succession), reason="The number does not answer.")
    head = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = text_of(head.get(page_of("succession", succession)))
    assert "could not be verified" in page
    assert "The number does not answer." in page
    assert (
        page_of("succession-again", succession)
        in head.get(page_of("succession", succession)).content.decode()
    )


@pytest.mark.rule("D17")
def test_a_letter_that_arrived_outside(signed: Network) -> None:
    alpha = signed.members["alpha"]
    keeper, office = coordinator_client(signed), office_client(signed)
    url = reverse("succession-record", args=[alpha.pk])
    post(
        keeper,
        url,
        **typed(signed, signed_by="Alpha Head", signed_title="Director", received_how="letter"),
        received_on="11/1/2026",
    )
    succession = Succession.objects.get()
    page = keeper.get(page_of("succession", succession)).content.decode()
    assert page_of("succession-confirm", succession) not in page
    assert "received outside" in page
    assert keeper.get(page_of("succession-confirm", succession)).status_code == 403
    post(office, page_of("succession-confirm", succession))
    succession.refresh_from_db()
    assert succession.state == SuccessionState.VERIFYING
    post(
        keeper,
        page_of("succession-objection", succession),
        name="Alpha Head",
        received_how="mail",
        received_on="11/1/2026",
        reason="I have not left.",
        file=upload(),
    )
    succession.refresh_from_db()
    assert succession.state == SuccessionState.HELD
    post(
        keeper,
        page_of("succession-again", succession),
        **typed(signed, signed_by="Alpha Head", signed_title="Director", received_how="letter"),
        received_on="11/1/2026",
    )
    succession.refresh_from_db()
    assert succession.state == SuccessionState.RECORDED
    signer = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    post(signer, page_of("succession-deny", succession), reason="There is no such letter.")
    succession.refresh_from_db()
    assert succession.state == SuccessionState.DENIED


@pytest.mark.rule("D10")
def test_for_everybody_else_it_does_not_exist(signed: Network) -> None:
    succession = sent(signed)
    names = (
        "succession",
        "succession-again",
        "succession-confirm",
        "succession-deny",
        "succession-verify",
        "succession-not-verified",
        "succession-object",
        "succession-objection",
        "succession-take-back",
    )
    strangers = (
        member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY),
        member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT),
        outsider_client(),
    )
    for client in strangers:
        for name in names:
            for answer in (client.get(page_of(name, succession)), client.post(page_of(name, succession))):
                assert answer.status_code in {403, 404, 405}, name
        assert client.get(page_of("succession", succession)).status_code == 404
        newest = succession.letter_rows.get()
        assert client.get(reverse("file", args=[newest.file_id])).status_code == 404
    succession.refresh_from_db()
    assert succession.state == SuccessionState.VERIFYING


def test_home_names_the_organization_in_the_readers_language(signed: Network) -> None:
    sent(signed)
    arabic = give_arabic_name(signed.members["alpha"])
    for language, name in (("en", "Alpha (example)"), ("ar", arabic), ("ckb", "Alpha (example)")):
        with translation.override(language):
            assert name in [row.detail for row in due_rows(signed.office_actor, NOW)]
            assert any(name in str(row.what) for row in waiting_rows(signed.head("alpha"), NOW))


def test_home_tells_each_side_what_is_theirs(signed: Network) -> None:
    confirm_calendar(signed, 2026)
    succession = sent(signed)
    url = page_of("succession", succession)

    def due(actor: Any) -> list[str]:
        return [f"{row.state} {row.last_day}" for row in due_rows(actor, NOW) if row.url == url]

    assert due(signed.coordinator) == due(signed.office_actor) == ["Waiting for you 2026-01-18"]
    assert due(signed.head("beta")) == []
    assert url in [row.url for row in waiting_rows(signed.head("alpha"), NOW)]
    services.verify(succession, "Called.", signed.coordinator, NOW)
    assert due(signed.coordinator) == []
    assert url in [row.url for row in waiting_rows(signed.coordinator, NOW)]
    late = NOW + timedelta(days=8)
    rows = [row for row in due_rows(signed.office_actor, late) if row.url == url]
    assert [(str(row.state), row.counted is not None) for row in rows] == [("Overdue", True)]
    with time_machine.travel(late, tick=False):
        assert "overdue" in text_of(office_client(signed).get(url))
    services.verify(succession, "Called.", signed.office_actor, NOW)
    assert due(signed.office_actor) == []


@pytest.mark.rule("D17")
def test_home_asks_others_to_confirm_a_recorded_letter(signed: Network) -> None:
    succession = services.record(signed.members["alpha"], outside(signed), signed.coordinator, NOW)
    url = page_of("succession", succession)

    def asked(actor: Any) -> bool:
        return url in [row.url for row in due_rows(actor, NOW)]

    assert asked(signed.office_actor)
    assert asked(signed.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT))
    assert not asked(signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT))  # the successor
    assert not asked(signed.coordinator)
    assert url in [row.url for row in waiting_rows(signed.coordinator, NOW)]


def test_a_full_home_stays_within_its_queries(
    signed: Network, edition: Any, django_assert_max_num_queries: Any
) -> None:
    from signatories.invitations.services import open_round

    confirm_calendar(signed, 2026)
    sent(signed)
    open_round(edition, TODAY + timedelta(days=20), signed.coordinator, NOW)
    people.record_authority(
        signed.members["beta"],
        signed.people["beta.first"],
        "Letter 7",
        TODAY,
        signed.coordinator,
        NOW,
        file=LETTER_FILE,
        received_how="mail",
        received_on=TODAY,
    )
    people.record_withdrawal_received_outside(signed.members["alpha"], received(), signed.coordinator, NOW)
    for client in (
        coordinator_client(signed),
        office_client(signed),
        member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY),
        member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        client_of(signed.people["alpha.head"], Capacity.SIGNER, signed.members["alpha"]),
    ):
        client.get(reverse("home"))
        with django_assert_max_num_queries(12):
            assert client.get(reverse("home")).status_code == 200


def test_its_page_stays_within_its_queries(signed: Network, django_assert_max_num_queries: Any) -> None:
    confirm_calendar(signed, 2026)
    succession = verify_both(signed, sent(signed))
    client = coordinator_client(signed)
    client.get(page_of("succession", succession))
    with django_assert_max_num_queries(20):
        client.get(page_of("succession", succession))
