"""Who speaks on the suspension of a receiving party. §7B.6 leaves final approval to the office; that the same
hands decide on a suspension is network practice, not protocol text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, OFFICE_AND_ASSISTANTS, OVERSEERS
from intranet.workflow.machine import ALLOWED, Decision
from signatories.policy import RECORDERS

READERS = OVERSEERS
OPENERS = COORDINATION | OFFICE_AND_ASSISTANTS
SETTLERS = COORDINATION | OFFICE


def may_view(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """Coordination, office and auditors; for everybody else it does not exist (D10)."""
    if actor.capacity in READERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")


def may_view_part(actor: Actor, part: Any, now: datetime) -> Decision:
    """Words and names are seen with their suspension."""
    return may_view(actor, part.suspension, now)


def proposes(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """The Coordinator holds everything back at once and puts it to the office."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator proposes; the office suspends by its own word."))


def decides(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """An office person's own word, or the signed paper recorded by an assistant (D20)."""
    if actor.capacity in OFFICE_AND_ASSISTANTS:
        return ALLOWED
    return Decision(False, _("The DSRSG/HC/RC office decides, after the Coordinator was heard."))


def decides_itself(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """What sets a party free is the office person's own act, or her confirmation (D17)."""
    if actor.capacity in OFFICE:
        return ALLOWED
    return Decision(False, _("Only a person of the DSRSG/HC/RC office sets a receiving party free again."))


def records(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """Coordinator, acting Coordinator or office assistant record what arrived outside (D17)."""
    if actor.capacity in RECORDERS:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator or an office assistant records what arrived outside."))


def settles(actor: Actor, suspension: Any, now: datetime) -> Decision:
    """Whether a near name is the same party: a person of coordination or office says it, no machine."""
    if actor.capacity in SETTLERS:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator or the office says whether two names are one party."))
