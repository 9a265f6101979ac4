"""Recording that somebody leaves an organization. Through the runner; raises ``runner.Refused``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from ..models import Organization, Person


def leave(
    person: Person,
    organization: Organization,
    leaves_at: datetime,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> Person:
    """All posts of ``person`` in ``organization`` end at the instant ``leaves_at`` (UTC; ahead or past).

    The account ends with it when the person holds nothing of another organization then. A successor's
    first day is the next one. To come back: the account is opened again, and a post is filled.
    """
    data = {"organization": organization, "leaves_at": leaves_at}
    made: Person = perform(person, "leave", actor, now, note, data, key).obj
    return made
