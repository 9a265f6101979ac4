"""The board of one request, for coordination, office and auditors (§7B, D10)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from forms_app.common import parties
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from signatories.selectors import contacts_for

from .. import board_page
from ..machine import REQUESTS
from ..next_step import next_step
from ..notices import months_in_words
from ..policy import READERS
from ..words import request_status
from .common import crumb, find_picture, requests_crumb

SIDE_ACTS = ("put_on_hold", "withdraw", "move_to_media", "close_too_few", "ask_all_anew")


@require_safe
@screen(gettext_lazy("The board of a data request"), READERS, "§7B")
def board(request: Request, pk: UUID) -> HttpResponse:
    """Where it stands, the single next action, every organization's state and clock."""
    at, actor = now(), request.actor
    picture = find_picture(actor, pk, at)
    found = picture.request
    current = picture.current
    day = at.astimezone(picture.settings.zone()).date()
    contacts = contacts_for([f.ask.organization for f in current.asks], day, at) if current else {}
    step = next_step(picture)
    word, standing = request_status(found.state)
    offers = REQUESTS.offers(found, actor, at)
    page = {
        "data_request": found,
        "network": picture.settings,
        "now": at,
        "party": parties.decision(found.requester_organization, at),
        "party_page": parties.page_of(found.requester_organization),
        "steps": board_page.steps(picture),
        "forecast": board_page.forecast_line(picture),
        "panel": board_page.panel(found, step, actor.capacity),
        "rows": board_page.organization_rows(current, contacts, at, picture.stopped) if current else [],
        "round": current.round if current else None,
        "period": months_in_words(found),
        "word": word,
        "standing": standing,
        "acts": [
            {
                "label": offer.transition.label,
                "url": reverse("request-act", args=[found.pk, offer.transition.action]),
                "rule": offer.transition.rule,
            }
            for offer in offers
            if offer.decision.allowed
            and offer.transition.action in SIDE_ACTS
            and offer.transition.action != step.action
        ],
        "may_edit": any(o.transition.action == "edit" and o.decision.allowed for o in offers),
        "may_classify": found.is_of_un_family
        and any(o.transition.action == "classify" and o.decision.allowed for o in offers),
        "may_record": any(
            actor.capacity == c for c in ("coordinator", "acting_coordinator", "office_assistant")
        ),
        "crumbs": [requests_crumb(reverse("requests")), crumb(found.reference)],
    }
    return render(request, "data_requests/board.html", page)
