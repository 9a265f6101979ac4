"""Answering "is this still you?" and looking after what was not confirmed. Raises ``runner.Refused``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from ..days import network_day
from ..models import Person
from .models import PresenceAnswer, Reply
from .rounds import current

_ACTIONS = {
    Reply.YES: "confirm",
    Reply.LEFT: "left",
    Reply.CORRECT: "name_a_correction",
    Reply.SEEN: "look_after",
}


def answer(
    person: Person, reply: Reply, actor: Actor, now: datetime, note: str = "", key: UUID | None = None
) -> PresenceAnswer:
    """One more answer of the running round; the newest counts. It ends nothing by itself."""
    row = PresenceAnswer(person=person, round_on=current(network_day(now)).begins_on)
    made: PresenceAnswer = perform(row, _ACTIONS[reply], actor, now, data={"note": note}, key=key).obj
    return made
