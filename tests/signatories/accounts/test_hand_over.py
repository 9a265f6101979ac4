"""Hand-over: a leaver's one page, and the whole network's state of play with what the successor does first."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from audit.actors import Actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock import handover
from intranet.files import store
from intranet.notices import outbox
from intranet.papers.models import IssuedPaper
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.handover import selectors, state
from signatories.handover import services as hand_overs
from signatories.handover.models import HandOver
from signatories.leaving import selectors as leaving
from signatories.leaving import services as leave

from ..doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from ..network import NOW, TODAY, Network, acting_as, endorse, received
from .conftest import set_up
from .lost import vouched

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(in_use: Network, edition: Edition) -> Network:
    """Alpha signed; Beta's paper waits; Gamma has nobody but a Head of Agency; a lost phone; a stuck mail."""
    endorse(in_use, "alpha", edition)
    in_use.member("gamma")
    set_up(in_use)
    for name in ("gamma.first", "gamma.second"):
        services.end_post(in_use.people[name].posts.get(), TODAY - timedelta(days=1), in_use.coordinator, NOW)
    services.record_endorsement_received_outside(
        in_use.members["beta"],
        edition,
        received(signer=in_use.people["beta.head"], signer_name="Beta Head"),
        in_use.coordinator,
        NOW,
    )
    vouched(in_use)
    notice = outbox.write(outbox.Letter("test", ["gone@example.org"], "Due 5 February", "x"), NOW)
    assert notice is not None
    notice.bounced_at, notice.next_attempt_at = NOW, None
    notice.save()
    return in_use


def part(now: datetime, title: str) -> handover.Part:
    return next(found for found in handover.parts(now) if str(found.title) == title)


def lines(now: datetime, title: str) -> list[tuple[str, str, str]]:
    return [(str(line.what), str(line.state), str(line.next)) for line in part(now, title).lines]


@pytest.mark.rule("D9")
def test_the_state_of_play_names_everything_that_runs(busy: Network) -> None:
    assert lines(NOW, "Organizations by standing") == [
        ("Invited: 2", "Beta (example), Gamma (example)", "Remind of the endorsement"),
        ("Signatory: 1", "Alpha (example)", ""),
    ]
    assert lines(NOW, "Vacant posts") == [
        ("Gamma (example)", "Primary focal point, Secondary focal point", "Fill the post")
    ]
    assert lines(NOW, "Received outside, waiting for a confirmation") == [
        (
            "Endorsement: Beta (example)",
            "recorded by Cora Coordinator",
            "the organization or the office confirms",
        )
    ]
    assert lines(NOW, "Lost phones") == [("Alpha First", "Vouched for", "another person confirms")]
    assert lines(NOW, "Mail that does not arrive") == [
        ("Due 5 February", "gone@example.org", "Repair the address, then send it again")
    ]
    review = part(NOW, "Yearly review").lines[0]
    assert "not recorded" in str(review.state)
    assert review.last_day is not None
    assert review.last_day.isoformat() == "2026-01-31"
    orders = [found.order for found in handover.parts(NOW)]
    assert orders == sorted(orders)
    titles = {str(found.title) for found in handover.parts(NOW)}
    assert {"Months that are missing", "Requests for data", "The machine room"} <= titles


