"""Acting Coordinator and office assistant in two clicks, and posts that are called off before they begin."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.listing import listed

from .. import policy, services
from ..days import network_day
from ..models import Kind, Organization, Post, PostState
from ..people_forms import DelegationForm, ReasonForm
from .common import demand, done_by, find, form_page, with_code
from .keeping import APPOINTERS


@require_http_methods(["GET", "POST"])
@screen(
    gettext_lazy("Name an acting Coordinator"), policy.NETWORK_APPOINTERS[Capacity.ACTING_COORDINATOR], "D9"
)
@with_code
def acting_coordinator(request: Request) -> HttpResponse:
    """From a day to a day, by an instrument: by the Coordinator, or by the office."""
    return _delegate(
        request,
        Capacity.ACTING_COORDINATOR,
        Kind.COORDINATION,
        _("Name an acting Coordinator"),
        _("Name the acting Coordinator"),
    )


@require_http_methods(["GET", "POST"])
@screen(
    gettext_lazy("Delegate to an office assistant"),
    policy.NETWORK_APPOINTERS[Capacity.OFFICE_ASSISTANT],
    "D9",
)
@with_code
def office_assistant(request: Request) -> HttpResponse:
    """From a day to a day, by an instrument: by the office."""
    return _delegate(
        request,
        Capacity.OFFICE_ASSISTANT,
        Kind.OFFICE,
        _("Delegate to an office assistant"),
        _("Record the delegation"),
    )


def _delegate(request: Request, capacity: Capacity, kind: Kind, heading: str, submit: str) -> HttpResponse:
    organization = Organization.objects.filter(kind=kind).first()
    if organization is None:
        raise Http404
    at = now()
    demand(policy.may_appoint(request.actor, Post(organization=organization, capacity=capacity), at))
    day = network_day(at)
    form = DelegationForm(request.POST or None, request.FILES or None, day=day, initial={"begins_on": day})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.appoint(
                data["person"],
                organization,
                capacity,
                data["begins_on"],
                request.actor,
                at,
                ends_on=data["ends_on"],
                instrument=data["instrument"],
                key=form.key,
                file=data["file"],
            ),
        )
        if made is not None:
            return redirect("organization", organization.pk)
    return form_page(request, form, heading, submit, reverse("network"), organization.name)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Cancel a post before it begins"), APPOINTERS, "D9")
@with_code
def cancel_post(request: Request, pk: UUID) -> HttpResponse:
    """Held on no day; the history keeps that it was planned."""
    post = find(request, Post, pk)
    at = now()
    demand(policy.may_appoint(request.actor, post, at))
    form = ReasonForm(request.POST or None)
    back = reverse("organization", args=[post.organization_id])
    if post.state == PostState.CANCELLED and request.method == "GET":
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        made = done_by(form, lambda: services.cancel_post(post, request.actor, at, note, form.key))
        if made is not None:
            return redirect(back)
    lead = listed([post.person.name, post.get_capacity_display(), post.organization.name])
    return form_page(request, form, _("Cancel this post"), _("Cancel the post"), back, lead)
