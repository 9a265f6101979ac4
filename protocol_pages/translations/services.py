"""Acts on a reviewer's text. ``actor`` and ``now`` (UTC) are explicit, ``key`` is a form's own random id.

All raise ``runner.Refused``. Words are kept in canonical form (D1), as the English is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.actors import Actor
from intranet.files.store import Upload
from intranet.workflow.runner import perform
from protocol_pages.editions.canonical import canonical_block
from protocol_pages.editions.models import Edition

from .models import ReviewedText


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose text it is and how it came. ``reviewed_on``: a calendar date."""

    reviewer_name: str
    reviewer_title: str
    reviewed_on: date
    source: str


def begin(
    language: str,
    edition: Edition,
    facts: Facts,
    actor: Actor,
    now: datetime,
    file: Upload | None = None,
    key: UUID | None = None,
) -> ReviewedText:
    """A new text of one fixed edition, without words yet."""
    text = ReviewedText(language=language, edition=edition, **asdict(facts))
    return _text(perform(text, "begin", actor, now, data={"file": file}, key=key))


def describe(
    text: ReviewedText,
    facts: Facts,
    actor: Actor,
    now: datetime,
    file: Upload | None = None,
    key: UUID | None = None,
) -> ReviewedText:
    """Other facts, while it is being recorded."""
    data = {"facts": asdict(facts), "file": file}
    return _text(perform(text, "describe", actor, now, data=data, key=key))


def write(
    text: ReviewedText, words: Mapping[str, str], actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewedText:
    """Words by block id; empty ones take a block out. What says the same as before makes no version."""
    data = {"texts": {block_id: canonical_block(said) for block_id, said in words.items()}}
    return _text(perform(text, "write", actor, now, data=data, key=key))


def hand_in(text: ReviewedText, actor: Actor, now: datetime, key: UUID | None = None) -> ReviewedText:
    """From now on it waits for a second person, and its words do not change."""
    return _text(perform(text, "hand_in", actor, now, key=key))


def send_back(
    text: ReviewedText, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ReviewedText:
    """Back to recording; ``note``: why."""
    return _text(perform(text, "return", actor, now, note, key=key))


def confirm(
    text: ReviewedText, seal: str, actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewedText:
    """From now on it stands beside the English. ``seal``: of the words that the person saw (``selectors.seal_of``)."""
    return _text(perform(text, "confirm", actor, now, data={"seal": seal}, key=key))


def withdraw(
    text: ReviewedText, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ReviewedText:
    """No longer shown; an earlier confirmed text stands there again where there is one."""
    return _text(perform(text, "withdraw", actor, now, note, key=key))


def discard(
    text: ReviewedText, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ReviewedText:
    """It comes to nothing; it stays readable for those who record."""
    return _text(perform(text, "discard", actor, now, note, key=key))


def _text(outcome: Any) -> ReviewedText:
    assert isinstance(outcome.obj, ReviewedText)
    return outcome.obj
