"""The acts through the runner: who may, what is stored, and that a refusal changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from audit.actors import system_actor
from audit.history import WrittenOnce
from audit.models import Event
from forms_app.monthly_reports import selectors, services
from forms_app.monthly_reports.models import (
    IntakeVersion,
    InterAgencyIntake,
    MonthlyReport,
    ReportVersion,
)
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories.models import EntryKind, Organization

from . import world
from .world import JANUARY, NOW, REASON, counts, focal_point

KEPT = (MonthlyReport, ReportVersion, InterAgencyIntake, IntakeVersion, Notice)


def rows() -> dict[str, int]:
    tables = [*KEPT, MonthlyReport.history.model, ReportVersion.history.model]
    return {model.__name__: model._default_manager.count() for model in tables}


def refused(act: Callable[[], Any], code: str) -> Refused:
    """The act is refused with ``code``; no row changed; one event says so."""
    before, events = rows(), Event.objects.filter(outcome="refused").count()
    with pytest.raises(Refused) as caught:
        act()
    assert rows() == before
    assert Event.objects.filter(outcome="refused").count() == events + 1
    assert caught.value.code == code
    return caught.value


@pytest.mark.rule("§6.1")
def test_a_month_is_sent_with_its_first_version(agency: Organization) -> None:
    outcome = services.report_figures(
        agency, JANUARY, counts(3, already_sent=1), focal_point(agency, "Huda (invented)"), NOW
    )
    stored = MonthlyReport.objects.get()
    version = stored.versions.get()
    assert (stored.state, stored.organization, stored.month) == ("sent", agency, JANUARY)
    assert (version.number, version.declaration, version.signed_by) == (1, "figures", "Huda (invented)")
    assert version.payload["nature"]["sexual_exploitation"] == 3
    assert "January 2026" in version.statement
    assert outcome.event is not None
    assert outcome.event.clause == "§6.1"


@pytest.mark.rule("§6.1")
def test_nothing_to_report_is_a_signed_statement_without_numbers(agency: Organization) -> None:
    services.report_nothing(agency, JANUARY, focal_point(agency), NOW)
    version = ReportVersion.objects.get()
    assert version.report.state == "nothing_to_report"
    assert version.payload == {}
    assert "received no report" in version.statement


@pytest.mark.rule("§6.1")
@pytest.mark.parametrize("capacity", sorted(set(Capacity) - {"primary_focal_point", "secondary_focal_point"}))
def test_only_a_focal_point_reports(agency: Organization, capacity: str) -> None:
    actor = world.actor(capacity, agency)
    refusal = refused(lambda: services.report_nothing(agency, JANUARY, actor, NOW), "policy")
    assert refusal.rule == "§6.1"


def test_nobody_reports_for_another_organization(agency: Organization) -> None:
    other = focal_point(world.organization("Other"))
    refusal = refused(lambda: services.report_figures(agency, JANUARY, counts(1), other, NOW), "policy")
    assert agency.name_en not in refusal.reason


@pytest.mark.rule("D26")
def test_a_job_never_reports(agency: Organization) -> None:
    refused(lambda: services.report_nothing(agency, JANUARY, system_actor("run_due"), NOW), "policy")


@pytest.mark.rule("§6.1")
def test_only_signatories_of_that_month_report(agency: Organization) -> None:
    late = world.organization("Late", signed=date(2026, 2, 1))
    never = world.organization("Never", signed=None)
    gone = world.organization("Gone")
    world.entry(gone, EntryKind.WITHDRAWN, date(2026, 1, 15))
    for who in (late, never, gone):
        refused(lambda who=who: services.report_nothing(who, JANUARY, focal_point(who), NOW), "guard")
    just = world.organization("Just", signed=date(2026, 1, 31))
    assert services.report_nothing(just, JANUARY, focal_point(just), NOW).obj.state == "nothing_to_report"


@pytest.mark.rule("§4.f")
def test_who_suspended_sharing_sends_nothing_until_it_resumes(agency: Organization) -> None:
    world.entry(agency, EntryKind.SUSPENDED, date(2026, 2, 2))
    refusal = refused(lambda: services.report_nothing(agency, JANUARY, focal_point(agency), NOW), "guard")
    assert refusal.rule == "§4.f"
    world.entry(agency, EntryKind.RESUMED, date(2026, 2, 3))
    assert services.report_nothing(agency, JANUARY, focal_point(agency), NOW).obj.state


def test_a_month_that_is_not_over_cannot_be_sent(agency: Organization) -> None:
    evening = datetime(2026, 1, 31, 20, 59, tzinfo=UTC)  # 23:59 in Baghdad
    refusal = refused(lambda: services.report_nothing(agency, JANUARY, focal_point(agency), evening), "guard")
    assert "1 February 2026" in refusal.reason
    midnight = datetime(2026, 1, 31, 21, 0, tzinfo=UTC)
    assert services.report_nothing(agency, JANUARY, focal_point(agency), midnight).obj.state


@pytest.mark.rule("D37")
@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"received": 1},
        {**counts(1), "nature__other": 1},
        {**counts(0), "nature__other": 0},
        {**counts(0), "name": 3},
        {**counts(1), "nature__other": -1, "nature__sexual_exploitation": 2},
        {**counts(1), "assistance__pending": 1.0},
        {**counts(1), "assistance__pending": True},
        {**counts(0), "assistance__pending": 10_000},
        {k: v for k, v in counts(2).items() if k != "investigation__new"},
    ],
)
def test_no_caller_stores_counts_that_do_not_hold(agency: Organization, bad: dict[str, Any]) -> None:
    refused(lambda: services.report_figures(agency, JANUARY, bad, focal_point(agency), NOW), "guard")


@pytest.mark.rule("§6.1")
def test_a_correction_is_a_new_version_with_a_reason(agency: Organization) -> None:
    report = world.send(agency, received=2)
    later = datetime(2026, 2, 10, 7, tzinfo=UTC)
    services.correct_report(report, counts(3), REASON, 1, focal_point(agency, "Second (invented)"), later)
    newest, first = selectors.versions_of(report)
    report.refresh_from_db()
    assert report.state == "corrected"
    assert (newest.number, newest.reason, newest.signed_by) == (2, REASON, "Second (invented)")
    assert selectors.counts_of(first)["received"] == 2
    assert selectors.counts_of(newest)["received"] == 3
    services.correct_report(report, None, REASON, 2, focal_point(agency), later)
    assert selectors.versions_of(report)[0].is_nothing


@pytest.mark.rule("§6.1")
@pytest.mark.parametrize(("reason", "code"), [("", "note"), ("  ", "note"), ("Ms A. phoned", "guard")])
def test_a_correction_without_a_coded_reason_is_refused(agency: Organization, reason: str, code: str) -> None:
    report = world.send(agency, received=2)
    refused(lambda: services.correct_report(report, counts(3), reason, 1, focal_point(agency), NOW), code)


def test_a_correction_by_another_organization_is_refused(agency: Organization) -> None:
    report = world.send(agency, received=2)
    other = focal_point(world.organization("Other"))
    refused(lambda: services.correct_report(report, counts(3), REASON, 1, other, NOW), "policy")


def test_who_corrects_an_older_version_is_told_who_was_first(agency: Organization) -> None:
    report = world.send(agency, received=2)
    services.correct_report(report, counts(3), REASON, 1, focal_point(agency, "Quick (invented)"), NOW)
    refusal = refused(
        lambda: services.correct_report(report, counts(4), REASON, 1, focal_point(agency), NOW), "guard"
    )
    assert "Quick (invented)" in refusal.reason
    assert "version 2" in refusal.reason


def test_the_second_of_two_is_told_who_was_first(agency: Organization) -> None:
    services.report_figures(agency, JANUARY, counts(1), focal_point(agency, "First (invented)"), NOW)
    refusal = refused(
        lambda: services.report_nothing(agency, JANUARY, focal_point(agency, "Second (invented)"), NOW),
        "state",
    )
    assert "First (invented)" in refusal.reason


def test_a_double_submit_makes_one_record(agency: Organization) -> None:
    key, actor = uuid4(), focal_point(agency)
    first = services.report_figures(agency, JANUARY, counts(1), actor, NOW, key)
    before = rows()
    again = services.report_figures(agency, JANUARY, counts(1), actor, NOW, key)
    assert rows() == before
    assert again.repeated
    assert again.obj == first.obj


@pytest.mark.rule("D13")
def test_figures_are_nowhere_but_in_the_payload(agency: Organization) -> None:
    report = world.send(agency, received=7777)
    services.correct_report(report, counts(8888), REASON, 1, focal_point(agency), NOW)
    services.note_view(selectors.versions_of(report)[0], focal_point(agency), NOW)
    alone = "(^|[^0-9a-f.-])(7777|8888)($|[^0-9a-f-])"  # the figure itself, not digits of an id or a time
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ %s', [alone])
            held = cursor.fetchone()[0]
            assert held == (2 if table == "monthly_reports_reportversion" else 0), table
    assert "payload" not in [field.name for field in ReportVersion.history.model._meta.get_fields()]


@pytest.mark.rule("D13")
def test_versions_are_written_once(agency: Organization) -> None:
    version = selectors.versions_of(world.send(agency, received=1))[0]
    version.payload = {"received": 0}
    with pytest.raises(WrittenOnce):
        version.save()
    with pytest.raises(WrittenOnce):
        version.delete()
    assert selectors.counts_of(ReportVersion.objects.get())["received"] == 1


@pytest.mark.rule("§6.1")
def test_coordinator_and_office_are_told_without_names_or_figures(agency: Organization) -> None:
    coordination = world.organization("Coordination", signed=None, kind="coordination")
    office = world.organization("Office", signed=None, kind="office")
    one = world.post(coordination, Capacity.COORDINATOR)
    two = world.post(office, Capacity.OFFICE)
    world.send(agency, received=4321)
    written = list(Notice.objects.order_by("to"))
    assert sorted(n.to[0] for n in written) == sorted([one.email, two.email])
    for notice in written:
        assert notice.rule == "§6.1"
        assert "/board/2026-01/" in notice.text
        for secret in ("4321", "Agency"):
            assert secret not in notice.text + notice.subject


@pytest.mark.rule("D35")
def test_the_coordinator_keeps_the_row_of_the_shared_channel(agency: Organization) -> None:
    world.send(agency, received=4, already_sent=2)
    actor = world.coordinator()
    services.record_intake(JANUARY, world.intake_counts(5), actor, NOW)
    totals = selectors.month_totals(JANUARY)
    assert (totals.received, totals.already_sent, totals.channel_only, totals.network) == (4, 2, 3, 7)
    services.record_intake(JANUARY, world.intake_counts(6), actor, NOW, reason=REASON, based_on=1)
    assert selectors.month_totals(JANUARY).channel_only == 4
    assert [v.number for v in selectors.intake_versions(JANUARY)] == [2, 1]
    refused(lambda: services.record_intake(JANUARY, world.intake_counts(9), actor, NOW), "state")


@pytest.mark.rule("D35")
def test_nobody_else_keeps_it(agency: Organization) -> None:
    office = world.actor(Capacity.OFFICE)
    for actor in (focal_point(agency), office, system_actor("run_due")):
        refused(
            lambda actor=actor: services.record_intake(JANUARY, world.intake_counts(1), actor, NOW), "policy"
        )


@pytest.mark.django_db(transaction=True)
def test_both_focal_points_at_once_one_wins() -> None:
    world.confirmed_calendar()
    agency = world.organization("Race")
    start = threading.Barrier(2)
    results: list[str] = []

    def act(label: str) -> None:
        start.wait()
        try:
            services.report_figures(agency, JANUARY, counts(1), focal_point(agency, label), NOW)
            results.append(f"won {label}")
        except Refused as refusal:
            results.append(refusal.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(label,)) for label in ("Ann (invented)", "Bea (invented)")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [r for r in results if r.startswith("won")]
    lost = [r for r in results if not r.startswith("won")]
    assert len(won) == len(lost) == 1
    assert won[0].removeprefix("won ") in lost[0]
    assert MonthlyReport.objects.count() == ReportVersion.objects.count() == 1
