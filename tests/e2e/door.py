"""Through the one login in a browser: address, password, and a real code of the authenticator app."""

from __future__ import annotations

from typing import Any

from intranet.clock import now
from tests.factories import PASSWORD
from tests.personas import PersonaClient
from tests.services.browser import follow


def come_in(page: Any, person: PersonaClient, language: str = "en") -> Any:
    """The page, signed in as the person, on Home. A code opens once: one page a person."""
    page.goto(f"/{language}/account/login/")
    page.fill("#id_auth-username", person.user.email)
    page.fill("#id_auth-password", PASSWORD)
    follow(page, "main button[type=submit]")
    page.fill("#id_token-otp_token", person.device.code_at(now()))
    follow(page, "main form button[type=submit]")
    assert page.url.endswith(f"/{language}/"), page.url
    return page
