"""Every screen and every file that shows a figure leaves an event that says who saw whose figures (D15).

The walk opens every address of ours as each persona, with figures that occur nowhere else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from forms_app.common import figures
from forms_app.data_requests import services as requests
from forms_app.data_requests.models import Answer, Ask, DataRequest, Release
from forms_app.monthly_reports import services as reports
from forms_app.monthly_reports.figures import MonthlyFigures
from forms_app.monthly_reports.models import MonthlyReport
from forms_app.own_data import services as own_data
from forms_app.own_data.models import OwnNote
from intranet.access.policy import Stage, policy_of
from intranet.access.roles import Capacity
from intranet.files.models import StoredFile
from intranet.workflow import access_log
from signatories.models import Organization, ParticipationEntry
from tests.contracts.test_histories import readable
from tests.forms_app.data_requests import world as ladder
from tests.forms_app.monthly_reports import world as months
from tests.personas import PersonaClient, persona_client
from tests.urls_walk import NO_SUCH_ID, Address, addresses

FIGURE = 7_319
MONTH = months.date(2025, 1, 1)  # the month of the walk's sample addresses
KINDS = (
    Organization,
    ParticipationEntry,
    MonthlyReport,
    DataRequest,
    Ask,
    Answer,
    Release,
    OwnNote,
    StoredFile,
)
CLEARED = re.compile(r"(?<=\d)[,.\u00a0\u202f\u066c](?=\d{3})")
SHOWN = re.compile("|".join(rf"\b{FIGURE * n}\b" for n in range(1, 6)))


@pytest.fixture
def agency(db: None, settings: Any, tmp_path: Path) -> Iterator[Organization]:
    """Four organizations with figures, a request before its release, a released one, an own note."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    kept = list(figures._providers)
    ladder.adopt_protocol()
    world = ladder.build_world(4)
    figures._providers[:] = [MonthlyFigures()]
    for organization in world.organizations:
        months.send(organization, MONTH, received=FIGURE, now=ladder.at("2025-02-03"))
    first = world.organizations[0]
    focal_point = months.focal_point(first)
    reports.record_intake(MONTH, months.intake_counts(FIGURE), months.coordinator(), ladder.at("2025-02-03"))
    wish = own_data.Wish(MONTH, MONTH, "donor", "A report", "Dana Donor", "Director", "Fund (invented)")
    own_data.make_note(first, wish, focal_point, ladder.ISSUED)
    given = {"period_last": MONTH}
    done = ladder.issued(world, **given)
    ladder.everybody_authorizes(world, done, ladder.ISSUED)
    requests.send_to_office(done, world.coordinator, ladder.ISSUED)
    requests.authorize(done, ladder.word(done), world.fresh(world.office, ladder.ISSUED), ladder.ISSUED)
    requests.release(done, world.fresh(world.coordinator, ladder.ISSUED), ladder.ISSUED)
    ladder.issued(world, **given)
    yield first
    figures._providers[:] = kept


def words_of(answer: HttpResponse) -> str:
    """What the answer shows, whatever it is: a page, a Word or Excel file, plain text."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [package.read(name).decode(errors="replace") for name in package.namelist()]
        return " ".join(re.sub(r"<[^>]+>", " ", part) for part in parts)
    text = content.decode(errors="replace")
    if "<main" not in text:
        return text
    typed = re.findall(r'<input(?![^>]*type="hidden")[^>]*\bvalue="([^"]*)"', text)
    return " ".join([readable(text), *typed])


def shows_a_figure(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and bool(SHOWN.search(CLEARED.sub("", words_of(answer))))


def pages(with_id: bool) -> list[Address]:
    ours = [a for a in addresses() if a.route.startswith("en/") and a.path is not None]
    return [a for a in ours if ("<uuid:" in a.route) == with_id and "_util" not in a.route]


def refused(client: PersonaClient, address: Address) -> bool:
    """Whether the door itself refuses the capacity: then nothing is shown at all."""
    policy = policy_of(address.view, address.namespaces)
    closed = policy is not None and policy.stage is Stage.VERIFIED and not policy.any_capacity
    return closed and policy is not None and client.held[0].capacity not in policy.capacities


class Walk:
    """Opens addresses and keeps which of them show figures, and which do so without an event."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.silent: list[str] = []

    def open(self, client: PersonaClient, address: Address, pk: str = "") -> int:
        last = Event.objects.latest("sequence").sequence
        path = str(address.path).replace(NO_SUCH_ID, pk)
        answer = client.get(path)
        if shows_a_figure(answer):
            self.found.add(address.name)
            noted = Event.objects.filter(data__has_key="figures_of", actor_id=client.user.pk)
            if not noted.filter(sequence__gt=last).exists():
                self.silent.append(f"{client.held[0].capacity} {path} shows a figure and leaves no event")
        return answer.status_code


@pytest.mark.rule("D15")
def test_every_screen_that_shows_a_figure_notes_it(
    agency: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {
        (f'"{kind._meta.db_table}"', str(row.pk))
        for kind in KINDS
        for row in (*kind._default_manager.order_by("pk")[:2], *_own(kind, agency))
    }
    coordinator = persona_client(Capacity.COORDINATOR)
    focal_point = persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)
    office, auditor = persona_client(Capacity.OFFICE), persona_client(Capacity.AUDITOR)
    walk = Walk()
    for address in pages(with_id=False):
        for client in (coordinator, office, focal_point, auditor):
            if not refused(client, address):
                walk.open(client, address)
    for address in pages(with_id=True):
        with CaptureQueriesContext(connection) as asked:
            walk.open(coordinator, address, NO_SUCH_ID)
        looked_at = " ".join(query["sql"] for query in asked.captured_queries)
        for pk in sorted(pk for table, pk in ids if table in looked_at):
            seen = walk.open(coordinator, address, pk) != 404
            if seen or address.name in {"own-note", "file", "ask-answer"}:
                walk.open(focal_point, address, pk)
    assert walk.silent == []
    assert walk.found >= {
        "report",
        "report-correct",
        "board-month",
        "board-report",
        "board-intake",
        "request-release",
        "request-letter",
        "file",
    }
    assert not {"history", "history-versions", "events", "access-log", "own-access", "board"} & walk.found

    monkeypatch.setattr(access_log, "saw", lambda *args, **kwargs: None)  # the walk would find it
    report = next(address for address in pages(with_id=False) if address.name == "report")
    walk.open(focal_point, report)
    assert len(walk.silent) == 1


def _own(kind: Any, agency: Organization) -> list[Any]:
    """Rows of this organization, so that its own people find something of their own."""
    if kind is Organization:
        return [agency]
    if hasattr(kind, "organization_id"):
        return list(kind.objects.filter(organization=agency)[:2])
    return list(StoredFile.objects.filter(holds_figures=True)) if kind is StoredFile else []
