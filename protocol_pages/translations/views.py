"""Reviewers' texts: the list, one text block by block, its words, and the acts of two persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from audit.actors import Actor
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.clock.days import network_day
from intranet.forms import BaseForm
from intranet.workflow.runner import Refused
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.draft_forms import NoteForm, PlainForm
from protocol_pages.editions.life import KEEPERS, WRITERS
from protocol_pages.editions.models import Edition

from . import page, policy, selectors, services
from .forms import BeginForm, BlockForm, ConfirmForm, FactsForm
from .machine import TEXTS
from .models import Language, ReviewedText, TextState

both = require_http_methods(["GET", "POST"])
URL_OF_ACT = {
    "hand_in": "reviewed-hand-in",
    "confirm": "reviewed-confirm",
    "return": "reviewed-return",
    "describe": "reviewed-describe",
    "withdraw": "reviewed-withdraw",
    "discard": "reviewed-discard",
}


def find(request: Request, pk: UUID) -> ReviewedText:
    """The text, or 404 where it does not exist for the actor (D10)."""
    found = ReviewedText.objects.select_related("edition", "file").filter(pk=pk).first()
    if found is None or not policy.may_see(request.actor, found, now()).allowed:
        raise Http404
    return found


def demand(action: str, text: ReviewedText, actor: Actor) -> None:
    """403 with the reason where the act is not this person's; in another state there is no such page."""
    row = TEXTS.find(action, text.state)
    if row is None:
        raise Http404
    decision = row.policy(actor, text, now())
    if not decision.allowed:
        raise PermissionDenied(str(decision.reason))


def _newest_edition() -> Edition:
    """Today's text, else the one adopted last; 404 before the first."""
    try:
        return editions.edition_in_force(network_day(now()))
    except editions.NoEdition:
        last = editions.latest_edition()
    if last is None:
        raise Http404
    return last


@require_safe
@screen(gettext_lazy("Reviewers’ texts of the protocol in other languages"), policy.READERS, "D4")
def texts(request: Request) -> HttpResponse:
    """How much stands beside today's text in each language, and every text with its state."""
    edition = _newest_edition()
    context = {
        "edition": edition,
        "stand": [selectors.beside(edition, code) for code in Language.values],
        "rows": [
            (item, item.get_state_display(), page.SHAPE[TextState(item.state)]) for item in selectors.texts()
        ],
        "may_begin": request.actor.capacity in WRITERS,
    }
    return render(request, "protocol_pages/translations/texts.html", context)


