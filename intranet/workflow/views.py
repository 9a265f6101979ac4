"""The history of one object under its own policy, and the event log for oversight."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from audit import ledger
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.network.models import NetworkSettings

from . import event_log, registry
from . import history as histories


@require_safe
@screen(_("History of something you may see"), rule="D10")
def history(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """404 for an unknown kind, an object that is not there, and one that you may not know of: alike."""
    governed = registry.find(kind)
    if governed is None or not hasattr(governed.model, "history"):
        raise Http404
    try:
        obj = governed.model._default_manager.get(pk=pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    if not governed.may_view(request.actor, obj, now()).allowed:
        raise Http404
    context = {
        "label": governed.label(obj),
        "kind": governed.model._meta.verbose_name,
        "entries": histories.entries(obj, request.actor),
    }
    return render(request, "workflow/history.html", context)


@require_safe
@screen(_("Event log"), event_log.READERS, rule="D15")
def events(request: Request) -> HttpResponse:
    """Every act, refusal, sign-in and view, newest first. Reading it is an event of its own."""
    form = event_log.EventFilter(request.GET or None, auto_id="filter_%s")
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(event_log.found(values, NetworkSettings.current().zone()), event_log.PAGE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    rows = [(event, histories.of_event(event)) for event in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "query": query.urlencode()}
    ledger.record(
        now=now(), actor=request.actor, action="audit.read_events", kind=ledger.Kind.VIEW, clause="D15"
    )
    return render(request, "workflow/events.html", context)
