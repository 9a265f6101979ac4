"""What the acts of this slice take: plain values, no request, no form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed over; it is checked before anything is stored."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Case:
    """Which party did not comply with which caveat. ``from_on``: calendar date, today or earlier.

    ``release_number``: the letter (RL-2026-003), or in words what was shared before the system.
    ``same_party``: a person's word that the recipient of that release, named otherwise, is this party.
    """

    party: str
    release_number: str
    reason: str
    from_on: date
    address: str = ""
    letter_language: str = "en"
    same_party: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the office: typed by an office person, or a signed paper (D17, D20).

    ``decided_by``: id of the office person who signed it; None for the actor's own word.
    """

    text: str
    decided_by: UUID | None = None
    decided_on: date | None = None
    paper: Upload | None = None
