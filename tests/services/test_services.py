"""The services are real: they keep, refuse, delay and render as the ones of production do."""

from __future__ import annotations

import io
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.mail import EmailMessage
from docx import Document

from tests.services import office, required
from tests.services.ceph import S3Endpoint
from tests.services.smtp import Mailbox, Mode


@pytest.mark.s3
def test_a_file_goes_to_s3_and_comes_back_and_is_never_overwritten(s3_storage: Storage) -> None:
    name = s3_storage.save("letters/رسالة.docx", ContentFile(b"first"))
    other = s3_storage.save("letters/رسالة.docx", ContentFile(b"second"))
    assert other != name
    with s3_storage.open(name) as kept:
        assert kept.read() == b"first"
    assert s3_storage.size(other) == len(b"second")


@pytest.mark.s3
def test_the_gateway_refuses_a_wrong_secret(s3_endpoint: S3Endpoint) -> None:
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        s3_endpoint.client(secret_key="wrong").list_buckets()  # type: ignore[attr-defined]


@pytest.mark.s3
def test_an_object_under_compliance_lock_cannot_be_deleted(s3_endpoint: S3Endpoint) -> None:
    from datetime import UTC, datetime, timedelta

    client: Any = s3_endpoint.client()
    client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    until = datetime.now(UTC) + timedelta(days=1)
    put = client.put_object(
        Bucket="locked", Key="letter", Body=b"x", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=until
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(Bucket="locked", Key="letter", VersionId=put["VersionId"])
    assert client.get_object(Bucket="locked", Key="letter")["Body"].read() == b"x"


def send(subject: str = "An item waits for you") -> int:
    return EmailMessage(
        subject, "One line and a link. سطر", "network@example.org", ["focal@example.org"]
    ).send()


def test_a_mail_arrives_whole(smtp_mailbox: Mailbox) -> None:
    assert send("Ein Wörtchen") == 1
    [message] = smtp_mailbox.received
    assert message["Subject"] == "Ein Wörtchen"
    assert message.get_content().strip() == "One line and a link. سطر"
    assert smtp_mailbox.envelopes == [("network@example.org", ("focal@example.org",))]


@pytest.mark.parametrize(
    ("mode", "error", "kept"),
    [
        (Mode.TEMPORARY, smtplib.SMTPDataError, 0),
        (Mode.PERMANENT, smtplib.SMTPDataError, 0),
        (Mode.HANG, smtplib.SMTPServerDisconnected, 0),
        (Mode.ACCEPT_THEN_DIE, smtplib.SMTPServerDisconnected, 1),
    ],
)
def test_the_listener_misbehaves_as_told(
    smtp_mailbox: Mailbox, mode: Mode, error: type[Exception], kept: int
) -> None:
    smtp_mailbox.mode = mode
    with pytest.raises(error):
        send()
    assert smtp_mailbox.attempts == 1
    assert len(smtp_mailbox.received) == kept


@pytest.mark.browser
def test_chromium_opens_the_site_and_is_sent_to_the_login_page(new_page: Callable[..., Any]) -> None:
    page = new_page()
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert "/account/login/" in page.url
    assert page.locator("input[type=password], input[name$=username]").count() >= 1


@pytest.mark.browser
def test_chromium_without_javascript(new_page: Callable[..., Any]) -> None:
    page = new_page(javascript=False, phone=True)
    page.set_content("<noscript>no script here</noscript><script>document.body.append('script')</script>")
    assert page.locator("body").inner_text().strip() == "no script here"


@pytest.mark.office
def test_libreoffice_renders_a_word_file(to_pdf: Callable[[bytes], Path]) -> None:
    document, target = Document(), io.BytesIO()
    document.add_paragraph("Release letter DR-2026-004")
    document.save(target)
    pdf = to_pdf(target.getvalue())
    assert "Release letter DR-2026-004" in office.text_of(pdf)
    [picture] = office.pages_of(pdf)
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.rule("D40")
@pytest.mark.parametrize(("ci", "outcome"), [("true", "Failed"), ("", "Skipped")])
def test_a_missing_service_fails_in_ci_and_names_the_package_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(
        BaseException, match=r"no-such-program is missing.*the package no-such-package"
    ) as ended:
        required.required("no-such-program", "no-such-package")
    assert type(ended.value).__name__ == outcome
