"""Acts of training returns. Everything goes through the runner; all raise ``runner.Refused``.

``actor`` and ``now`` (UTC) are explicit; days are dates in the network's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import Refused, perform, whole
from signatories.models import Organization

from .models import ComplianceReturn, TrainingSession


@dataclass(frozen=True, slots=True)
class Facts:
    """What a session was. ``topics``: values of ``models.Topic``; ``mode``: a value of ``models.Mode``."""

    title: str
    topics: tuple[str, ...]
    mode: str
    language: str
    held_on: date
    organiser: str
    trainers: int
    governorate: str = ""
    training_of_trainers: bool = False
    material: str = ""


@dataclass(frozen=True, slots=True)
class Attended:
    """Counts by audience category and the total as somebody else counted it."""

    parts: Mapping[str, int | None]
    total: int | None


def record_session(
    organization: Organization,
    facts: Facts,
    attended: Attended,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> TrainingSession:
    """One session with its attendance."""
    data = {
        "facts": asdict(facts) | {"topics": list(facts.topics)},
        "attendance": dict(attended.parts),
        "total": attended.total,
    }
    made: TrainingSession = perform(
        TrainingSession(organization=organization), "record", actor, now, data=data, key=key
    ).obj
    return made


def record_sessions(
    organization: Organization, rows: Sequence[tuple[Facts, Attended]], actor: Actor, now: datetime
) -> list[TrainingSession]:
    """All sessions of a file or, when one is refused, none: raises ``RefusedAt`` with its place in ``rows``."""
    made: list[TrainingSession] = []
    try:
        with whole():
            for facts, attended in rows:
                made.append(record_session(organization, facts, attended, actor, now))
    except Refused as refusal:
        raise RefusedAt(len(made), str(refusal)) from refusal
    return made


class RefusedAt(Exception):
    """One of several rows is refused. ``place`` counts from 0; the sentence is the refusal's."""

    def __init__(self, place: int, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


def strike_session(
    session: TrainingSession, note: str, actor: Actor, now: datetime, key: UUID | None = None
) -> TrainingSession:
    """Recorded wrongly: it counts nowhere; the history keeps it with the reason."""
    struck: TrainingSession = perform(session, "strike", actor, now, note, key=key).obj
    return struck


def send_return(
    organization: Organization,
    year: int,
    as_of: date,
    figures: Mapping[str, Mapping[str, int]],
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ComplianceReturn:
    """The return of a year; a further one of the same year counts instead of the earlier."""
    row = ComplianceReturn(organization=organization, year=year)
    data = {"as_of": as_of, "figures": figures}
    made: ComplianceReturn = perform(row, "send", actor, now, data=data, key=key).obj
    return made
