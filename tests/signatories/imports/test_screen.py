"""The Coordinator's screen: check, import, the marked workbook; and confirming many papers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.imports import forms
from signatories.imports.models import ImportRun
from signatories.models import Organization, ParticipationEntry
from tests.personas import PersonaClient, persona_client
from tests.signatories.doors import coordinator_client, hidden, office_client, text_of
from tests.signatories.imports.workbooks import (
    NETWORK,
    ORGANIZATIONS,
    PDF,
    SIGNATURES,
    everything,
    filled,
    opened,
    put,
)
from tests.signatories.network import NOW, Network

pytestmark = pytest.mark.django_db
PAGE = "/en/network/import/"


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


@pytest.fixture
def coordinator(network: Network, edition: Edition) -> PersonaClient:
    return coordinator_client(network)


def upload(content: bytes, name: str = "network.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(
    client: Client, content: bytes, do: str = "import", scans: tuple[str, ...] = ("Endorsement TA.pdf",)
) -> Any:
    data = {"workbook": upload(content), "do": do, "scans": [upload(PDF, name) for name in scans]}
    return client.post(PAGE, data | hidden(client.get(PAGE)))


def test_the_page_offers_template_and_says_how_it_works(coordinator: PersonaClient) -> None:
    page = text_of(coordinator.get(PAGE))
    for words in ("Everything is imported, or nothing.", "Download the template", "Accounts are not opened"):
        assert words in page
    answer = coordinator.get("/ar/network/import/template.xlsx")
    assert opened(answer.content)["posts"].sheet_view.rightToLeft
    assert answer["Content-Disposition"] == 'attachment; filename="network-template.xlsx"'


def test_check_then_import_then_again(coordinator: PersonaClient) -> None:
    before = everything()
    page = text_of(send(coordinator, filled(), "check"))
    assert "No fault was found; nothing was imported yet" in page
    assert "Created: 8" in page
    assert "signatures 3 Tigris Agency, edition 1, signed on 31 January 2022" in page
    assert everything() == before
    answer = send(coordinator, filled())
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/en/network/import/{run.pk}/"
    page = text_of(coordinator.get(answer["Location"]))
    assert "Created: 8. Changed: 0. Stood there already: 0." in page
    assert "1 signed paper waits for its confirmation." in page
    before = everything()
    page = text_of(send(coordinator, filled()))
    assert "Nothing new: everything in this workbook stands in the network already" in page
    assert "Stands there already: 8" in page
    assert everything() == before


def test_faults_stand_on_the_page_and_in_the_marked_workbook(coordinator: PersonaClient) -> None:
    spoiled = filled(change=put("posts", 3, "email", "nobody@example.org"))
    answer = send(coordinator, spoiled)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "1 fault; nothing was imported" in page
    assert (
        "Sheet posts, row 3, E-mail: nobody with this address is listed. Add the person to the sheet people."
        in page
    )
    assert Organization.objects.filter(name_en="Tigris Agency").count() == 0
    run = ImportRun.objects.get()
    assert (run.state, run.faults, run.created) == ("returned", 1, 0)
    (link,) = set(re.findall(r'href="(/en/files/[^"]+)"', answer.content.decode()))
    marked = opened(coordinator.get(link).content)
    assert marked["posts"]["C3"].comment.text.startswith("nobody with this address")
    assert "1 fault was found; nothing was imported." in text_of(coordinator.get(f"{PAGE}{run.pk}/"))


def test_many_faults_are_counted_and_the_first_are_shown(coordinator: PersonaClient) -> None:
    rows = {"organizations": [{"name_en": f"Agency {n}"} for n in range(30)]}
    page = text_of(send(coordinator, filled(rows), "check"))
    assert "60 faults; nothing was imported" in page
    assert "40 more faults stand in the workbook." in page


@pytest.mark.parametrize(("content", "name", "says"), [
    (b"", "network.xlsx", "Workbook: the file is empty."),
    (b"Name,E-mail", "network.csv", "File: it is a text file."),
    (b"\xd0\xcf\x11\xe0" + b"0" * 600, "network.xls", "has a password"),
])  # fmt: skip
def test_a_file_that_is_no_workbook_is_said_at_its_field(
    coordinator: PersonaClient, content: bytes, name: str, says: str
) -> None:
    answer = coordinator.post(PAGE, {"workbook": upload(content, name), "do": "import"})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert 'href="#id_workbook"' in answer.content.decode()


def test_nothing_chosen_and_a_hostile_scan_are_said_at_their_fields(coordinator: PersonaClient) -> None:
    assert "Workbook: this cannot stay empty." in text_of(coordinator.post(PAGE, {"do": "import"}))
    answer = coordinator.post(PAGE, {"workbook": upload(filled()), "scans": [upload(b"MZ", "virus.pdf")]})
    assert "virus.pdf: File: its content is not what its name says." in text_of(answer)
    assert ImportRun.objects.count() == 0


def test_scans_larger_than_the_usual_upload_arrive(coordinator: PersonaClient) -> None:
    large = PDF + b"0" * (7 * 1024 * 1024)
    data = {
        "workbook": upload(filled()),
        "do": "import",
        "scans": [upload(large, "Endorsement TA.pdf"), upload(large, "other.pdf")],
    }
    coordinator.post(PAGE, data)
    assert ImportRun.objects.get().created == 8


def test_more_than_the_screen_takes_is_said_before_it_is_read(
    coordinator: PersonaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from signatories.imports import views

    monkeypatch.setattr(views, "LARGEST_REQUEST", 1000)
    monkeypatch.setattr(forms, "LARGEST_REQUEST", 1000)
    answer = send(coordinator, filled())
    assert answer.status_code == 400
    assert "The files are larger than 60 MB together." in text_of(answer)


def test_the_form_is_protected_although_its_files_are_handled_first(
    network: Network, edition: Edition
) -> None:
    client = coordinator_client(network)
    client.handler.enforce_csrf_checks = True
    assert client.post(PAGE, {"workbook": upload(filled()), "do": "import"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(PAGE).content.decode())
    assert token is not None
    data = {"workbook": upload(filled({"organizations": ORGANIZATIONS})), "do": "import"}
    assert client.post(PAGE, data | {"csrfmiddlewaretoken": token[1]}).status_code == 302


@pytest.mark.rule("D11")
def test_a_stale_code_is_asked_for_and_nothing_is_imported(coordinator: PersonaClient) -> None:
    coordinator.forget_code()
    assert coordinator.get(PAGE)["Location"].startswith("/en/account/confirm/")
    answer = coordinator.post(PAGE, {"workbook": upload(filled()), "do": "import"})
    assert "Enter a fresh code" in text_of(answer)
    assert ImportRun.objects.count() == 0


@pytest.mark.rule("D10")
def test_runs_and_their_workbooks_are_for_coordination_and_office(
    network: Network, coordinator: PersonaClient
) -> None:
    send(coordinator, filled())
    run = ImportRun.objects.get()
    for capacity in Capacity:
        client = persona_client(capacity, network.office)
        allowed = capacity in ("coordinator", "acting_coordinator", "office")
        assert (client.get(f"{PAGE}{run.pk}/").status_code == 200) == allowed, capacity
        assert (client.get(f"/en/files/{run.file_id}/").status_code == 200) == allowed, capacity
        client.forget_code()
        assert (client.get(PAGE).status_code == 302) == (allowed and capacity != "office"), capacity


def test_few_queries_whatever_the_import_held(coordinator: PersonaClient) -> None:
    rows = {
        "organizations": [ORGANIZATIONS[0] | {"name_en": f"Agency {n:03d}", "acronym": ""} for n in range(60)]
    }
    send(coordinator, filled(rows))
    run = ImportRun.objects.get()
    assert run.created == 60
    for path in (PAGE, f"{PAGE}{run.pk}/"):
        with CaptureQueriesContext(connection) as queries:
            assert coordinator.get(path).status_code == 200
        assert len(queries) <= 12, path


# Forty papers


def forty(network: Network, coordinator: PersonaClient, count: int = 40) -> list[ParticipationEntry]:
    names = [f"Agency {n:03d}" for n in range(count)]
    rows = {
        "organizations": [ORGANIZATIONS[0] | {"name_en": name, "acronym": ""} for name in names],
        "signatures": [
            SIGNATURES[0] | {"organization": n, "signer_email": None, "scan": f"{n}.pdf"} for n in names
        ],
    }
    send(coordinator, filled(rows), scans=tuple(f"{name}.pdf" for name in names))
    return list(selectors.waiting_entries())


WAITING = "/en/network/entries/waiting/"


def tick(client: PersonaClient, entries: list[ParticipationEntry]) -> HttpResponse:
    data = hidden(client.get(WAITING)) | {"entry": [str(entry.pk) for entry in entries]}
    return client.post(WAITING, data)


@pytest.mark.rule("D17")
def test_forty_papers_are_confirmed_together_after_each_was_read(
    network: Network, coordinator: PersonaClient
) -> None:
    entries = forty(network, coordinator)
    assert len(entries) == 40
    office = office_client(network)
    with CaptureQueriesContext(connection) as queries:
        page = office.get(WAITING)
    assert len(queries) <= 12
    assert page.content.decode().count("disabled") == 40
    answer = tick(office, entries[:3])
    assert f"Open the file first: {entries[0].organization.name}, " in text_of(answer)
    assert selectors.waiting_entries().count() == 40
    for entry in entries[:3]:
        office.get(f"/en/files/{entry.file_id}/")
    page = office.get(WAITING)
    assert page.content.decode().count("disabled") == 37
    assert tick(office, entries[:3]).status_code == 302
    assert selectors.waiting_entries().count() == 37
    assert "3 endorsements were confirmed." in text_of(office.get(WAITING))
    assert Event.objects.filter(action="organization.confirm_endorsement", outcome="done").count() == 3


@pytest.mark.rule("D17")
def test_what_somebody_else_opened_does_not_count_as_read(
    network: Network, coordinator: PersonaClient
) -> None:
    (entry,) = forty(network, coordinator, 1)
    coordinator.get(f"/en/files/{entry.file_id}/")
    assert "Open the file first" in text_of(tick(office_client(network), [entry]))
    assert selectors.waiting_entries().count() == 1


@pytest.mark.rule("D17")
def test_the_recorder_cannot_confirm_here_either(network: Network, coordinator: PersonaClient) -> None:
    (entry,) = forty(network, coordinator, 1)
    coordinator.get(f"/en/files/{entry.file_id}/")
    tick(coordinator, [entry])
    assert selectors.waiting_entries().count() == 1
    assert "recorded by you" not in text_of(coordinator.get(WAITING))


def test_a_paper_that_was_answered_meanwhile_is_told(network: Network, coordinator: PersonaClient) -> None:
    first, second = forty(network, coordinator, 2)
    office = office_client(network)
    for entry in (first, second):
        office.get(f"/en/files/{entry.file_id}/")
    page = hidden(office.get(WAITING))
    services.deny_received(
        second, network.office_actor, timezone.now() - timedelta(seconds=1), "Not the same."
    )
    answer = office.post(WAITING, page | {"entry": [str(first.pk), str(second.pk)]})
    assert answer.status_code == 302
    assert selectors.waiting_entries().count() == 0
    assert ParticipationEntry.objects.filter(in_effect=True).count() == 1


def test_home_leads_to_the_list_where_many_wait(network: Network, coordinator: PersonaClient) -> None:
    forty(network, coordinator, 7)
    page = text_of(office_client(network).get("/en/"))
    assert "Confirm what arrived outside: 7 papers" in page
    assert "7 papers received outside" in text_of(coordinator.get("/en/"))


@pytest.mark.parametrize("capacity", [Capacity.MEMBER, Capacity.HEAD_OF_AGENCY, Capacity.AUDITOR])
def test_the_list_of_what_waits_is_not_for_members(network: Network, capacity: Capacity) -> None:
    assert persona_client(capacity, network.office).get(WAITING).status_code == 403
    assert set(NETWORK) == {"organizations", "people", "posts", "agreements", "signatures"}
    assert NOW.year == 2026
