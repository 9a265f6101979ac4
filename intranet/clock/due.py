"""Deadlines as pure facts, and the ledger "what is due from me" that Home shows.

Slices register sources. A source derives its rows from facts, calendar and ``now``; nothing here is
a stored flag, so a missed job leaves nothing stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.network.once import one_answer

from .business_days import Counted


class Standing(StrEnum):
    """How a due row stands; shown as word, shape and colour."""

    OPEN = "none"
    SOON = "soon"
    LATE = "late"
    DONE = "ok"
    QUIET = "quiet"


@dataclass(frozen=True)
class DueRow:
    """One row of Home's ledger. ``last_day``: the last day in the network's time zone, None: no limit.

    ``why``: the clause ("§7B.2") or "practice". ``counted``: the arithmetic behind the date.
    ``personal``: it asks the person, not the post, and so is never handed over.
    """

    what: StrOrPromise
    url: str
    why: str
    last_day: date | None
    state: StrOrPromise
    standing: Standing
    do: StrOrPromise
    detail: StrOrPromise = ""
    counted: Counted | None = None
    more: tuple[tuple[StrOrPromise, str], ...] = ()  # further actions (label, url)
    personal: bool = False


@dataclass(frozen=True)
class WaitingRow:
    """Something that waits on others: which role, never which organization outside coordination."""

    what: StrOrPromise
    url: str
    waits_on: StrOrPromise
    since: datetime
    last_day: date | None = None


DueSource = Callable[[Actor, datetime], Iterable[DueRow]]
WaitingSource = Callable[[Actor, datetime], Iterable[WaitingRow]]


@dataclass(frozen=True)
class Job:
    """One idempotent deadline job of a slice: selects ``<= now and not yet done``, returns sentences.

    ``run(now, dry_run)`` never sets a consent or an authorization (D26).
    """

    name: str
    rule: str
    run: Callable[[datetime, bool], Iterable[str]]


@dataclass
class _Sources:
    due: list[DueSource] = field(default_factory=list)
    waiting: list[WaitingSource] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)


_sources = _Sources()


def register(
    *, due: DueSource | None = None, waiting: WaitingSource | None = None, jobs: Iterable[Job] = ()
) -> None:
    """Called by each slice's AppConfig.ready."""
    if due is not None:
        _sources.due.append(due)
    if waiting is not None:
        _sources.waiting.append(waiting)
    _sources.jobs.extend(jobs)


def due_rows(actor: Actor, now: datetime) -> list[DueRow]:
    """All rows due from ``actor``, soonest first; rows without a limit last."""
    with one_answer():
        rows = [row for source in _sources.due for row in source(actor, now)]
    return sorted(rows, key=lambda row: (row.last_day is None, row.last_day or date.max))


def waiting_rows(actor: Actor, now: datetime) -> list[WaitingRow]:
    """What waits on others, oldest first."""
    with one_answer():
        rows = [row for source in _sources.waiting for row in source(actor, now)]
    return sorted(rows, key=lambda row: row.since)


def jobs() -> list[Job]:
    """The deadline jobs that ``run_due`` runs, in order of registration."""
    return list(_sources.jobs)
