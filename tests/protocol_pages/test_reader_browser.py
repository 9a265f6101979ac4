"""The reader in Chromium: without script, on a phone, printed; no violation that axe knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from intranet.access.roles import Capacity
from tests.e2e import axe
from tests.e2e.door import come_in
from tests.personas import PersonaClient, persona_client
from tests.services.office import text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "protocol/",
    "protocol/?q=breach",
    "protocol/?q=unicorn",
    "protocol/v1/7b/",
    "protocol/v1/7b/3/",
    "search/?q=authorization",
    "search/",
    "resources/",
    "guidance/",
    "news/",
    "glossary/",
    "how-to-report/",
]


@pytest.fixture
def reader() -> PersonaClient:
    call_command("adopt_protocol", verbosity=0)
    return persona_client(Capacity.MEMBER)


def signed_in(page: Any, client: PersonaClient, live_server: Any) -> Any:
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(
    new_page: Callable[..., Any], live_server: Any, reader: PersonaClient, language: str
) -> None:
    page = signed_in(new_page(), reader, live_server)
    axe.prepare(page)
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        assert axe.faults(page) == [], path


def test_reading_needs_no_script_and_fits_a_phone(
    new_page: Callable[..., Any], reader: PersonaClient
) -> None:
    page = come_in(new_page(javascript=False, phone=True), reader)
    for language in ("en", "ar"):
        for path in ("protocol/", "protocol/v1/7b/3/", "search/?q=authorization", "resources/"):
            page.goto(f"/{language}/{path}")
            wide = page.locator("html").bounding_box()["width"]
            for box in page.locator("main p, main h1, main table, main form").all()[:80]:
                place = box.bounding_box()
                assert place is None or place["x"] + place["width"] <= wide + 1, (language, path)
    page.goto("/en/protocol/")
    page.get_by_label("Find in the protocol").fill("senior management")
    page.get_by_role("button", name="Find", exact=True).click()
    assert page.get_by_role("status").inner_text().startswith("1 clause found")
    page.get_by_role("link", name="§7B.2").click()
    assert page.url.endswith("/en/protocol/v1/7b/2/")
    assert "does not imply automatic authorization" in page.locator("main").inner_text()
    page.locator("details.cite summary").click()
    assert "/en/protocol/v1/7b/2/" in page.locator("details.cite code").inner_text()


def test_printed_pages_carry_edition_fingerprint_and_date(
    new_page: Callable[..., Any], live_server: Any, reader: PersonaClient, tmp_path: Path
) -> None:
    page = signed_in(new_page(), reader, live_server)
    page.goto("/en/protocol/")
    path = tmp_path / "protocol.pdf"
    page.pdf(path=str(path), format="A4")
    text = " ".join(text_of(path).split())
    assert "Edition 1" in text
    assert "c62ec4e0df0c3387ae9ebfafc1fd3597f2ac3ad141c88063a1b403ca7e0042cc" in text
    assert "Page made on" in text
    assert "Find in the protocol" not in text
    assert "will be informed in writing within one week of the breach" in text
