"""Simple acts on a request, each with a page that says what it does before it is done (GET changes nothing)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from signatories.models import Organization
from signatories.selectors import contacts_for

from .. import board_page, people, services
from ..forms import NoteForm
from ..guards import refused_so_far, refusers
from ..machine import REQUESTS
from ..models import DataRequest
from ..picture import Picture
from ..policy import READERS
from .common import attempt, crumb, find_request, posted, requests_crumb

# Action: what it does, in sentences that stand above the button.
SIMPLE: dict[str, tuple[Any, ...]] = {
    "issue": (
        gettext_lazy("Each organization below gets one message with the five items in full."),
        gettext_lazy("No figure and no other organization stands in it."),
        gettext_lazy("The clock of the first answer starts on the day after (network practice)."),
    ),
    "follow_up": (
        gettext_lazy(
            "Senior management of each organization below gets the request, its focal points a copy."
        ),
        gettext_lazy("No response after the business days does not imply authorization."),
    ),
    "open_second_round": (
        gettext_lazy("Only the organizations below, which authorized, are asked again."),
        gettext_lazy("The data of the silent ones is taken out of every total; the hash is a new one."),
        gettext_lazy("The earlier yes does not count for the new data set."),
    ),
    "open_further_round": (
        gettext_lazy("Only the organizations below, which authorized in this round, are asked again."),
        gettext_lazy("The data of the newly silent ones is taken out of every total."),
    ),
    "ask_all_anew": (
        gettext_lazy("All consents and the authorization are void, because the figures changed."),
        gettext_lazy("Each organization below is asked anew, on the data set as it stands now."),
    ),
    "reopen": (
        gettext_lazy("A full new round without the organizations that refused, as the office instructed."),
    ),
    "close_too_few": (gettext_lazy("Nothing is released; the organizations are told that it ended."),),
    "send_to_office": (
        gettext_lazy("The office gets the request with the number of consents and the data-set hash."),
    ),
    "put_on_hold": (gettext_lazy("Nothing moves until it is taken up again; clocks start anew then."),),
    "resume": (gettext_lazy("Running clocks start anew on the day after."),),
    "withdraw": (gettext_lazy("The request ends; a new wish is a new request."),),
    "move_to_media": (
        gettext_lazy("It leaves the ladder at once; the organizations are told that it ended."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Do the next act on a request"), READERS, "§7B")
def act(request: Request, pk: UUID, action: str) -> HttpResponse:
    """What the act does, to whom, and whether it is possible now; POST does it."""
    if action not in SIMPLE:
        raise Http404
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    row = REQUESTS.find(action, found.state)
    any_row = next(r for r in REQUESTS.transitions if r.action == action)
    form = NoteForm(posted(request), needs_note=any_row.needs_note)
    if request.method == "POST" and form.is_valid():
        service: Callable[..., Any] = getattr(services, action)
        more = {"note": form.cleaned_data["note"]} if any_row.needs_note else {}
        if attempt(form, lambda: service(found, actor, at, key=form.key, **more)):
            messages.success(request, _("Done: %s") % any_row.label)
            return redirect("request-board", pk=found.pk)
    allowed = any_row.policy(actor, found, at)
    page = {
        "data_request": found,
        "form": form,
        "now": at,
        "act": any_row,
        "possible": row is not None and allowed.allowed,
        "why_not": "" if allowed.allowed else allowed.reason,
        "lines": SIMPLE[action],
        "organizations": _listed(found, action, at),
        "submit": any_row.label,
        "back": reverse("request-board", args=[found.pk]),
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(found.reference, reverse("request-board", args=[found.pk])),
            crumb(any_row.label),
        ],
    }
    return render(request, "data_requests/act.html", page, status=400 if form.errors else 200)


def _listed(found: DataRequest, action: str, at: Any) -> list[dict[str, Any]]:
    """The organizations that the act goes to, with their contacts and vacancies, before it is sent."""
    organizations = _organizations(found, action, at)
    contacts = contacts_for(organizations, people.today(at), at)
    return [
        {
            "name": o.name,
            "people": board_page.people_lines(contacts.get(o.pk)),
            "vacant": board_page.vacancies(contacts.get(o.pk)),
        }
        for o in organizations
    ]


def _organizations(found: DataRequest, action: str, at: Any) -> list[Organization]:
    if found.period is None:
        return []
    if action in {"issue", "ask_all_anew"}:
        return people.to_ask(found, at, refused_so_far(found))
    if action == "reopen":
        return people.to_ask(found, at, refusers(found))
    picture = Picture(found, at)
    if picture.current is None:
        return []
    if action == "follow_up":
        return [known.ask.organization for known in picture.overdue]
    if action in {"open_second_round", "open_further_round"}:
        return [f.ask.organization for f in picture.current.authorized(at)]
    return []
