"""The network's state of play on one page, and hand-overs kept as Word and PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.forms import BaseForm
from intranet.papers.letterhead import Language
from intranet.papers.models import IssuedPaper
from intranet.papers.services import papers_about

from ..leaving import selectors as leaving
from ..leaving.views import READERS
from ..models import Organization, Person
from ..views.common import find
from . import selectors, services
from .models import HandOver, Scope
from .policy import NETWORK_READERS

KEPT = 10  # papers that the page names


@require_safe
@screen(
    gettext_lazy("Hand-over of the coordination: the whole network's state of play"), NETWORK_READERS, "D9"
)
def network(request: Request) -> HttpResponse:
    """What the successor does first, then each part; printed as it stands."""
    at = now()
    kept = HandOver.objects.filter(scope=Scope.NETWORK)[:KEPT]
    ids = [row.pk for row in kept]
    context = {
        "state": selectors.as_seen_by(selectors.state_of_play(at), request.actor.capacity),
        "now": at,
        "form": BaseForm(),
        "papers": IssuedPaper.objects.filter(about_type="handover", about_id__in=ids),
    }
    return render(request, "handover/network.html", context)


def _language() -> Language:
    return "ar" if get_language() == "ar" else "en"


@require_POST
@screen(gettext_lazy("Keep the network's state of play as Word"), NETWORK_READERS, "D9")
def keep_network(request: Request) -> HttpResponse:
    """Numbered and stored; the page stays what it was."""
    form = BaseForm(request.POST)
    form.full_clean()
    made = services.keep_network(request.actor, now(), _language(), form.key)
    return redirect("hand-over-kept", made.pk)


@require_POST
@screen(gettext_lazy("Keep the hand-over of a post as Word"), READERS, "D9")
def keep_person(request: Request, pk: UUID, person: UUID) -> HttpResponse:
    """For whoever sees the page; 404 for everybody else."""
    at = now()
    organization = Organization.objects.filter(pk=pk).first()
    who = Person.objects.filter(pk=person).first()
    if organization is None or who is None:
        raise Http404
    if not leaving.may_see(request.actor, who, organization, at).allowed:
        raise Http404
    if leaving.hand_over(who, organization, at) is None:
        raise Http404
    form = BaseForm(request.POST)
    form.full_clean()
    made = services.keep_person(who, organization, request.actor, at, _language(), form.key)
    return redirect("hand-over-kept", made.pk)


@require_safe
@screen(gettext_lazy("A hand-over that was kept on paper"), READERS, "D9")
def kept(request: Request, pk: UUID) -> HttpResponse:
    """Its files."""
    made = find(request, HandOver, pk)
    back = reverse("hand-over")
    if made.scope == Scope.PERSON:
        back = reverse("hand-over-person", args=[made.organization_id, made.person_id])
    context = {"made": made, "papers": papers_about(made), "back": back}
    return render(request, "handover/kept.html", context)
