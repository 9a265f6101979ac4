"""A real SMTP listener on a random port that can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services.required import missing


class Mode(Enum):
    """How the listener answers the next message."""

    ACCEPT = "accept"
    TEMPORARY = "451 4.3.0 try again later"
    PERMANENT = "550 5.1.1 no such person"
    HANG = "hang"  # no answer until the listener is released or stopped
    ACCEPT_THEN_DIE = "accept then die"  # the message is kept, the connection ends without an answer


class Mailbox:
    """What arrived, in order, and the mode for what comes next."""

    def __init__(self) -> None:
        self.mode = Mode.ACCEPT
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str, tuple[str, ...]]] = []
        self.attempts = 0
        self.refused: set[str] = set()  # addresses that nobody has, refused one by one
        self.release = threading.Event()
        self.host, self.port = "127.0.0.1", 0

    def clear(self) -> None:
        """Forget what arrived and accept again."""
        self.mode, self.attempts = Mode.ACCEPT, 0
        self.refused.clear()
        self.received.clear()
        self.envelopes.clear()
        self.release.clear()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by aiosmtpd with each address."""
        if address in self.refused:
            return Mode.PERMANENT.value
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with each whole message."""
        self.attempts += 1
        if self.mode is Mode.HANG:
            await server.loop.run_in_executor(None, self.release.wait, 120)
            return Mode.TEMPORARY.value
        if self.mode in (Mode.TEMPORARY, Mode.PERMANENT):
            return self.mode.value
        self.received.append(message_from_bytes(envelope.content or b"", policy=policy.default))
        self.envelopes.append((envelope.mail_from or "", tuple(envelope.rcpt_tos)))
        if self.mode is Mode.ACCEPT_THEN_DIE:
            server.transport.abort()
        return "250 2.0.0 kept"


class _Controller(Controller):
    """Takes a port of the system's choice; aiosmtpd's own start-up call needs to know it."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_listener() -> Iterator[Mailbox]:
    """Run a listener on 127.0.0.1; stop it afterwards."""
    mailbox = Mailbox()
    controller = _Controller(mailbox, hostname=mailbox.host, port=0)
    try:
        controller.start()
    except OSError as trouble:
        missing(f"no SMTP listener could be started on this machine: {trouble}")
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        mailbox.release.set()
        controller.stop()
