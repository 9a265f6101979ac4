"""Django's SMTP backend, which also says which of several addresses the mail server refused.

SMTP accepts a mail for some of its addresses and refuses others; without this nobody would learn that one
of two focal points got nothing (trap 6).
"""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

PERMANENT = 500


class _Remembers:
    """What ``sendmail`` returned: {address: (code, answer)} of the refused ones."""

    refused: dict[str, tuple[int, bytes]] = {}

    def sendmail(self, *args: Any, **kwargs: Any) -> Any:
        self.refused = super().sendmail(*args, **kwargs)  # type: ignore[misc]
        return self.refused


class _Plain(_Remembers, smtplib.SMTP):
    pass


class _Tls(_Remembers, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Sets ``refused`` on the message: addresses that were refused for good while others got it."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Tls if self.use_ssl else _Plain

    def _send(self, email_message: EmailMessage) -> bool:
        sent = bool(super()._send(email_message))  # type: ignore[misc]
        refused = getattr(self.connection, "refused", {})
        email_message.refused = [a for a, (code, _answer) in refused.items() if code >= PERMANENT]  # type: ignore[attr-defined]
        return sent
