"""What people do with a succession of the signer. Everything goes through the runner.

``actor`` and ``now`` (UTC) are explicit; ``key`` is a form's own random id. All raise ``runner.Refused``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform
from signatories.models import Organization, Person
from signatories.services import Upload
from signatories.speaking import speaker_on

from .models import Succession


@dataclass(frozen=True, slots=True)
class LetterInput:
    """The Head of Agency's letter: who succeeds, from when, by which instrument, with the file.

    ``received_how``, ``received_on``, ``signed_by``, ``signed_title``: only for a letter that arrived outside.
    """

    successor: Person
    successor_title: str
    from_on: date
    instrument: str
    file: Upload | None
    received_how: str = ""
    received_on: date | None = None
    signed_by: str = ""
    signed_title: str = ""

    def data(self) -> dict[str, Any]:
        """The letter as the runner takes it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _opened(organization: Organization, letter: LetterInput, now: datetime) -> Succession:
    """An unsaved succession of whoever may speak as signer in the end; without any endorsement it is refused."""
    speaker = speaker_on(organization, date.max)
    opened = Succession(
        organization=organization, successor=letter.successor, from_on=letter.from_on, opened_at=now
    )
    if speaker is not None:
        opened.endorsement, opened.former = speaker.endorsement, speaker.person
        opened.former_name, opened.former_title = speaker.name, speaker.title
        opened.former_email = speaker.email
    return opened


def send(
    organization: Organization, letter: LetterInput, actor: Actor, now: datetime, key: UUID | None = None
) -> Succession:
    """The Head of Agency's letter through the door; the verifiers' days run from now."""
    return _done(_opened(organization, letter, now), "send", actor, now, data=letter.data(), key=key)


def record(
    organization: Organization, letter: LetterInput, actor: Actor, now: datetime, key: UUID | None = None
) -> Succession:
    """A letter that arrived outside; it waits for a confirmation by somebody else (D17)."""
    return _done(_opened(organization, letter, now), "record", actor, now, data=letter.data(), key=key)


def confirm(succession: Succession, actor: Actor, now: datetime, key: UUID | None = None) -> Succession:
    """Confirm the letter that somebody else recorded; the verifiers' days run from now (D17)."""
    return _done(succession, "confirm", actor, now, key=key)


def deny(
    succession: Succession, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Succession:
    """Say that there is no such letter; it never takes effect."""
    return _done(succession, "deny", actor, now, note, key=key)


def verify(
    succession: Succession, how: str, actor: Actor, now: datetime, key: UUID | None = None
) -> Succession:
    """One side's "identity verified", with how; after both the right passes on."""
    return _done(succession, "verify", actor, now, data={"how": how}, key=key)


def could_not_verify(
    succession: Succession, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Succession:
    """One side's "could not be verified, because ..."; a new letter may come."""
    return _done(succession, "could_not_verify", actor, now, note, key=key)


def object_to(
    succession: Succession, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Succession:
    """The signer or another office holder says that it is not so; held at once."""
    return _done(succession, "object", actor, now, note, key=key)


def record_objection(
    succession: Succession,
    name: str,
    received_how: str,
    received_on: date,
    file: Upload | None,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> Succession:
    """An objection that arrived outside in ``name``; as a stop it holds at once (D17)."""
    data = {"name": name, "received_how": received_how, "received_on": received_on, "file": file}
    return _done(succession, "record_objection", actor, now, note, data, key)


def send_again(
    succession: Succession, letter: LetterInput, actor: Actor, now: datetime, key: UUID | None = None
) -> Succession:
    """The Head of Agency's new letter, after an objection or where the identity could not be verified."""
    return _done(succession, "send_again", actor, now, data=letter.data(), key=key)


def record_again(
    succession: Succession, letter: LetterInput, actor: Actor, now: datetime, key: UUID | None = None
) -> Succession:
    """The new letter arrived outside; it waits for a confirmation again (D17)."""
    return _done(succession, "record_again", actor, now, data=letter.data(), key=key)


def take_back(
    succession: Succession, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Succession:
    """The Head of Agency in office takes the letter back; nothing changes."""
    return _done(succession, "take_back", actor, now, note, key=key)


def lapse(succession: Succession, actor: Actor, now: datetime) -> Succession:
    """The job notes that a new endorsement or a withdrawal overtook it."""
    return _done(succession, "lapse", actor, now)


def _done(
    succession: Succession,
    action: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    data: dict[str, Any] | None = None,
    key: UUID | None = None,
) -> Succession:
    outcome = perform(succession, action, actor, now, note, data, key)
    assert isinstance(outcome.obj, Succession)
    return outcome.obj
