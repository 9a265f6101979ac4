"""A Word document becomes a draft, in Chromium: sent, reviewed, saved; without script; nothing that axe knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from intranet.access.roles import Capacity
from protocol_pages.editions import exports, selectors
from protocol_pages.editions.models import EditionDraft
from tests.e2e import axe
from tests.personas import persona_client
from tests.protocol_pages.test_reader_browser import signed_in
from tests.protocol_pages.test_word_proposals import marked_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_marked_up_word_file_is_sent_reviewed_and_saved(
    new_page: Callable[..., Any], live_server: Any, tmp_path: Path
) -> None:
    call_command("adopt_protocol", verbosity=0)
    path = tmp_path / "marked-up.docx"
    path.write_bytes(marked_up(exports.word(selectors.editions()[0])))
    coordinator = persona_client(Capacity.COORDINATOR)
    for language in ("ar", "en"):
        page = signed_in(new_page(phone=language == "ar"), coordinator, live_server)
        page.goto(f"/{language}/protocol/word/")
        assert_clean(page)
        page.set_input_files("input[type=file]", str(path))
        page.locator("main form button[type=submit]").click()
        assert page.locator(".beside:not(.head)").count() == 71
        assert page.locator("main table.register tbody tr").count() == 5
        assert_clean(page)
        wide = page.locator("html").bounding_box()["width"]
        for box in page.locator("main .beside p").all()[:40]:
            place = box.bounding_box()
            assert place is None or place["x"] + place["width"] <= wide + 1
    page.get_by_label("As it stood before them").check()
    page.get_by_role("button", name="Save as a draft").click()
    draft = EditionDraft.objects.get(edition__isnull=True)
    assert page.url.endswith(f"/en/protocol/drafts/{draft.pk}/")
    assert "marked-up.docx" in page.locator("main").inner_text()


def assert_clean(page: Any) -> None:
    """No violation that axe knows."""
    assert axe.faults(page) == []
