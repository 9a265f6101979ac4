"""The pages through the door: gate, policies, forms, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from forms_app.monthly_reports import due_rows, selectors, services
from forms_app.monthly_reports.models import (
    InterAgencyIntake,
    MonthlyReport,
    ReportVersion,
)
from intranet.access.roles import Capacity
from signatories.models import EntryKind, Organization
from tests.personas import PersonaClient, outsider_client, persona_client

from . import world
from .world import DECEMBER, JANUARY, NOW, counts, focal_point

REPORT = "/en/reports/2026-01/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(agency: Organization) -> PersonaClient:
    """A primary focal point of the agency."""
    return persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)


def typed(given: dict[str, int], do: str = "send", **more: Any) -> dict[str, Any]:
    return {name: str(value) for name, value in given.items()} | {"do": do} | more


def text(response: Any) -> str:
    """What a person reads, white space joined."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def value(response: Any, name: str) -> str:
    """The value that an input shows."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert field, f"no input {name}"
    found = re.search(r'value="([^"]*)"', field[0])
    return found[1] if found else ""


def nothing_stored() -> bool:
    return MonthlyReport.objects.count() == ReportVersion.objects.count() == 0


@pytest.mark.rule("D37")
def test_the_total_is_asked_first_then_only_what_it_needs(client: PersonaClient) -> None:
    first = client.get(REPORT)
    assert "How many reports of SEA did your organization receive in January 2026?" in text(first)
    assert 'name="nature__' not in first.content.decode()
    second = client.post(REPORT, {"received": "2", "do": "total"})
    page = second.content.decode()
    assert value(second, "received") == "2"
    assert 'name="nature__other"' in page
    assert "cannot" not in text(second)
    assert "errsum" not in page
    zero = client.post(REPORT, {"received": "0", "do": "total"}).content.decode()
    assert 'name="nature__other"' not in zero
    assert 'name="already_sent"' not in zero
    assert 'name="investigation__new"' in zero
    assert "/reports/2026-01/nothing/" in zero
    assert nothing_stored()


@pytest.mark.rule("§6.1")
def test_figures_are_sent_and_the_receipt_follows(client: PersonaClient, agency: Organization) -> None:
    response = client.post(REPORT, typed(counts(2, already_sent=1)), follow=True)
    assert response.redirect_chain[-1][0] == "/en/reports/2026-01/receipt/"
    page = text(response)
    assert "Receipt, January 2026" in page
    version = ReportVersion.objects.get()
    assert f"2026-01/1/{str(version.pk)[:8]}" in page
    assert selectors.counts_of(version) == counts(2, already_sent=1)


@pytest.mark.rule("D37")
def test_blank_is_never_zero(client: PersonaClient) -> None:
    given = typed(counts(1)) | {"nature__other": "", "nature__unknown": ""}
    response = client.post(REPORT, given)
    assert "Nature: Other, Unknown are blank. Blank is not zero" in text(response)
    assert value(response, "nature__sexual_exploitation") == "1"
    assert nothing_stored()


@pytest.mark.rule("D37")
def test_the_rest_of_a_section_becomes_zero_only_when_asked_for(client: PersonaClient) -> None:
    given = {"received": "3", "nature__sexual_abuse": "2", "personnel__unv": "1"}
    response = client.post(REPORT, given | {"do": "zero-nature"})
    assert [value(response, name) for name in ("nature__sexual_abuse", "nature__other")] == ["2", "0"]
    assert value(response, "personnel__unv") == "1"
    assert value(response, "personnel__other") == ""
    assert "So far 2 of 3." in text(response)
    assert "errsum" not in response.content.decode()
    assert nothing_stored()


def test_what_does_not_add_up_names_the_place_and_keeps_what_was_typed(client: PersonaClient) -> None:
    response = client.post(REPORT, typed(counts(5, nature__sexual_exploitation=4)))
    page = response.content.decode()
    assert 'href="#section-nature"' in page
    assert 'id="section-nature"' in page
    assert text(response).count("Nature adds up to 4, received says 5: 1 is missing.") == 2
    assert value(response, "nature__sexual_exploitation") == "4"
    assert "<title>Error:" in page
    assert nothing_stored()


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("many", "write a whole number, like 2"),
        ("-1", "write a whole number, like 2"),
        ("1.5", "write a whole number, like 2"),
        ("99999999999999999999", "is too large"),
        ("10000", "is too large"),
        ("<script>alert(1)</script>", "write a whole number, like 2"),
        ("1; DROP TABLE", "write a whole number, like 2"),
    ],
)
def test_bad_numbers_get_a_sentence_and_stay_as_typed(client: PersonaClient, bad: str, sentence: str) -> None:
    given = typed(counts(1)) | {"assistance__pending": bad}
    response = client.post(REPORT, given)
    assert f"Pending: {sentence}" in text(response) or sentence in text(response)
    assert "<script>alert(1)" not in response.content.decode()
    assert value(response, "nature__sexual_exploitation") == "1"
    assert nothing_stored()
    total = client.post(REPORT, typed(counts(1)) | {"received": bad})
    assert sentence in text(total)
    assert value(total, "nature__sexual_exploitation") == "1"
    assert nothing_stored()


def test_arabic_and_persian_digits_are_digits(client: PersonaClient) -> None:
    given = typed(counts(3)) | {"received": "٣", "nature__sexual_exploitation": "۳"}
    assert client.post(REPORT, given).status_code == 302
    assert selectors.counts_of(ReportVersion.objects.get())["nature__sexual_exploitation"] == 3


def test_the_enter_key_only_checks(client: PersonaClient) -> None:
    page = client.post(REPORT, {"received": "1", "do": "total"}).content.decode()
    form = page[page.index('<form method="post" novalidate') :]
    assert re.findall(r'<button[^>]*value="([^"]*)"', form)[0] == "check"
    checked = client.post(REPORT, typed(counts(1), "check"))
    assert "Everything adds up. Nothing has been sent yet." in text(checked)
    assert nothing_stored()


def test_an_unusual_number_is_a_question(client: PersonaClient, agency: Organization) -> None:
    world.send(agency, DECEMBER, 3)
    asked = client.post(REPORT, typed(counts(30)))
    assert "Received: last month 3, now 30. Is this right?" in text(asked)
    assert MonthlyReport.objects.count() == 1
    other = client.post(REPORT, typed(counts(40), confirm="jump:3:30"))
    assert "last month 3, now 40" in text(other)
    assert MonthlyReport.objects.count() == 1
    assert client.post(REPORT, typed(counts(30), confirm="jump:3:30")).status_code == 302
    assert MonthlyReport.objects.count() == 2


def test_last_month_stands_beside_and_seeing_it_is_an_event(
    client: PersonaClient, agency: Organization
) -> None:
    world.send(agency, DECEMBER, 3)
    page = client.post(REPORT, {"received": "1", "do": "total"})
    assert "Last month: 3." in text(page)
    event = Event.objects.filter(kind="view").order_by("-sequence")[0]
    assert (event.object_label, event.data["version"], event.actor_id) == ("2025-12", 1, client.user.pk)


@pytest.mark.rule("§6.1")
def test_nothing_to_report_takes_two_clicks(client: PersonaClient, agency: Organization) -> None:
    page = client.get(REPORT + "nothing/")
    assert "received no report of sexual exploitation or abuse in January 2026" in text(page)
    assert nothing_stored()
    key = value(page, "submission_key")
    response = client.post(REPORT + "nothing/", {"submission_key": key}, follow=True)
    assert "Nothing to report" in text(response)
    assert MonthlyReport.objects.get().state == "nothing_to_report"
    again = client.post(REPORT + "nothing/", {"submission_key": key}, follow=True)
    assert again.redirect_chain == response.redirect_chain
    assert MonthlyReport.objects.count() == ReportVersion.objects.count() == 1


def test_open_investigations_are_asked_about_before_nothing_is_signed(
    client: PersonaClient, agency: Organization
) -> None:
    world.send(agency, DECEMBER, investigation__new=2, investigation__review=2)
    page = client.get(REPORT + "nothing/")
    assert "Last month ended with 2 investigations open." in text(page)
    assert client.post(REPORT + "nothing/", {}).status_code == 200
    assert MonthlyReport.objects.count() == 1
    assert client.post(REPORT + "nothing/", {"still": "on"}).status_code == 302


def test_other_figures_after_back_are_refused_kept_and_lead_to_a_correction(client: PersonaClient) -> None:
    """Back in the browser, another number, "send" once more: the first receipt would hide the change."""
    key = {"submission_key": str(uuid4())}
    assert client.post(REPORT, typed(counts(2), **key)).status_code == 302
    second = client.post(REPORT, typed(counts(3), **key))
    assert second.status_code == 409
    assert "sent already, with other contents" in text(second)
    assert value(second, "received") == "3"
    again = {"submission_key": value(second, "submission_key")}
    assert again != key
    meant = client.post(REPORT, typed(counts(3), **again))
    assert meant.status_code == 409
    assert "This is not possible now" in text(meant)
    assert selectors.counts_of(ReportVersion.objects.get()) == counts(2)
    assert client.post(REPORT, typed(counts(2), **key)).status_code == 302  # the same contents: the receipt


def test_a_form_of_one_month_does_not_send_another(client: PersonaClient) -> None:
    key = {"submission_key": str(uuid4())}
    assert client.post(REPORT, typed(counts(2), **key)).status_code == 302
    other = client.post("/en/reports/2025-12/", typed(counts(2), **key))
    assert other.status_code == 409
    assert [report.month for report in MonthlyReport.objects.all()] == [JANUARY]


def test_a_double_submit_makes_one_record(client: PersonaClient) -> None:
    given = typed(counts(1), submission_key=str(uuid4()))
    assert client.post(REPORT, given).url == client.post(REPORT, given).url
    assert ReportVersion.objects.count() == 1


def test_the_second_of_two_people_is_told_who_was_first(client: PersonaClient, agency: Organization) -> None:
    services.report_figures(agency, JANUARY, counts(1), focal_point(agency, "Ann (invented)"), NOW)
    response = client.post(REPORT, typed(counts(2)))
    assert response.status_code == 409
    assert "Ann (invented)" in text(response)
    assert value(response, "received") == "2"
    assert ReportVersion.objects.count() == 1


@pytest.mark.rule("§6.1")
def test_a_correction_keeps_the_earlier_version_readable(client: PersonaClient, agency: Organization) -> None:
    world.send(agency, received=2)
    page = client.get(REPORT + "correct/")
    assert value(page, "received") == "2"
    assert value(page, "based_on") == "1"
    without = client.post(REPORT + "correct/", typed(counts(3), based_on="1"))
    assert "Reason: choose why this month is corrected." in text(without)
    assert value(without, "received") == "3"
    assert ReportVersion.objects.count() == 1
    sent = client.post(REPORT + "correct/", typed(counts(3), based_on="1", reason=world.REASON))
    assert sent.status_code == 302
    assert "A report was counted twice" in text(client.get(REPORT))
    old = client.get(REPORT, {"version": "1"})
    assert "This is version 1." in text(old)
    assert re.search(r"Reports received\s*2\b", text(old))
    stale = client.post(REPORT + "correct/", typed(counts(4), based_on="1", reason=world.REASON))
    assert stale.status_code == 409
    assert ReportVersion.objects.count() == 2


def test_a_correction_can_be_to_nothing(client: PersonaClient, agency: Organization) -> None:
    world.send(agency, received=2)
    url = REPORT + "correct/nothing/"
    assert client.post(url, {"based_on": "1"}).status_code == 200
    assert ReportVersion.objects.count() == 1
    assert client.post(url, {"based_on": "1", "reason": world.REASON}).status_code == 302
    assert MonthlyReport.objects.get().state == "corrected"


@pytest.mark.rule("D15")
def test_reading_what_was_sent_is_an_event_without_figures(
    client: PersonaClient, agency: Organization
) -> None:
    world.send(agency, received=4321)
    client.get(REPORT)
    event = Event.objects.filter(kind="view").latest("sequence")
    assert (event.action, event.object_label) == ("monthly_reports.view", "2026-01")
    assert "4321" not in str(event.data)


@pytest.mark.parametrize("capacity", [Capacity.HEAD_OF_AGENCY, Capacity.SENIOR_MANAGEMENT])
def test_management_reads_and_does_not_send(agency: Organization, capacity: Capacity) -> None:
    management = persona_client(capacity, agency)
    assert "sent by a focal point" in text(management.get(REPORT))
    assert management.post(REPORT, typed(counts(1))).status_code == 409
    assert management.get(REPORT + "nothing/").status_code == 403
    assert management.post(REPORT + "nothing/").status_code == 403
    assert management.get(REPORT + "correct/").status_code == 403
    assert nothing_stored()
    world.send(agency, received=2)
    page = management.get(REPORT)
    assert page.status_code == 200
    assert "/correct/" not in page.content.decode()


OWN = [
    reverse("reports"),
    *(reverse(name, args=["2026-01"]) for name in ("report", "report-nothing", "report-correct")),
    reverse("report-correct-nothing", args=["2026-01"]),
    reverse("report-receipt", args=["2026-01"]),
]
BOARD = [reverse("board"), reverse("board-month", args=["2026-01"])]


@pytest.mark.rule("D10")
@pytest.mark.parametrize("url", OWN)
@pytest.mark.parametrize(
    "capacity",
    [
        Capacity.COORDINATOR,
        Capacity.OFFICE,
        Capacity.MEMBER,
        Capacity.SIGNER,
        Capacity.CONTENT_EDITOR,
        Capacity.AUDITOR,
    ],
)
def test_pages_of_an_organization_are_closed_to_others(
    agency: Organization, url: str, capacity: Capacity
) -> None:
    client = persona_client(capacity, agency)
    assert client.get(url).status_code == 403
    assert client.post(url, typed(counts(1))).status_code in {403, 405}
    assert nothing_stored()


@pytest.mark.rule("D10")
@pytest.mark.parametrize("url", [*BOARD, reverse("board-intake", args=["2026-01"])])
@pytest.mark.parametrize(
    "capacity", [*Capacity.values[:6], Capacity.CONTENT_EDITOR.value, Capacity.AUDITOR.value]
)
def test_the_grid_is_closed_to_organizations(agency: Organization, url: str, capacity: str) -> None:
    assert persona_client(capacity, agency).get(url).status_code == 403


@pytest.mark.rule("D10")
def test_another_organization_never_sees_the_report(agency: Organization) -> None:
    report = world.send(agency, received=4)
    other = persona_client(Capacity.PRIMARY_FOCAL_POINT, world.organization("Other"))
    assert "2026-01" not in text(other.get(reverse("reports"))) or agency.name_en not in text(
        other.get(reverse("reports"))
    )
    assert "How many reports" in text(other.get(REPORT))
    assert other.get(REPORT + "receipt/").status_code == 404
    assert other.get(reverse("board-report", args=[report.pk])).status_code == 403
    assert outsider_client().get(REPORT).status_code == 404


def test_a_month_that_never_was_is_not_found(client: PersonaClient) -> None:
    for wrong in ("2026-13", "2026-1", "1999-01", "26-01", "2026-00"):
        assert client.get(f"/en/reports/{wrong}/").status_code == 404


@pytest.mark.rule("§4.f")
def test_a_suspended_organization_is_not_asked(client: PersonaClient, agency: Organization) -> None:
    world.entry(agency, EntryKind.SUSPENDED, date(2026, 1, 20))
    assert "has suspended sharing" in text(client.get(REPORT))
    assert 'name="received"' not in client.get(REPORT).content.decode()
    listed = client.get(reverse("reports")).content.decode()
    row = listed[listed.index("January 2026") : listed.index("December 2025")]
    assert "Suspended" in row
    assert "Report<" not in row
    assert client.post(REPORT, typed(counts(1))).status_code == 409
    assert nothing_stored()


@pytest.mark.rule("§4.f")
def test_what_was_sent_stays_readable_and_closed_while_sharing_is_suspended(
    client: PersonaClient, agency: Organization
) -> None:
    world.send(agency, received=2)
    assert "/correct/" in client.get(REPORT).content.decode()
    world.entry(agency, EntryKind.SUSPENDED, date(2026, 2, 3))
    page = client.get(REPORT)
    assert re.search(r"Reports received\s*2\b", text(page))
    assert "/correct/" not in page.content.decode()
    for url in (REPORT + "correct/", REPORT + "correct/nothing/"):
        assert "has suspended sharing" in text(client.get(url))
        assert client.post(url, typed(counts(3), based_on="1", reason=world.REASON)).status_code == 409
    assert ReportVersion.objects.count() == 1


@pytest.mark.parametrize("version", ["0", "99", "-1", "x", "1' OR 1=1", "٢"])
def test_a_version_that_is_not_there_shows_the_newest(
    client: PersonaClient, agency: Organization, version: str
) -> None:
    world.send(agency, received=2)
    assert "This is version 1." in text(client.get(REPORT, {"version": version}))


@pytest.mark.rule("§6.1")
@pytest.mark.django_db
def test_the_grid_has_a_word_in_every_cell() -> None:
    world.confirmed_calendar()
    names = ("Asent", "Bnothing", "Cdue", "Dmissing", "Ecorrected", "Flate", "Gsuspended", "Hnew")
    made = {
        name: world.organization(name, date(2026, 1, 5) if name == "Hnew" else date(2024, 1, 1))
        for name in names
    }
    for name in ("Asent", "Bnothing", "Cdue", "Ecorrected", "Flate"):
        world.send(made[name], DECEMBER)
    world.send(made["Asent"], received=3)
    services.report_nothing(made["Bnothing"], JANUARY, focal_point(made["Bnothing"]), NOW)
    wrong = world.send(made["Ecorrected"], received=1)
    services.correct_report(wrong, counts(2), world.REASON, 1, focal_point(made["Ecorrected"]), NOW)
    world.entry(made["Gsuspended"], EntryKind.SUSPENDED, date(2025, 12, 20))
    for capacity in (Capacity.COORDINATOR, Capacity.OFFICE, Capacity.OFFICE_ASSISTANT):
        page = persona_client(capacity).get(reverse("board"))
        assert page.status_code == 200
        body = page.content.decode()
        words = {}
        for name in names:
            row = body[body.index(f"{name} (invented)") :].split("</tr>")[0]
            words[name] = re.findall(r'class="cell [a-z]+">([^<]+)<', row)[-2:]
        assert words == {
            "Asent": ["Sent, late", "Sent"],
            "Bnothing": ["Sent, late", "Nothing"],
            "Cdue": ["Sent, late", "Due"],
            "Dmissing": ["Missing", "Due"],
            "Ecorrected": ["Sent, late", "Corrected"],
            "Flate": ["Sent, late", "Due"],
            "Gsuspended": ["Suspended", "Suspended"],
            "Hnew": ["Not signed", "Due"],
        }
        assert "5 of 6" in text(page)
        assert "3 of 7" in text(page)
        assert "never counted as zero" in text(page)


@pytest.mark.rule("D35")
def test_the_coordinator_opens_a_month_and_a_report(agency: Organization) -> None:
    report = world.send(agency, received=4, already_sent=1)
    for capacity in (Capacity.COORDINATOR, Capacity.ACTING_COORDINATOR, Capacity.OFFICE):
        reader = persona_client(capacity)
        month = reader.get(reverse("board-month", args=["2026-01"]))
        assert re.search(r"Reports received\s*4\b", text(month))
        assert Event.objects.filter(kind="view").latest("sequence").action == "monthly_reports.view_month"
        page = reader.get(reverse("board-report", args=[report.pk]))
        assert agency.name_en in text(page)
        assert Event.objects.filter(kind="view").latest("sequence").action == "monthly_reports.view"
    assistant = persona_client(Capacity.OFFICE_ASSISTANT, world.organization("Office", None, kind="office"))
    month = assistant.get(reverse("board-month", args=["2026-01"]))
    assert (
        f'href="{reverse("reports")}"' not in month.content.decode()
    )  # that page is for an organization's own people
    assert not re.search(r"Reports received\s*4\b", text(month))
    assert assistant.get(reverse("board-report", args=[report.pk])).status_code == 403
    assert (
        persona_client(Capacity.COORDINATOR).get(reverse("board-report", args=[uuid4()])).status_code == 404
    )


@pytest.mark.rule("D35")
@pytest.mark.rule("§4.c")
def test_the_intake_is_recorded_read_and_corrected(agency: Organization) -> None:
    url = reverse("board-intake", args=["2026-01"])
    coordinator, office = persona_client(Capacity.COORDINATOR), persona_client(Capacity.OFFICE)
    assert 'name="received"' in coordinator.get(url).content.decode()
    assert "Nothing is recorded for this month." in text(office.get(url))
    assert office.post(url, typed(world.intake_counts(2))).status_code == 409
    assert InterAgencyIntake.objects.count() == 0
    assert coordinator.post(url, typed(world.intake_counts(2))).status_code == 302
    assert re.search(r"Reports received\s*2\b", text(office.get(url)))
    given = typed(world.intake_counts(3), based_on="1", reason=world.REASON)
    assert coordinator.post(url, given).status_code == 302
    assert selectors.month_totals(JANUARY).intake == world.intake_counts(3)


@pytest.mark.parametrize("many", [10, 200])
def test_queries_do_not_grow_with_the_network(
    many: int, db: None, django_assert_max_num_queries: Any
) -> None:
    world.confirmed_calendar()
    made = [world.organization(f"Agency {number:03}") for number in range(many)]
    for organization in made[:10]:
        world.send(organization)
    coordinator = persona_client(Capacity.COORDINATOR)
    reporter = persona_client(Capacity.PRIMARY_FOCAL_POINT, made[0])
    for client, url in [(coordinator, reverse("board")), (reporter, reverse("reports"))]:
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
    with django_assert_max_num_queries(6):  # Home remembers settings and calendar, four of these
        list(due_rows.due_rows(coordinator.actor, NOW))
