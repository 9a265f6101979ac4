"""Training returns: what adds up is recorded, what does not is told with both numbers; rates; whose is whose."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from audit.actors import acting, system_actor
from forms_app.training import chart, selectors, services, sums, workbook
from forms_app.training.models import OBLIGED, Audience, ComplianceReturn, TrainingSession
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.clock import due, now
from intranet.network.models import NetworkSettings
from intranet.workflow.runner import Refused
from signatories.days import network_day
from signatories.models import Organization
from tests.forms_app.monthly_reports import world
from tests.personas import PersonaClient, persona_actor, persona_client

DRC = (114, 230, 139, 74, 98, 20, 0)  # seed 004: 675 trained in the Democratic Republic of the Congo


def parts(*numbers: int) -> dict[str, int | None]:
    return dict(zip(Audience.values, numbers, strict=True))


def figures(required: int = 10, valid: int = 8, expired: int = 1, new: int = 1) -> dict[str, dict[str, int]]:
    row = {"required": required, "valid": valid, "expired": expired, "new": new}
    return {a.value: dict(row) for a in OBLIGED}


def facts(**changes: Any) -> services.Facts:
    base = services.Facts(
        title="Basics",
        topics=("basics",),
        mode="in_person",
        language="Arabic",
        held_on=(now() - timedelta(days=3)).date(),
        organiser="PSEA network",
        trainers=2,
    )
    return replace(base, **changes)


@pytest.fixture
def agency(db: None) -> Organization:
    return world.organization("Agency", date(2024, 1, 1))


@pytest.fixture
def focal(agency: Organization) -> PersonaClient:
    return persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)


# Sums


def test_the_field_reports_own_sum_stands() -> None:
    assert sums.attendance_fault(parts(*DRC), 675) == ""


def test_22_against_21_is_told() -> None:
    said = sums.attendance_fault(parts(13, 8, 0, 0, 0, 0, 0), 22)
    assert said == "The categories add to 21, the total says 22. Correct one of them."


@given(st.lists(st.integers(0, 999), min_size=7, max_size=7), st.integers(0, 7000))
def test_only_the_sum_of_the_parts_stands(numbers: list[int], total: int) -> None:
    stands = sums.attendance_fault(parts(*numbers), total) == ""
    assert stands == (sum(numbers) == total and total > 0)


def test_blank_is_never_zero() -> None:
    assert "nobody is 0" in sums.attendance_fault(parts(5, 0, 0, 0, 0, 0, 0) | {"network": None}, 5)
    assert "how many people attended" in sums.attendance_fault(parts(*DRC), None)


def test_the_rate_is_people_and_not_organizations() -> None:
    small, large = sums.Rate(1, 2), sums.Rate(98, 198)
    assert sums.rate(figures()).percent == 80.0
    assert sums.together([small, large]) == sums.Rate(99, 200)
    assert sums.together([small, large]).percent == 49.5
    assert sums.together([]).percent is None


# Sessions through the door


def typed(total: str = "675", **changes: str) -> dict[str, Any]:
    day = (now() - timedelta(days=3)).date()
    data: dict[str, Any] = {
        "title": "Basics for everybody",
        "topics": ["basics", "reporting"],
        "mode": "in_person",
        "language": "Arabic",
        "held_on": f"{day.day}/{day.month}/{day.year}",
        "governorate": "Ninewa",
        "organiser": "PSEA network",
        "trainers": "٢",
        "total": total,
    }
    data |= {f"a_{name}": str(value) for name, value in parts(*DRC).items()}
    return data | changes


def test_a_session_is_recorded_and_counts(focal: PersonaClient, agency: Organization) -> None:
    assert focal.post(reverse("training-session"), typed()).status_code == 302
    row = TrainingSession.objects.get()
    assert (row.attended, row.trainers, row.topics) == (675, 2, ["basics", "reporting"])
    assert "675" in focal.get("/en/training/").content.decode()
    assert "675" not in str([vars(h) for h in row.history.all()]), "no figure in the history (D13)"


def test_a_wrong_sum_is_told_at_its_place_and_nothing_is_recorded(focal: PersonaClient) -> None:
    html = focal.post(reverse("training-session"), typed("676")).content.decode()
    assert "The categories add to 675, the total says 676." in html
    assert 'value="Basics for everybody"' in html
    assert TrainingSession.objects.count() == 0


def test_every_category_asks_for_a_number_and_an_empty_one_is_told_at_its_place(focal: PersonaClient) -> None:
    path = reverse("training-session")
    shown = focal.get(path).content.decode()
    assert "(optional)" not in shown[shown.index("How many people attended") :]
    html = focal.post(path, typed(a_network="")).content.decode()
    assert "Members of the network: write a number. If there were none, write 0." in html
    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": now().date() + timedelta(days=2)}, "lies ahead"),
        ({}, "stands there already"),
    ],
)
def test_what_the_service_refuses(agency: Organization, changes: dict[str, Any], said: str) -> None:
    actor = persona_actor(Capacity.PRIMARY_FOCAL_POINT, agency)
    services.record_session(agency, facts(), services.Attended(parts(*DRC), 675), actor, now())
    with pytest.raises(Refused, match=said):
        services.record_session(agency, facts(**changes), services.Attended(parts(*DRC), 675), actor, now())
    wrong = services.Attended(parts(*DRC), 674)
    with pytest.raises(Refused, match="add to 675"):
        services.record_session(agency, facts(title="Other"), wrong, actor, now())
    assert TrainingSession.objects.count() == 1


@pytest.mark.rule("D10")
def test_another_organizations_training_does_not_exist(focal: PersonaClient, agency: Organization) -> None:
    focal.post(reverse("training-session"), typed())
    row = TrainingSession.objects.get()
    other = persona_client(Capacity.PRIMARY_FOCAL_POINT, world.organization("Other", date(2024, 1, 1)))
    strike = reverse("training-strike", args=[row.pk])
    assert other.get(strike).status_code == 404
    assert other.post(strike, {"reason": "x"}).status_code == 404
    assert "Basics for everybody" not in other.get("/en/training/").content.decode()
    assert other.get(reverse("history", args=["trainingsession", row.pk])).status_code == 404
    for capacity in Capacity:
        if capacity not in ORGANIZATION_POSTS:
            with pytest.raises(Refused):
                services.strike_session(row, "no", persona_actor(capacity, agency), now())
    row.refresh_from_db()
    assert row.state == "recorded"
    assert focal.post(strike, {"reason": "held twice"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "struck"


# The workbook


def book(
    *rows: list[Any], heads: tuple[str, ...] = workbook.HEADS, sheet: str = workbook.SHEET
) -> SimpleUploadedFile:
    made = Workbook()
    page = made.active
    page.title = sheet
    page.append(list(heads))
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("sessions.xlsx", out.getvalue())


def line(title: str = "Basics", total: Any = 675, numbers: tuple[Any, ...] = DRC) -> list[Any]:
    held = (now() - timedelta(days=4)).date()
    fixed = [title, "basics, risk", "online", "Arabic", held, "Erbil", "Network", 2, "yes", ""]
    return [*fixed, *numbers, total]


def test_a_file_with_a_wrong_sum_is_told_what_does_not_add_up(focal: PersonaClient) -> None:
    wrong = line("Year in review", 22, (13, 8, 0, 0, 0, 0, 0))
    answer = focal.post(reverse("training-upload"), {"workbook": book(line(), wrong)})
    assert answer.status_code == 422
    assert "Row 3: The categories add to 21, the total says 22." in answer.content.decode()
    assert TrainingSession.objects.count() == 0, "not even the row that stands"


def test_a_file_that_adds_up_is_recorded_once(focal: PersonaClient) -> None:
    path = reverse("training-upload")
    assert (
        focal.post(path, {"workbook": book(line(), line("Second", "٢١", (13, 8, 0, 0, 0, 0, 0)))}).status_code
        == 302
    )
    assert sorted(row.attended for row in TrainingSession.objects.all()) == [21, 675]
    again = focal.post(path, {"workbook": book(line("Third"), line())})
    assert "Row 3: A session of this title, day and place stands there already." in again.content.decode()
    assert TrainingSession.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Topics", "gossip", "Topics: write one or more of"),
        ("Mode", "by pigeon", "Mode: write one of"),
        ("Held on", "some day", "Held on: write the day"),
        ("Trainers", 0, "Trainers: write how many"),
        ("TOT", "perhaps", "TOT: write yes or no"),
        ("personnel", None, "Own personnel: write a number; nobody is 0."),
        ("personnel", "=1+1", "Own personnel: write a number; nobody is 0."),
        ("personnel", -3, "Own personnel: write a number; nobody is 0."),
        ("Total", "", "Total: write how many people attended."),
        ("Title", "", "Title: write it"),
        ("Governorate", "x" * 61, "Governorate: write it in at most 60 letters."),
        ("Material", "ask Ahmed", "Material: write an address"),
        ("Material", "javascript:alert(1)", "Material: write an address"),
    ],
)
def test_each_cell_says_its_own_fault(column: str, value: Any, said: str) -> None:
    row = line()
    row[workbook.HEADS.index(column)] = value
    file = book(row)
    assert any(said in fault for fault in workbook.read(file.name or "", file.read()).faults)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: book(line(), sheet="Other"), "the sheet “Sessions” is missing"),
        (lambda: book(line()[:-1], heads=workbook.HEADS[:-1]), "the column Total is missing"),
        (lambda: book(), "there is no session in it"),
        (lambda: SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nothing"), "damaged"),
        (lambda: SimpleUploadedFile("a.csv", b"a,b"), "it is a text file"),
    ],
)
def test_a_file_that_is_none_of_ours_is_told(focal: PersonaClient, file: Any, said: str) -> None:
    answer = focal.post(reverse("training-upload"), {"workbook": file()})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_template_is_what_the_reader_reads(focal: PersonaClient) -> None:
    answer = focal.get(reverse("training-template"))
    page = load_workbook(io.BytesIO(answer.content))[workbook.SHEET]
    assert [cell.value for cell in page[1]] == list(workbook.HEADS)


# Returns and rates


def test_the_return_of_the_year_before_is_one_click_away_all_year(focal: PersonaClient) -> None:
    shown = focal.get("/en/training/").content.decode()
    for year in (now().year, now().year - 1):
        assert f'href="{reverse("training-return", args=[year])}"' in shown


def test_the_chart_says_what_the_table_says() -> None:
    drawn = chart.bars([("Beta", 100.0), ("Alpha", 82.6)])
    assert [(bar.name, bar.percent, bar.length) for bar in drawn] == [
        ("Beta", "100.0 %", "100.0"),
        ("Alpha", "82.6 %", "82.6"),
    ]


def test_the_network_page_says_the_number_of_returns_that_is_set(agency: Organization) -> None:
    with acting(system_actor("test")):
        NetworkSettings.objects.create(at=now(), by="test", reason="test", minimum_contributors=5)
    shown = persona_client(Capacity.COORDINATOR).get("/en/training/").content.decode()
    assert "needs at least 5 returns" in shown


def form_of(values: dict[str, dict[str, int]], as_of: date) -> dict[str, str]:
    data = {f"{a}_{name}": str(n) for a, row in values.items() for name, n in row.items()}
    return data | {"as_of": f"{as_of.day}/{as_of.month}/{as_of.year}"}


def test_a_return_is_sent_and_a_further_one_counts_instead(
    focal: PersonaClient, agency: Organization
) -> None:
    today = network_day(now())
    path = reverse("training-return", args=[today.year])
    assert focal.get(path).status_code == 200
    assert focal.post(path, form_of(figures(), today)).status_code == 302
    assert focal.post(path, form_of(figures(valid=9, expired=0), today)).status_code == 302
    assert [row.number for row in ComplianceReturn.objects.order_by("number")] == [1, 2]
    [own] = [r for r in selectors.standing(today.year, today).rows if r.organization.pk == agency.pk]
    assert own.rate == sums.Rate(54, 60)
    assert "90.0 %" in focal.get("/en/training/").content.decode()


def test_parts_that_are_more_than_the_head_count_are_told(focal: PersonaClient) -> None:
    today = network_day(now())
    wrong = figures() | {"government": {"required": 5, "valid": 4, "expired": 2, "new": 0}}
    html = focal.post(reverse("training-return", args=[today.year]), form_of(wrong, today)).content.decode()
    assert "Government: valid, expired and new add to 6, the head-count is 5." in html
    blank = form_of(figures(), today) | {"network_valid": ""}
    assert (
        "If there were none, write 0."
        in focal.post(reverse("training-return", args=[today.year]), blank).content.decode()
    )
    assert ComplianceReturn.objects.count() == 0


def test_a_return_of_another_year_or_of_tomorrow_is_refused(agency: Organization) -> None:
    actor, today = persona_actor(Capacity.HEAD_OF_AGENCY, agency), network_day(now())
    for year, as_of in ((today.year, today + timedelta(days=1)), (today.year - 1, today)):
        with pytest.raises(Refused):
            services.send_return(agency, year, as_of, figures(), actor, now())
    assert ComplianceReturn.objects.count() == 0


def test_the_network_is_counted_from_three_returns_on(agency: Organization) -> None:
    today = network_day(now())
    coordinator = persona_client(Capacity.COORDINATOR)
    others = [world.organization(f"Other {n}", date(2024, 1, 1)) for n in range(2)]
    for number, organization in enumerate([agency, *others]):
        assert selectors.standing(today.year, today).whole is None
        actor = persona_actor(Capacity.PRIMARY_FOCAL_POINT, organization)
        services.send_return(organization, today.year, today, figures(valid=8 - number), actor, now())
    assert selectors.standing(today.year, today).whole == sums.Rate(6 * 21, 180)
    html = coordinator.get("/en/training/").content.decode()
    assert html.count("<rect") == 3
    for shown in ("80.0 %", "70.0 %", "60.0 %"):
        assert html.count(shown) == 2 + (shown == "70.0 %"), "in the chart and in the table"


def test_regularity_is_derived_from_the_newest_session(focal: PersonaClient, agency: Organization) -> None:
    actor, at = focal.actor, now()
    old = services.record_session(
        agency, facts(held_on=at.date() - timedelta(days=500)), services.Attended(parts(*DRC), 675), actor, at
    )
    assert any("No training session" in str(row.what) for row in due.due_rows(focal.actor, at))
    services.record_session(agency, facts(title="New"), services.Attended(parts(*DRC), 675), actor, at)
    assert not any("No training session" in str(row.what) for row in due.due_rows(focal.actor, at))
    assert "regular" in focal.get("/en/training/").content.decode()
    assert old.pk


def test_pages_ask_few_queries_whatever_the_network(focal: PersonaClient, agency: Organization) -> None:
    coordinator, today = persona_client(Capacity.COORDINATOR), network_day(now())

    def count(client: PersonaClient) -> int:
        client.get("/en/training/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/training/").status_code == 200
        return len(captured)

    few = (count(focal), count(coordinator))
    for number in range(12):
        organization = world.organization(f"Further {number}", date(2024, 1, 1))
        actor = persona_actor(Capacity.PRIMARY_FOCAL_POINT, organization)
        services.send_return(organization, today.year, today, figures(), actor, now())
        services.record_session(organization, facts(), services.Attended(parts(*DRC), 675), actor, now())
    assert max(few) <= 12
    assert (count(focal), count(coordinator)) == few


@pytest.mark.parametrize("year", ["9" * 5000, "²", "-1", "soon"])
def test_a_year_that_is_none_shows_the_running_one(focal: PersonaClient, year: str) -> None:
    answer = focal.get(reverse("training"), {"year": year})
    assert answer.context["year"] == network_day(now()).year
