"""Receiving parties: whether anything may go on for one, and whose open requests rest meanwhile (D33).

The slice that keeps suspensions of receiving parties and the slice that keeps requests meet here (D8). Names
are as people typed them; which two names are the same party is the keeper's to say, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from audit.actors import Actor
from intranet.workflow.machine import ALLOWED, Decision


class Keeper(Protocol):
    """The slice that keeps suspensions."""

    def decision(self, name: str, now: datetime) -> Decision:
        """Whether anything may go on for the party; the reason is for coordination, office and auditors."""

    def broken_since(self, name: str, instant: datetime) -> bool:
        """Whether the office suspended the party after ``instant`` (UTC), lifted since or not."""

    def url(self, name: str) -> str:
        """The page of the suspension that keeps the party back; empty when none does."""


@dataclass(frozen=True, slots=True)
class ReleasedTo:
    """One release: its letter's number, to whom, on which day (network's time zone)."""

    number: str
    party: str
    on: date


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """One request that has not ended: its label, who asks, the address of its board."""

    reference: str
    party: str
    url: str


class Requests(Protocol):
    """The slice that keeps requests."""

    def hold(self, same: Callable[[str], bool], actor: Actor, now: datetime, note: str) -> int:
        """Put every open request of the parties for whom ``same`` says yes on hold; how many it were."""

    def open(self) -> Sequence[OpenRequest]:
        """Requests that have not ended, oldest first. One query."""

    def released(self) -> Sequence[ReleasedTo]:
        """Every release, newest first. One query."""


_keepers: list[Keeper] = []
_requests: list[Requests] = []


def register_keeper(keeper: Keeper) -> None:
    """Called once by the slice that keeps suspensions."""
    if _keepers:
        raise ValueError("There is one keeper of receiving parties")
    _keepers.append(keeper)


def register_requests(requests: Requests) -> None:
    """Called once by the slice that keeps requests."""
    if _requests:
        raise ValueError("There is one slice of requests")
    _requests.append(requests)


def decision(name: str, now: datetime) -> Decision:
    """Whether anything may go on for the party of this name."""
    return _keepers[0].decision(name, now) if _keepers else ALLOWED


def broken_since(name: str, instant: datetime) -> bool:
    """Whether the party was suspended after ``instant`` (UTC)."""
    return bool(_keepers) and _keepers[0].broken_since(name, instant)


def page_of(name: str) -> str:
    """The page that says why; empty when nothing keeps the party back."""
    return _keepers[0].url(name) if _keepers else ""


def requests() -> Requests:
    """The slice of requests; LookupError when it is not installed."""
    if not _requests:
        raise LookupError("No slice keeps requests")
    return _requests[0]
