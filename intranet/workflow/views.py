"""The history of one object under its own policy, two of its versions, the event log, who saw which figure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from audit import ledger
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.clock import wording as dates
from intranet.files.tables import csv_response
from intranet.network.models import NetworkSettings

from . import access_log, event_log, registry, versions, wording
from . import history as histories
from .forms import AccessFilter, HistoryFilter, OwnAccessFilter, VersionsForm
from .history import History, Version, Wish


def _find(request: Request, kind: str, pk: UUID, at: datetime) -> tuple[registry.GovernedObject, Any]:
    """404 for an unknown kind, an object that is not there, and one that you may not know of: alike."""
    governed = registry.find(kind)
    if governed is None or not hasattr(governed.model, "history"):
        raise Http404
    obj = governed.get(pk)
    if obj is None or not governed.may_view(request.actor, obj, at).allowed:
        raise Http404
    return governed, obj


def _about(request: Request, governed: registry.GovernedObject, obj: Any) -> dict[str, Any]:
    """What both history pages say of their object."""
    page = governed.said.page
    return {
        "label": governed.title(obj),
        "kind": governed.type,
        "noun": wording.noun(governed.type),
        "pk": obj.pk,
        "page_url": page(obj, request.actor) if page is not None else "",
    }


def _query(request: Request, without: str = "page") -> str:
    query = request.GET.copy()
    query.pop(without, None)
    return query.urlencode()


@require_safe
@screen(gettext_lazy("History of something you may see"), rule="D10")
def history(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """Every act with its clause, what it changed in words, and what was refused; filtered and paged."""
    governed, obj = _find(request, kind, pk, now())
    form = HistoryFilter(request.GET or None, auto_id="filter_%s")
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wish = Wish(**{name: values[name] for name in ("what", "who", "since", "until") if values.get(name)})
    told = History(governed, obj, request.actor)
    page = Paginator(told.found(wish, NetworkSettings.current().zone()), histories.PAGE).get_page(
        request.GET.get("page")
    )
    context = _about(request, governed, obj) | {
        "form": form,
        "page": page,
        "entries": told.entries(page.object_list),
        "versions": len(told.versions),
        "query": _query(request),
        "filtered": wish != Wish(),
    }
    return render(request, "workflow/history.html", context)


@require_safe
@screen(gettext_lazy("Two versions of something you may see, side by side"), rule="D10")
def compare(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """``?old=2&new=5``; what differs is marked in words. A version that is not there is said on top."""
    governed, obj = _find(request, kind, pk, now())
    told = History(governed, obj, request.actor)
    if not told.versions:
        return render(request, "workflow/versions.html", _about(request, governed, obj) | {"lines": None})
    pair = versions.chosen(told, request.GET.get("old", ""), request.GET.get("new", ""))
    missing = pair is None
    old, new = pair or versions.chosen(told, "", "") or (told.versions[0], told.versions[-1])
    everything = "everything" in request.GET or len(told.versions) == 1
    zone = NetworkSettings.current().zone()
    form = VersionsForm(
        auto_id="versions_%s",
        choices=[(str(version.number), _named(version, zone)) for version in told.versions],
        initial={"old": old.number, "new": new.number, "everything": everything},
    )
    context = _about(request, governed, obj) | {
        "form": form,
        "old": old,
        "new": new,
        "old_who": wording.who(old.who),
        "new_who": wording.who(new.who),
        "old_capacity": wording.capacity(old.capacity),
        "new_capacity": wording.capacity(new.capacity),
        "lines": versions.compare(told, old, new, everything=everything),
        "only": len(told.versions) == 1,
        "errors": [
            {
                "text": _("Version: this object has versions 1 to %s. Choose two of them.")
                % len(told.versions),
                "target": "versions_old",
            }
        ]
        if missing
        else [],
    }
    return render(request, "workflow/versions.html", context, status=404 if missing else 200)


def _named(version: Version, zone: Any) -> str:
    local = version.at.astimezone(zone)
    return _("%(n)s: %(day)s, %(time)s, %(capacity)s") % {
        "n": version.number,
        "day": dates.plain_date(local.date()),
        "time": dates.time_of_day(version.at, zone),
        "capacity": wording.capacity(version.capacity),
    }


@require_safe
@screen(gettext_lazy("Event log"), event_log.READERS, rule="D15")
def events(request: Request) -> HttpResponse:
    """Every act, refusal, sign-in and view, newest first. Reading it is an event of its own."""
    form = event_log.EventFilter(request.GET or None, auto_id="filter_%s")
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(event_log.found(values, NetworkSettings.current().zone()), event_log.PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        (
            event,
            histories.of_event(event),
            wording.noun(event.object_type),
            wording.label(event.object_label),
        )
        for event in page.object_list
    ]
    context = {"form": form, "page": page, "rows": rows, "query": _query(request)}
    context["chain"] = event_log.last_check()
    ledger.record(
        now=now(), actor=request.actor, action="audit.read_events", kind=ledger.Kind.VIEW, clause="D15"
    )
    return render(request, "workflow/events.html", context)


@require_safe
@screen(gettext_lazy("Who saw or downloaded which figure"), access_log.READERS, rule="D15")
def access(request: Request) -> HttpResponse:
    """Every access to figures, newest first; ``?csv=1`` downloads what the filter finds."""
    form = AccessFilter(request.GET or None, auto_id="filter_%s")
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = access_log.found(values, NetworkSettings.current().zone())
    return _accesses(request, form, found, "workflow/access.html", {})


@require_safe
@screen(gettext_lazy("Who saw the own organization's figures"), access_log.OWN_READERS, rule="D15")
def own_access(request: Request) -> HttpResponse:
    """For a Head of Agency: capacities and times; names of the own people alone (network practice)."""
    own = request.actor.organization_id
    if own is None:
        raise PermissionDenied
    form = OwnAccessFilter(request.GET or None, auto_id="filter_%s")
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = access_log.of_organization(own, values, NetworkSettings.current().zone())
    return _accesses(request, form, found, "workflow/own_access.html", {"own": own})


def _accesses(request: Request, form: Any, found: Any, template: str, own: dict[str, UUID]) -> HttpResponse:
    at, zone = now(), NetworkSettings.current().zone()
    as_file = request.GET.get("csv") == "1"
    ledger.record(
        now=at,
        actor=request.actor,
        action="audit.export_access" if as_file else "audit.read_access",
        kind=ledger.Kind.DOWNLOAD if as_file else ledger.Kind.VIEW,
        clause="D15",
    )
    if as_file:
        lines = access_log.lines(found[: access_log.MOST_LINES], **own)
        name = f"access-{at.astimezone(zone):%Y-%m-%d}.csv"
        return csv_response(name, access_log.table(lines, zone))
    page = Paginator(found, access_log.PAGE).get_page(request.GET.get("page"))
    query = _query(request)
    context = {
        "form": form,
        "page": page,
        "lines": access_log.lines(page.object_list, **own),
        "query": query,
        "csv_url": f"?{query}&csv=1" if query else "?csv=1",
    }
    return render(request, template, context)


__all__ = ["access", "compare", "events", "history", "own_access"]
