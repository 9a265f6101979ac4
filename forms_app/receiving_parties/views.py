"""Receiving parties: who is kept back, the case with every word, and the acts. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from audit.actors import Actor
from forms_app.common import parties
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, Capacity
from intranet.clock import now
from intranet.files.store import FileRefused
from intranet.forms import BaseForm
from intranet.papers.services import papers_about
from intranet.workflow.runner import Refused
from signatories.days import network_day
from signatories.selectors import office_people

from . import papers, policy, selectors, services
from .forms import CaseForm, NameForm, NoteForm, PlainForm, WordForm
from .machine import SUSPENSIONS
from .models import PartySuspension

both = require_http_methods(["GET", "HEAD", "POST"])
STANDING = {
    "proposed": "soon",
    "suspended": "late",
    "lift_waits": "soon",
    "lifted": "quiet",
    "declined": "quiet",
}

# Acts on one suspension, each on a page of its own: (service, what it does).
ACTS: dict[str, tuple[str, Any]] = {
    "suspend": ("agree", gettext_lazy("The party gets a letter with the caveat, without the reason.")),
    "decline": (
        "decline",
        gettext_lazy("Nothing is held back any more; requests on hold are taken up one by one."),
    ),
    "lift": (
        "lift",
        gettext_lazy("The party gets a letter; each request on hold is taken up again and asked anew."),
    ),
    "record_lift": (
        "record_lift",
        gettext_lazy("It takes effect after a person of the office confirmed it against the paper."),
    ),
    "confirm_lift": ("confirm_lift", gettext_lazy("The suspension ends now; the party gets a letter.")),
    "deny_lift": ("deny_lift", gettext_lazy("The record stays with your answer; the suspension stands.")),
}


def _find(actor: Actor, pk: UUID, at: datetime) -> PartySuspension:
    found = PartySuspension.objects.filter(pk=pk).first()
    if found is None or not policy.may_view(actor, found, at).allowed:
        raise Http404
    return found


def _posted(request: Request) -> tuple[QueryDict | None, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _attempt(form: BaseForm, act: Callable[[], Any]) -> Any | None:
    """Do the act; a refusal becomes a sentence on top of the form. A missing fresh code goes up to the gate."""
    try:
        return act()
    except FileRefused as refusal:
        form.add_error(None, str(refusal))
    except Refused as refusal:
        if refusal.code == "step_up":
            raise
        form.add_error(None, f"{refusal.reason} ({refusal.rule})")
    return None


def _crumbs(*more: tuple[Any, str]) -> list[dict[str, Any]]:
    first = [{"label": _("Data requests"), "url": reverse("requests")}]
    return first + [{"label": label, "url": url} for label, url in more]


@require_safe
@screen(gettext_lazy("Receiving parties that are suspended or were"), policy.READERS, "§7B.7")
def index(request: Request) -> HttpResponse:
    """Every suspension with its state, and the near names that wait for a person's word."""
    page = {
        "rows": [
            {"row": row, "standing": STANDING[row.state], "word": row.get_state_display()}
            for row in selectors.every()
        ],
        "to_settle": selectors.to_settle() if request.actor.capacity in policy.SETTLERS else [],
        "opens": request.actor.capacity in policy.OPENERS,
        "crumbs": _crumbs((_("Receiving parties"), "")),
    }
    return render(request, "receiving_parties/index.html", page)


