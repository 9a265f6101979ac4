"""Who may do what with a succession of the signer. Nobody approves one; two persons verify who is named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.workflow.machine import ALLOWED, Decision
from signatories import policy as people

from .models import Side, Succession

FOOTNOTE = "§9.i fn5"
VERIFIERS = COORDINATION | OFFICE


def side_of(actor: Actor) -> Side:
    """For which of the two sides the actor verifies."""
    return Side.OFFICE if actor.capacity in OFFICE else Side.COORDINATION


def may_view(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """Seen with its organization: its own people, coordination, office, auditors (D10)."""
    return people.may_see_organization(actor, succession.organization, now)


def may_see_part(actor: Actor, part: Any, now: datetime) -> Decision:
    """A letter, a verification or an objection is seen with its succession."""
    return may_view(actor, part.succession, now)


def may_send(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """The Head of Agency in office writes the letter, nobody else."""
    own = actor.organization_id is not None and actor.organization_id == succession.organization_id
    if own and actor.capacity == Capacity.HEAD_OF_AGENCY:
        return ALLOWED
    return Decision(
        False, _("The Head of Agency says in a letter who succeeds the individual who signed."), FOOTNOTE
    )


def may_record(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """A letter or an objection that arrived outside: as everything that did (D17)."""
    return people.may_record_received(actor, succession.organization, now)


def may_confirm(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """By the organization's own account, or by an office person against the file (D17)."""
    return people.may_confirm(actor, succession.organization, now)


def may_verify(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """The PSEA Coordinator and the office, each for itself (network practice)."""
    if actor.capacity in VERIFIERS:
        return ALLOWED
    return Decision(
        False, _("The PSEA Coordinator and the DSRSG/HC/RC office verify who is named."), FOOTNOTE
    )


def may_object(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """The one who may speak as signer until it is complete, or another office holder of the organization."""
    own = actor.organization_id is not None and actor.organization_id == succession.organization_id
    if own and actor.capacity in ORGANIZATION_POSTS:
        return ALLOWED
    if people.is_signer(actor, succession.organization, now):
        return ALLOWED
    return Decision(
        False, _("The signer or an office holder of the organization may object to a succession."), FOOTNOTE
    )


def system_only(actor: Actor, succession: Succession, now: datetime) -> Decision:
    """The job notes that a succession was overtaken by the ledger."""
    return ALLOWED if actor.is_system else Decision(False, _("Only the machine's own job notes this."), "D26")
