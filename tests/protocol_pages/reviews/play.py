"""Words and files of the reviews that tests play."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from audit.actors import Actor, system_actor
from intranet.access.roles import Capacity
from protocol_pages.reviews import services
from protocol_pages.reviews.models import ReviewComment, ReviewCycle
from protocol_pages.reviews.services import Decision, Outside, Proposal
from tests.signatories.network import Network

OPENING = datetime(2026, 12, 2, 6, 0, tzinfo=UTC)
TODAY = date(2026, 12, 2)
JOB = system_actor("run_due")
PDF = ("minutes.pdf", b"%PDF-1.7 minutes of the meeting", "application/pdf")
OUTSIDE = Outside("letter", TODAY, "Beta Head", "Country Director", PDF)
WORDS = "Seven business days are given to answer."


def decision(**changes: Any) -> Decision:
    values: dict[str, Any] = {
        "decided_by": "UNCT",
        "decided_on": TODAY,
        "outcome": "confirmed",
        "minutes": PDF,
    }
    return Decision(**values | changes)


def proposal(block_id: str = "7b-2", **changes: Any) -> Proposal:
    values: dict[str, Any] = {
        "block_id": block_id,
        "kind": "substance",
        "comment": "Five days are too short in the field.",
        "proposed_text": WORDS,
    }
    return Proposal(**values | changes)


def focal_point(network: Network, member: str) -> Actor:
    return network.actor(f"{member}.first", Capacity.PRIMARY_FOCAL_POINT)


def comment_of(
    network: Network, cycle: ReviewCycle, member: str, block_id: str, **changes: Any
) -> ReviewComment:
    return services.comment(
        cycle, network.members[member], proposal(block_id, **changes), focal_point(network, member), OPENING
    )
