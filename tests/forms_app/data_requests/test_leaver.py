"""A leaver: past totals keep its figures, what was released stays, later releases leave it out (§9.i, D22)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forms_app.common import figures
from forms_app.common.figures import Period
from forms_app.data_requests import facts, services
from forms_app.data_requests.models import DataRequest
from forms_app.monthly_reports import selectors
from forms_app.monthly_reports.figures import MonthlyFigures
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import services as people
from signatories.models import EntryKind, Post
from tests.forms_app.monthly_reports import world as months

from .world import ISSUED, World, authorized, everybody_authorizes, issued, word

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2025, 3, 1), date(2025, 6, 1)
PERIOD = Period(date(2025, 1, 1), date(2025, 11, 1))
LEFT = ISSUED + timedelta(days=2)
LATER = ISSUED + timedelta(days=3)


@pytest.fixture
def reporting(world: World) -> World:
    """The four organizations with real monthly reports: 5, 6, 7 and 8 in March, 1 each in June."""
    figures._providers[:] = [MonthlyFigures()]
    for number, organization in enumerate(world.organizations):
        actor = world.of(organization, Capacity.PRIMARY_FOCAL_POINT)
        for month, received in ((MARCH, 5 + number), (JUNE, 1)):
            months.services.report_figures(organization, month, months.counts(received), actor, ISSUED)
    return world


def totals(request: DataRequest) -> dict[str, int]:
    """Table totals of the data set that the newest round was asked about."""
    current = facts.current_round(request)
    assert current is not None
    asked = [ask.organization_id for ask in current.asks.all()]
    data = figures.provider().data_set(request.period, asked, ("nature", "personnel"))  # type: ignore[arg-type]
    assert data.sha256 == current.data_set_sha256
    return {table.code: table.total for table in data.tables}


@pytest.mark.rule("§9.i")
@pytest.mark.rule("D22")
def test_past_totals_keep_a_leaver_and_later_releases_leave_it_out(reporting: World) -> None:
    leaver = reporting.organizations[3]
    before = {month: selectors.month_totals(month).counts for month in (MARCH, JUNE)}
    assert before[MARCH]["received"] == 26
    first = authorized(reporting)
    assert totals(first) == {"nature": 30, "personnel": 30}
    released = services.release(first, reporting.fresh(reporting.coordinator, ISSUED), ISSUED)
    letter = store.read(released.letter)

    months.entry(leaver, EntryKind.WITHDRAWN, LEFT.date())

    assert {month: selectors.month_totals(month).counts for month in (MARCH, JUNE)} == before
    assert selectors.newest_versions([MARCH], [leaver.pk])[0].payload["received"] == 8
    grid = selectors.grid(LATER, JUNE, 6)
    assert [row.organization for row in grid.rows if row.organization == leaver] == [leaver]
    released.refresh_from_db()
    assert store.read(released.letter) == letter

    second = issued(reporting, LATER)
    assert [ask.organization for ask in reporting.asks(second)] == reporting.organizations[:3]
    assert totals(second) == {"nature": 21, "personnel": 21}
    everybody_authorizes(reporting, second, LATER)
    services.send_to_office(second, reporting.coordinator, LATER)
    services.authorize(second, word(second), reporting.fresh(reporting.office, LATER), LATER)
    again = services.release(second, reporting.fresh(reporting.coordinator, LATER), LATER)
    assert again.data_set_sha256 != released.data_set_sha256
    assert again.letter.sha256 != released.letter.sha256


@pytest.mark.rule("§9.i")
def test_who_leaves_while_it_is_asked_stops_the_release(reporting: World) -> None:
    request = authorized(reporting)
    months.entry(reporting.organizations[3], EntryKind.WITHDRAWN, LEFT.date())
    with pytest.raises(Refused, match="withdrew or suspended"):
        services.release(request, reporting.fresh(reporting.coordinator, LATER), LATER)
    request.refresh_from_db()
    assert request.state == "authorized"


@pytest.mark.rule("D22")
def test_a_leaver_is_counted_in_the_completeness_line_of_its_time(reporting: World) -> None:
    stayed = [organization.pk for organization in reporting.organizations[:3]]
    months.entry(reporting.organizations[3], EntryKind.WITHDRAWN, LEFT.date())
    counted = figures.provider().completeness(PERIOD, stayed)
    assert (counted.included, counted.missing, counted.suspended) == (3, 0, 0)
    assert counted.included < counted.signatories == 4


@pytest.mark.rule("D23")
@pytest.mark.rule("D9")
@pytest.mark.parametrize("hours", [-1, 1])
def test_the_written_request_does_not_go_to_who_left_an_hour_before(world: World, hours: int) -> None:
    """The five items in full go to people of the organization: from the leaver's hour on no more to the leaver."""
    organization = world.organizations[0]
    post = Post.objects.get(organization=organization, capacity=Capacity.SECONDARY_FOCAL_POINT)
    leaves_at = ISSUED - timedelta(hours=hours)
    head = world.fresh(world.of(organization, Capacity.HEAD_OF_AGENCY), ISSUED)
    people.end_post(post, ISSUED.date(), head, ISSUED, ends_at=leaves_at)
    request = issued(world)
    mine = Notice.objects.filter(organization_id=organization.pk, kind__contains="request")
    told = {address for notice in mine for address in [*notice.to, *notice.cc]}
    assert told, "somebody of the organization is asked"
    assert (post.person.email in told) is (hours < 0)
    assert request.state == "round_1"
