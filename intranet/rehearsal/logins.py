"""One login per capacity for the demo, with password and current one-time code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intranet.access.devices import Authenticator
from intranet.access.models import User
from intranet.access.roles import Capacity

from .demo import PASSWORD

# Capacity, whose account, what to try first. The signer is a Head of Agency's second capacity.
SHOWN: tuple[tuple[Capacity, str, str], ...] = (
    (Capacity.COORDINATOR, "coordination", "request board, a lost phone, the register of any day"),
    (Capacity.ACTING_COORDINATOR, "coordination", "the same, for a time"),
    (Capacity.OFFICE, "office", "decide a request, verify a successor of a signer"),
    (Capacity.OFFICE_ASSISTANT, "office", "upload a signed memo"),
    (Capacity.PRIMARY_FOCAL_POINT, "zagros", "report the month, answer a request"),
    (Capacity.SECONDARY_FOCAL_POINT, "zagros", "the same desk"),
    (Capacity.HEAD_OF_AGENCY, "agency-a", "endorse edition 2, suspend, stop, own posts"),
    (Capacity.SIGNER, "agency-a", "the same login: choose “Signer” after the code; withdraw"),
    (Capacity.HEAD_OF_AGENCY, "directorate", "endorse for the first time; a paper waits too"),
    (Capacity.SENIOR_MANAGEMENT, "tigris-aid", "asked when focal points stay silent"),
    (Capacity.MEMBER, "agency-a", "read the protocol"),
    (Capacity.CONTENT_EDITOR, "coordination", "publish a page"),
    (Capacity.AUDITOR, "office", "read the event log, who saw which figure"),
)


@dataclass(frozen=True, slots=True)
class Login:
    """What a person types: address, password, and a code that holds for about a minute."""

    capacity: str
    email: str
    password: str
    code: str
    hint: str


def address(capacity: Capacity, key: str) -> str:
    """The demo's addresses say post and organization; whoever signed did so as Head of Agency."""
    post = Capacity.HEAD_OF_AGENCY if capacity == Capacity.SIGNER else capacity
    return f"{post.value.replace('_', '-')}@{key}.example"


def enrol() -> None:
    """Give everybody who acted an authenticator, as their first enrolment would; who was only invited has none."""
    for user in User.objects.all():
        if user.has_usable_password():
            Authenticator.objects.get_or_create(user=user, name="default")


def current(now: datetime) -> Iterator[Login]:
    """The logins with the codes of this moment (UTC)."""
    for capacity, key, hint in SHOWN:
        email = address(capacity, key)
        device = Authenticator.objects.get(user__email=email)
        yield Login(str(capacity.label), email, PASSWORD, device.code_at(now), hint)


def table(now: datetime) -> str:
    """The logins as lines of text."""
    lines = [f"{'Capacity':32} {'E-mail':46} {'Code':7} Try"]
    for login in current(now):
        lines.append(f"{login.capacity:32} {login.email:46} {login.code:7} {login.hint}")
    lines.append(f"Password of all of them: {PASSWORD}")
    lines.append(
        "A code holds for about a minute and opens once. Fresh ones: .venv/bin/python manage.py demo_codes"
    )
    return "\n".join(lines)
