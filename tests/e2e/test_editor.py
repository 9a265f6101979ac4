"""An editor with no other help publishes a resource in two languages, a news item and a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages.models import MeetingPage, NewsPage, ResourcePage
from tests.e2e import axe
from tests.e2e.door import come_in
from tests.personas import persona_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add(page: Any, section: str, kind: str) -> None:
    """As a newcomer: from Home by the links that stand there, to the form of a new page."""
    page.goto("/en/")
    page.click("nav >> text=Network")
    page.click(f"nav >> text={section}")
    page.click("text=Add a page here")
    page.wait_for_url("**/admin/pages/**")
    if page.url.endswith("/add_subpage/"):  # several kinds of pages stand in this section
        page.click(f"a[href*='/{kind}/']")
    page.wait_for_selector("#id_title")


def publish(page: Any) -> None:
    page.press("#id_title", "End")  # who types leaves the editor's script the time to write the address
    expect(page.locator("#id_slug")).not_to_have_value("")
    page.click(
        "footer .w-dropdown-button button.w-dropdown__toggle, footer [data-controller='w-dropdown'] button"
    )
    page.click("button[name='action-publish']")
    page.wait_for_selector(".messages .success, [data-w-messages-target] .success, li.success")


def test_two_languages_a_news_item_and_a_meeting(new_page: Callable[..., Any]) -> None:
    editor = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(editor.user, now())
    page = come_in(new_page(), editor)

    add(page, "Resources", "resourcepage")
    page.fill("#id_title", "Guide for new focal points")
    page.fill("#id_summary", "What the first week needs.")
    page.select_option("#id_kind", "guidance")
    page.fill("#id_external_url", "https://example.org/guide")
    publish(page)
    first = ResourcePage.objects.get()
    assert first.live
    assert first.owner == editor.user

    add(page, "Resources", "resourcepage")
    page.fill("#id_title", "دليل لجهات التنسيق الجديدة")
    page.select_option("#id_language", "ar")
    page.select_option("#id_kind", "guidance")
    page.click("#id_translation_of-chooser button:visible >> nth=0")
    page.click(
        ".modal-body a.choose-page:has-text('Guide for new focal points'), .modal-body a:has-text('Guide for new')"
    )
    page.wait_for_selector(".modal-body", state="detached")
    publish(page)
    arabic = ResourcePage.objects.get(language="ar")
    assert arabic.translation_of == first

    add(page, "News", "newspage")
    page.fill("#id_title", "The library is open")
    publish(page)
    add(page, "Meetings", "meetingpage")
    page.fill("#id_title", "Monthly meeting")
    page.fill("#id_begins_at", "2030-02-05 10:00")
    page.fill("#id_place", "Baghdad")
    publish(page)
    assert (NewsPage.objects.get().live, MeetingPage.objects.get().live) == (True, True)

    reader = come_in(new_page(phone=True, language="ar"), persona_client(Capacity.MEMBER), "ar")
    for path, words in (
        ("/ar/resources/", "دليل لجهات التنسيق الجديدة"),
        (arabic.get_url(), "Guide for new focal points"),
        ("/ar/news/", "The library is open"),
        ("/ar/meetings/", "Monthly meeting"),
    ):
        reader.goto(path)
        assert words in reader.inner_text("main"), path
        assert axe.faults(reader) == [], path
        assert reader.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
