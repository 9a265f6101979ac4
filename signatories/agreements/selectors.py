"""What other slices and the screens ask about agreements. Days are dates in the network's time zone."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from audit.actors import Actor
from signatories.models import Organization
from signatories.policy import OVERSEERS

from .models import AgreementState, PartnerAgreement
from .policy import PARTIES
from .rules import ENDS_SOON


def in_force(day: date) -> QuerySet[PartnerAgreement]:
    """Every agreement that binds on a day, by partner."""
    return (
        PartnerAgreement.objects.exclude(state=AgreementState.STRUCK)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
        .select_related("partner", "agency")
        .order_by("partner__name_en", "agency__name_en", "begins_on")
    )


def agreement_in_force(partner: Organization, agency: Organization, day: date) -> PartnerAgreement | None:
    """The agreement between the two that binds on a day, the one that began last; None: there is none."""
    return in_force(day).filter(partner=partner, agency=agency).order_by("-begins_on").first()


def agencies_of(partner: Organization, day: date) -> list[Organization]:
    """UN agencies with which ``partner`` has an agreement in force on a day, each once, by name. One query."""
    found = in_force(day).filter(partner=partner).order_by("agency__name_en")
    return list(dict.fromkeys(agreement.agency for agreement in found))


def partners_of(agency: Organization, day: date) -> list[Organization]:
    """Implementing partners with an agreement in force with ``agency``, each once, by name. One query."""
    return list(dict.fromkeys(agreement.partner for agreement in in_force(day).filter(agency=agency)))


def all_between(agency: Organization) -> list[PartnerAgreement]:
    """Every agreement of an agency that was not struck out, whatever its days, by partner. One query."""
    found = PartnerAgreement.objects.exclude(state=AgreementState.STRUCK).filter(agency=agency)
    return list(found.select_related("partner").order_by("partner__name_en", "begins_on"))


def seen_by(actor: Actor) -> QuerySet[PartnerAgreement]:
    """The agreements that exist for ``actor``: own ones, all for those who oversee (D10)."""
    agreements = PartnerAgreement.objects.select_related("partner", "agency").order_by(
        "partner__name_en", "agency__name_en", "-begins_on"
    )
    if actor.capacity in OVERSEERS:
        return agreements
    if actor.capacity not in PARTIES or actor.organization_id is None:
        return agreements.none()
    return agreements.filter(Q(partner=actor.organization_id) | Q(agency=actor.organization_id))


def expired(day: date) -> Q:
    """Whose capacity assessment is no longer valid on a day."""
    return Q(valid_until__lt=day)


def ends_soon(day: date) -> Q:
    """Whose last day is not further than sixty calendar days away (network practice)."""
    return Q(ends_on__lte=day + ENDS_SOON)