@both
@screen(gettext_lazy("Record a reviewer’s text of the protocol"), WRITERS, "D4")
def begin(request: Request) -> HttpResponse:
    """Reviewer, language, edition and source; the words come after."""
    form = BeginForm(request.POST or None, request.FILES or None, initial={"edition": _newest_edition()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.begin(
                data["language"], data["edition"], form.facts(), request.actor, now(), data["file"], form.key
            )
            return redirect("reviewed-text", made.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "submit": _("Begin"), "multipart": True, "back": reverse("reviewed-texts")}
    return render(request, "protocol_pages/translations/begin.html", context)


@require_safe
@screen(gettext_lazy("One reviewer’s text, block by block beside the English"), policy.READERS, "D4")
def text(request: Request, pk: UUID) -> HttpResponse:
    """Everything that was put in; ``?all=1`` shows the blocks without words too."""
    found, at = find(request, pk), now()
    rows = page.rows(found)
    writes = found.state == TextState.DRAFT and policy.may_record(request.actor, found, at).allowed
    put_in = [row for row in rows if row.text]
    whole = writes or request.GET.get("all") == "1"
    offers = [
        (offer.transition.label, reverse(URL_OF_ACT[offer.transition.action], args=[pk]), offer.decision)
        for offer in TEXTS.offers(found, request.actor, at)
        if offer.transition.action in URL_OF_ACT
    ]
    context = page.facts(found) | {
        "rows": rows if whole else put_in,
        "put_in": len(put_in),
        "of": len(rows),
        "whole": whole,
        "writes": writes,
        "offers": [offer for offer in offers if offer[2].allowed],
        "not_yet": next((offer for offer in offers if not offer[2].allowed and offer[2].rule == "D17"), None),
    }
    return render(request, "protocol_pages/translations/text.html", context)


@both
@screen(gettext_lazy("Put in a reviewer’s words for one block"), WRITERS, "D4")
def block(request: Request, pk: UUID, block_id: str) -> HttpResponse:
    """The English, the words, and on to the next block."""
    found = find(request, pk)
    if request.method == "GET":
        demand("write", found, request.actor)
    rows = page.rows(found)
    place = next((number for number, row in enumerate(rows) if row.block.id == block_id), None)
    if place is None:
        raise Http404
    row = rows[place]
    form = BlockForm(found.language, request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            services.write(found, {block_id: form.cleaned_data["text"]}, request.actor, now(), form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if "next" in request.POST and place + 1 < len(rows):
                return redirect("reviewed-block", pk, rows[place + 1].block.id)
            return redirect(f"{reverse('reviewed-text', args=[pk])}#{block_id}")
    context = page.facts(found) | {
        "form": form,
        "row": row,
        "place": place + 1,
        "of": len(rows),
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
    }
    return render(request, "protocol_pages/translations/block.html", context)


@both
@screen(gettext_lazy("Correct who reviewed a text and how it came"), WRITERS, "D4")
def describe(request: Request, pk: UUID) -> HttpResponse:
    """While it is being recorded."""
    found = find(request, pk)
    facts = services.Facts(found.reviewer_name, found.reviewer_title, found.reviewed_on, found.source)
    form = FactsForm(request.POST or None, request.FILES or None, initial=asdict(facts))

    def act(one: ReviewedText, actor: Actor, at: Any, key: UUID | None = None) -> ReviewedText:
        return services.describe(one, form.facts(), actor, at, form.cleaned_data["file"], key)

    return _act(request, found, "describe", form, act, _("Correct who reviewed it"))


@both
@screen(gettext_lazy("Hand a recorded text to a second person"), WRITERS, "D17")
def hand_in(request: Request, pk: UUID) -> HttpResponse:
    """Its words do not change from now on."""
    lead = _("From now on its words do not change. Somebody who recorded none of them confirms it.")
    form = PlainForm(request.POST or None)
    return _act(
        request, find(request, pk), "hand_in", form, services.hand_in, _("Hand it to a second person"), lead
    )


@both
@screen(gettext_lazy("Confirm a reviewer’s text that somebody else recorded"), KEEPERS, "D17")
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """All words stand below the form; a text that changed meanwhile is shown again."""
    found = find(request, pk)
    seal = selectors.seal_of(found)
    form = ConfirmForm(request.POST or None, initial={"seal": seal})

    def act(one: ReviewedText, actor: Actor, at: Any, key: UUID | None = None) -> ReviewedText:
        return services.confirm(one, form.cleaned_data["seal"], actor, at, key)

    lead = _("From now on everybody may read it beside the English, marked as unofficial.")
    rows = [row for row in page.rows(found) if row.text]
    return _act(request, found, "confirm", form, act, _("Confirm it"), lead, rows=rows, seal=seal)


@both
@screen(gettext_lazy("Return a recorded text to its recorder"), WRITERS, "D17")
def send_back(request: Request, pk: UUID) -> HttpResponse:
    """With a reason."""
    return _with_reason(request, pk, "return", services.send_back, _("Return it to the recorder"))


@both
@screen(gettext_lazy("Show a reviewer’s text no longer"), KEEPERS, "D4")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """With a reason; at once."""
    return _with_reason(request, pk, "withdraw", services.withdraw, _("Show it no longer"))


@both
@screen(gettext_lazy("Discard a reviewer’s text that is not confirmed"), WRITERS, "D4")
def discard(request: Request, pk: UUID) -> HttpResponse:
    """With a reason."""
    return _with_reason(request, pk, "discard", services.discard, _("Discard it"))


def _with_reason(
    request: Request, pk: UUID, action: str, service: Callable[..., Any], heading: str
) -> HttpResponse:
    form = NoteForm(request.POST or None)

    def act(one: ReviewedText, actor: Actor, at: Any, key: UUID | None = None) -> Any:
        return service(one, actor, at, form.cleaned_data["reason"], key)

    return _act(request, find(request, pk), action, form, act, heading)


def _act(
    request: Request,
    found: ReviewedText,
    action: str,
    form: BaseForm,
    service: Callable[..., Any],
    heading: str,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """One act on one text: a refusal stands on top of the form; what is shown now is sealed anew."""
    if request.method == "GET":
        demand(action, found, request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            service(found, request.actor, now(), key=form.key)
            return redirect("reviewed-text", found.pk)
        except Refused as refusal:
            form.refuse(refusal)
            if "seal" in more:
                sent: Any = form.data
                kept = sent.copy()
                kept["seal"] = more["seal"]
                form.data = kept
    context = page.facts(found) | {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": heading,
        "back": reverse("reviewed-text", args=[found.pk]),
    }
    return render(request, "protocol_pages/translations/act.html", context | more)
