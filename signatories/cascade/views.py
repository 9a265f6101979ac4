"""The cascade of §4.h: the own organization's sharings, the form, and the percentage by organization."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import FOCAL_POINTS, ORGANIZATION_POSTS, Capacity
from intranet.clock import now
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_by_label, edition_in_force

from ..days import network_day
from ..policy import OVERSEERS
from ..selectors import organization_of
from ..views.common import done_by, own_organization
from . import selectors, services
from .forms import ShareForm
from .machine import CASCADES
from .models import CascadeRecord

READERS = ORGANIZATION_POSTS | OVERSEERS | {Capacity.SIGNER}


def _edition() -> Edition:
    """The edition whose standards are shared: the number in force, by its first day. 404 before the first."""
    try:
        return edition_by_label(edition_in_force(network_day(now())).number)
    except NoEdition as error:
        raise Http404 from error


@require_safe
@screen(gettext_lazy("How the standards were shared inside organizations"), READERS, "§4.h")
def cascade(request: Request) -> HttpResponse:
    """The own organization's records; every organization's percentage for coordination, office and auditors."""
    edition, today = _edition(), network_day(now())
    organization = organization_of(request.actor)
    offers = CASCADES.offers(CascadeRecord(organization=organization), request.actor, now())
    offer = next((offer for offer in offers if offer.decision.allowed), None)
    context: dict[str, object] = {"edition": edition, "record": offer.stands() if offer is not None else None}
    if request.actor.capacity in OVERSEERS:
        rows = selectors.by_organization(edition.number, today)
        context |= {"rows": rows, "recorded": sum(1 for row in rows if row.reach.people)}
    elif organization is not None:
        mine = selectors.records(edition.number, organization.pk)
        context |= {"organization": organization, "records": mine[::-1], "reach": selectors.reach(mine)}
    return render(request, "cascade/page.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record how the standards were shared in my organization"), FOCAL_POINTS, "§4.h")
def share(request: Request) -> HttpResponse:
    """Date, audience, number reached."""
    organization, edition = own_organization(request), _edition()
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.record(
                organization,
                edition,
                data["shared_on"],
                data["audience"],
                data["reached"],
                data["people"],
                request.actor,
                now(),
                form.key,
            ),
        )
        if made is not None:
            return redirect("cascade")
    context = {
        "form": form,
        "heading": _("Record how the standards were shared"),
        "organization": organization,
        "submit": _("Record"),
        "back": reverse("cascade"),
    }
    return render(request, "cascade/share.html", context)
