"""An import in the browser: a workbook with a fault comes back marked, the mended one goes in, JavaScript on or off."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from signatories.models import Organization, ParticipationEntry
from tests.e2e import axe
from tests.e2e.test_endorse import sign_in
from tests.e2e.test_succession import path
from tests.services.browser import follow
from tests.signatories.imports.workbooks import PDF, SIGNATURES, filled, put
from tests.signatories.network import Network, found_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def network() -> Network:
    """Office and Coordinator alone, and the protocol: everybody else comes from the workbook."""
    call_command("adopt_protocol", verbosity=0)
    founded = found_network()
    founded.people["keeper"] = founded.coordinator_person
    return founded


def looked_at(page: Any, script: bool) -> None:
    """axe is a script itself."""
    assert not script or axe.faults(page) == []


@pytest.mark.rule("D17")
@pytest.mark.parametrize(("language", "phone", "script"), [("en", False, True), ("ar", True, False)])
def test_a_faulty_workbook_comes_back_and_the_mended_one_goes_in(
    new_page: Callable[..., Any], network: Network, tmp_path: Path, language: str, phone: bool, script: bool
) -> None:
    faulty, mended, scan = (
        tmp_path / "faulty.xlsx",
        tmp_path / "mended.xlsx",
        tmp_path / SIGNATURES[0]["scan"],
    )
    faulty.write_bytes(filled(change=put("people", 3, "email", "no address")))
    mended.write_bytes(filled())
    scan.write_bytes(PDF)
    page = new_page(phone=phone, language=language, javascript=script)
    sign_in(page, network, "keeper", language)
    page.goto(path("network", language))
    follow(page, f"a[href='{path('imports', language)}'] >> nth=0")
    before = Organization.objects.count()

    def send(workbook: Path, act: str) -> None:
        page.set_input_files("#id_workbook", str(workbook))
        page.set_input_files("#id_scans", str(scan))
        follow(page, f"button[name=do][value={act}]")

    send(faulty, "import")
    assert page.locator("#error-summary li").count() >= 1
    assert Organization.objects.count() == before
    looked_at(page, script)
    with page.expect_download() as given:
        page.click("main a.act[href*='/files/']")
    marked = load_workbook(io.BytesIO(Path(given.value.path()).read_bytes()))
    assert any(cell.comment for row in marked["people"].iter_rows() for cell in row)

    send(mended, "check")
    assert page.locator(".receipt").count() == 1
    assert Organization.objects.count() == before
    looked_at(page, script)
    send(mended, "import")
    assert Organization.objects.count() > before
    assert ParticipationEntry.objects.exists()
    assert not ParticipationEntry.objects.filter(in_effect=True).exists(), (
        "paper waits for a second person (D17)"
    )
    looked_at(page, script)
