"""The address of somebody whose invitation came back, corrected before the account was ever used."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now

from ..models import Person
from ..views.common import confirm_url, demand, done_by, find, organization_page_of, with_code
from . import services
from .forms import AddressForm
from .rules import INVITERS, may_invite_person


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Correct the address of somebody who has not come in yet"), INVITERS, "D10")
@with_code
def correct_address(request: Request, pk: UUID) -> HttpResponse:
    """An open link to the old address ends; a new invitation is sent afterwards."""
    person = find(request, Person, pk)
    at = now()
    demand(may_invite_person(request.actor, person, at))
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        made = done_by(form, lambda: services.correct_address(person, email, request.actor, at, form.key))
        if made is not None:
            return redirect("person-invite", person.pk)
    context = {
        "form": form,
        "heading": _("Correct the address"),
        "lead": f"{person.name}, {person.email}",
        "submit": _("Save the address"),
        "back": organization_page_of(request.actor, person),
        "clause": "D10",
        "note": _("The link that went to the old address opens nothing any more. Invite again afterwards."),
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/form.html", context)
