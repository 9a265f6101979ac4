"""Own statistics in the browser: from the list to the note and its file, without an axe violation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.actors import system_actor
from forms_app.own_data.models import OwnNote
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages.editions import blocks
from protocol_pages.editions import services as editions
from signatories.models import Organization
from tests.e2e.door import come_in
from tests.e2e.test_month import agency, fits, newest
from tests.forms_app.monthly_reports import world
from tests.personas import persona_client
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
assert agency  # the fixture of the month


@pytest.mark.rule("§7A.2")
@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ar", True)])
def test_a_note_is_made_and_downloaded(
    new_page: Callable[..., Any],
    agency: Organization,
    language: str,
    phone: bool,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    loader = system_actor("adopt_protocol")
    editions.adopt(editions.bring_in(blocks.read_protocol(), loader, now()), loader, now())
    world.send(agency, newest(), received=2, now=now())
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)
    page = come_in(new_page(language=language, phone=phone), client, language)
    page.goto(f"/{language}/own-data/")
    fits(page)
    follow(page, "main a.act")
    fits(page)
    follow(page, "main button.act")
    assert page.locator("#error-summary").count() == 1
    fits(page)
    page.check("input[name=use][value=donor]")
    page.check(f"input[name=language][value={language}]")
    for name in ("purpose", "recipient_name", "recipient_title", "recipient_organization"):
        page.fill(f"#id_{name}", "Meridian (invented)")
    follow(page, "main button.act")
    fits(page)
    note = OwnNote.objects.get()
    with page.expect_download() as coming:
        page.click("main a.act")
    assert coming.value.suggested_filename == f"{note.number}.docx"
    page.goto(f"/{language}/own-data/")
    assert page.locator(f"main a[href$='{note.pk}/']").count() == 1
    fits(page)
