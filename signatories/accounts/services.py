"""Acts on people's accounts beside the invitation. Through the runner; raises ``runner.Refused``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from ..models import Person


def correct_address(
    person: Person, email: str, actor: Actor, now: datetime, key: UUID | None = None
) -> Person:
    """Another address for somebody whose account was never in use; an open link to the old one ends."""
    data = {"email": email.strip().lower()}
    made: Person = perform(person, "correct_address", actor, now, data=data, key=key).obj
    return made
