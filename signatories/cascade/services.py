"""Recording a sharing of the standards; everything goes through the runner."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform
from protocol_pages.editions.models import Edition
from signatories.models import Organization

from .models import CascadeRecord


def record(
    organization: Organization,
    edition: Edition,
    shared_on: date,
    audience: str,
    reached: int,
    people: int,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> CascadeRecord:
    """``reached`` of ``people`` in one audience heard of the standards. ``now``: UTC. Raises ``runner.Refused``.

    ``edition``: whose standards they are; the day may not lie before it was in force.
    """
    made = CascadeRecord(
        organization=organization,
        edition_number=edition.number,
        shared_on=shared_on,
        audience=audience,
        reached=reached,
        people=people,
    )
    data = {"from_day": edition.effective_from}
    outcome = perform(made, "record", actor, now, data=data, key=key)
    assert isinstance(outcome.obj, CascadeRecord)
    return outcome.obj
