"""What people do with partner agreements. Everything goes through the runner; all raise Refused.

``actor`` and ``now`` (UTC) are explicit; ``key`` is a form's own random id. Days are dates in the network's
time zone, last days inclusive.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.actors import Actor
from intranet.workflow.runner import perform
from signatories.models import Organization

from .models import PartnerAgreement


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says. ``ends_on`` None: until further notice. A clause has its date, no clause none."""

    begins_on: date
    ends_on: date | None
    psea_clause: bool
    psea_clause_on: date | None = None
    reference: str = ""
    partner_portal_id: str = ""

    def values(self) -> dict[str, Any]:
        """As fields of the model, texts without spaces around them."""
        tidy = {"reference": self.reference.strip(), "partner_portal_id": self.partner_portal_id.strip()}
        return asdict(self) | tidy


@dataclass(frozen=True, slots=True)
class Assessment:
    """A capacity assessment; ``rating``: a value of ``models.Rating``."""

    assessed_on: date
    rating: str
    valid_until: date


def record_agreement(
    partner: Organization,
    agency: Organization,
    terms: Terms,
    actor: Actor,
    now: datetime,
    assessment: Assessment | None = None,
    key: UUID | None = None,
) -> PartnerAgreement:
    """A new agreement between ``partner`` (NGO or government) and ``agency`` (a UN agency)."""
    agreement = PartnerAgreement(partner=partner, agency=agency)
    data = terms.values() | (asdict(assessment) if assessment is not None else {})
    return _agreement(perform(agreement, "record", actor, now, data=data, key=key).obj)


def correct_agreement(
    agreement: PartnerAgreement,
    terms: Terms,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> PartnerAgreement:
    """Other terms, with the reason (an amendment, an extension, a mistake)."""
    return _agreement(perform(agreement, "correct", actor, now, note, terms.values(), key).obj)


def record_assessment(
    agreement: PartnerAgreement,
    assessment: Assessment,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> PartnerAgreement:
    """A newer capacity assessment takes the place of the earlier one; the history keeps that."""
    return _agreement(perform(agreement, "assess", actor, now, data=asdict(assessment), key=key).obj)


def end_agreement(
    agreement: PartnerAgreement,
    ends_on: date,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> PartnerAgreement:
    """An earlier last day than agreed; it may lie ahead."""
    return _agreement(perform(agreement, "end", actor, now, note, {"ends_on": ends_on}, key).obj)


def strike_agreement(
    agreement: PartnerAgreement, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> PartnerAgreement:
    """Recorded by mistake: it counts on no day."""
    return _agreement(perform(agreement, "strike", actor, now, note, key=key).obj)


def _agreement(obj: Any) -> PartnerAgreement:
    assert isinstance(obj, PartnerAgreement)
    return obj
