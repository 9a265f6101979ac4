"""A month in the browser: reported, nothing to report, corrected; signed in with real codes, with and without
JavaScript; no axe violation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from forms_app.monthly_reports import deadlines, selectors
from forms_app.monthly_reports.models import MonthlyReport, ReportVersion
from intranet.access.roles import Capacity
from intranet.clock import now
from signatories.models import Organization
from tests.e2e import axe
from tests.e2e.door import come_in
from tests.forms_app.monthly_reports import world
from tests.personas import persona_client
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def newest() -> date:
    """The month that opened last, in the network's time zone."""
    return deadlines.newest_open(selectors.Today.at(now()).day)


@pytest.fixture
def agency() -> Organization:
    """A signatory with a confirmed calendar."""
    this = now().year
    world.confirmed_calendar(this - 1, this, this + 1)
    return world.organization("Agency", date(this - 2, 1, 1))


def fits(page: Any) -> None:
    """No axe violation, no sideways scroll."""
    assert axe.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.rule("D37")
@pytest.mark.parametrize(
    ("language", "phone", "javascript"),
    [("en", False, True), ("en", True, False), ("ar", False, False), ("ar", True, True)],
)
def test_a_month_from_home_to_the_receipt(
    new_page: Callable[..., Any],
    agency: Organization,
    language: str,
    phone: bool,
    javascript: bool,
) -> None:
    month = newest()
    path = f"/{language}/reports/{month:%Y-%m}/"
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)
    page = come_in(new_page(language=language, phone=phone, javascript=javascript), client, language)
    check = fits if javascript else (lambda page: None)
    follow(page, f"main a[href='{path}'] >> nth=0")
    check(page)
    page.fill("#id_received", "٣" if language == "ar" else "3")
    follow(page, "button[value=total]")
    check(page)
    page.fill("#id_personnel__un_staff", "many")
    follow(page, "button.act[value=send]")
    assert page.locator(".number-row.bad .msg").count() == 1
    assert page.locator(".number-row.bad label").bounding_box()["width"] > 120  # not a letter a line
    check(page)
    page.fill("#id_already_sent", "1")
    page.fill("#id_nature__sexual_exploitation", "2")
    page.fill("#id_personnel__un_staff", "3")
    for section in ("nature", "personnel", "assistance", "investigation"):
        follow(page, f"button[value=zero-{section}]")
    follow(page, "button.act[value=send]")
    assert page.locator("#error-summary a[href='#section-nature']").count() == 1
    assert page.input_value("#id_nature__sexual_exploitation") == "2"
    check(page)
    assert MonthlyReport.objects.count() == 0
    page.fill("#id_nature__unknown", "1")
    page.press("#id_nature__unknown", "Enter")
    assert page.locator(".banner.ok").count() == 1
    assert MonthlyReport.objects.count() == 0
    follow(page, "button.act[value=send]")
    assert page.url.endswith(f"{path}receipt/")
    check(page)
    assert selectors.counts_of(ReportVersion.objects.get())["received"] == 3
    page.goto(path)
    check(page)


@pytest.mark.rule("§6.1")
@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_to_report_is_two_clicks_from_home(
    new_page: Callable[..., Any], agency: Organization, javascript: bool
) -> None:
    path = f"/en/reports/{newest():%Y-%m}/nothing/"
    client = persona_client(Capacity.SECONDARY_FOCAL_POINT, agency)
    page = come_in(new_page(javascript=javascript), client)
    follow(page, f"main a[href='{path}']")
    follow(page, "main button.act")
    assert page.url.endswith("/receipt/")
    assert MonthlyReport.objects.get().state == "nothing_to_report"


@pytest.mark.rule("D39")
@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ar", True)])
def test_the_coordinators_pages_with_every_word(
    new_page: Callable[..., Any], agency: Organization, language: str, phone: bool
) -> None:
    month = newest()
    sent = datetime.combine(deadlines.opens_on(month), time(8), UTC) + timedelta(hours=1)
    report = world.send(agency, month, received=3, now=sent)
    world.organization("Silent", date(now().year - 1, 1, 1))
    page = come_in(new_page(language=language, phone=phone), persona_client(Capacity.COORDINATOR), language)
    for path in (
        "board/",
        f"board/{month:%Y-%m}/",
        f"board/{month:%Y-%m}/intake/",
        f"board/reports/{report.pk}/",
    ):
        assert page.goto(f"/{language}/{path}").status == 200
        fits(page)
    page.goto(f"/{language}/board/{month:%Y-%m}/intake/")
    page.fill("#id_received", "2")
    follow(page, "button[value=total]")
    fits(page)
