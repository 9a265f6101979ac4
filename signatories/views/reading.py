"""Members and focal points, one organization, one entry of the ledger."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from .. import directory, policy, selectors
from ..days import network_day
from ..machine import ORGANIZATIONS
from ..models import SIGNING_KINDS, Organization, ParticipationEntry
from ..services import action_for
from .common import find


def current_edition(day: date) -> Edition | None:
    """The edition in force on a day, None before the first."""
    try:
        return edition_in_force(day)
    except NoEdition:
        return None


@require_safe
@screen(gettext_lazy("Members and focal points"), rule="D9")
def network(request: Request) -> HttpResponse:
    """Every member organization with its focal points; own pages open for those who may."""
    at = now()
    day = network_day(at)
    rows = directory.members(request.actor, day)
    vacant_only = request.GET.get("vacant") == "1"
    keeper = request.actor.capacity in COORDINATION
    context = {
        "rows": [row for row in rows if row.vacancies] if vacant_only and keeper else rows,
        "vacant_only": vacant_only and keeper,
        "keeper": keeper,
        "vacancies": sum(row.vacancies for row in rows),
        "total": len(rows),
        "others": Organization.objects.exclude(kind__in=SIGNING_KINDS)
        if request.actor.capacity in policy.OVERSEERS
        else [],
        "day": day,
    }
    return render(request, "signatories/network.html", context)


@require_safe
@screen(gettext_lazy("One organization: posts, authority to sign, participation"), rule="D10")
def organization(request: Request, pk: UUID) -> HttpResponse:
    """For its own people, coordination, office and auditors; 404 for everybody else."""
    found = find(request, Organization, pk)
    at, actor = now(), request.actor
    day = network_day(at)
    lines, others = directory.post_lines(found, day)
    context = {
        "organization": found,
        "standing": directory.shown_standing(selectors.standing(found, day), actor, found),
        "lines": lines,
        "other_posts": others,
        "authorities": directory.authorities(found),
        "entries": [(entry, directory.how_it_came(entry)) for entry in directory.entries_of(found)],
        "day": day,
        "keeper": actor.capacity in COORDINATION,
        "fills_posts": actor.capacity in COORDINATION
        or (actor.capacity == "head_of_agency" and actor.organization_id == found.pk)
        or (actor.capacity == "office" and not found.may_sign),
        "records_authority": found.may_sign
        and (
            actor.capacity in COORDINATION
            or (actor.capacity == "head_of_agency" and actor.organization_id == found.pk)
        ),
        "records_received": found.may_sign and policy.may_record_received(actor, found, at).allowed,
    }
    return render(request, "signatories/organization.html", context)


@require_safe
@screen(gettext_lazy("One entry of the ledger of participation"), rule="D17")
def entry(request: Request, pk: UUID) -> HttpResponse:
    """The receipt of an act, and the place where something received outside is confirmed or denied."""
    found = find(request, ParticipationEntry, pk)
    at, actor = now(), request.actor
    waits = selectors.waiting_entries(found.organization).filter(pk=found.pk).exists()
    offers = {
        offer.transition.action: offer.decision
        for offer in ORGANIZATIONS.offers(found.organization, actor, at)
    }
    own = actor.user_id is not None and found.recorded_by_id == actor.user_id
    confirm = offers.get(action_for("confirm", found.kind)) if waits else None
    deny = offers.get(action_for("deny", found.kind)) if waits else None
    context = {
        "entry": found,
        "came": directory.how_it_came(found),
        "waits": waits,
        "own_recording": waits and own,
        "may_confirm": bool(confirm and confirm.allowed and not own),
        "why_not": str(confirm.reason) if confirm and not confirm.allowed else "",
        "may_deny": bool(deny and deny.allowed and not own),
        "answer": getattr(found, "answer_entry", None),
    }
    return render(request, "signatories/entry.html", context)