@both
@screen(gettext_lazy("Suspend a receiving party, or ask the office to"), policy.OPENERS, "§7B.7")
def new(request: Request) -> HttpResponse:
    """The Coordinator holds everything back and asks; the office's own or recorded word suspends."""
    at, actor = now(), request.actor
    proposes = actor.capacity in COORDINATION
    data, files = _posted(request)
    form = CaseForm(
        data,
        files,
        proposes=proposes,
        releases=list(parties.requests().released()),
        on_paper=actor.capacity == Capacity.OFFICE_ASSISTANT,
        people=office_people(network_day(at)),
        initial={"from_on": network_day(at)},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> PartySuspension:
            if proposes:
                return services.propose(form.case(), actor, at, key=form.key)
            return services.suspend(form.case(), form.said(), actor, at, key=form.key)

        made = _attempt(form, act)
        if made is not None:
            return redirect("party-suspension", pk=made.pk)
    page = {
        "form": form,
        "proposes": proposes,
        "caveat": papers.caveat_on(network_day(at))[0],
        "releases": form.releases[:12],
        "submit": _("Hold back and ask the office") if proposes else _("Suspend the receiving party"),
        "back": reverse("parties"),
        "crumbs": _crumbs((_("Receiving parties"), reverse("parties")), (_("Suspend"), "")),
    }
    return render(request, "receiving_parties/new.html", page, status=400 if form.errors else 200)


@require_safe
@screen(gettext_lazy("The suspension of one receiving party"), policy.READERS, "§7B.7")
def suspension(request: Request, pk: UUID) -> HttpResponse:
    """The case, every word with who said it, the names, the requests on hold, the letters, the acts."""
    at, actor = now(), request.actor
    found = _find(actor, pk, at)
    known = next((k for k in selectors.in_force() if k.suspension.pk == found.pk), None)
    offers = {offer.transition.action: offer for offer in SUSPENSIONS.offers(found, actor, at)}
    page = {
        "suspension": found,
        "word": found.get_state_display(),
        "standing": STANDING[found.state],
        "words": [{"word": word, "label": _label(word.act)} for word in selectors.words_of(found)],
        "names": list(found.names.all()),
        "near": [row for row in selectors.to_settle() if row[0].suspension.pk == found.pk],
        "held": [r for r in parties.requests().open() if known is not None and known.is_party(r.party)],
        "papers": papers_about(found),
        "acts": [
            (offers[name].transition.label, reverse("party-act", args=[found.pk, name]))
            for name in ACTS
            if name in offers and offers[name].decision.allowed
        ],
        "settles": "settle_name" in offers and offers["settle_name"].decision.allowed,
        "crumbs": _crumbs((_("Receiving parties"), reverse("parties")), (found.reference, "")),
    }
    return render(request, "receiving_parties/suspension.html", page)


def _label(act: str) -> Any:
    return next(row.label for row in SUSPENSIONS.transitions if row.action == act)


@both
@screen(gettext_lazy("A word of the office on a suspended receiving party"), policy.OPENERS, "§7B.6")
def act(request: Request, pk: UUID, action: str) -> HttpResponse:
    """What the act does, then the act; who may not is told why."""
    if action not in ACTS:
        raise Http404
    at, actor = now(), request.actor
    found = _find(actor, pk, at)
    row = next(r for r in SUSPENSIONS.transitions if r.action == action and "" not in r.sources)
    data, files = _posted(request)
    form = _form(action, actor, at, data, files)
    name, says = ACTS[action]
    if request.method == "POST" and form.is_valid():
        service: Callable[..., PartySuspension] = getattr(services, name)
        more: dict[str, Any] = {"key": form.key}
        if isinstance(form, WordForm):
            more["said"] = form.said()
        elif isinstance(form, NoteForm):
            more["note"] = form.cleaned_data["note"]
        if _attempt(form, lambda: service(found, actor=actor, now=at, **more)) is not None:
            messages.success(request, _("Done: %s") % row.label)
            return redirect("party-suspension", pk=found.pk)
    allowed = row.policy(actor, found, at)
    page = {
        "suspension": found,
        "form": form,
        "act": row,
        "says": says,
        "possible": allowed.allowed and found.state in row.sources,
        "why_not": allowed.reason,
        "submit": row.label,
        "back": reverse("party-suspension", args=[found.pk]),
        "crumbs": _crumbs(
            (_("Receiving parties"), reverse("parties")),
            (found.reference, reverse("party-suspension", args=[found.pk])),
            (row.label, ""),
        ),
    }
    return render(request, "receiving_parties/act.html", page, status=400 if form.errors else 200)


def _form(action: str, actor: Actor, at: datetime, data: Any, files: Any) -> BaseForm:
    if action == "confirm_lift":
        return PlainForm(data)
    if action == "deny_lift":
        return NoteForm(data)
    on_paper = action == "record_lift" or actor.capacity == Capacity.OFFICE_ASSISTANT
    return WordForm(data, files, on_paper=on_paper, people=office_people(network_day(at)))


@both
@screen(gettext_lazy("Say whether a near name is the suspended party"), policy.SETTLERS, "practice")
def name(request: Request, pk: UUID) -> HttpResponse:
    """Yes or no, and how one knows; a machine only asks."""
    at, actor = now(), request.actor
    found = _find(actor, pk, at)
    form = NameForm(
        request.POST if request.method == "POST" else None,
        initial={"name": request.GET.get("name", "")[:200]},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = _attempt(
            form,
            lambda: services.settle_name(
                found, given["name"], given["same"], actor, at, given["note"], key=form.key
            ),
        )
        if done is not None:
            return redirect("party-suspension", pk=found.pk)
    page = {
        "suspension": found,
        "form": form,
        "submit": _("Say it"),
        "back": reverse("party-suspension", args=[found.pk]),
        "crumbs": _crumbs(
            (_("Receiving parties"), reverse("parties")),
            (found.reference, reverse("party-suspension", args=[found.pk])),
            (_("Near name"), ""),
        ),
    }
    return render(request, "receiving_parties/name.html", page, status=400 if form.errors else 200)
