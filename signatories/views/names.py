"""New names of an organization, its other names, and names that were wrong."""

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
from intranet.access.roles import COORDINATION
from intranet.clock import now

from .. import services
from ..days import network_day
from ..models import AliasState, Organization, OrganizationAlias
from ..people_forms import OtherNameForm, ReasonForm, RenameForm, names_initial
from .common import done_by, find, form_page


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record a new name of an organization"), COORDINATION, "§2")
def rename(request: Request, pk: UUID) -> HttpResponse:
    """From a day on; what was signed before keeps the name of its day."""
    found = find(request, Organization, pk)
    at = now()
    form = RenameForm(request.POST or None, initial=names_initial(found) | {"from_day": network_day(at)})
    back = reverse("organization", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.rename_organization(
                found, form.names, data["from_day"], request.actor, at, data["reason"], form.key
            ),
        )
        if made is not None:
            return redirect(back)
    return form_page(
        request,
        form,
        _("Record a new name"),
        _("Record the new name"),
        back,
        found.name,
        "§2",
        _("What was signed under the old name keeps showing it; search finds the organization under both."),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Add another name of an organization"), COORDINATION, "§2")
def add_other(request: Request, pk: UUID) -> HttpResponse:
    """Search and import find the organization by it."""
    found = find(request, Organization, pk)
    form = OtherNameForm(request.POST or None)
    back = reverse("organization", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        made = done_by(form, lambda: services.add_other_name(found, name, request.actor, now(), form.key))
        if made is not None:
            return redirect(back)
    note = _("Search and import find the organization by every name that stands here.")
    return form_page(request, form, _("Add another name"), _("Add the name"), back, found.name, "§2", note)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Strike out a name that was wrong"), COORDINATION, "§2")
def strike(request: Request, pk: UUID) -> HttpResponse:
    """It counts nowhere any more; the history keeps it."""
    alias = find(request, OrganizationAlias, pk)
    form = ReasonForm(request.POST or None)
    back = reverse("organization", args=[alias.organization_id])
    if alias.state == AliasState.STRUCK and request.method == "GET":
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        made = done_by(form, lambda: services.strike_name(alias, request.actor, now(), note, form.key))
        if made is not None:
            return redirect(back)
    why = _("A name that was wrong counts nowhere any more; the history keeps it.")
    return form_page(
        request, form, _("Strike out this name"), _("Strike it out"), back, alias.name, "§2", why
    )
