"""Who saw or downloaded which figure: for oversight by name, for a Head of Agency by capacity (D15)."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from audit.actors import Actor
from audit.ledger import Subject
from audit.models import Event
from intranet.access.roles import EVERYBODY, Capacity
from intranet.files import tables
from intranet.workflow import access_log
from tests.forms_app.monthly_reports import world as months
from tests.forms_app.monthly_reports.world import NOW
from tests.personas import persona_client

pytestmark = pytest.mark.django_db
PAYLOADS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0")


def text(page: bytes) -> str:
    return " ".join(strip_tags(page.decode().replace("<", " <")).split())


def look(
    actor: Actor, of: object | None, minutes: int = 0, download: bool = False, label: str = "2026-01"
) -> Event:
    return access_log.saw(
        actor,
        NOW + timedelta(minutes=minutes),
        "monthly_reports.view",
        Subject("monthlyreport", "x", label),
        of=of.pk if of is not None else None,  # type: ignore[attr-defined]
        download=download,
    )


@pytest.fixture
def looked() -> dict[str, object]:
    """Two organizations whose figures were seen by the Coordinator, the office and a focal point."""
    one, two = months.organization("One"), months.organization("Two")
    coordinator = months.actor(Capacity.COORDINATOR, label="Cora Coordinator")
    office = months.actor(Capacity.OFFICE, label="Olive Office")
    own = months.focal_point(one, "Fay Focal")
    look(coordinator, one, 1)
    look(office, two, 2)
    look(own, one, 3, download=True)
    look(coordinator, None, 24 * 60)
    return {"one": one, "two": two}


def shown(capacity: Capacity, query: str = "") -> str:
    return text(persona_client(capacity).get(f"/en/access-log/{query}").content)


@pytest.mark.rule("D15")
def test_the_log_says_who_saw_what_of_whom(looked: dict[str, object]) -> None:
    page = shown(Capacity.AUDITOR)
    assert "4 entries, newest first." in page
    assert "Looked at the figures of a month: monthly report January 2026 One (invented) downloaded" in page
    assert "several organizations together seen" in page
    for name in ("Cora Coordinator", "Olive Office", "Fay Focal"):
        assert name in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?person=olive", ["Olive Office"], ["Cora", "Fay"]),
        ("?organization=two", ["Olive Office"], ["Cora", "Fay"]),
        ("?organization=One", ["Cora Coordinator", "Fay Focal"], ["Olive"]),
        ("?about=monthly report&kind=download", ["Fay Focal"], ["Olive", "Cora"]),
        ("?about=nothing like it", ["No entry fits this filter."], ["Cora"]),
        ("?since=4/2/2026", ["Cora Coordinator"], ["Olive", "Fay"]),
        ("?until=2/2/2026", ["No entry fits this filter."], ["Cora"]),
        ("?since=nonsense", ["From day: write the day as day/month/year"], []),
    ],
)
def test_filters(looked: dict[str, object], query: str, there: list[str], not_there: list[str]) -> None:
    page = shown(Capacity.COORDINATOR, query)
    assert [words for words in there if words not in page] == []
    assert [words for words in not_there if words in page.split("Who saw which figure", 1)[1]] == []


@pytest.mark.rule("D10")
def test_who_may_open_which_log() -> None:
    organization = months.organization("One")
    for capacity in EVERYBODY:
        client = persona_client(capacity, organization)
        assert (client.get("/en/access-log/").status_code == 200) == (capacity in access_log.READERS), (
            capacity
        )
        own = client.get("/en/access-log/own/").status_code == 200
        assert own == (capacity == Capacity.HEAD_OF_AGENCY), capacity


@pytest.mark.rule("§3")
def test_a_head_of_agency_sees_capacities_and_names_of_own_people_alone(looked: dict[str, object]) -> None:
    client = persona_client(Capacity.HEAD_OF_AGENCY, looked["one"])  # type: ignore[arg-type]
    page = text(client.get("/en/access-log/own/").content)
    assert "2 entries, newest first." in page
    assert "PSEA Coordinator" in page
    assert "Fay Focal" in page
    assert "practice" in page
    assert "Cora" not in page
    assert "Olive" not in page
    assert "DSRSG" not in page.split("Who saw our figures", 1)[1].split("To report")[0]
    lines = csv_of(client.get("/en/access-log/own/?csv=1").content)
    assert [row[1] for row in lines[1:]] == ["Fay Focal", ""]


def csv_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_reading_and_downloading_the_log_are_events(looked: dict[str, object]) -> None:
    client = persona_client(Capacity.OFFICE)
    client.get("/en/access-log/")
    answer = client.get("/en/access-log/?csv=1&person=fay")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert [row[1] for row in csv_of(answer.content)] == ["Person", "Fay Focal"]
    noted = Event.objects.filter(actor_id=client.user.pk).values_list("action", "kind")
    assert {("audit.read_access", "view"), ("audit.export_access", "download")} <= set(noted)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_the_file_is_a_formula(payload: str) -> None:
    organization = months.organization("One")
    look(
        months.actor(Capacity.COORDINATOR, label=payload.replace("\x00", "")),
        organization,
        label=payload.strip("\x00"),
    )
    answer = persona_client(Capacity.AUDITOR).get("/en/access-log/?csv=1")
    for row in csv_of(answer.content):
        for cell in row:
            assert not cell.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\x00", "＝")), cell
    assert tables.safe(payload) == f"'{payload}"


@pytest.mark.parametrize("plain", ["Cora", "2026-01", "a=b", "", None, 7, "مكتب"])
def test_ordinary_cells_stay_as_they_are(plain: object) -> None:
    assert tables.safe(plain) == ("" if plain is None else str(plain))


def test_few_queries_however_long_the_log(looked: dict[str, object]) -> None:
    actor = months.actor(Capacity.COORDINATOR, label="Cora Coordinator")
    for number in range(120):
        look(actor, looked["one"], number)
    head = persona_client(Capacity.HEAD_OF_AGENCY, looked["one"])  # type: ignore[arg-type]
    for client, path in (
        (persona_client(Capacity.AUDITOR), "/en/access-log/?person=cora&organization=one"),
        (head, "/en/access-log/own/"),
    ):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert "Page 1 of 3" in text(answer.content)
        asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]  # outside tests: the transaction
        assert len(asked) <= 12, path