@pytest.mark.rule("D9")
def test_what_comes_first_is_what_is_due_from_the_post_soonest_first(busy: Network) -> None:
    found = selectors.state_of_play(NOW)
    days = [row.last_day for row in found.first if row.last_day is not None]
    assert days == sorted(days)
    assert not any(row.personal for row in found.first)
    words = [str(row.what) for row in found.first]
    assert any("calendar of non-working days" in word for word in words)
    assert "Lost phone: confirm it" in words
    assert [post.person.name for post in found.holders] == ["Cora Coordinator"]
    # whoever holds the post, and also while nobody does, the same things are due
    services.end_post(busy.coordinator_person.posts.get(), TODAY - timedelta(days=1), busy.office_actor, NOW)
    later = selectors.state_of_play(NOW)
    assert [str(row.what) for row in later.first] == words
    assert later.holders == []


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_it_offers_nobody_a_link_into_a_refusal(busy: Network) -> None:
    found: list[set[str]] = []
    for client in (coordinator_client(busy), office_client(busy)):
        html = client.get(reverse("hand-over")).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        found.append(set(re.findall(r'href="(/en/[^"#]*)"', main)))
        assert [url for url in found[-1] if client.get(url).status_code == 403] == []
    assert found[1] < found[0]  # the office reads what the Coordinator does


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("clock")
def test_who_opens_and_keeps_it(busy: Network) -> None:
    page, keep = reverse("hand-over"), reverse("hand-over-keep")
    for client in (coordinator_client(busy), office_client(busy)):
        text = text_of(client.get(page))
        assert "What the successor does first" in text
        assert "Gamma (example) Primary focal point, Secondary focal point Fill the post" in text
    member = member_client(busy, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert member.get(page).status_code == 403
    assert member.post(keep).status_code == 403
    client = coordinator_client(busy)
    form = hidden(client.get(page))
    answers = {client.post(keep, form).url for _twice in range(2)}
    assert len(answers) == 1
    again = client.post(keep.replace("/en/", "/ar/"), form)  # the same form with other contents
    assert again.status_code == 409
    assert "لم يُنفَّذ هذا" in again.content.decode()
    paper = IssuedPaper.objects.exclude(kind="endorsement").get()
    assert paper.number == "HO-2026-001"  # of the network, not of an organization
    assert "HO-2026-001" in text_of(client.get(answers.pop()))
    assert "HO-2026-001" in text_of(client.get(page))
    download = reverse("file", args=[paper.word_id])
    assert client.get(download).status_code == 200
    assert member.get(download).status_code == 404
    assert member.get(reverse("hand-over-kept", args=[HandOver.objects.get().pk])).status_code == 404
    with pytest.raises(Refused):
        hand_overs.keep_network(busy.head("alpha"), NOW)


@pytest.mark.rule("D9")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_word_file_says_what_the_page_says(busy: Network, language: str) -> None:
    made = hand_overs.keep_network(busy.coordinator, NOW, "ar" if language == "ar" else "en")
    paper = IssuedPaper.objects.get(about_id=made.pk)
    document = Document(BytesIO(store.read(paper.word)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Gamma (example)" in cell for cell in cells)
    assert any("gone@example.org" in cell for cell in cells)
    texts = [paragraph.text for paragraph in document.paragraphs] + cells
    title = "Hand-over of the coordination: the state of play"
    assert any(title in text for text in texts) == (language == "en")
    event = Event.objects.get(action="handover.keep_network")
    assert event.data["number"] == paper.number
    if paper.pdf is not None:
        assert store.read(paper.pdf).startswith(b"%PDF")


@pytest.mark.rule("D9")
def test_a_leavers_page_shows_items_clocks_and_contacts(busy: Network) -> None:
    leaves_at = datetime(2026, 1, 13, 11, 0, tzinfo=UTC)
    beta, person = busy.members["beta"], busy.people["beta.first"]
    leave.leave(person, beta, leaves_at, busy.head("beta"), NOW, "new duty station")
    with time_machine.travel(NOW, tick=False):
        client = member_client(busy, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
        page = reverse("hand-over-person", args=[beta.pk, person.pk])
        text = text_of(client.get(page))
        assert "access ends 13 January 2026, 14:00" in text
        assert "Confirm what arrived outside: Endorsement" in text
        assert "Nobody is named yet" in text
        for contact in ("Beta Head", "Beta Second", "Cora Coordinator", "Olive Office"):
            assert contact in text
        assert "Is this still you?" not in text.split("For whoever comes next")[0].split("Hand-over")[-1]
        keep = reverse("hand-over-person-keep", args=[beta.pk, person.pk])
        answer = client.post(keep, hidden(client.get(page)))
        assert answer.status_code == 302
        paper = IssuedPaper.objects.exclude(kind="endorsement").get()
        word = "\n".join(
            cell.text
            for table in Document(BytesIO(store.read(paper.word))).tables
            for row in table.rows
            for cell in row.cells
        )
        assert "Confirm what arrived outside: Endorsement" in word
        assert "beta.second@example.org" in word
        for other, status in (
            (member_client(busy, "beta.second", Capacity.SECONDARY_FOCAL_POINT), 200),
            (coordinator_client(busy), 200),
            (office_client(busy), 404),
            (member_client(busy, "alpha.first", Capacity.PRIMARY_FOCAL_POINT), 404),
        ):
            assert other.get(answer.url).status_code == status
            assert other.get(page).status_code == status
            assert other.get(reverse("file", args=[paper.word_id])).status_code == status
        stranger = member_client(busy, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
        assert stranger.post(keep).status_code == 404
    assert HandOver.objects.count() == 1


@pytest.mark.rule("D9")
def test_a_page_is_of_one_organization_only_and_ends_with_time(busy: Network) -> None:
    first, alpha, beta = busy.people["alpha.first"], busy.members["alpha"], busy.members["beta"]
    services.appoint(first, beta, Capacity.SENIOR_MANAGEMENT, TODAY, busy.head("beta"), NOW)
    here = leaving.hand_over(first, alpha, NOW)
    there = leaving.hand_over(first, beta, NOW)
    assert here is not None
    assert there is not None
    assert [part.post.capacity for part in here.parts] == ["primary_focal_point"]
    assert [part.post.capacity for part in there.parts] == ["senior_management"]
    signer = leaving.hand_over(busy.people["alpha.head"], alpha, NOW)
    assert signer is not None
    assert (signer.speaks, here.speaks) == (True, False)
    assert not leaving.may_see(busy.head("beta"), first, alpha, NOW).allowed
    services.end_post(first.posts.get(organization=alpha), TODAY, busy.head("alpha"), NOW)
    assert leaving.hand_over(first, alpha, NOW + timedelta(days=90)) is not None
    assert leaving.hand_over(first, alpha, NOW + timedelta(days=91)) is None
    assert leaving.hand_over(busy.people["beta.first"], alpha, NOW) is None


@pytest.mark.rule("§3")
def test_who_works_elsewhere_by_now_reads_nothing_of_what_is_open_there(busy: Network) -> None:
    first, alpha, beta = busy.people["alpha.first"], busy.members["alpha"], busy.members["beta"]
    services.appoint(first, beta, Capacity.SENIOR_MANAGEMENT, TODAY, busy.head("beta"), NOW)
    elsewhere = acting_as(first, Capacity.SENIOR_MANAGEMENT, beta)
    assert leaving.may_see(elsewhere, first, alpha, NOW).allowed
    hour = NOW + timedelta(hours=1)
    services.end_post(first.posts.get(organization=alpha), TODAY, busy.head("alpha"), NOW, ends_at=hour)
    assert leaving.may_see(elsewhere, first, alpha, hour - timedelta(minutes=1)).allowed
    for later in (hour, NOW + timedelta(days=1), NOW + timedelta(days=80)):
        assert not leaving.may_see(elsewhere, first, alpha, later).allowed
        assert leaving.may_see(busy.head("alpha"), first, alpha, later).allowed


@pytest.mark.rule("D9")
def test_a_coordinators_own_page_for_the_office(busy: Network) -> None:
    person, home = busy.coordinator_person, busy.coordination
    for actor, allowed in (
        (busy.office_actor, True),
        (busy.coordinator, True),
        (busy.head("alpha"), False),
        (Actor("system:x", "system"), False),
    ):
        assert leaving.may_see(actor, person, home, NOW).allowed == allowed
    found = leaving.hand_over(person, home, NOW)
    assert found is not None
    assert any("Vacant" in str(row.state) for row in found.parts[0].due)
    assert "Lost phone: confirm it" in [str(row.what) for row in found.parts[0].due]


@pytest.mark.usefixtures("clock")
def test_the_state_of_play_asks_no_more_for_a_larger_network(busy: Network) -> None:
    client = office_client(busy)
    counts = []
    for more in ((), ("delta", "epsilon", "zeta", "eta")):
        for name in more:
            busy.member(name)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("hand-over")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_no_part_of_this_floor_is_empty_of_words(network: Network) -> None:
    """Where there is nothing, a sentence says so."""
    assert all(str(found.nothing) for found in state.parts(NOW))
    client = client_of(network.office_person, Capacity.OFFICE, network.office)
    with time_machine.travel(NOW, tick=False):
        client = client_of(network.office_person, Capacity.OFFICE, network.office)
        text = text_of(client.get(reverse("hand-over")))
    assert "No lost phone is under way." in text
    assert "No edition of the protocol is adopted yet." in text
