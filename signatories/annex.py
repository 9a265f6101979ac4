"""The signatory annex: a withdrawal makes a minor edition without the organization (D7, §9.i)."""

from __future__ import annotations

from datetime import date, datetime

from audit.actors import system_actor
from protocol_pages.editions.selectors import latest_edition
from protocol_pages.editions.services import adopt_annex

from .models import Organization
from .selectors import signatories_on


def without(organization: Organization, effective_on: date, now: datetime) -> None:
    """Adopt the annex as it stands when the withdrawal has taken effect; the text does not change."""
    last = latest_edition()
    if last is None:
        return
    day = max(effective_on, last.effective_from)
    names = [item.name_en for item in signatories_on(day) if item.pk != organization.pk]
    adopt_annex(names, day, system_actor("signatory annex"), now)
