"""My organization's year: issued once a request to its Head of Agency, with what the slices know of it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from docx.text.paragraph import Paragraph

from audit.models import Event
from forms_app.monthly_reports import services as reports
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.papers.models import IssuedPaper
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.models import Organization
from signatories.register import year
from tests.forms_app.monthly_reports import world as months
from tests.personas import outsider_client
from tests.signatories.doors import coordinator_client, hidden, member_client, text_of
from tests.signatories.network import NOW, TODAY, Network, later, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEAD = Capacity.HEAD_OF_AGENCY


def words(paper: IssuedPaper) -> str:
    body = Document(io.BytesIO(store.read(paper.word))).element.body
    return "\n".join(Paragraph(p, None).text.replace("\u200e", "") for p in body.iter("{*}p"))


@pytest.fixture
def lived(clock: Any, network: Network, edition: Edition) -> Network:
    """Alpha signed on paper in 2022; of 2025 it reported January in time, February late, nothing after May."""
    months.confirmed_calendar(2025, 2026)
    network.member("alpha")
    network.member("beta")
    alpha = network.members["alpha"]
    paper = received(how="paper", effective_on=date(2022, 3, 1), signer_title="Director")
    entry = services.record_endorsement_received_outside(alpha, edition, paper, network.coordinator, NOW)
    services.confirm_received(entry, network.office_actor, NOW)
    sender = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    for month, sent in ((1, (2025, 2, 4)), (2, (2025, 4, 2)), (3, (2025, 4, 3)), (4, (2025, 5, 4))):
        at = NOW.replace(year=sent[0], month=sent[1], day=sent[2])
        reports.report_figures(alpha, date(2025, month, 1), months.counts(37), sender, at)
    services.suspend(alpha, network.head("alpha"), NOW, reason="capacity", effective_on=TODAY)
    return network


def code(organization: Organization) -> str:
    """What stands behind the numbers of an organization's papers."""
    return organization.pk.hex[:4].upper()


@pytest.mark.usefixtures("with_pdf")
def test_the_year_tells_reports_edition_and_posts_but_no_figure(lived: Network, edition: Edition) -> None:
    alpha = lived.members["alpha"]
    paper = year.request_year(alpha, 2025, "en", lived.head("alpha"), NOW)
    assert (paper.number, paper.kind, paper.about_id) == (f"OY-2026-001-{code(alpha)}", year.KIND, alpha.pk)
    assert paper.certifies_sha256 == edition.sha256
    text = words(paper)
    lines = text.split("\n")
    for label, value in (
        *(("On time", "3"), ("After the due day", "1"), ("Missing", "8")),
        *(("Edition endorsed", "1"), ("Endorsed on", "1 March 2022"), ("Signed as", "Director")),
        *(("State", "Signatory"), ("February 2025", "Sent, after the due day"), ("January 2025", "Sent")),
    ):
        assert lines[lines.index(label) + 1] == value, label
    assert "This is how the year stood at its end, on Wednesday 31 December 2025." in text
    assert "Alpha First" in text
    assert "37" not in text
    assert "Not asked for" not in text
    assert paper.pdf is not None, paper.pdf_missing
    assert store.read(paper.pdf).startswith(b"%PDF")


def test_the_running_year_says_so(lived: Network) -> None:
    paper = year.request_year(lived.members["alpha"], 2026, "ar", lived.head("alpha"), NOW)
    text = words(paper)
    assert paper.language == "ar"
    assert "2026" in paper.title
    assert paper.title != "The year 2026 of the organization"
    assert lived.members["alpha"].name_en in text


@pytest.mark.rule("D10")
def test_only_the_own_head_of_agency_is_given_one(lived: Network) -> None:
    alpha = lived.members["alpha"]
    for actor in (
        *(lived.head("beta"), lived.coordinator, lived.office_actor, lived.signer("alpha")),
        lived.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
    ):
        with pytest.raises(Refused, match="own Head of Agency"):
            year.request_year(alpha, 2025, "en", actor, NOW)
    for wrong in (2023, 2027):
        with pytest.raises(Refused, match="in which the organization was in the network"):
            year.request_year(alpha, wrong, "en", lived.head("alpha"), NOW)
    assert IssuedPaper.objects.filter(kind=year.KIND).count() == 0
    assert (
        member_client(lived, "alpha.first", Capacity.PRIMARY_FOCAL_POINT).get(reverse("own-year")).status_code
        == 403
    )


def test_one_request_one_paper_another_request_another_number(lived: Network) -> None:
    client = member_client(lived, "alpha.head", HEAD)
    page = client.get(reverse("own-year"))
    sent = {"year": "2025", "language": "en", **hidden(page)}
    for _twice in range(2):
        assert client.post(reverse("own-year"), sent).status_code == 302
    paper = IssuedPaper.objects.get(kind=year.KIND)
    event = Event.objects.get(action="organization.issue_year")
    assert event.data["number"] == paper.number
    assert event.data["word"] == paper.word_sha256
    shown = client.get(reverse("own-year"))
    assert "OY-2026-001" in text_of(shown)
    assert client.get(reverse("file", args=[paper.word.pk])).content == store.read(paper.word)
    client.post(reverse("own-year"), sent | hidden(shown))
    assert sorted(IssuedPaper.objects.filter(kind=year.KIND).values_list("number", flat=True)) == [
        f"OY-2026-001-{code(lived.members['alpha'])}",
        f"OY-2026-002-{code(lived.members['alpha'])}",
    ]
    # Another organization's numbers begin at 1 again: a number tells nobody how many others asked.
    other = year.request_year(lived.members["beta"], 2025, "en", lived.head("beta"), NOW)
    assert other.number == f"OY-2026-001-{code(lived.members['beta'])}"
    assert "No month of this year has ended in which a report was due." in words(other)


@pytest.mark.rule("D10")
def test_the_paper_is_seen_with_its_organization(lived: Network) -> None:
    paper = year.request_year(lived.members["alpha"], 2025, "en", lived.head("alpha"), NOW)
    addresses = [reverse("file", args=[paper.word.pk]), reverse("paper-verify", args=[paper.pk])]
    for client, status in (
        (member_client(lived, "alpha.first", Capacity.PRIMARY_FOCAL_POINT), 200),
        (coordinator_client(lived), 200),
        (member_client(lived, "beta.head", HEAD), 404),
        (outsider_client(), 404),
    ):
        assert [client.get(address).status_code for address in addresses] == [status, status]


def test_wrong_input_is_explained(lived: Network) -> None:
    client = member_client(lived, "alpha.head", HEAD)
    page = client.post(reverse("own-year"), {"year": "1999", "language": "fr"})
    assert page.status_code == 422
    assert IssuedPaper.objects.filter(kind=year.KIND).count() == 0


def test_a_post_that_began_and_ended_in_the_year_is_there(lived: Network) -> None:
    alpha = lived.members["alpha"]
    post = alpha.posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT)
    services.end_post(post, TODAY - timedelta(days=20), lived.coordinator, NOW, "left")
    text = words(year.request_year(alpha, 2025, "en", lived.head("alpha"), NOW))
    lines = text.split("\n")
    assert lines[lines.index("Alpha Second") + 2] == "22 December 2025"
    gone = words(year.request_year(alpha, 2026, "en", lived.head("alpha"), later(hours=1)))
    assert "Alpha Second" not in gone
