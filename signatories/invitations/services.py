"""What the Coordinator does with invitations to endorse. Everything goes through the runner.

``actor`` and ``now`` (UTC) are explicit; ``key`` is a form's own random id. All raise ``runner.Refused``.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform
from protocol_pages.editions.models import Edition
from signatories.models import Organization

from .models import InvitationRound


def open_round(
    edition: Edition, due_on: date, actor: Actor, now: datetime, key: UUID | None = None
) -> InvitationRound:
    """Ask every organization that has not endorsed ``edition`` to do it until ``due_on`` (network's day)."""
    opened = InvitationRound(
        edition_number=edition.number,
        edition_label=edition.label,
        due_on=due_on,
        opened_at=now,
        opened_by=actor.label,
    )
    return _round(perform(opened, "open", actor, now, key=key).obj)


def invite_one_more(
    invited: InvitationRound,
    organization: Organization,
    actor: Actor,
    now: datetime,
    note: str = "",
    key: UUID | None = None,
) -> InvitationRound:
    """Add an organization; one that withdrew only with the reason why it is invited again."""
    data = {"organization": organization}
    return _round(perform(invited, "add", actor, now, note, data, key).obj)


def close(
    invited: InvitationRound, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> InvitationRound:
    """No further reminders."""
    return _round(perform(invited, "close", actor, now, note, key=key).obj)


def _round(obj: object) -> InvitationRound:
    assert isinstance(obj, InvitationRound)
    return obj
