"""Time: business days, deadlines, jobs. Rules get ``now`` passed in; only views and commands ask."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, UTC. For views and commands; rules take it as a parameter."""
    return datetime.now(UTC)
