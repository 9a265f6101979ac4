"""Writing and checking the event ledger (D15).

The chain is made in Python and serialised by an advisory lock that is held to commit, so the row is
written last in its transaction. A chain shows edits, gaps and swaps; it cannot show that the newest
rows were cut off by somebody who owns the tables: outside anchors come later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from .actors import Actor
from .models import Event

GENESIS = "0" * 64
_LOCK = 7_206_002
_HASHED = (
    "sequence",
    "kind",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "clause",
    "actor_label",
    "capacity",
    "organization",
    "outcome",
    "state_before",
    "state_after",
    "reason",
    "data",
    "previous",
)
_HASHED_AS_TEXT = ("at", "actor_id", "organization_id")


class Kind(StrEnum):
    ACT = "act"
    SIGN_IN = "sign_in"
    VIEW = "view"
    DOWNLOAD = "download"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: type and random id, and the reference people know it by."""

    type: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``first_bad`` is the sequence number of the first row that does not hold, None when intact."""

    intact: bool
    count: int
    first_bad: int | None = None
    why: str = ""


def hold() -> None:
    """Take the ledger's lock until the end of the transaction: whoever holds it acts alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def record(
    *,
    now: datetime,
    actor: Actor,
    action: str,
    kind: Kind = Kind.ACT,
    subject: Subject | None = None,
    clause: str = "",
    outcome: str = "done",
    state_before: str = "",
    state_after: str = "",
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    rows: Sequence[str] = (),
) -> Event:
    """Append one event. ``now`` is the UTC instant of the act; ``data`` holds no figures.

    ``rows``: ids of the history rows that the act wrote (``acting(...)`` collects them), kept as
    ``data["rows"]``: so the history of an object says the act with what it changed.
    """
    subject = subject or Subject()
    facts = dict(data or {}) | ({"rows": list(rows)} if rows else {})
    with transaction.atomic():
        hold()
        last = Event.objects.order_by("-sequence").values_list("sequence", "hash").first()
        event = Event(
            sequence=(last[0] if last else 0) + 1,
            at=now.astimezone(UTC),
            kind=str(kind),
            action=action,
            object_type=subject.type,
            object_id=subject.id,
            object_label=subject.label[:200],
            clause=clause,
            actor_id=actor.user_id,
            actor_label=actor.label,
            capacity=actor.capacity,
            organization_id=actor.organization_id,
            organization=actor.organization,
            outcome=outcome,
            state_before=state_before,
            state_after=state_after,
            reason=reason,
            data=json.loads(json.dumps(facts, default=str)),
            previous=last[1] if last else GENESIS,
        )
        event.hash = digest(event)
        event.save()
    return event


def canonical(event: Any) -> bytes:
    """The bytes of an event, or of a row with its fields, that are hashed: sorted JSON, UTC microseconds."""
    fields: dict[str, Any] = {name: getattr(event, name) for name in _HASHED}
    fields["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields["actor_id"] = str(event.actor_id or "")
    fields["organization_id"] = str(event.organization_id or "")
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(event: Any) -> str:
    """SHA-256 of the canonical row, hexadecimal."""
    return hashlib.sha256(canonical(event)).hexdigest()


def verify(events: Iterable[Any] | None = None) -> Verdict:
    """Walk the whole chain in order (the stored one by default); stops at the first row that does not hold."""
    previous, expected, count = GENESIS, 1, 0
    for event in _in_order() if events is None else events:
        if event.sequence != expected:
            return Verdict(False, count, event.sequence, f"expected entry {expected}, found {event.sequence}")
        if event.previous != previous:
            return Verdict(False, count, event.sequence, "does not follow the entry before it")
        if event.hash != digest(event):
            return Verdict(False, count, event.sequence, "content was changed after it was written")
        previous, expected, count = event.hash, expected + 1, count + 1
    return Verdict(True, count)


def _in_order() -> Iterator[Any]:
    """The fields that are hashed, and the hash; no object is made of each row of many years."""
    rows = Event.objects.order_by("sequence").values_list(*_HASHED, *_HASHED_AS_TEXT, "hash", named=True)
    yield from rows.iterator(chunk_size=2000)
