"""Home's rows, the reminders, and the figures that other slices ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from audit.actors import acting, system_actor
from forms_app.common import figures
from forms_app.common.figures import Period
from forms_app.monthly_reports import jobs, selectors, services
from forms_app.monthly_reports.deadlines import Cell, Word
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access.roles import Capacity
from intranet.clock import due
from intranet.clock import services as calendar
from intranet.clock.due import Standing
from intranet.clock.models import NonWorkingDay
from intranet.clock.services import DayFacts
from intranet.network import services as network
from intranet.notices.models import Notice
from signatories.models import EntryKind, Organization

from . import world
from .world import DECEMBER, JANUARY, NOW, SYSTEM, focal_point


def at(month: int, day: int, hour: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def rows(actor: Any, now: datetime = NOW) -> list[due.DueRow]:
    return [row for row in due.due_rows(actor, now) if row.why == "§6.1"]


@pytest.mark.rule("§6.1")
def test_home_asks_a_focal_point_for_each_month_that_is_out(agency: Organization) -> None:
    for back in range(2, 7):
        world.send(agency, date(2026 - (back > 1), (13 - back) if back > 1 else 1, 1))
    found = rows(focal_point(agency))
    assert [(row.last_day, row.standing, str(row.state)) for row in found] == [
        (date(2026, 1, 7), Standing.LATE, "Missing"),
        (date(2026, 2, 5), Standing.SOON, "Not sent"),
    ]
    assert found[1].url == "/en/reports/2026-01/"
    assert found[1].more[0][1] == "/en/reports/2026-01/nothing/"


@pytest.mark.rule("trap 4")
def test_who_sent_in_time_stays_in_time_whatever_is_entered_later(agency: Organization) -> None:
    """A day off announced on the due day, and another due day set next month."""
    world.send(agency, JANUARY, now=at(2, 5))
    assert selectors.own_month(agency, JANUARY, at(2, 5)).cell == Cell(Word.SENT)
    calendar.add_day(DayFacts(date(2026, 2, 5), "Announced this morning"), SYSTEM, at(2, 5, 4))
    found = selectors.own_month(agency, JANUARY, at(2, 8))
    assert (found.due, found.cell) == (date(2026, 2, 5), Cell(Word.SENT))
    network.change_settings({"report_due_day": 3}, SYSTEM, at(3, 1), "Earlier from now on.", None)
    found = selectors.own_month(agency, JANUARY, at(3, 2))
    assert (found.due, found.cell) == (date(2026, 2, 5), Cell(Word.SENT))
    assert selectors.own_month(agency, date(2026, 2, 1), at(3, 2)).due == date(2026, 3, 3)


@pytest.mark.rule("D37")
def test_a_day_off_entered_in_time_moves_the_due_day_to_the_day_before(agency: Organization) -> None:
    calendar.add_day(DayFacts(date(2026, 2, 5), "Announced early"), SYSTEM, at(2, 1))
    assert selectors.own_month(agency, JANUARY, at(2, 2)).due == date(2026, 2, 4)
    day = NonWorkingDay.objects.get(on=date(2026, 2, 5))
    renamed = DayFacts(day.on, "The same day, spelled better")
    calendar.change_day(day, renamed, SYSTEM, at(3, 1), "Spelling")
    assert selectors.own_month(agency, JANUARY, at(3, 2)).due == date(2026, 2, 4)


@pytest.mark.rule("D37")
def test_three_days_before_are_counted_in_the_network_s_zone(agency: Organization) -> None:
    midnight = datetime(2026, 2, 1, 21, 30, tzinfo=UTC)  # 00:30 on 2 February in Baghdad; due on the 5th
    assert [r.standing for r in rows(focal_point(agency), midnight) if r.last_day == date(2026, 2, 5)] == [
        Standing.SOON
    ]


def test_home_asks_nothing_of_a_suspended_organization_and_of_readers(agency: Organization) -> None:
    assert rows(world.actor(Capacity.HEAD_OF_AGENCY, agency)) == []
    assert rows(world.actor(Capacity.MEMBER, agency)) == []
    assert rows(system_actor("run_due")) == []
    world.entry(agency, EntryKind.SUSPENDED, date(2025, 2, 1))
    assert rows(focal_point(agency)) == []


@pytest.mark.rule("§4.f")
def test_a_month_from_before_the_suspension_is_not_chased_either(agency: Organization) -> None:
    world.post(agency, Capacity.PRIMARY_FOCAL_POINT)
    world.entry(agency, EntryKind.SUSPENDED, date(2026, 2, 7))
    assert rows(focal_point(agency), at(2, 9)) == []
    assert list(jobs.remind(at(2, 9), dry_run=False)) == []
    assert Notice.objects.count() == 0


@pytest.mark.rule("§6.1")
def test_home_tells_the_coordinator_how_many_are_in(agency: Organization) -> None:
    other = world.organization("Other")
    suspended = world.organization("Suspended")
    world.entry(suspended, EntryKind.SUSPENDED, date(2026, 1, 3))
    (row,) = rows(world.coordinator())
    assert (str(row.state), row.standing, row.url) == ("0 of 2 in", Standing.OPEN, "/en/board/2026-01/")
    world.send(agency)
    (row,) = rows(world.coordinator(), at(2, 6))
    assert (str(row.state), row.standing) == ("1 of 2 in", Standing.LATE)
    services.report_nothing(other, JANUARY, focal_point(other), NOW)
    (row,) = rows(world.coordinator(), at(2, 6))
    assert (str(row.state), row.standing) == ("2 of 2 in", Standing.DONE)


def run(now: datetime, dry_run: bool = False) -> list[str]:
    return list(jobs.remind(now, dry_run))


@pytest.mark.rule("§6.1")
def test_reminders_go_out_on_their_days_once_each(agency: Organization) -> None:
    first = world.post(agency, Capacity.PRIMARY_FOCAL_POINT)
    second = world.post(agency, Capacity.SECONDARY_FOCAL_POINT)
    head = world.post(agency, Capacity.HEAD_OF_AGENCY)
    world.send(agency, DECEMBER)
    assert run(at(1, 31)) == []
    expected = [
        ((2, 1), "T-5", [first.email, second.email], "is due on Thursday 5 February 2026"),
        ((2, 5), "T", [first.email, second.email], "is due today"),
        ((2, 8), "T+3", [first.email, second.email], "was due on Thursday 5 February 2026"),
        ((2, 12), "T+7", [first.email, second.email], "was due on Thursday 5 February 2026"),
        ((2, 15), "T+10", [head.email], "has not come"),
    ]
    for (month, day), step, to, words in expected:
        before = Notice.objects.count()
        assert run(at(month, day), dry_run=True) == [f"2026-01, reminder {step}: 1 organizations reminded."]
        assert Notice.objects.count() == before
        assert run(at(month, day)) == [f"2026-01, reminder {step}: 1 organizations reminded."]
        assert run(at(month, day)) == []
        notice = Notice.objects.order_by("-written_at")[0]
        assert notice.to == to
        assert words in notice.text
        assert notice.organization_id == agency.pk
        line, empty, link = notice.text.strip().splitlines()
        assert (line[-1], empty, link.partition("/en/reports/")[1]) == (".", "", "/en/reports/")
        assert "Agency" not in notice.text + notice.subject
    assert Notice.objects.count() == 5
    assert MonthlyReport.objects.count() == 1


@pytest.mark.rule("D4")
def test_each_is_reminded_and_told_in_their_own_language_once(agency: Organization) -> None:
    first = world.post(agency, Capacity.PRIMARY_FOCAL_POINT)
    second = world.post(agency, Capacity.SECONDARY_FOCAL_POINT)
    with acting(SYSTEM):
        second.language = "ar"
        second.save()
    world.send(agency, DECEMBER)
    assert run(at(2, 1)) != []
    assert run(at(2, 1, 9)) == []
    found = {n.language: n for n in Notice.objects.filter(kind="monthly_reports.reminder")}
    assert {code: n.to for code, n in found.items()} == {"en": [first.email], "ar": [second.email]}
    assert "/ar/reports/2026-01/" in found["ar"].text
    assert "is due" not in found["ar"].text


def test_after_an_outage_one_mail_goes_out_not_four(agency: Organization) -> None:
    world.post(agency, Capacity.PRIMARY_FOCAL_POINT)
    world.send(agency, DECEMBER)
    assert run(at(2, 13)) == ["2026-01, reminder T+7: 1 organizations reminded."]
    assert Notice.objects.count() == 1


def test_who_has_reported_or_never_signed_is_not_reminded(agency: Organization) -> None:
    world.organization("Never", signed=None)
    world.post(agency, Capacity.PRIMARY_FOCAL_POINT)
    world.send(agency, DECEMBER)
    world.send(agency, JANUARY)
    assert run(at(2, 13)) == []


def test_a_vacancy_is_said_and_stops_nothing(agency: Organization) -> None:
    other = world.organization("Other")
    world.post(other, Capacity.SECONDARY_FOCAL_POINT)
    world.send(agency, DECEMBER)
    world.send(other, DECEMBER)
    assert run(at(2, 5), dry_run=True) == [
        "2026-01, reminder T: 1 organizations reminded.",
        "2026-01, reminder T: 1 organizations have nobody to remind.",
    ]


@pytest.mark.rule("D25")
def test_without_a_confirmed_calendar_no_day_is_guessed(db: None) -> None:
    organization = world.organization("Agency")
    world.post(organization, Capacity.PRIMARY_FOCAL_POINT)
    assert run(at(3, 1)) == []
    assert {row.last_day for row in rows(focal_point(organization))} == {None}


PERIOD = Period(DECEMBER, JANUARY)


@pytest.mark.rule("D22")
def test_the_provider_gives_the_newest_version_of_the_named_organizations(agency: Organization) -> None:
    second, third, silent = (world.organization(name) for name in ("Second", "Third", "Silent"))
    suspended = world.organization("Suspended")
    world.entry(suspended, EntryKind.SUSPENDED, date(2025, 11, 1))
    world.organization("Unsigned", signed=None)
    wrong = world.send(agency, received=2)
    world.send(agency, DECEMBER, received=1)
    world.send(second, received=5)
    services.report_nothing(third, JANUARY, focal_point(third), NOW)
    provider = figures.provider()
    everyone = provider.contributors(PERIOD)
    assert everyone == sorted([agency.pk, second.pk, third.pk])
    before = provider.data_set(PERIOD, everyone, ["nature", "personnel"])
    assert [table.total for table in before.tables] == [8, 8]
    first = before.tables[0].cells[0]
    assert (first.code, first.value, first.contributors) == ("sexual_exploitation", 8, 2)
    services.correct_report(wrong, world.counts(4), world.REASON, 1, focal_point(agency), NOW)
    after = provider.data_set(PERIOD, everyone, ["nature", "personnel"])
    assert [table.total for table in after.tables] == [10, 10]
    assert after.sha256 != before.sha256
    without = provider.data_set(PERIOD, [agency.pk, third.pk], ["nature"])
    assert without.tables[0].total == 5
    counted = provider.completeness(PERIOD, [agency.pk, third.pk])
    assert (counted.included, counted.signatories, counted.missing, counted.suspended) == (2, 5, 1, 1)
    assert silent.pk not in everyone


@pytest.mark.rule("D22")
def test_whoever_is_in_the_release_is_one_of_its_signatories(agency: Organization) -> None:
    """A withdrawal recorded after the report, from a day before the month's end, and an endorsement since."""
    returned = world.organization("Returned")
    for of in (agency, returned):
        world.send(of, JANUARY, received=2)
    world.entry(returned, EntryKind.WITHDRAWN, date(2025, 12, 20))
    world.entry(returned, EntryKind.ENDORSED, date(2026, 2, 10))
    period = Period(JANUARY, JANUARY)
    counted = figures.provider().completeness(period, [agency.pk, returned.pk], date(2026, 2, 15))
    assert (counted.included, counted.signatories) == (2, 2)


def test_the_provider_asks_few_questions(agency: Organization, django_assert_num_queries: Any) -> None:
    for number in range(8):
        world.send(world.organization(f"Agency {number}"), received=1)
    provider = figures.provider()
    with django_assert_num_queries(1):
        everyone = provider.contributors(PERIOD)
    with django_assert_num_queries(1):
        assert provider.data_set(PERIOD, everyone, ["nature"]).tables[0].total == 8
    with django_assert_num_queries(2):
        provider.completeness(PERIOD, everyone)
    two = [PERIOD, Period(JANUARY, JANUARY)]
    with django_assert_num_queries(1):
        read = provider.reading(two)
        assert [read.contributors(period) for period in two] == [everyone, everyone]
        several = [read.data_set(period, everyone[:3], ["nature"]) for period in two]
    assert several == [provider.data_set(period, everyone[:3], ["nature"]) for period in two]
    assert [data.tables[0].total for data in several] == [3, 3]
    assert list(provider.table_labels()) == ["nature", "personnel"]
    assert len(provider.row_labels("personnel")) == 7
    with pytest.raises(KeyError):
        provider.row_labels("governorate")
