"""Through the door: propose, decide, lift, settle a name; nothing of it exists for the organizations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms_app.common import parties
from forms_app.receiving_parties.models import PartySuspension
from intranet.access.roles import Capacity
from intranet.papers.models import IssuedPaper
from tests.forms_app.data_requests.world import ISSUED, World, issued
from tests.personas import PersonaClient, persona_client
from tests.signatories.doors import hidden, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only")]
LATER = ISSUED + timedelta(days=1)
CASE = {
    "party": "Example Donor Office",
    "address": "Example Avenue 7\nExample City",
    "release_number": "Table of 2023, sent by mail",
    "reason": "It published the table.",
    "from_on": "5/1/2026",
    "letter_language": "en",
}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


def post(client: PersonaClient, url: str, typed: dict[str, Any]) -> Any:
    return client.post(url, hidden(client.get(url)) | typed)


@pytest.mark.rule("§7B.7")
def test_propose_agree_and_lift_on_the_screens(world: World) -> None:
    request = issued(world)
    coordinator, office = persona_client(Capacity.COORDINATOR), persona_client(Capacity.OFFICE)
    page = text_of(coordinator.get(reverse("party-new")))
    assert "The DSRSG/HC/RC office decides." in page
    gaps = post(coordinator, reverse("party-new"), CASE | {"reason": "", "from_on": "soon"})
    assert gaps.status_code == 400
    assert "Reason: this cannot stay empty." in text_of(gaps)
    assert "Example Avenue 7" in gaps.content.decode()
    made = post(coordinator, reverse("party-new"), CASE)
    row = PartySuspension.objects.get()
    here = reverse("party-suspension", args=[row.pk])
    assert made.headers["Location"] == here
    said = coordinator.get(reverse("history", args=["word", row.words.get().pk]))
    assert f"{row.reference}: Hold everything back and ask the office to suspend the party" in text_of(said)
    board = text_of(coordinator.get(reverse("request-board", args=[request.pk])))
    assert "Nothing goes on for this receiving party." in board
    assert "the office decides on its suspension" in board
    assert "To the receiving party say only that its request is on hold." in board
    ask = world.asks(request)[0]
    own = persona_client(Capacity.PRIMARY_FOCAL_POINT, ask.organization)
    answer = text_of(own.get(reverse("ask-answer", args=[ask.pk])))
    assert "This request is on hold." in answer
    assert "suspen" not in answer.lower()
    assert "Hold everything back" in text_of(coordinator.get(here))  # the word that was said
    agree = reverse("party-act", args=[row.pk, "suspend"])
    assert agree not in coordinator.get(here).content.decode()
    assert "The DSRSG/HC/RC office decides" in text_of(coordinator.get(agree))
    assert agree in office.get(here).content.decode()
    assert post(office, agree, {"text": "It is suspended."}).headers["Location"] == here
    letter = IssuedPaper.objects.get()
    assert letter.number in text_of(office.get(here))
    lift = reverse("party-act", args=[row.pk, "lift"])
    assert post(coordinator, lift, {"text": "Lifted."}).status_code == 400
    assert post(office, lift, {"text": "It confirmed the caveat."}).status_code == 302
    assert "Lifted" in text_of(office.get(reverse("parties")))
    assert parties.decision("Example Donor Office", LATER).allowed


@pytest.mark.rule("D17")
def test_a_paper_is_recorded_with_who_signed_it(world: World) -> None:
    assistant, office = persona_client(Capacity.OFFICE_ASSISTANT), persona_client(Capacity.OFFICE)
    paper = {"text": "Suspended.", "decided_by": str(world.office_person.pk), "decided_on": "4/1/2026"}

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("paper.pdf", b"%PDF-1.7 invented")

    bad = post(assistant, reverse("party-new"), CASE | paper | {"file": SimpleUploadedFile("p.pdf", b"MZ")})
    assert "its content is not what its name says" in text_of(bad)
    assert not PartySuspension.objects.exists()
    assert post(assistant, reverse("party-new"), CASE | paper | {"file": file()}).status_code == 302
    row = PartySuspension.objects.get()
    here = reverse("party-suspension", args=[row.pk])
    assert "received outside" in text_of(office.get(here))
    record = reverse("party-act", args=[row.pk, "record_lift"])
    assert post(assistant, record, paper | {"text": "Lifted.", "file": file()}).status_code == 302
    confirm = reverse("party-act", args=[row.pk, "confirm_lift"])
    assert post(assistant, confirm, {}).status_code == 400
    assert post(office, confirm, {}).status_code == 302
    row.refresh_from_db()
    assert row.state == "lifted"


@pytest.mark.rule("practice")
def test_a_near_name_is_settled_on_its_page(world: World) -> None:
    from dataclasses import replace

    from tests.forms_app.data_requests.world import given, registered

    near = "Example Donors Office"
    guarantee = given().guarantee
    assert guarantee is not None
    request = registered(
        world, requester_organization=near, guarantee=replace(guarantee, signer_organization=near)
    )
    office = persona_client(Capacity.OFFICE)
    post(office, reverse("party-new"), CASE | {"text": "It is suspended."})
    row = PartySuspension.objects.get()
    listed = office.get(reverse("parties"))
    assert near in text_of(listed)
    url = reverse("party-name", args=[row.pk])
    assert f"{url}?name=Example%20Donors%20Office" in listed.content.decode()
    gaps = text_of(post(office, url, {"name": near, "same": "", "note": ""}))
    assert "This name and the suspended party: choose one of the answers." in gaps
    assert post(office, url, {"name": near, "same": "yes", "note": "The same address."}).status_code == 302
    request.refresh_from_db()
    assert request.state == "on_hold"
    assert "the same party" in text_of(office.get(reverse("party-suspension", args=[row.pk])))


@pytest.mark.rule("D10")
def test_for_everybody_else_it_does_not_exist(world: World) -> None:
    office = persona_client(Capacity.OFFICE)
    post(office, reverse("party-new"), CASE | {"text": "It is suspended."})
    row = PartySuspension.objects.get()
    letter = IssuedPaper.objects.get()
    own = persona_client(Capacity.HEAD_OF_AGENCY, world.organizations[0])
    for name in ("parties", "party-new"):
        assert own.get(reverse(name)).status_code == 403
    assert own.get(reverse("file", args=[letter.word_id])).status_code == 404
    assert own.get(reverse("history", args=["partysuspension", row.pk])).status_code == 404
    auditor = persona_client(Capacity.AUDITOR)
    assert auditor.get(reverse("party-suspension", args=[row.pk])).status_code == 200
    assert auditor.get(reverse("party-new")).status_code == 403
    editor = persona_client(Capacity.CONTENT_EDITOR)
    assert editor.get(reverse("parties")).status_code == 403


@pytest.mark.parametrize("number", [1, 6])
def test_the_pages_ask_the_same_number_of_queries_for_few_and_many(
    world: World, number: int, django_assert_max_num_queries: Any
) -> None:
    office = persona_client(Capacity.OFFICE)
    for n in range(number):
        post(office, reverse("party-new"), CASE | {"party": f"{'ABCDEF'[n] * 9} Desk", "text": "Suspended."})
    row = PartySuspension.objects.first()
    assert row is not None
    for url in (reverse("parties"), reverse("party-suspension", args=[row.pk]), reverse("home")):
        office.get(url)
        with django_assert_max_num_queries(12):
            office.get(url)
