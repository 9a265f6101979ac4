"""Recording that somebody leaves, and the page that hands over what is open."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS
from intranet.clock import now
from intranet.forms import BaseForm
from intranet.listing import listed

from ..days import network_day
from ..models import Organization, Person
from ..views.common import demand, done_by, find, form_page, with_code
from . import rules, selectors, services
from .forms import LeavingForm

READERS = COORDINATION | OFFICE | ORGANIZATION_POSTS


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record that somebody leaves an organization"), rules.RECORDERS, "D9")
@with_code
def leave(request: Request, pk: UUID, person: UUID) -> HttpResponse:
    """All posts of one person in one organization end at an hour."""
    organization, who = find(request, Organization, pk), find(request, Person, person)
    at = now()
    demand(rules.may_let_go(request.actor, who, at))
    if not rules.open_posts(who, organization, network_day(at)):
        raise Http404
    form = LeavingForm(request.POST or None, initial={"day": network_day(at)})
    back = reverse("organization", args=[organization.pk])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = done_by(
            form,
            lambda: services.leave(who, organization, form.leaves_at, request.actor, at, reason, form.key),
        )
        if made is not None:
            return redirect("hand-over-person", organization.pk, who.pk)
    return form_page(
        request,
        form,
        _("Somebody leaves"),
        _("Record it"),
        back,
        listed([who.name, organization.name]),
        "D9",
        _(
            "At that hour every session ends and every post of this person here is over. What is open stays with "
            "the organization. The account stays, because the record names it."
        ),
    )


@require_safe
@screen(gettext_lazy("Hand-over page of somebody who leaves"), READERS, "D9")
def hand_over(request: Request, pk: UUID, person: UUID) -> HttpResponse:
    """Open items, clocks, contacts: on the screen, and on paper by printing it."""
    at = now()
    organization = Organization.objects.filter(pk=pk).first()
    who = Person.objects.filter(pk=person).first()
    if organization is None or who is None:
        raise Http404
    if not selectors.may_see(request.actor, who, organization, at).allowed:
        raise Http404
    found = selectors.hand_over(who, organization, at)
    if found is None:
        raise Http404
    context = {"page": found, "now": at, "form": BaseForm()}
    return render(request, "signatories/hand_over.html", context)
