"""Home, month grid, list and board of requests: at most twelve queries for any capacity, whatever the size.

With the monthly reports as the provider of figures, and with requests in every stage of a round.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import acting
from forms_app.common import figures
from forms_app.data_requests import services
from forms_app.data_requests.models import DataRequest
from forms_app.data_requests.policy import READERS
from forms_app.data_requests.tokens import Choice
from forms_app.monthly_reports import services as reports
from forms_app.monthly_reports.figures import MonthlyFigures
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access.roles import EVERYBODY, ORGANIZATION_POSTS, Capacity
from intranet.clock.models import JobRun
from signatories.models import EntryKind
from tests.personas import PersonaClient, persona_client
from tests.services.postgres import analyze

from .data_requests import world as requests
from .monthly_reports import world as months

pytestmark = pytest.mark.django_db
MOST = 12
Counts = dict[tuple[str, str], int]
ONCE = (Capacity.COORDINATOR, Capacity.HEAD_OF_AGENCY)  # read what a process reads once
NOVEMBER, DECEMBER = date(2025, 11, 1), date(2025, 12, 1)
READ_AT = requests.FIRST_OVER + timedelta(hours=1)  # the first answers are overdue


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> requests.World:
    """Ten signatories that reported two months; whoever provided the figures before does so again."""
    monkeypatch.setattr(figures, "_providers", list(figures._providers))
    requests.adopt_protocol()
    made = requests.build_world(10)
    figures._providers[:] = [MonthlyFigures()]
    for organization in made.organizations:
        for month in (NOVEMBER, DECEMBER):
            months.send(organization, month, received=2, now=requests.at("2026-01-02"))
    with acting(requests.JOB):
        for job in ("run_due", "deliver", "verify_events"):
            JobRun.objects.create(job=job, started_at=requests.ISSUED, ended_at=requests.ISSUED)
    return made


def issue(network: requests.World, month: date) -> DataRequest:
    return requests.issued(network, period_first=month, period_last=month)


def requests_in_every_stage(network: requests.World) -> list[DataRequest]:
    """Consulted, waiting, half answered, in conflict, with the office; then a figure changes and one suspends."""
    now = requests.ISSUED
    requests.consulted(network)
    waiting, half, full = (issue(network, NOVEMBER) for _number in range(3))
    for ask in network.asks(half)[:5]:
        services.answer(ask, Choice.AUTHORIZE, network.of(ask.organization), now)
    split = network.asks(half)[5]
    second = network.of(split.organization, Capacity.SECONDARY_FOCAL_POINT)
    services.answer(split, Choice.AUTHORIZE, network.of(split.organization), now)
    services.answer(split, Choice.REFUSE, second, now)
    requests.everybody_authorizes(network, full, now)
    services.send_to_office(full, network.coordinator, now)
    paper = requests.outside(Choice.AUTHORIZE, now.date())
    services.record_received_outside(network.asks(waiting)[0], paper, network.coordinator, now)
    first, second_one = network.organizations[:2]
    report = MonthlyReport.objects.get(organization=first, month=NOVEMBER)
    reports.correct_report(report, months.counts(3), months.REASON, 1, network.of(first), now)
    months.entry(second_one, EntryKind.SUSPENDED, date(2026, 1, 6))
    return [waiting, full]


def grow(network: requests.World, wanted: int) -> None:
    """Further signatories with two posts and a report of December, which the next requests ask for."""
    anybody = network.of(network.organizations[0])
    for number in range(wanted):
        organization = months.organization(f"Further {number:03}")
        months.post(organization, Capacity.PRIMARY_FOCAL_POINT)
        months.post(organization, Capacity.HEAD_OF_AGENCY)
        by = replace(anybody, organization_id=organization.pk, organization=organization.name_en)
        reports.report_nothing(organization, DECEMBER, by, requests.at("2026-01-02"))


def clients(network: requests.World) -> dict[Capacity, PersonaClient]:
    first = network.organizations[0]
    return {
        capacity: persona_client(capacity, first if capacity in ORGANIZATION_POSTS else None)
        for capacity in Capacity
    }


def counts(who: dict[Capacity, PersonaClient], waiting: DataRequest, full: DataRequest) -> Counts:
    """Queries of each page that the capacity may open."""
    pages = {name: reverse(name) for name in ("home", "due", "board", "reports", "requests", "releases")}
    boards = {
        "board of a request in a round": reverse("request-board", args=[waiting.pk]),
        "board of a request with the office": reverse("request-board", args=[full.pk]),
    }
    found = {}
    for capacity, client in who.items():
        for name, address in (pages | (boards if capacity in READERS else {})).items():
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            assert answer.status_code in (200, 403), (capacity, name)
            if answer.status_code == 200:
                found[str(capacity), name] = len(queries)
    return found


def test_no_page_asks_more_whatever_the_number_of_organizations_and_requests(network: requests.World) -> None:
    waiting, full = requests_in_every_stage(network)
    with time_machine.travel(READ_AT, tick=False):
        who = clients(network)
        counts({capacity: who[capacity] for capacity in ONCE}, waiting, full)
        few = counts(who, waiting, full)
    grow(network, 190)
    analyze()
    wide, _more = issue(network, DECEMBER), issue(network, NOVEMBER)
    assert wide.rounds.get().asks.count() == 200
    with time_machine.travel(READ_AT, tick=False):
        many = counts(who, waiting, full)
        of_wide = counts({Capacity.COORDINATOR: who[Capacity.COORDINATOR]}, wide, full)
    assert {capacity for capacity, _page in few} == {str(c) for c in EVERYBODY}
    assert {key: number for key, number in (few | many | of_wide).items() if number > MOST} == {}
    assert many == few
    assert of_wide == {key: few[key] for key in of_wide}
