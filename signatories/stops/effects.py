"""What the slices ask about stops, for any position of the register. Pure: the answers come from ``matrix``.

Where two stops hold at once the stricter effect counts. Days are calendar dates of the network's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ..models import EntryKind, SuspensionScope
from ..standing import Fact, Position
from .matrix import (
    MATRIX,
    Area,
    Chasers,
    Completeness,
    Consents,
    Duty,
    Notices,
    Requests,
    Stop,
)


def stop_of(fact: Fact) -> Stop | None:
    """Which stop an entry of the ledger begins; None for an entry that begins none."""
    if fact.kind == EntryKind.SUSPENDED:
        external = getattr(fact, "scope", "") == SuspensionScope.EXTERNAL
        return Stop.EXTERNAL_SUSPENSION if external else Stop.SUSPENSION
    return {EntryKind.FLOW_STOPPED: Stop.FLOW_STOP, EntryKind.WITHDRAWN: Stop.WITHDRAWAL}.get(
        EntryKind(fact.kind)
    )


def in_force(position: Position) -> tuple[Stop, ...]:
    """The stops that hold in a position; several may hold at once."""
    if not position.member:
        return () if position.endorsement is None else (Stop.WITHDRAWAL,)
    found = [stop_of(fact) for fact in (position.suspension, position.flow_stop) if fact is not None]
    return tuple(stop for stop in found if stop is not None)


def _strictest(area: Area, stops: Iterable[Stop]) -> int:
    return max((MATRIX[stop][area].effect for stop in stops), default=0)


def duty(position: Position) -> Duty:
    """The monthly duty of a signatory, or of one that withdrew (§6.1)."""
    return Duty(_strictest(Area.DUTY, in_force(position)))


def resting(position: Position) -> Stop | None:
    """Which stop lets the monthly duty rest: the stricter one gives the month its word; None when it is due."""
    rests = {Duty.RESTS_OPEN, Duty.RESTS_CLOSED}
    found = [stop for stop in in_force(position) if MATRIX[stop][Area.DUTY].effect in rests]
    return max(found, key=lambda stop: MATRIX[stop][Area.DUTY].effect, default=None)


def takes_reports(position: Position) -> bool:
    """Whether a month's report is taken: from signatories whose stop does not close the form."""
    return position.member and duty(position) in {Duty.GOES_ON, Duty.RESTS_OPEN}


def is_chased(position: Position) -> bool:
    """Whether reminders for a month go to it."""
    return position.member and _strictest(Area.CHASERS, in_force(position)) == Chasers.GO_ON


def is_asked(position: Position) -> bool:
    """Whether a round asks it and its figures may be released (D22): a signatory without any stop."""
    return position.member and _strictest(Area.REQUESTS, in_force(position)) == Requests.GO_ON


def consent_is_broken(position: Position, issued_at: datetime, issued_on: date) -> bool:
    """Whether the organization stopped after a round was issued (trap 12, D30), lifted since or not.

    ``issued_at``: UTC; ``issued_on``: the same instant's day in the network's time zone. A consent given
    before a stop does not come back when the stop is lifted: silence about it is no new consent.
    """
    fact = position.stopped
    stop = stop_of(fact) if fact is not None else None
    if fact is None or stop is None or MATRIX[stop][Area.CONSENTS].effect != Consents.VOID:
        return False
    recorded_at: datetime | None = getattr(fact, "recorded_at", None)
    return fact.effective_on > issued_on or (recorded_at is not None and recorded_at > issued_at)


def counts_as(position: Position) -> Completeness:
    """How the completeness line of a release counts a signatory of the period (D22)."""
    return Completeness(_strictest(Area.COMPLETENESS, in_force(position)))


_AUDIENCE = {
    EntryKind.SUSPENDED: Stop.SUSPENSION,
    EntryKind.RESUMED: Stop.SUSPENSION,
    EntryKind.FLOW_STOPPED: Stop.FLOW_STOP,
    EntryKind.FLOW_RESUMED: Stop.FLOW_STOP,
    EntryKind.WITHDRAWN: Stop.WITHDRAWAL,
}


def audience(kind: EntryKind | str) -> tuple[Notices, str]:
    """Who is told of an entry beside the organization's own people, and by which clause; lifting as stopping."""
    stop = _AUDIENCE[EntryKind(kind)]
    cell = MATRIX[stop][Area.NOTICES]
    return Notices(cell.effect), cell.clause


def notifications_go_on(position: Position) -> bool:
    """Whether the organization goes on notifying allegations (§4.0): as its suspension says, else yes."""
    return position.member and getattr(position.suspension, "notifications_continue", True) is not False
