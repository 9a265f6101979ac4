"""Steps at the doors that several tests take: password, code, enrolment."""

from __future__ import annotations

import re
import zlib
from datetime import datetime, timedelta

from django.core.signing import b64_decode
from django.http import HttpResponse
from django.test import Client

from intranet.access.devices import derived_secrets, generator
from intranet.access.models import Session, User
from intranet.clock import now
from tests.factories import PASSWORD

LOGIN = "/en/account/login/"
SETUP = "/en/account/two_factor/setup/"
CONFIRM = "/en/account/confirm/"
CODES = "/en/account/two_factor/backup/tokens/"
DISABLE = "/en/account/two_factor/disable/"
HOME = "/en/"


def post_password(client: Client, email: str, password: str = PASSWORD, path: str = LOGIN) -> HttpResponse:
    """The first step of the login."""
    step = {"sign_in_view-current_step": "auth", "auth-username": email, "auth-password": password}
    return client.post(path, step)


def post_code(client: Client, code: str, path: str = LOGIN) -> HttpResponse:
    """The second step with the app's code."""
    return client.post(path, {"sign_in_view-current_step": "token", "token-otp_token": code})


def post_backup(client: Client, code: str) -> HttpResponse:
    """The second step with a backup code: the button first, then the code."""
    client.post(LOGIN, {"wizard_goto_step": "backup"})
    return client.post(LOGIN, {"sign_in_view-current_step": "backup", "backup-otp_token": code})


def sign_in_with(client: Client, user: User, code: str) -> HttpResponse:
    """Password and code."""
    post_password(client, user.email)
    return post_code(client, code)


def setup_code(page: HttpResponse, at: datetime | None = None) -> str:
    """The code of the secret that an enrolment page shows, as the app would compute it."""
    found = re.search(r"<code dir=\"ltr\">([A-Z2-7 ]+)</code>", page.content.decode())
    assert found is not None, page.content.decode()[:2000]
    from base64 import b32decode

    secret = b32decode(found[1].replace(" ", ""))
    return str(generator(secret, (at or now()).timestamp()).token()).zfill(6)


def enrol(client: Client) -> HttpResponse:
    """Open the enrolment page and confirm it with the app's code."""
    code = setup_code(client.get(SETUP))
    return client.post(SETUP, {"enrol_view-current_step": "generator", "generator-token": code})


def in_sessions() -> str:
    """All that lies in the live sessions, in clear: the signature proves the data, it does not hide it."""
    found = []
    for row in Session.objects.all():
        packed, _time, _signature = row.data.rsplit(":", 2)
        text = b64_decode(packed.removeprefix(".").encode())
        found.append((zlib.decompress(text) if packed.startswith(".") else text).decode())
    return "\n".join(found)


def codes_on(page: HttpResponse) -> list[str]:
    """The backup codes that a page shows."""
    return re.findall(r"<code[^>]*>([a-z2-9]{2}(?:-[a-z2-9]{4}){3})</code>", page.content.decode())


def later_code(salt: str, steps: int = 1) -> str:
    """The code of the next steps: inside the tolerance, and not used yet."""
    moment = now() + timedelta(seconds=30 * steps)
    return str(generator(next(derived_secrets(salt)), moment.timestamp()).token()).zfill(6)
