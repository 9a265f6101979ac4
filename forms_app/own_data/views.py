"""Own statistics: what was taken out, taking out more, one note with its file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.clock import now
from intranet.workflow.runner import Refused
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import ClauseNotFound
from signatories import selectors as register
from signatories.days import network_day
from signatories.models import Organization

from . import policy, selectors, services
from .forms import NoteForm
from .models import OwnNote


def _own(request: Request) -> Organization:
    organization = register.organization_of(request.actor)
    if organization is None:
        raise Http404
    return organization


@require_GET
@screen(_("Own statistics that the organization has taken out"), ORGANIZATION_POSTS, "§7A.1")
def notes(request: Request) -> HttpResponse:
    """Each note with use, recipient and file."""
    organization = _own(request)
    return render(
        request,
        "own_data/notes.html",
        {"organization": organization, "notes": selectors.notes_of(organization), "now": now()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Take out own statistics with the caveat"), ORGANIZATION_POSTS, "§7A.1")
def new(request: Request) -> HttpResponse:
    """The form, with the caveat that will go along."""
    organization, at = _own(request), now()
    months = selectors.months_on_offer(at)
    first = {"first_month": f"{months[11]:%Y-%m}", "last_month": f"{months[0]:%Y-%m}", "language": "en"}
    form = NoteForm(request.POST or None, months=months, initial=first)
    status = 200
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {k: v for k, v in form.cleaned_data.items() if k != "submission_key"}
        try:
            done = services.make_note(organization, services.Wish(**given), request.actor, at, form.key)
        except Refused as refused:
            form.refuse(refused)
            status = 409
        else:
            return redirect("own-note", pk=done.obj.pk)
    try:
        caveat = editions.caveat_7a(editions.edition_in_force(network_day(at)))
    except (editions.NoEdition, ClauseNotFound):
        caveat = ""
    context = {"form": form, "organization": organization, "caveat": caveat, "now": at}
    return render(request, "own_data/new.html", context, status=status)


@require_GET
@screen(_("One note with own statistics"), ORGANIZATION_POSTS, "§7A.1")
def note(request: Request, pk: UUID) -> HttpResponse:
    """What was made; the figures stand in the file alone, and its download is an event."""
    found = OwnNote.objects.select_related("organization", "file").filter(pk=pk).first()
    if found is None or not policy.may_view(request.actor, found, now()).allowed:
        raise Http404
    return render(request, "own_data/note.html", {"note": found, "now": now()})
