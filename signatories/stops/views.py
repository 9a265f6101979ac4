"""Suspend and resume, stop the flow and let it run again, acknowledge a withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import MANAGEMENT, Capacity
from intranet.clock import now

from .. import policy as acts_policy
from .. import selectors as register
from .. import services as acts
from ..days import network_day
from ..models import ParticipationEntry
from ..views.common import confirm_url, demand, done_by, find, own_organization, with_code
from . import policy, services
from .forms import AcknowledgeForm, FlowResumeForm, FlowStopForm, ResumeForm, SuspendForm
from .matrix import Stop, cells
from .models import Acknowledgement
from .recommendation import recommendation

STOPPERS = MANAGEMENT | {Capacity.SIGNER}
both = require_http_methods(["GET", "POST"])
_TO_OFFICE = gettext_lazy(
    "This goes to the DSRSG/HC/RC office, with a copy to the PSEA Coordinator. Nobody approves it."
)
_TO_COORDINATOR = gettext_lazy("This goes to the PSEA Coordinator, in writing. Nobody approves it.")


@both
@screen(gettext_lazy("Suspend sharing, by communication to the office"), STOPPERS, "§4.f")
@with_code
def suspend(request: Request) -> HttpResponse:
    """§4.f: safety, security, capacity or other considerations."""
    form = SuspendForm(request.POST or None, initial={"effective_on": network_day(now())})
    return _act(request, form, acts.suspend, _("Suspend sharing"), _TO_OFFICE, "§4.f", Stop.SUSPENSION)


@both
@screen(gettext_lazy("Say a suspension anew: what it covers, until when"), STOPPERS, "§4.f")
@with_code
def renew(request: Request) -> HttpResponse:
    """The suspension goes on with another review, scope or reason; a further communication to the office."""
    organization, at = own_organization(request), now()
    held = register.position(organization, network_day(at)).suspension
    initial: dict[str, Any] = {"effective_on": network_day(at)}
    if isinstance(held, ParticipationEntry):
        go_on = held.notifications_continue
        initial |= {
            "reason": held.reason,
            "scope": held.scope,
            "notifications_continue": "yes" if go_on else "no",
        }
    form = SuspendForm(request.POST or None, initial=initial)

    def say_anew(*args: Any, **kwargs: Any) -> ParticipationEntry:
        return acts.suspend(*args, renew=True, **kwargs)

    heading = _("Say the suspension anew")
    return _act(request, form, say_anew, heading, _TO_OFFICE, "§4.f", Stop.SUSPENSION)


@both
@screen(gettext_lazy("Resume sharing"), STOPPERS, "§4.f")
@with_code
def resume(request: Request) -> HttpResponse:
    """The second signed act, which ends the suspension."""
    form = ResumeForm(request.POST or None, initial={"effective_on": network_day(now())})
    return _act(request, form, acts.resume, _("Resume sharing"), _TO_OFFICE, "§4.f")


@both
@screen(gettext_lazy("Stop the flow of data because of a breach, to the Coordinator"), STOPPERS, "§9.f")
@with_code
def stop_flow(request: Request) -> HttpResponse:
    """§9.f, with the recommendation of §9.g beside it; never forced."""
    form = FlowStopForm(request.POST or None, initial={"effective_on": network_day(now())})
    heading = _("Stop the flow of data")
    return _act(request, form, services.stop_flow, heading, _TO_COORDINATOR, "§9.f", Stop.FLOW_STOP)


@both
@screen(gettext_lazy("Let the data flow again"), STOPPERS, "§9.f")
@with_code
def resume_flow(request: Request) -> HttpResponse:
    """The second signed act, which ends the stop of flow."""
    form = FlowResumeForm(request.POST or None, initial={"effective_on": network_day(now())})
    return _act(request, form, services.resume_flow, _("Let the data flow again"), _TO_COORDINATOR, "§9.f")


def _act(
    request: Request,
    form: Any,
    service: Callable[..., ParticipationEntry],
    heading: str,
    note: StrOrPromise,
    clause: str,
    stop: Stop | None = None,
) -> HttpResponse:
    organization, at = own_organization(request), now()
    demand(acts_policy.may_stop(request.actor, organization, at))
    if request.method == "POST" and form.is_valid():
        entry = done_by(form, lambda: service(organization, request.actor, at, key=form.key, **form.given))
        if entry is not None:
            return redirect("participation-entry", entry.pk)
    context = {
        "form": form,
        "heading": heading,
        "lead": organization.name,
        "submit": heading,
        "back": reverse("take-part"),
        "clause": clause,
        "note": note,
        "cells": cells(stop) if stop is not None else [],
        "recommendation": recommendation(network_day(at)) if stop == Stop.FLOW_STOP else "",
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/stop.html", context)


@both
@screen(gettext_lazy("Acknowledge a withdrawal"), policy.ACKNOWLEDGERS, "§9.i")
def acknowledge(request: Request, pk: UUID) -> HttpResponse:
    """Coordinator and office each say once that it arrived; that approves nothing."""
    entry, at = find(request, ParticipationEntry, pk), now()
    side = policy.side_of(request.actor)
    demand(policy.may_acknowledge(request.actor, Acknowledgement(entry=entry, side=side or ""), at))
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = done_by(form, lambda: services.acknowledge(entry, request.actor, at, form.key))
        if made is not None:
            return redirect("participation-entry", entry.pk)
    context = {
        "form": form,
        "entry": entry,
        "submit": _("Acknowledge"),
        "back": reverse("participation-entry", args=[entry.pk]),
    }
    return render(request, "signatories/acknowledge.html", context)
