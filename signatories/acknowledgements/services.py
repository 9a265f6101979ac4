"""The act of acknowledging. Raises ``runner.Refused``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from ..models import Person
from .models import TextAcknowledgement


def acknowledge(
    person: Person, sha256: str, language: str, actor: Actor, now: datetime, key: UUID | None = None
) -> TextAcknowledgement:
    """``sha256``: the text that stood on the screen; ``language``: of the statement shown; ``now``: UTC."""
    data = {"sha256": sha256, "language": language}
    made: TextAcknowledgement = perform(
        TextAcknowledgement(person=person), "acknowledge", actor, now, data=data, key=key
    ).obj
    return made
