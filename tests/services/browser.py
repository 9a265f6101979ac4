"""Debian's Chromium, driven by Playwright.

The headless shell is the same browser without its own frame, which ``chromium --headless`` draws for every
window: opening a page takes a third of the processor's time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.services.required import required

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser; every context of it starts with an empty profile.

    Playwright keeps an event loop in this thread, so that Django would refuse the test's own
    queries; they are synchronous here, which the environment variable tells it.
    """
    program = required("chromium-headless-shell", "chromium-headless-shell")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def follow(page: Page, target: str | Locator) -> None:
    """Click what leads to another page, and wait until that page has loaded.

    A click alone comes back before that: ``count()`` and ``inner_text()`` would read half a page, or the old one.
    """
    with page.expect_navigation():
        (page.locator(target).first if isinstance(target, str) else target).click()
