"""The main job in a browser, by people who sign in with password and code: from a request to the letter.

Once without JavaScript on a desktop in English, once with it on a phone in Arabic.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from forms_app.data_requests.models import Ask, DataRequest, Release
from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.rehearsal import network, reporting, words
from intranet.rehearsal.stage import Clock, Stage
from protocol_pages.editions import services as editions
from protocol_pages.editions.blocks import DATA_FILE, read_protocol
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a green door beside 7 palms"
BAGHDAD = ZoneInfo("Asia/Baghdad")


@pytest.fixture
def stage() -> Stage:
    """Three signatories with a year of reports; everybody may sign in."""
    today = now().astimezone(BAGHDAD).date()
    months = reporting.months_back(reporting.previous_month(reporting.previous_month(today)), 12)
    founded = datetime.combine(months[0] - timedelta(days=20), time(9), BAGHDAD)
    stage = Stage(Clock(founded, BAGHDAD), password=PASSWORD)
    stage.found(range(founded.year, today.year + 2))
    draft = editions.bring_in(read_protocol(DATA_FILE), stage.system, stage.clock.tick())
    edition = editions.adopt(draft, stage.system, stage.clock.tick())
    cast = network.more(3)
    for invented in cast:
        stage.join(invented)
    for invented in cast[:2]:
        stage.endorse(invented.key, edition)
    stage.endorse(cast[2].key, edition)
    for month in months:
        stage.clock.to(reporting.next_month(month), 10)
        for position, invented in enumerate(cast):
            stage.report(invented.key, month, reporting.figures(position, month))
    return stage


class Visitor:
    """A person at a browser, signed in through the door."""

    def __init__(self, page: Any, stage: Stage, key: str, capacity: Capacity, language: str) -> None:
        self.page, self.language = page, language
        user = stage.members[key, capacity].user
        device, _made = Authenticator.objects.get_or_create(user=user, name="default")
        page.goto(f"/{language}/account/login/")
        page.fill("#id_auth-username", user.email)
        page.fill("#id_auth-password", PASSWORD)
        follow(page, "main button[type=submit]")
        page.fill("#id_token-otp_token", device.code_at(now()))
        follow(page, "main form button[type=submit]")
        if page.url.endswith("/account/capacity/"):
            follow(page, f"button[value^='{capacity.value}']")
        assert page.url.endswith(f"/{language}/"), page.url

    def go(self, path: str) -> Any:
        answer = self.page.goto(f"/{self.language}{path}")
        assert answer.status == 200, path
        return self.page

    def send(self) -> None:
        """The page's one primary button."""
        follow(self.page, "main form button.act[type=submit]")
        assert self.page.locator("#error-summary").count() == 0, self.page.locator("main").inner_text()


@pytest.mark.rule("§7B")
@pytest.mark.parametrize(("javascript", "language", "phone"), [(False, "en", False), (True, "ar", True)])
def test_from_the_request_to_the_letter(
    new_page: Callable[..., Any],
    stage: Stage,
    tmp_path: Path,
    javascript: bool,
    language: str,
    phone: bool,
) -> None:
    def visit(key: str, capacity: Capacity) -> Visitor:
        page = new_page(javascript=javascript, phone=phone, language=language)
        return Visitor(page, stage, key, capacity, language)

    coordinator = visit("coordination", Capacity.COORDINATOR)
    page = coordinator.go("/requests/new/external/")
    _fill_request(page, stage, tmp_path, language)
    coordinator.send()
    request = DataRequest.objects.get()
    path = f"/requests/{request.pk}"

    office = visit("office", Capacity.OFFICE)
    page = office.go(f"{path}/consultation/")
    page.fill("#id_view", words.CONSULTED)
    office.send()

    coordinator.go(f"{path}/do/issue/")
    coordinator.send()
    assert Ask.objects.filter(round__request=request).count() == 3
    page = coordinator.go(f"{path}/release/")
    assert page.locator("button.act[disabled]").count() == 1  # why can't I release yet?

    for key in ("agency-a", "agency-b", "agency-c"):
        answering = visit(key, Capacity.PRIMARY_FOCAL_POINT)
        ask = Ask.objects.get(round__request=request, organization=stage.organizations[key])
        page = answering.go(f"/answers/{ask.pk}/")
        assert (
            "reports received" not in page.locator("main").inner_text()
        )  # shape and rules, no figures (D31)
        page.check("input[name=choice][value=authorize]")
        answering.send()

    coordinator.go(f"{path}/do/send_to_office/")
    coordinator.send()
    page = office.go(f"{path}/decide/")
    page.check("input[name=decision][value=authorize]")
    page.fill("#id_text", words.AUTHORIZATION)
    office.send()

    page = coordinator.go(f"{path}/release/")
    coordinator.send()
    request.refresh_from_db()
    assert request.state == "released"
    page = coordinator.go(f"{path}/release/")
    with page.expect_download() as download:
        page.click("main a.act")
    content = Path(download.value.path()).read_bytes()
    release = Release.objects.get()
    assert hashlib.sha256(content).hexdigest() == release.letter_sha256
    text = "\n".join(
        p.text for p in Document(io.BytesIO(content)).element.body.iter() if hasattr(p, "text") and p.text
    )
    assert "no way representative of the total incidence" in text


def _fill_request(page: Any, stage: Stage, folder: Path, language: str) -> None:
    paper = folder / "guarantee.pdf"
    paper.write_bytes(words.PAPER)
    today = now().astimezone(BAGHDAD).date()
    months = reporting.months_back(reporting.previous_month(reporting.previous_month(today)), 12)
    asked = words.external("Example Donor Office (example)", _period(months), today)
    assert asked.guarantee is not None
    page.fill("#id_requester_organization", asked.requester_organization)
    page.select_option("#id_requester_kind", "donor")
    page.fill("#id_received_on", today.isoformat())
    page.select_option("#id_period_first", f"{months[0]:%Y-%m}")
    page.select_option("#id_period_last", f"{months[-1]:%Y-%m}")
    for box in page.locator("input[name=tables]").all():
        box.check()
    for name in ("purpose", "used_for", "used_how", "fed_back"):
        page.fill(f"#id_{name}", getattr(asked, name))
    page.fill("#id_signer_name", asked.guarantee.signer_name)
    page.fill("#id_signer_title", asked.guarantee.signer_title)
    page.fill("#id_signer_organization", asked.guarantee.signer_organization)
    page.fill("#id_signed_on", today.isoformat())
    page.fill("#id_guarantee_text", asked.guarantee.text)
    page.set_input_files("#id_guarantee_file", str(paper))
    page.select_option("#id_letter_language", language)


def _period(months: list[date]) -> Any:
    from forms_app.common.figures import Period

    return Period(months[0], months[-1])
