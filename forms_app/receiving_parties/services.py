"""The acts on suspensions of receiving parties, for views, the rehearsal and tests alike.

``actor`` and ``now`` (UTC) are explicit; ``key``: the form's random id. All raise ``runner.Refused``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform

from .inputs import Case, Said
from .models import PartySuspension


def propose(case: Case, actor: Actor, now: datetime, key: UUID | None = None) -> PartySuspension:
    """The Coordinator holds everything back at once and puts the suspension to the office."""
    return _done(PartySuspension(), "propose", actor, now, key=key, data={"case": case})


def suspend(case: Case, said: Said, actor: Actor, now: datetime, key: UUID | None = None) -> PartySuspension:
    """The office suspends by its own word, or its assistant records the signed paper; at once (D17, D20)."""
    return _done(PartySuspension(), "suspend", actor, now, key=key, data={"case": case, "said": said})


def agree(
    row: PartySuspension, said: Said, actor: Actor, now: datetime, key: UUID | None = None
) -> PartySuspension:
    """The office suspends what the Coordinator proposed."""
    return _done(row, "suspend", actor, now, key=key, data={"said": said})


def decline(
    row: PartySuspension, said: Said, actor: Actor, now: datetime, key: UUID | None = None
) -> PartySuspension:
    """The office does not suspend; nothing is held back any more."""
    return _done(row, "decline", actor, now, key=key, data={"said": said})


def lift(
    row: PartySuspension, said: Said, actor: Actor, now: datetime, key: UUID | None = None
) -> PartySuspension:
    """The second act: the office lifts the suspension."""
    return _done(row, "lift", actor, now, key=key, data={"said": said})


def record_lift(
    row: PartySuspension, said: Said, actor: Actor, now: datetime, key: UUID | None = None
) -> PartySuspension:
    """A lifting that arrived on paper; it takes effect after an office person confirmed it (D17)."""
    return _done(row, "record_lift", actor, now, key=key, data={"said": said})


def confirm_lift(
    row: PartySuspension, actor: Actor, now: datetime, key: UUID | None = None
) -> PartySuspension:
    """An office person who did not record it confirms the lifting against the paper."""
    return _done(row, "confirm_lift", actor, now, key=key)


def deny_lift(
    row: PartySuspension, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> PartySuspension:
    """The paper is not the office's: the suspension stands."""
    return _done(row, "deny_lift", actor, now, note=note, key=key)


def settle_name(
    row: PartySuspension,
    name: str,
    same: bool,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> PartySuspension:
    """A person says whether ``name``, which is near the party's, is the same party; why stands in ``note``."""
    data = {"name": name, "same": same}
    return _done(row, "settle_name", actor, now, note=note, key=key, data=data)


def _done(row: PartySuspension, action: str, actor: Actor, now: datetime, **more: Any) -> PartySuspension:
    found = perform(row, action, actor, now, **more).obj
    assert isinstance(found, PartySuspension)
    return found
