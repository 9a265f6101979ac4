"""Keeping a hand-over on paper. Through the runner; raises ``runner.Refused``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.actors import Actor
from intranet.papers.letterhead import Language
from intranet.workflow.runner import perform

from ..models import Organization, Person
from .models import HandOver, Scope


def keep_person(
    person: Person,
    organization: Organization,
    actor: Actor,
    now: datetime,
    language: Language = "en",
    key: UUID | None = None,
) -> HandOver:
    """What is open in one person's posts at ``now``, as Word and PDF."""
    row = HandOver(scope=Scope.PERSON, person=person, organization=organization)
    made: HandOver = perform(row, "keep_person", actor, now, data={"language": language}, key=key).obj
    return made


def keep_network(actor: Actor, now: datetime, language: Language = "en", key: UUID | None = None) -> HandOver:
    """The network's whole state of play at ``now``, as Word and PDF."""
    row = HandOver(scope=Scope.NETWORK)
    made: HandOver = perform(row, "keep_network", actor, now, data={"language": language}, key=key).obj
    return made
