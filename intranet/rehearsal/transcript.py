"""What a rehearsal leaves behind: transcript, events and mails as files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audit.ledger import Kind, canonical
from audit.models import Event
from intranet.notices import outbox
from intranet.notices.models import Notice


def step(event: Event, zone: ZoneInfo) -> dict[str, Any]:
    """One line of the transcript: the event as people read it, in the network's time zone.

    Silence is derived and never a stored state (D26): its note names the derived token.
    """
    return {
        "at": event.at.astimezone(zone).isoformat(),
        "clause": event.clause,
        "capacity": event.capacity,
        "action": event.action,
        "object": event.object_label or event.object_type,
        "state": event.data.get("derived_state", event.state_after),
        "outcome": event.outcome,
        "reason": event.reason,
    }


def write_transcript(folder: Path, zone: ZoneInfo) -> list[dict[str, Any]]:
    """``transcript.jsonl``: every governed act and refusal, in order."""
    steps = [step(event, zone) for event in Event.objects.filter(kind=Kind.ACT).order_by("sequence")]
    _write(folder / "transcript.jsonl", steps)
    return steps


def write_events(folder: Path) -> int:
    """``events.jsonl``: every row of the ledger with its hash; returns how many."""
    rows = [
        json.loads(canonical(event)) | {"hash": event.hash} for event in Event.objects.order_by("sequence")
    ]
    _write(folder / "events.jsonl", rows)
    return len(rows)


def write_mails(folder: Path) -> int:
    """``mail/NNN-kind.eml``: every notice as it goes out; returns how many."""
    mails = folder / "mail"
    mails.mkdir(parents=True, exist_ok=True)
    notices = list(Notice.objects.order_by("written_at", "id"))
    for number, notice in enumerate(notices, start=1):
        message = outbox.message(notice)
        message.extra_headers["Date"] = format_datetime(_utc(notice.written_at))
        (mails / f"{number:03}-{notice.kind}.eml").write_bytes(message.message().as_bytes())
    return len(notices)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows))
