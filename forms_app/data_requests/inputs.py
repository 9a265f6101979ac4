"""What the acts of this slice take: plain values, no request, no form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .tokens import Kind, RequesterKind


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed over; it is checked before anything is stored."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class GuaranteeInput:
    """Item v: the receiving party's written guarantee (D34). ``signed_on``: calendar date."""

    signer_name: str
    signer_title: str
    signer_organization: str
    signed_on: date
    text: str
    file: Upload
    signer_email: str = ""


@dataclass(frozen=True, slots=True)
class RequestInput:
    """A request as it came in (fields 4.3). ``period_*``: first days of months, both included.

    Empty texts are allowed while it is a draft; issuing asks for all five items (§7B.0).
    """

    kind: Kind
    requester_organization: str
    requester_kind: RequesterKind
    received_on: date
    contact_name: str = ""
    contact_title: str = ""
    contact_email: str = ""
    contact_address: str = ""
    received_by: str = ""
    period_first: date | None = None
    period_last: date | None = None
    tables: tuple[str, ...] = ()
    needed_by: date | None = None
    purpose: str = ""
    used_for: str = ""
    used_how: str = ""
    fed_back: str = ""
    outlets: str = ""
    seen_by: str = ""
    storage: str = ""
    destroyed_on: date | None = None
    letter_language: str = "en"
    guarantee: GuaranteeInput | None = None
    original_letter: Upload | None = None

    def columns(self) -> dict[str, object]:
        """The values that go into the row as they are; who received it first stays where nobody says otherwise."""
        skipped = {"guarantee", "original_letter"} | (set() if self.received_by else {"received_by"})
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in skipped}
        return values | {"tables": list(self.tables), "kind": str(self.kind)}


@dataclass(frozen=True, slots=True)
class OutsideAnswer:
    """An answer that arrived by mail, letter or paper (D17): in whose name and capacity, when, the file."""

    choice: str
    person: str
    capacity: str
    received_on: date
    file: Upload
    comment: str = ""


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """What the office says: its own typed text, or a signed memo that an assistant uploads (D20).

    ``decided_by``: the id of the office person who signed the memo; None for the actor's own text.
    """

    text: str
    data_set_sha256: str
    decided_by: UUID | None = None
    decided_on: date | None = None
    memo: Upload | None = None


@dataclass(frozen=True, slots=True)
class ConsultationInput:
    """The office's view before issue. ``decided_by`` and ``file`` when an assistant records it (D20).

    ``text_mark``: the text that the page showed (``selectors.text_mark``); empty means the stored one.
    """

    on: date
    view: str
    decided_by: UUID | None = None
    file: Upload | None = None
    text_mark: str = ""
