"""The demo's signers: a succession complete, one under way, one held; authorities; a round of invitations (D41).

Played through the services on the moving clock. The signatures on paper stand in ``demo``; the confirmed one
has its certificate.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from intranet.access.roles import Capacity
from protocol_pages.editions.selectors import edition_in_force
from signatories import services as people
from signatories.invitations import services as invitations
from signatories.succession import selectors
from signatories.succession import services as successions
from signatories.succession.models import Succession

from . import words
from .stage import Plan, Stage

COMPLETE = "agency-e"
UNDER_WAY = "agency-c"  # verified by the Coordinator, waits on the office
HELD = "zagros"  # another office holder objected
NAMED = "agency-a"
FROM_OUTSIDE = "agency-b"  # the letter waits for its confirmation
LETTER = ("letter-of-the-head-of-agency.pdf", words.PAPER, "application/pdf")


def plan(at: Plan, stage: Stage, today: date) -> None:
    """Plan the scenes; those of the last days are under way when somebody looks."""
    at(today - timedelta(days=150), 10, partial(_send, stage, COMPLETE))
    at(today - timedelta(days=149), 10, partial(_coordinator_verifies, stage, COMPLETE))
    at(today - timedelta(days=148), 10, partial(_office_verifies, stage, COMPLETE))
    at(today - timedelta(days=40), 10, partial(_name, stage))
    at(today - timedelta(days=20), 9, partial(_invite, stage, today + timedelta(days=6)))
    at(today - timedelta(days=12), 10, partial(_send, stage, HELD))
    at(today - timedelta(days=11), 10, partial(_object, stage))
    at(today - timedelta(days=6), 11, partial(_record_authority, stage))
    at(today - timedelta(days=2), 10, partial(_send, stage, UNDER_WAY))
    at(today - timedelta(days=1), 10, partial(_coordinator_verifies, stage, UNDER_WAY))


def _send(stage: Stage, key: str) -> None:
    """The Head of Agency, who signed and will leave, names somebody of the senior management."""
    successor = stage.members[key, Capacity.SENIOR_MANAGEMENT].person
    letter = successions.LetterInput(
        successor=successor,
        successor_title="Deputy Head of Agency",
        from_on=stage.clock.today + timedelta(days=14),
        instrument=f"Letter of the Head of Agency of {stage.clock.today.isoformat()} (example)",
        file=LETTER,
    )
    head = stage.actor(key, Capacity.HEAD_OF_AGENCY)
    successions.send(stage.organizations[key], letter, head, stage.now)


def _running(stage: Stage, key: str) -> Succession:
    found = selectors.under_way(stage.organizations[key])
    assert found is not None  # sent in an earlier scene
    return found


def _coordinator_verifies(stage: Stage, key: str) -> None:
    how = "Called the organization's office on its known number; the letter is theirs (example)."
    successions.verify(_running(stage, key), how, stage.coordinator, stage.now)


def _office_verifies(stage: Stage, key: str) -> None:
    how = "Saw the successor's staff card in a video call (example)."
    successions.verify(_running(stage, key), how, stage.office, stage.now)


def _object(stage: Stage) -> None:
    second = stage.actor(HELD, Capacity.SECONDARY_FOCAL_POINT)
    note = "The person who signed has not left the organization (example)."
    successions.object_to(_running(stage, HELD), second, stage.now, note)


def _name(stage: Stage) -> None:
    """Given by the Head of Agency: in force at once."""
    people.record_authority(
        stage.organizations[NAMED],
        stage.members[NAMED, Capacity.SENIOR_MANAGEMENT].person,
        "Letter HA/7 (example)",
        stage.clock.today,
        stage.actor(NAMED, Capacity.HEAD_OF_AGENCY),
        stage.now,
        file=LETTER,
    )


def _record_authority(stage: Stage) -> None:
    """Recorded by the Coordinator from a letter: it waits for somebody else."""
    people.record_authority(
        stage.organizations[FROM_OUTSIDE],
        stage.members[FROM_OUTSIDE, Capacity.SENIOR_MANAGEMENT].person,
        "Letter HA/31 (example)",
        stage.clock.today,
        stage.coordinator,
        stage.now,
        file=LETTER,
        received_how="letter",
        received_on=stage.clock.today,
    )


def _invite(stage: Stage, due_on: date) -> None:
    """Whoever has not endorsed the edition in force is asked, with a day."""
    invitations.open_round(edition_in_force(stage.clock.today), due_on, stage.coordinator, stage.now)
