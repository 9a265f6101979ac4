"""Acts on stops beside those of ``signatories.services``: the flow of data, and the acknowledgement of a withdrawal.

``actor`` and ``now`` (UTC) are explicit; all raise ``runner.Refused`` with a sentence for the person.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from ..models import Organization, ParticipationEntry
from ..services import entry_of
from .models import Acknowledgement
from .policy import side_of


def stop_flow(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    breach_reference: str,
    reasons: str,
    effective_on: date,
    office_involved: bool = False,
    key: UUID | None = None,
) -> ParticipationEntry:
    """Stop the flow of data over a breach, in writing with the reasons, to the Coordinator (§9.f).

    ``breach_reference``: BR-YYYY-NN; ``office_involved``: whether the office takes part in the breach (§9.g).
    """
    data = {
        "breach_reference": breach_reference,
        "statement": reasons,
        "effective_on": effective_on,
        "office_involved": office_involved,
    }
    return entry_of(perform(organization, "stop_flow", actor, now, data=data, key=key))


def resume_flow(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    effective_on: date,
    statement: str = "",
    key: UUID | None = None,
) -> ParticipationEntry:
    """Let the data flow again by a second signed act."""
    data = {"effective_on": effective_on, "statement": statement}
    return entry_of(perform(organization, "resume_flow", actor, now, data=data, key=key))


def acknowledge(
    entry: ParticipationEntry, actor: Actor, now: datetime, key: UUID | None = None
) -> Acknowledgement:
    """Coordinator or office say that a withdrawal reached them; it is no approval (fields 4.5)."""
    row = Acknowledgement(entry=entry, side=side_of(actor) or "")
    outcome = perform(row, "acknowledge", actor, now, key=key)
    assert isinstance(outcome.obj, Acknowledgement)
    return outcome.obj
