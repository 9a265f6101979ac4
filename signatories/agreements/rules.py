"""Guards and effects of partner agreements: why not, in a sentence that says the fix."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.clock.wording import plain_date
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories.days import network_day
from signatories.models import Kind, Organization

from .models import AgreementState, PartnerAgreement, Rating

PARTNER_KINDS = frozenset({Kind.PARTNER_NGO, Kind.PARTNER_GOVERNMENT})
TERMS = ("begins_on", "ends_on", "psea_clause", "psea_clause_on", "reference", "partner_portal_id")
ASSESSMENT = ("assessed_on", "rating", "valid_until")
_RULE = "§4.b"


def parties_fit(context: Context) -> Decision:
    """An implementing partner on one side, a UN agency on the other."""
    agreement: PartnerAgreement = context.obj
    if agreement.partner.kind not in PARTNER_KINDS:
        return Decision(False, _("Implementing partner: choose an NGO or a government partner."), _RULE)
    if agreement.agency.kind != Kind.UN_AGENCY:
        return Decision(False, _("UN agency: choose an organization that is one."), _RULE)
    return ALLOWED


def terms_hold(context: Context) -> Decision:
    """Days in order; a clause has its date, no clause has none."""
    data = context.data
    if data["ends_on"] is not None and data["ends_on"] < data["begins_on"]:
        return Decision(False, _("Last day: it lies before the first day. Correct one of them."), _RULE)
    if data["psea_clause"] and data["psea_clause_on"] is None:
        return Decision(False, _("Date of the PSEA clause: write when it was agreed."), _RULE)
    if not data["psea_clause"] and data["psea_clause_on"] is not None:
        return Decision(False, _("Date of the PSEA clause: without a clause there is none. Empty it."), _RULE)
    return ALLOWED


def assessment_holds(context: Context) -> Decision:
    """Date, capacity and validity together, or nothing of it."""
    given = [context.data.get(name) or None for name in ASSESSMENT]
    if not any(given):
        return ALLOWED
    assessed_on, rating, valid_until = given
    if assessed_on is None or valid_until is None or rating not in Rating.values:
        return Decision(
            False, _("Capacity assessment: write its date, the capacity and until when it is valid."), _RULE
        )
    if assessed_on > network_day(context.now):
        return Decision(False, _("Capacity assessed on: this day has not come yet."), _RULE)
    if valid_until < assessed_on:
        return Decision(False, _("Valid until: it lies before the assessment. Correct one of them."), _RULE)
    return ALLOWED


def assessment_is_there(context: Context) -> Decision:
    """Recording an assessment without one is none."""
    if context.data.get("assessed_on") is not None:
        return ALLOWED
    return Decision(False, _("Capacity assessed on: write the day."), _RULE)


def not_recorded_twice(context: Context) -> Decision:
    """One agreement of one reference at a time between the same two. Locks both organizations."""
    agreement: PartnerAgreement = context.obj
    parties = sorted([agreement.partner_id, agreement.agency_id])
    list(Organization.objects.select_for_update().filter(pk__in=parties).order_by("pk"))
    data = context.data
    same = PartnerAgreement.objects.exclude(pk=agreement.pk).exclude(state=AgreementState.STRUCK)
    same = same.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=data["begins_on"]),
        partner=agreement.partner_id,
        agency=agreement.agency_id,
        reference__iexact=data["reference"],
    )
    if data["ends_on"] is not None:
        same = same.filter(begins_on__lte=data["ends_on"])
    first = same.order_by("begins_on").first()
    if first is None:
        return ALLOWED
    return Decision(
        False,
        _(
            "These two have an agreement of this reference from %(begin)s until %(end)s already. "
            "Correct that one, or write the reference that tells them apart."
        )
        % {
            "begin": plain_date(first.begins_on),
            "end": plain_date(first.ends_on) if first.ends_on else _("further notice"),
        },
        _RULE,
    )


def write_terms(context: Context) -> None:
    """The terms, and the assessment where one is given."""
    for name in (*TERMS, *ASSESSMENT):
        if name in context.data:
            setattr(context.obj, name, context.data[name])
    context.result["event"] = {"fields": sorted(context.data)}


def end_fits(context: Context) -> Decision:
    """An early end lies between the first day and the last one that was agreed."""
    agreement, ends_on = context.obj, context.data["ends_on"]
    if ends_on < agreement.begins_on:
        return Decision(False, _("Last day: it lies before the first day of the agreement."), _RULE)
    if agreement.ends_on is not None and ends_on > agreement.ends_on:
        return Decision(
            False, _("Last day: the agreement ends earlier already. Correct it if it was extended."), _RULE
        )
    return ALLOWED


def end_it(context: Context) -> None:
    """The last day, inclusive."""
    context.obj.ends_on = context.data["ends_on"]
    context.result["event"] = {"ends_on": context.data["ends_on"].isoformat()}


ENDS_SOON = timedelta(days=60)  # calendar days; network practice
