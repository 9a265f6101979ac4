"""Fixtures of the real services, each started once a session when the first test asks for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import Storage

from tests.services import ceph, office, smtp
from tests.services.browser import chromium


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[ceph.S3Endpoint]:
    """A running Ceph RADOS gateway."""
    with ceph.rados_gateway() as endpoint:
        yield endpoint


@pytest.fixture
def s3_storage(s3_endpoint: ceph.S3Endpoint, settings: Any) -> Storage:
    """Django's default storage on a fresh bucket of the gateway, with the product's own options."""
    from django.core.files.storage import storages

    bucket = f"intranet-{uuid.uuid4().hex[:8]}"
    s3_endpoint.client().create_bucket(Bucket=bucket)  # type: ignore[attr-defined]
    backend = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": s3_endpoint.storage_options(bucket),
    }
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return storages["default"]


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[smtp.Mailbox]:
    """A running SMTP listener."""
    with smtp.smtp_listener() as mailbox:
        yield mailbox


@pytest.fixture
def smtp_mailbox(smtp_server: smtp.Mailbox, settings: Any) -> Iterator[smtp.Mailbox]:
    """The empty mailbox behind Django's SMTP backend; ``mailbox.mode`` tells it how to answer."""
    smtp_server.clear()
    settings.EMAIL_BACKEND = "intranet.notices.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp_server.host, smtp_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1
    yield smtp_server
    smtp_server.release.set()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """``new_page(javascript=True, phone=False, language="en")`` opens a page with an empty profile.

    Its addresses are relative to the live server, which serves the product on the test's own clone.
    A request to any other host, or an error of the page's scripts, fails the test.
    """
    contexts: list[Any] = []
    errors: list[str] = []

    def only_local(request: Any) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            errors.append(f"asked for {request.url}")

    def open_page(*, javascript: bool = True, phone: bool = False, language: str = "en") -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": 360, "height": 740} if phone else {"width": 1280, "height": 900},
            locale=language,
        )
        context.set_default_timeout(45_000)  # a loaded machine is no wrong answer
        context.on("request", only_local)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def to_pdf(tmp_path: Path) -> Callable[[bytes], Path]:
    """Convert the bytes of a Word file by LibreOffice; ``office.text_of`` and ``office.pages_of`` read it."""
    return lambda document: office.to_pdf(document, tmp_path)
