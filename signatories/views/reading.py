"""Members and focal points, one organization, one entry of the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from audit.actors import Actor
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.clock import now
from intranet.papers.services import papers_about
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from .. import directory, members, policy, selectors
from ..accounts.selectors import accounts_of
from ..days import network_day
from ..machine import ORGANIZATIONS
from ..models import SIGNING_KINDS, EntryKind, Organization, ParticipationEntry, Post
from ..names import aliases_of
from ..people_forms import MembersFilter
from ..services import action_for
from ..sight import Seen, sees
from ..speaking import speaker_on
from ..stops import selectors as stops
from ..stops.policy import side_of
from ..stops.recommendation import recommendation
from ..succession import selectors as successions
from .common import find


def current_edition(day: date) -> Edition | None:
    """The edition in force on a day, None before the first."""
    try:
        return edition_in_force(day)
    except NoEdition:
        return None


PAGE = 50  # organizations


@require_safe
@screen(gettext_lazy("Members and focal points"), rule="D9")
def network(request: Request) -> HttpResponse:
    """The members' directory, searched and filtered without a script; own pages open for those who may.

    Each capacity sees what ``sight`` gives it, and the search covers nothing else.
    """
    at, actor = now(), request.actor
    day = network_day(at)
    everybody = members.members(actor, day)
    keeper = actor.capacity in COORDINATION
    form = MembersFilter(request.GET or None, stations=members.duty_stations(everybody), auto_id="filter_%s")
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    search = members.Search(
        text=asked.get("q", ""),
        kind=asked.get("kind", ""),
        language=asked.get("language", ""),
        duty_station=asked.get("station", ""),
        vacant=keeper and request.GET.get("vacant") == "1",
    )
    rows = [row for row in everybody if search.finds(row)]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "filtered": len(rows) != len(everybody),
        "found": len(rows),
        "total": len(everybody),
        "vacant_only": search.vacant,
        "keeper": keeper,
        "vacancies": sum(row.vacancies for row in everybody) if keeper else 0,
        "coordination": members.coordination(day),
        "others": Organization.objects.exclude(kind__in=SIGNING_KINDS)
        if actor.capacity in policy.OVERSEERS
        else [],
        "names_acting": actor.capacity in policy.NETWORK_APPOINTERS[Capacity.ACTING_COORDINATOR],
        "delegates": actor.capacity in policy.NETWORK_APPOINTERS[Capacity.OFFICE_ASSISTANT],
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
    seen = sees(actor, found.pk)
    failing = selectors.failing_addresses()
    management = Seen.MANAGEMENT in seen
    lines = [line for line in lines if management or line.capacity != Capacity.SENIOR_MANAGEMENT]
    others = [post for post in others if management or post.capacity != Capacity.SENIOR_MANAGEMENT]
    accounts = accounts_of(found, [line.post.person for line in lines if line.post], actor, at)
    shown = [
        (line, _shown(line.post, seen, failing), accounts.get(line.post.person_id) if line.post else None)
        for line in lines
    ]
    overseer = actor.capacity in policy.OVERSEERS
    context = {
        "organization": found,
        "standing": directory.shown_standing(selectors.standing(found, day), actor, found),
        "lines": shown,
        "failing": any(person is not None and person.fails for _line, person, _account in shown),
        "other_posts": others,
        "aliases": aliases_of([found]).get(found.pk, []),
        "overseer": overseer,
        "reads_agreements": found.may_sign and (overseer or actor.capacity in ORGANIZATION_POSTS),
        "authorities": directory.authorities(found, actor, day),
        "entries": [
            (entry, directory.how_it_came(entry)) for entry in directory.entries_of(found, actor, at)
        ],
        "day": day,
        "keeper": actor.capacity in COORDINATION,
        "fills_posts": actor.capacity in COORDINATION
        or (actor.capacity == "head_of_agency" and actor.organization_id == found.pk)
        or (actor.capacity == "office" and not found.may_sign),
        "records_authority": found.may_sign
        and (
            actor.capacity in policy.RECORDERS
            or (actor.capacity == "head_of_agency" and actor.organization_id == found.pk)
        ),
        "speaker": speaker_on(found, day) if found.may_sign else None,
        "successions": list(successions.of_organization(found)) if found.may_sign else [],
        "records_received": found.may_sign and policy.may_record_received(actor, found, at).allowed,
    }
    return render(request, "signatories/organization.html", context)


def _shown(post: Post | None, seen: frozenset[Seen], failing: frozenset[str]) -> members.PersonShown | None:
    return None if post is None else members.shown_person(post.person, post.capacity, seen, failing)


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
        "signed_as": directory.signed_as(found),
        "waits": waits,
        "own_recording": waits and own,
        "may_confirm": bool(confirm and confirm.allowed and not own),
        "why_not": str(confirm.reason) if confirm and not confirm.allowed else "",
        "may_deny": bool(deny and deny.allowed and not own),
        "answer": getattr(found, "answer_entry", None),
        "papers": papers_about(found),
        "changed_since": directory.changed_since(found, current_edition(network_day(at))),
        "speaker": speaker_on(found.organization, network_day(at)) if found.in_effect else None,
    }
    if found.kind == EntryKind.ENDORSED:
        before = found.effective_on - timedelta(days=1)
        context["first"] = not selectors.position(found.organization, before).member
    if found.kind == EntryKind.WITHDRAWN and found.in_effect:
        context |= _acknowledged(found, actor)
    if found.kind == EntryKind.FLOW_STOPPED and not found.office_involved:
        context["recommendation"] = recommendation(network_day(at))
    return render(request, "signatories/entry.html", context)


def _acknowledged(found: ParticipationEntry, actor: Actor) -> dict[str, Any]:
    given = stops.acknowledgements(found)
    side = side_of(actor)
    open_side = side is not None and given[side] is None and found.recorded_by_id != actor.user_id
    return {"acknowledgements": given, "acknowledges": open_side}
