"""The organization's vote, read from its answers (D24). Pure: answers in, one word out.

The vote is the organization's: an answer belongs to the post, so a successor may change it and a
replaced person's answer goes on counting. Time is no input here: nothing turns silence into a vote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from intranet.access.roles import Capacity

from .tokens import Choice


class Tally(StrEnum):
    NONE = "none"
    AUTHORIZED = "authorized"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Vote:
    """One decision, in order of its time: ``choice`` is authorize or refuse."""

    capacity: str
    choice: str


def tally(votes: Iterable[Vote]) -> Tally:
    """Where the organization stands after ``votes``, oldest first.

    Two focal points that differ make a conflict until one changes or the Head of Agency answers. The
    Head of Agency settles what came before; a different answer that comes after hers is a conflict
    again, so that she can say which holds. A no of senior management outweighs the focal points.
    """
    latest: dict[str, str] = {}
    for vote in votes:
        if vote.capacity == Capacity.HEAD_OF_AGENCY:
            latest = {}
        elif latest.get(Capacity.HEAD_OF_AGENCY) == Choice.REFUSE:
            continue  # a later yes from below does not lift the no of the Head of Agency
        latest.pop(vote.capacity, None)
        latest[vote.capacity] = vote.choice
    if not latest:
        return Tally.NONE
    said = set(latest.values())
    if said == {Choice.AUTHORIZE.value}:
        return Tally.AUTHORIZED
    if said == {Choice.REFUSE.value}:
        return Tally.REFUSED
    head = latest.get(Capacity.HEAD_OF_AGENCY)
    if head is None and latest.get(Capacity.SENIOR_MANAGEMENT) == Choice.REFUSE:
        return Tally.REFUSED
    return Tally.CONFLICT
