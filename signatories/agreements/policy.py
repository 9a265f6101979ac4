"""Who records agreements and who sees them: the two parties, coordination, office, auditors."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.workflow.machine import ALLOWED, Decision
from signatories.policy import OVERSEERS

from .models import PartnerAgreement

PARTIES = ORGANIZATION_POSTS | {Capacity.SIGNER}  # a reader of a party does not need to know (§3)
READERS = PARTIES | OVERSEERS
RECORDERS = ORGANIZATION_POSTS | COORDINATION


def may_see(actor: Actor, agreement: PartnerAgreement, now: datetime) -> Decision:
    """The posts and the signer of either party, and who oversees. For others it does not exist (D10)."""
    mine = actor.organization_id in {agreement.partner_id, agreement.agency_id}
    if actor.capacity in OVERSEERS or (actor.capacity in PARTIES and mine):
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")


def may_record(actor: Actor, agreement: PartnerAgreement, now: datetime) -> Decision:
    """The UN agency's own people, who hold the contract, or the Coordinator (network practice)."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    if actor.capacity in ORGANIZATION_POSTS and actor.organization_id == agreement.agency_id:
        return ALLOWED
    return Decision(
        False, _("An agreement is recorded by the UN agency's own people or by the PSEA Coordinator."), "§4.b"
    )
