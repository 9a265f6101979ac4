"""The demo: everything a visitor is told to find is there, and came about through the services (D41)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from audit import ledger
from forms_app.data_requests.models import DataRequest, Release
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from intranet.rehearsal import logins
from intranet.rehearsal.demo import Demo
from intranet.rehearsal.pages import publish_pages
from protocol_pages.models import GuidancePage, NewsPage, ResourcePage
from signatories import selectors
from signatories.agreements.selectors import agencies_of
from signatories.models import Organization, ParticipationEntry
from signatories.names import find_by_name

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.rule("D41")
def test_the_demo_is_built_through_the_services() -> None:
    stage = Demo(NOW).build()
    publish_pages(stage)
    logins.enrol_shown()

    day = stage.clock.today
    assert (
        Organization.objects.filter(kind__in=["un_agency", "partner_ngo", "partner_government"]).count() == 12
    )
    assert len(selectors.signatories_on(day)) == 11  # one paper signature waits for its confirmation
    assert ParticipationEntry.objects.filter(received_how="paper", answers=None).count() == 2
    assert selectors.contacts(stage.organizations["agency-b"], day).secondary is None
    assert selectors.contacts(stage.organizations["agency-c"], day + timedelta(days=30)).secondary is not None
    assert len(agencies_of(stage.organizations["tigris-aid"], day)) == 2
    assert find_by_name("Marshland Water (example)") == [stage.organizations["marshland"]]
    assert selectors.failing_people().count() == 1
    assert len({r.month for r in MonthlyReport.objects.all()}) == 24
    states = Counter(DataRequest.objects.values_list("state", flat=True))
    assert states == {"released": 1, "stopped": 1, "media": 1, "to_office": 1, "round_1": 1, "draft": 1}
    assert Release.objects.count() == 1
    pages = [GuidancePage, ResourcePage, NewsPage]
    assert all(page.objects.live().exists() for page in pages)
    assert ledger.verify().intact

    shown = list(logins.current(NOW))
    assert {login.capacity for login in shown} >= {str(c.label) for c in Capacity} - {"Signer"}
    device = Authenticator.objects.get(user__email=shown[0].email)
    assert device.code_at(NOW) == shown[0].code
