"""Every page of ours without axe violations, in English and Arabic, on a desk and on a phone (D39)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django_otp import DEVICE_ID_SESSION_KEY
from playwright.sync_api import Error

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.clock import now, services
from tests.e2e import axe, pages
from tests.personas import ELSEWHERE, PersonaClient, persona_client
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
assert DEVICE_ID_SESSION_KEY  # the personas' sessions carry a verified device


def signed_in(page: Any, client: PersonaClient, base: str) -> None:
    """Give the page the persona's session."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])


def persona(capacity: Capacity) -> PersonaClient:
    return persona_client(capacity, ELSEWHERE if capacity in ORGANIZATION_POSTS else None)


def a_little_content(actor: Actor) -> None:
    """Rows for the pages that list something: a calendar and settings with a history."""
    at = now()
    services.load_year(at.year, actor, at)
    services.add_day(services.DayFacts(date(at.year, 2, 3), "Office closed (invented)"), actor, at)
    services.confirm_year(at.year, actor, at)


def opened(page: Any, path: str) -> Any:
    """The answer of an address; None where it is a file, which a browser keeps instead of showing it."""
    try:
        return page.goto(path)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return None


@pytest.mark.rule("D39")
@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ar", True)])
def test_every_screen(new_page: Callable[..., Any], live_server: Any, language: str, phone: bool) -> None:
    page = new_page(phone=phone, language=language)
    axe.prepare(page)
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    queue: dict[Capacity, list[str]] = {}
    for ours in pages.without_arguments():
        queue.setdefault(ours.capacity, []).append(ours.path.replace("/en/", f"/{language}/", 1))
    assert sum(map(len, queue.values())) > 12
    a_little_content(persona(Capacity.COORDINATOR).actor)
    for capacity, paths in queue.items():
        signed_in(page, persona(capacity), live_server.url)
        waiting, tried = list(paths), set[str]()
        while waiting:
            path = waiting.pop(0)
            name = pages.screen_name(path)
            if not name or name in seen or path in tried:
                continue
            tried.add(path)
            answer = opened(page, path)
            if (
                answer is None
                or answer.status != 200
                or "text/html" not in answer.headers.get("content-type", "")
            ):
                continue
            seen |= {name, pages.screen_name(page.url.removeprefix(live_server.url).split("?")[0])}
            if problems := axe.faults(page):
                found[path] = problems
            waiting += list(pages.links(page, language))
    assert {"home", "calendar", "style-guide", "history", "events", "settings"} <= seen
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)


@pytest.mark.rule("D39")
@pytest.mark.parametrize("brought_along", [True, False])
def test_a_page_with_faults_is_not_clean(new_page: Callable[..., Any], brought_along: bool) -> None:
    page = new_page()
    if brought_along:
        axe.prepare(page)
    page.goto("data:text/html,<html><body><img src=x><div style='width: 3000px'>wide</div></body></html>")
    found = axe.faults(page)
    assert {"image-alt", "html-has-lang"} <= {line.split(" ")[0] for line in found}
    assert "px wide in a window of" in found[-1]


@pytest.mark.rule("D10")
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_the_doors_and_the_error_pages(new_page: Callable[..., Any], live_server: Any, language: str) -> None:
    page = new_page(language=language)
    page.goto(f"/{language}/account/login/")
    assert axe.faults(page) == []
    follow(page, "main button[type=submit]")
    assert page.locator("main [role=alert]").count() == 1
    assert axe.faults(page) == []
    signed_in(page, persona(Capacity.MEMBER), live_server.url)
    for path, status in (("settings/", 403), ("no-such-page/", 404)):
        assert page.goto(f"/{language}/{path}").status == status
        assert axe.faults(page) == []


def test_narrow_windows_do_not_scroll_sideways(new_page: Callable[..., Any], live_server: Any) -> None:
    page = new_page(phone=True)
    signed_in(page, persona(Capacity.COORDINATOR), live_server.url)
    page.set_viewport_size({"width": 320, "height": 800})
    for path in (
        "/en/",
        "/ar/",
        "/en/style-guide/",
        "/ar/style-guide/",
        "/en/settings/",
        "/en/calendar/2026/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
