"""Keeping the list: organizations, posts and their ends."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.clock import now
from intranet.listing import listed

from .. import policy, services
from ..accounts.rules import INVITERS, may_invite_person
from ..days import network_day
from ..forms import ConfirmForm, EndForm, OrganizationForm, PostForm
from ..models import Organization, Person, Post
from ..participation import CORRECTABLE
from .common import demand, done_by, find, form_page, organization_page_of, with_code

APPOINTERS = COORDINATION | OFFICE | {Capacity.HEAD_OF_AGENCY}


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Register an organization"), COORDINATION, "§2")
def register_organization(request: Request) -> HttpResponse:
    """A new organization of the network."""
    at = now()
    form = OrganizationForm(request.POST or None, initial={"active_from": network_day(at)})
    if request.method == "POST" and form.is_valid():
        new = form.save(commit=False)
        made = done_by(form, lambda: services.create_organization(new, request.actor, at, form.key))
        if made is not None:
            return redirect("organization", made.pk)
    return form_page(
        request, form, _("Register an organization"), _("Register"), reverse("network"), clause="§2"
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Correct an organization's entry"), COORDINATION, "§2")
def correct_organization(request: Request, pk: UUID) -> HttpResponse:
    """Names, region and dates, with a reason; the history keeps what stood before."""
    found = find(request, Organization, pk)
    at = now()
    form = OrganizationForm(request.POST or None, instance=Organization.objects.get(pk=found.pk))
    back = reverse("organization", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in CORRECTABLE}
        note = form.cleaned_data["reason"]
        made = done_by(form, lambda: services.correct_organization(found, values, request.actor, at, note))
        if made is not None:
            return redirect(back)
    return form_page(request, form, _("Correct the entry"), _("Save the correction"), back, found.name)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Fill a post"), APPOINTERS, "D9")
@with_code
def fill_post(request: Request, pk: UUID) -> HttpResponse:
    """A person in a post from a day to a day; a new person is listed with it."""
    organization = find(request, Organization, pk)
    at = now()
    initial = {"begins_on": network_day(at), "language": "en", "capacity": request.GET.get("post", "")}
    form = PostForm(
        request.POST or None,
        request.FILES or None,
        organization=organization,
        actor=request.actor,
        now=at,
        initial=initial,
    )
    back = reverse("organization", args=[organization.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.appoint(
                data["person"],
                organization,
                form.chosen,
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
            return redirect(back)
    return form_page(request, form, _("Fill a post"), _("Fill the post"), back, organization.name)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record the end of a post"), APPOINTERS, "D9")
@with_code
def end_post(request: Request, pk: UUID) -> HttpResponse:
    """The last day of a post, which may lie ahead."""
    post = find(request, Post, pk)
    at = now()
    demand(policy.may_appoint(request.actor, post, at))
    form = EndForm(request.POST or None, initial={"ends_on": network_day(at)})
    back = reverse("organization", args=[post.organization_id])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.end_post(
                post, data["ends_on"], request.actor, at, data["reason"], form.key, form.ends_at
            ),
        )
        if made is not None:
            return redirect(back)
    lead = listed([post.person.name, post.get_capacity_display(), post.organization.name])
    return form_page(request, form, _("Record the end of a post"), _("Record the end"), back, lead)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Invite a person to an account of their own"), INVITERS, "D11")
@with_code
def invite_person(request: Request, pk: UUID) -> HttpResponse:
    """Opens and connects the account, and mails the link that expires."""
    person = find(request, Person, pk)
    at = now()
    demand(may_invite_person(request.actor, person, at))
    form = ConfirmForm(request.POST or None)
    back = organization_page_of(request.actor, person)
    if request.method == "POST" and form.is_valid():
        made = done_by(form, lambda: services.invite_person(person, request.actor, at, form.key))
        if made is not None:
            return redirect(back)
    lead = listed([person.name, person.email])
    return form_page(request, form, _("Invite this person"), _("Send the invitation"), back, lead, "D11")
