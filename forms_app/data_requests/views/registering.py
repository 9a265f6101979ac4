"""Registering, forwarding and changing requests: the kind is asked first (D21, §7B.0, §7B.fwd)."""

from __future__ import annotations

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

from .. import people, services
from ..forms import KindForm, RequestForm
from ..models import DataRequest
from ..policy import FORWARDERS, REGISTRARS
from ..tokens import Kind, RequestState
from .common import attempt, crumb, find_request, posted, requests_crumb


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Register or forward a request: its kind first"), REGISTRARS | FORWARDERS, "D21")
def kind(request: Request) -> HttpResponse:
    """Media and own-data requests leave the ladder here."""
    form = KindForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect("request-new", form.cleaned_data["kind"])
    page = {
        "form": form,
        "choices": [{"value": k.value, "label": k.label, "hint": KIND_HINTS[k]} for k in Kind],
        "forwards": request.actor.capacity in FORWARDERS,
        "crumbs": [requests_crumb(reverse("requests")), crumb(_("New request"))],
    }
    return render(request, "data_requests/kind.html", page, status=400 if form.errors else 200)


KIND_HINTS = {
    Kind.EXTERNAL: gettext_lazy("Every data gathering organization is asked, then the office decides (7B)."),
    Kind.UN_FAMILY: gettext_lazy("The same; the office may classify it otherwise."),
    Kind.MEDIA: gettext_lazy("No figures: its own register, case by case, visible to members (7A)."),
    Kind.OWN_DATA: gettext_lazy("No request needed: your own figures, with the caveat of 7A."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Register or forward a request"), REGISTRARS | FORWARDERS, "§7B.0")
def new(request: Request, kind: str) -> HttpResponse:
    """The request as it came in; a member's goes to the Coordinator (§7B.fwd)."""
    if kind not in Kind.values:
        raise Http404
    chosen = Kind(kind)
    crumbs = [requests_crumb(reverse("requests")), crumb(_("New request"))]
    if chosen == Kind.OWN_DATA:
        return render(request, "data_requests/own_data_stop.html", {"crumbs": crumbs})
    at, actor = now(), request.actor
    forwards = actor.capacity in FORWARDERS
    form = RequestForm(posted(request), request.FILES or None, kind=chosen, today=people.today(at))
    made: list[DataRequest] = []
    if request.method == "POST" and form.is_valid():
        act = services.forward if forwards else services.register
        if attempt(form, lambda: made.append(act(form.value(), actor, at, key=form.key))):
            return _after(request, made[0], forwards)
    page = {
        "form": form,
        "kind": chosen,
        "media": chosen == Kind.MEDIA,
        "forwards": forwards,
        "submit": _("Send to the Coordinator") if forwards else _("Register"),
        "back": reverse("request-kind"),
        "crumbs": crumbs,
    }
    return render(request, "data_requests/new.html", page, status=400 if form.errors else 200)


def _after(request: Request, made: DataRequest, forwards: bool) -> HttpResponse:
    if made.state == RequestState.MEDIA:
        messages.success(request, _("%s stands in the media register.") % made.reference)
        return redirect("media-register")
    if forwards:
        messages.success(
            request, _("%s was sent to the PSEA Coordinator. You have nothing more to do.") % made.reference
        )
        return redirect("requests")
    messages.success(request, _("%s was registered.") % made.reference)
    return redirect("request-board", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Change a request before it is issued"), REGISTRARS, "§7B.0")
def edit(request: Request, pk: UUID) -> HttpResponse:
    """Complete a draft; a consulted request goes back to draft, for the office saw the old text."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    form = RequestForm(
        posted(request),
        request.FILES or None,
        kind=Kind(found.kind),
        today=people.today(at),
        request=found,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.edit(found, form.value(), actor, at, key=form.key))
    ):
        messages.success(request, _("%s was changed.") % found.reference)
        return redirect("request-board", pk=found.pk)
    page = {
        "form": form,
        "data_request": found,
        "submit": _("Save the request"),
        "back": reverse("request-board", args=[found.pk]),
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(found.reference, reverse("request-board", args=[found.pk])),
            crumb(_("Change the request")),
        ],
    }
    return render(request, "data_requests/new.html", page, status=400 if form.errors else 200)
