"""A UN agency's page about its implementing partners: for which months "sent" was told (D36)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from signatories import selectors as register
from signatories.models import Kind

from . import pages, partners, policy


@require_GET
@screen(
    gettext_lazy("Own implementing partners: for which months a report was sent"), policy.OWN_READERS, "D36"
)
def partner_months(request: Request) -> HttpResponse:
    """The word "sent" with its day; no figure, and not whether there was one."""
    own = register.organization_of(request.actor)
    if own is None or own.kind != Kind.UN_AGENCY:
        raise PermissionDenied(_("Only a UN agency has implementing partners in this network."))
    context = {
        "found": partners.months_of_partners(own, now()),
        "crumbs": pages.crumbs(request, (_("Partners"), "")),
    }
    return render(request, "monthly_reports/partners.html", context)
