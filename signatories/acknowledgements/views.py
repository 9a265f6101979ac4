"""Read, confirm; and the rates for those who look after people."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.clock.wording import AWAITING_TEXTS
from intranet.workflow.runner import Refused
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from ..days import network_day
from ..policy import KEEPERS, OVERSEERS
from ..selectors import person_of
from . import rules, selectors, services
from .forms import AcknowledgeForm


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Confirm that I have read and understood the protocol"), rule="practice")
def acknowledge(request: Request) -> HttpResponse:
    """The sentence in the language of the screen, bound to the text in force."""
    person = person_of(request.actor)
    if person is None:
        raise Http404
    at = now()
    today = network_day(at)
    try:
        edition = edition_in_force(today)
    except NoEdition:
        return render(request, "acknowledgements/none.html", {})
    language = get_language() or "en"
    language = "en" if language in AWAITING_TEXTS else language
    form = AcknowledgeForm(request.POST or None, initial={"sha256": edition.sha256})
    if request.method == "POST" and form.is_valid():
        try:
            services.acknowledge(person, form.cleaned_data["sha256"], language, request.actor, at, form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("acknowledge-text")
    context = {
        "form": form,
        "edition": edition,
        "statement": rules.statement(edition, language),
        "why": rules.asked(selectors.facts_of(person, today), edition, today),
        "given": selectors.of(person)[:10],
        "submit": _("Confirm"),
    }
    return render(request, "acknowledgements/acknowledge.html", context)


@require_safe
@screen(gettext_lazy("How many have read and understood the protocol"), KEEPERS | OVERSEERS, "practice")
def rates(request: Request) -> HttpResponse:
    """All organizations; a Head of Agency the own one."""
    own = request.actor.organization_id if request.actor.capacity == Capacity.HEAD_OF_AGENCY else None
    rows = selectors.rates(now(), own)
    people, acknowledged = selectors.total(rows)
    context = {"rows": rows, "people": people, "acknowledged": acknowledged}
    return render(request, "acknowledgements/rates.html", context)
