"""The screens through the door, for every persona and the outsider (D10, D12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.actors import Actor
from forms_app.data_requests import facts, services
from forms_app.data_requests.models import Answer, Confirmation, DataRequest, Release
from forms_app.data_requests.tokens import Choice
from intranet.access.models import User
from intranet.access.roles import Capacity
from tests.personas import PersonaClient, outsider_client, persona_client, sign_in

from .world import (
    FIRST_OVER,
    ISSUED,
    World,
    authorized,
    consulted,
    deliver,
    everybody_authorizes,
    issued,
    outside,
    registered,
    word,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(ISSUED, tick=False) as traveller:
        yield traveller


def client_of(actor: Actor) -> PersonaClient:
    return sign_in(User.objects.get(pk=actor.user_id))


REQUEST_PAGES = (
    "request-board",
    "request-facts",
    "request-edit",
    "request-consult",
    "request-decide",
    "request-release",
)


def pages_of(request: DataRequest) -> list[str]:
    return [reverse(name, args=[request.pk]) for name in REQUEST_PAGES] + [
        reverse("request-act", args=[request.pk, action])
        for action in ("issue", "follow_up", "open_second_round", "send_to_office", "put_on_hold", "withdraw")
    ]


@pytest.mark.rule("D10")
def test_every_page_opens_for_those_it_is_for_in_every_state(world: World) -> None:
    draft = registered(world)
    ready = consulted(world)
    open_ = issued(world)
    done = authorized(world)
    clients = {
        "coordinator": client_of(world.coordinator),
        "office": client_of(world.office),
        "assistant": client_of(world.assistant),
        "auditor": persona_client(Capacity.AUDITOR),
    }
    closed_to = {
        "coordinator": {"request-consult", "request-decide"},
        "office": set(),
        "assistant": set(),
        "auditor": {"request-edit", "request-consult", "request-decide"},
    }
    for name, client in clients.items():
        for url in ("requests", "media-register", "releases"):
            assert client.get(reverse(url)).status_code == 200, (name, url)
        for request in (draft, ready, open_, done):
            for page in REQUEST_PAGES:
                answer = client.get(reverse(page, args=[request.pk]))
                expected = 403 if page in closed_to[name] else 200
                assert answer.status_code == expected, (name, page, request.state)
            for url in pages_of(request)[len(REQUEST_PAGES) :]:
                assert client.get(url).status_code == 200, (name, url)
        ask = world.asks(open_)[0]
        assert client.get(reverse("ask-answer", args=[ask.pk])).status_code == 200


@pytest.mark.rule("D10")
def test_an_organization_opens_its_own_part_and_nothing_else(world: World) -> None:
    request = issued(world)
    own, other = world.asks(request)[:2]
    for capacity in (
        Capacity.PRIMARY_FOCAL_POINT,
        Capacity.SECONDARY_FOCAL_POINT,
        Capacity.HEAD_OF_AGENCY,
        Capacity.SENIOR_MANAGEMENT,
    ):
        client = client_of(world.of(own.organization, capacity))
        page = client.get(reverse("ask-answer", args=[own.pk]))
        assert page.status_code == 200
        text = page.content.decode()
        assert "Planning of 2026 prevention funding" in text
        assert other.organization.name_en not in text
        missing = client.get(reverse("ask-answer", args=[uuid4()]))
        hidden = client.get(reverse("ask-answer", args=[other.pk]))
        assert (hidden.status_code, hidden.content) == (404, missing.content) or hidden.status_code == 404
        for url in pages_of(request):
            assert client.get(url).status_code == 403, url
        listing = client.get(reverse("requests")).content.decode()
        assert request.reference in listing
        assert other.organization.name_en not in listing
    guarantee = request.guarantee
    assert guarantee is not None
    client = client_of(world.of(own.organization))
    assert client.get(reverse("file", args=[guarantee.file_id])).status_code == 200
    assert outsider_client().get(reverse("file", args=[guarantee.file_id])).status_code == 404


@pytest.mark.rule("§7B.2")
def test_who_only_reads_an_organization_s_part_is_not_told_to_answer(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    page = reverse("ask-answer", args=[ask.pk])
    for actor in (world.coordinator, world.office, world.assistant):
        shown = client_of(actor).get(page).content.decode()
        assert "You answer for" not in shown
        assert "Your part of the rules" not in shown
        assert f"Answers of {ask.organization.name}" in shown


@pytest.mark.rule("D10")
def test_the_outsider_and_the_reader_see_nothing_of_it(world: World) -> None:
    request = authorized(world)
    ask = world.asks(request)[0]
    for client in (
        outsider_client(),
        persona_client(Capacity.MEMBER),
        persona_client(Capacity.CONTENT_EDITOR),
    ):
        assert client.get(reverse("ask-answer", args=[ask.pk])).status_code in {403, 404}
        for url in pages_of(request):
            assert client.get(url).status_code == 403, url
        listing = client.get(reverse("requests"))
        assert listing.status_code == 200
        assert request.reference not in listing.content.decode()
        assert client.get(reverse("media-register")).status_code == 200
        assert client.get(reverse("releases")).status_code == 403


@pytest.mark.rule("§7B.1")
def test_get_never_decides_and_a_post_needs_a_choice(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    url = reverse("ask-answer", args=[ask.pk])
    client = client_of(world.of(ask.organization))
    for address in (url, f"{url}?choice=authorize", f"{url}?choice=refuse&submit=1"):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    empty = client.post(url, {"submission_key": str(uuid4())})
    assert empty.status_code == 400
    assert "choose one of the answers" in empty.content.decode()
    assert not Answer.objects.exists()
    ask.refresh_from_db()
    assert ask.state == "asked"


@pytest.mark.rule("D24")
def test_an_answer_through_the_door_counts_once(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    url = reverse("ask-answer", args=[ask.pk])
    client = client_of(world.of(ask.organization))
    typed = {"choice": "authorize", "comment": "", "submission_key": str(uuid4())}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "authorized"
    assert Answer.objects.filter(ask=ask).count() == 1
    other = world.asks(request)[1]
    assert (
        client.post(
            reverse("ask-answer", args=[other.pk]), typed | {"submission_key": str(uuid4())}
        ).status_code
        == 404
    )
    assert not Answer.objects.filter(ask=other).exists()


@pytest.mark.rule("D30")
def test_a_page_that_showed_another_data_set_cannot_authorize(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    client = client_of(world.of(ask.organization))
    typed = {"choice": "authorize", "data_set_sha256": "0" * 64, "submission_key": str(uuid4())}
    answer = client.post(reverse("ask-answer", args=[ask.pk]), typed)
    assert answer.status_code == 400
    assert "another data set" in answer.content.decode()
    assert not Answer.objects.exists()


def pdf(name: str = "signed.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 invented", content_type="application/pdf")


def form_values(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "requester_organization": "Example Donor Office",
        "requester_kind": "donor",
        "received_on": "20/12/2025",
        "period_first": "2025-01",
        "period_last": "2025-11",
        "tables": ["nature", "personnel"],
        "purpose": "Planning",
        "used_for": "A note",
        "used_how": "One table",
        "fed_back": "A summary",
        "signer_name": "Robin Receiver",
        "signer_title": "Head",
        "signer_organization": "Example Donor Office",
        "signed_on": "19/12/2025",
        "guarantee_text": "No dissemination, no other use.",
        "guarantee_file": pdf(),
        "letter_language": "en",
        "submission_key": str(uuid4()),
    }
    return values | changes


@pytest.mark.rule("§7B.7")
def test_a_request_runs_through_the_door_from_the_first_word_to_the_letter(world: World) -> None:
    coordinator, office = client_of(world.coordinator), client_of(world.office)
    assert coordinator.get(reverse("request-kind")).status_code == 200
    step = coordinator.post(reverse("request-kind"), {"kind": "external"})
    assert step.status_code == 302
    made = coordinator.post(reverse("request-new", args=["external"]), form_values())
    assert made.status_code == 302, made.content.decode()[:3000]
    request = DataRequest.objects.get()
    board = reverse("request-board", args=[request.pk])
    assert made["Location"] == board

    def state() -> str:
        request.refresh_from_db()
        return str(request.state)

    def act(client: PersonaClient, action: str, **more: str) -> int:
        url = reverse("request-act", args=[request.pk, action])
        assert client.get(url).status_code == 200
        return client.post(url, {"submission_key": str(uuid4())} | more).status_code

    assert act(coordinator, "issue") == 400
    assert state() == "draft"
    consult = reverse("request-consult", args=[request.pk])
    assert office.post(consult, {"on": "4/1/2026", "view": "Fine."}).status_code == 302
    assert state() == "consulted"
    assert act(coordinator, "issue") == 302
    assert state() == "round_1"
    deliver(ISSUED)
    assert "If 4 organizations stay silent" in coordinator.get(board).content.decode()
    for ask in world.asks(request):
        client = client_of(world.of(ask.organization))
        typed = {"choice": "authorize", "submission_key": str(uuid4())}
        assert client.post(reverse("ask-answer", args=[ask.pk]), typed).status_code == 302
    assert act(coordinator, "send_to_office") == 302
    release = reverse("request-release", args=[request.pk])
    waiting = coordinator.get(release).content.decode()
    assert "Why can’t I release yet?" in waiting
    assert "The written authorization of the DSRSG/HC/RC office is missing" in waiting
    assert coordinator.post(release, {"submission_key": str(uuid4())}).status_code == 400
    memo = office.get(reverse("request-memo", args=[request.pk]))
    assert memo.content[:2] == b"PK"
    current = facts.current_round(request)
    assert current is not None
    decision = {"decision": "authorize", "text": "Authorized.", "data_set_sha256": current.data_set_sha256}
    assert office.post(reverse("request-decide", args=[request.pk]), decision).status_code == 302
    assert state() == "authorized"
    ready = coordinator.get(release).content.decode()
    assert "Everything is in place" in ready
    assert coordinator.post(release, {"submission_key": str(uuid4())}).status_code == 302
    assert state() == "released"
    letter = reverse("request-letter", args=[request.pk])
    first, second = coordinator.get(letter).content, coordinator.get(letter).content
    assert first == second
    assert first[:2] == b"PK"
    assert "RL-2026-001" in coordinator.get(reverse("releases")).content.decode()
    assert client_of(world.of(world.organizations[0])).get(letter).status_code == 403


@pytest.mark.rule("D11")
def test_the_office_authorizes_only_with_a_fresh_code(world: World) -> None:
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    client = client_of(world.office)
    client.forget_code()
    values = {"decision": "authorize", "text": "Yes.", "data_set_sha256": word(request).data_set_sha256}
    answer = client.post(reverse("request-decide", args=[request.pk]), values)
    assert answer.status_code == 302
    assert "confirm" in answer["Location"]
    request.refresh_from_db()
    assert request.state == "to_office"


@pytest.mark.rule("D34")
def test_bad_input_is_told_by_field_and_changes_nothing(world: World) -> None:
    client = client_of(world.coordinator)
    url = reverse("request-new", args=["external"])
    cases = {
        "Organization that asks": {"requester_organization": " "},
        "last month lies before the first": {"period_first": "2025-11", "period_last": "2025-01"},
        "account in the network": {"signer_name": "Office Decider Example"},
        "content is not what its name says": {
            "guarantee_file": SimpleUploadedFile("signed.pdf", b"MZ not a pdf")
        },
        "The signed guarantee": {"guarantee_file": ""},
        "day/month/year": {"received_on": "31/31/2025"},
        "has not come yet": {"received_on": "20/12/2027"},
    }
    for sentence, changes in cases.items():
        answer = client.post(url, form_values(**changes))
        assert answer.status_code == 400, sentence
        assert sentence in answer.content.decode(), sentence
        assert "Planning" in answer.content.decode()
    assert not DataRequest.objects.exists()


@pytest.mark.rule("§7A.3")
def test_a_media_request_leaves_the_ladder_at_once_and_members_read_the_decision(world: World) -> None:
    focal_point = client_of(world.of(world.organizations[0]))
    values = {
        "requester_organization": "Example Daily",
        "received_on": "3/1/2026",
        "purpose": "How many cases?",
        "submission_key": str(uuid4()),
    }
    assert focal_point.post(reverse("request-new", args=["media"]), values).status_code == 302
    request = DataRequest.objects.get()
    assert request.state == "media"
    office = client_of(world.office)
    page = reverse("media-decide", args=[request.pk])
    assert office.get(page).status_code == 200
    assert office.post(page, {"outcome": "declined", "reason": ""}).status_code == 400
    assert office.post(page, {"outcome": "declined", "reason": "Context changes fast."}).status_code == 302
    reader = persona_client(Capacity.MEMBER)
    assert "Context changes fast." in reader.get(reverse("media-register")).content.decode()
    assert reader.post(page, {"outcome": "answered", "reason": "x"}).status_code == 400
    assert request.media_decisions.count() == 1


@pytest.mark.rule("§7B.fwd")
def test_a_member_forwards_and_only_the_coordinator_sees_it(world: World) -> None:
    focal_point = client_of(world.of(world.organizations[0]))
    values = {
        "requester_organization": "Example Embassy",
        "requester_kind": "donor",
        "received_on": "3/1/2026",
    }
    values |= {"letter_language": "en", "submission_key": str(uuid4())}
    answer = focal_point.post(reverse("request-new", args=["external"]), values)
    assert answer.status_code == 302
    request = DataRequest.objects.get()
    assert (request.state, request.received_by) == ("draft", world.organizations[0].name_en)
    assert focal_point.get(reverse("request-board", args=[request.pk])).status_code == 403
    assert (
        "Complete the request"
        in client_of(world.coordinator).get(reverse("request-board", args=[request.pk])).content.decode()
    )


@pytest.mark.rule("§7A.1")
def test_own_figures_end_on_the_stop_page(world: World) -> None:
    client = client_of(world.of(world.organizations[0]))
    page = client.get(reverse("request-new", args=["own_data"]))
    assert page.status_code == 200
    assert "Your own figures need no request" in page.content.decode()


@pytest.mark.rule("D17")
def test_an_answer_received_outside_is_recorded_shown_and_confirmed(world: World) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    coordinator = client_of(world.coordinator)
    url = reverse("ask-record", args=[ask.pk])
    assert coordinator.get(url).status_code == 200
    typed = {
        "choice": "authorize",
        "person": "Head Example",
        "capacity": "head_of_agency",
        "received_on": "4/1/2026",
        "file": pdf("mail.pdf"),
        "submission_key": str(uuid4()),
    }
    assert coordinator.post(url, typed).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "asked"
    board = coordinator.get(reverse("request-board", args=[request.pk])).content.decode()
    assert "Received, not confirmed" in board
    answer = Answer.objects.get()
    confirm = reverse("answer-confirm", args=[answer.pk])
    assert coordinator.get(confirm).status_code == 200
    assert coordinator.post(confirm, {"stands": "yes"}).status_code == 400
    other = client_of(world.of(world.organizations[1]))
    assert other.get(confirm).status_code == 404
    own = client_of(world.of(ask.organization))
    assert own.get(confirm).status_code == 200
    assert own.post(confirm, {"stands": "yes"}).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "authorized"
    assert "received outside" in own.get(reverse("ask-answer", args=[ask.pk])).content.decode()


@pytest.mark.rule("D17")
def test_the_office_confirms_against_the_file_and_so_has_opened_it(world: World) -> None:
    ask = world.asks(issued(world))[0]
    paper = outside(Choice.AUTHORIZE, ISSUED.date())
    answer = services.record_received_outside(ask, paper, world.coordinator, ISSUED)
    office, page = client_of(world.office), reverse("answer-confirm", args=[answer.pk])
    unread = office.post(page, {"stands": "yes"})
    assert unread.status_code == 400
    assert "Open the file first: paper.pdf." in unread.content.decode()
    assert not Confirmation.objects.exists()
    assert office.get(reverse("file", args=[answer.file_id])).status_code == 200
    assert office.post(page, {"stands": "yes"}).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "authorized"


@pytest.mark.rule("§7B.1")
def test_a_bounce_is_recorded_repaired_and_sent_again(
    world: World, fixed_clock: time_machine.Traveller
) -> None:
    request = issued(world)
    ask = world.asks(request)[0]
    coordinator = client_of(world.coordinator)
    url = reverse("ask-mail", args=[ask.pk])
    assert coordinator.post(url, {"address": "old@example.org"}).status_code == 302
    fixed_clock.move_to(FIRST_OVER)
    coordinator = client_of(world.coordinator)
    board = coordinator.get(reverse("request-board", args=[request.pk])).content.decode()
    assert "Mail bounced" in board
    assert "Repair the contact of 1 organization" in board
    assert coordinator.post(url, {}).status_code == 302
    ask.refresh_from_db()
    assert ask.bounced_at is None
    assert ask.clock_from == FIRST_OVER


@pytest.mark.rule("§7B.2")
def test_home_says_what_is_due_and_on_which_role_it_waits(
    world: World, fixed_clock: time_machine.Traveller
) -> None:
    request = issued(world)
    focal_point = client_of(world.of(world.organizations[0]))
    home = focal_point.get(reverse("home")).content.decode()
    assert f"Answer request {request.reference}" in home
    assert "Agency 001" not in home
    fixed_clock.move_to(FIRST_OVER)
    home = client_of(world.coordinator).get(reverse("home")).content.decode()
    assert "Follow up with senior management of 4 organizations" in home


@pytest.mark.rule("§7B.7")
def test_nothing_is_released_by_looking(world: World) -> None:
    request = authorized(world)
    client = client_of(world.coordinator)
    for _again in range(2):
        assert client.get(reverse("request-release", args=[request.pk])).status_code == 200
    assert not Release.objects.exists()
