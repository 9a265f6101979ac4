"""The network's state of play, composed from what the slices register (``intranet.clock.handover``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from audit.actors import Actor
from intranet.access.policy import opens
from intranet.access.roles import COORDINATION, Capacity
from intranet.clock import handover
from intranet.clock.due import DueRow, due_rows

from ..days import network_day
from ..models import Kind, Organization, Post
from ..selectors import held


@dataclass(frozen=True)
class StateOfPlay:
    """``first``: what the Coordinator's post has to do, the nearest day first. ``parts``: everything else."""

    first: list[DueRow]
    parts: list[handover.Part]
    holders: list[Post]


def as_seen_by(state: StateOfPlay, capacity: str) -> StateOfPlay:
    """The same without links to pages that are not for the reader: the office reads what the Coordinator does."""
    first = [
        replace(
            row,
            url=row.url if opens(row.url, capacity) else "",
            more=tuple((label, url) for label, url in row.more if opens(url, capacity)),
        )
        for row in state.first
    ]
    parts = [
        replace(
            part,
            lines=tuple(line if opens(line.url, capacity) else replace(line, url="") for line in part.lines),
        )
        for part in state.parts
    ]
    return replace(state, first=first, parts=parts)


def state_of_play(now: datetime) -> StateOfPlay:
    """At ``now`` (UTC), whoever asks. The number of queries does not grow with the network."""
    day = network_day(now)
    holders = list(held(day).filter(capacity__in=COORDINATION).order_by("-capacity"))
    return StateOfPlay(
        [row for row in due_rows(_post_of_coordinator(), now) if not row.personal],
        handover.parts(now),
        holders,
    )


def _post_of_coordinator() -> Actor:
    """The post, whoever holds it: what is due from it is due from the successor."""
    home = Organization.objects.filter(kind=Kind.COORDINATION).order_by("active_from").first()
    return Actor(
        label=str(Capacity.COORDINATOR.label),
        capacity=Capacity.COORDINATOR,
        organization_id=home.pk if home else None,
        organization=home.name_en if home else "",
    )
