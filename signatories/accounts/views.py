"""The address of somebody whose invitation came back, corrected before the account was ever used."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.listing import listed

from .. import policy, services
from ..models import Person
from ..views.common import demand, done_by, find, form_page, organization_page_of, with_code
from .forms import AddressForm


@require_http_methods(["GET", "POST"])
@screen(
    gettext_lazy("Correct the address of own people who have not come in yet"),
    {Capacity.HEAD_OF_AGENCY},
    "D10",
)
@with_code
def correct_address(request: Request, pk: UUID) -> HttpResponse:
    """An open link to the old address ends; a new invitation is sent afterwards."""
    person = find(request, Person, pk)
    at = now()
    demand(policy.may_correct_person(request.actor, person, at))
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        values, note = {"email": form.cleaned_data["email"]}, form.cleaned_data["reason"]
        made = done_by(
            form, lambda: services.correct_person(person, values, request.actor, at, note, form.key)
        )
        if made is not None:
            return redirect("person-invite", person.pk)
    return form_page(
        request,
        form,
        _("Correct the address"),
        _("Save the address"),
        organization_page_of(request.actor, person),
        listed([person.name, person.email]),
        "D10",
        _("The link that went to the old address opens nothing any more. Invite again afterwards."),
    )
