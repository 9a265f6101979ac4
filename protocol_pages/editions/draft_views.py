"""Editions and drafts: the list with each life, one draft against its base, and the acts of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.step_up import is_fresh, to_confirm
from intranet.clock import now
from intranet.clock.days import network_day
from intranet.forms import BaseForm
from intranet.listing import listed
from intranet.workflow.machine import Decision
from intranet.workflow.runner import Refused

from . import consequence, drafting, life, selectors
from .compare import compare
from .compare_views import shown_row, summary_of
from .draft_forms import EndorseForm, NoteForm, PlainForm, ProposeForm
from .machine import DRAFTS
from .models import DraftState, Edition, EditionDraft

both = require_http_methods(["GET", "POST"])
URL_OF_ACT = {
    "propose": "protocol-draft-propose",
    "open_review": "protocol-draft-review",
    "return": "protocol-draft-return",
    "endorse": "protocol-draft-endorse",
    "discard": "protocol-draft-discard",
}
SHAPE = {
    DraftState.DRAFT: "quiet",
    DraftState.PROPOSED: "soon",
    DraftState.IN_REVIEW: "soon",
    DraftState.ENDORSED: "none",
    DraftState.IN_FORCE: "ok",
    DraftState.SUPERSEDED: "quiet",
    DraftState.DISCARDED: "quiet",
}


def _find(request: Request, pk: UUID) -> EditionDraft:
    """The draft, or 404 where it does not exist for the actor (D10)."""
    found = EditionDraft.objects.select_related("base", "page", "document").filter(pk=pk).first()
    if found is None or not life.may_view_draft(request.actor, found, now()).allowed:
        raise Http404
    return found


def _demand(decision: Decision) -> None:
    if not decision.allowed:
        raise PermissionDenied(str(decision.reason))


@require_safe
@screen(gettext_lazy("Editions of the protocol and drafts, with the life of each"), rule="§8")
def editions(request: Request) -> HttpResponse:
    """Every edition with where it stands today, derived from the frozen dates; drafts that the actor may see."""
    at = now()
    today = network_day(at)
    every = selectors.editions()
    rows = [(item, selectors.standing_on(item, every, today)) for item in reversed(every)]
    drafts = [d for d in selectors.open_drafts() if life.may_view_draft(request.actor, d, at).allowed]
    context = {
        "rows": [(item, standing.label, SHAPE[standing]) for item, standing in rows],
        "drafts": [(d, d.get_state_display(), SHAPE[DraftState(d.state)], d.summary) for d in drafts],
        "form": PlainForm(),
        "may_begin": bool(every) and life.writer_of_drafts(request.actor, None, at).allowed,
    }
    return render(request, "protocol_pages/drafts/editions.html", context)


@require_POST
@screen(gettext_lazy("Begin a draft of the next edition"), life.WRITERS, "§8")
def begin(request: Request) -> HttpResponse:
    """A draft that says what the edition adopted last says."""
    last = selectors.latest_edition()
    if last is None:
        raise Http404
    form = PlainForm(request.POST)
    form.is_valid()
    return redirect("protocol-draft", drafting.begin_from(last, request.actor, now(), form.key).pk)


@require_safe
@screen(gettext_lazy("One draft of the protocol, against the edition before"), rule="§8")
def draft(request: Request, pk: UUID) -> HttpResponse:
    """The draft block by block against its base; ``?all=1`` shows the unchanged text too."""
    found, at = _find(request, pk), now()
    text = selectors.blocks_of_draft(found)
    base = selectors.blocks_of(found.base) if found.base is not None else ()
    comparison = compare(base, text)
    whole = request.GET.get("all") == "1" or found.base is None
    offers = [
        (
            offer.transition.label,
            reverse(URL_OF_ACT[offer.transition.action], args=[found.pk]),
            offer.stands(),
        )
        for offer in DRAFTS.offers(found, request.actor, at)
        if offer.transition.action in URL_OF_ACT and offer.decision.allowed
    ]
    writes = found.state == DraftState.DRAFT and life.writer_of_drafts(request.actor, found, at).allowed
    adopted = Edition.objects.select_related("document").filter(draft=found).first()
    context = {
        "draft": found,
        "adopted": adopted,
        "shape": SHAPE[DraftState(found.state)],
        "same": comparison.same,
        "summary": summary_of(comparison),
        "rows": [shown_row(row) for row in (comparison.rows if whole else comparison.changed_rows)],
        "whole": whole,
        "offers": offers,
        "writes": writes,
        "behind": drafting.is_behind(found) if writes else None,
        "consequence": _consequence(found),
        "page_url": reverse("wagtailadmin_pages:edit", args=[found.page_id]) if found.page_id else "",
    }
    return render(request, "protocol_pages/drafts/draft.html", context)


def _consequence(draft: EditionDraft) -> consequence.Consequence | None:
    """What its endorsement would mean, once its kind is said."""
    if draft.state not in (DraftState.PROPOSED, DraftState.IN_REVIEW):
        return None
    return consequence.of(draft, bool(draft.minor_kind), selectors.latest_edition(), now())


@require_POST
@screen(gettext_lazy("Open the page on which a draft is written"), life.WRITERS, "§8")
def page(request: Request, pk: UUID) -> HttpResponse:
    """Makes the page the first time and leads there: to the editor for editors, to the draft for others."""
    found = _find(request, pk)
    made = drafting.open_page(found, request.actor, now())
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_pages:edit", made.pk)
    return redirect("protocol-draft", found.pk)


@both
@screen(gettext_lazy("Take the page's text into the draft"), life.WRITERS, "§8")
def take(request: Request, pk: UUID) -> HttpResponse:
    """The newest revision of the page becomes the draft's text."""
    form = PlainForm(request.POST or None)
    heading = _("Take the page’s text into the draft")
    lead = _("The newest saved revision of the page becomes the text of this draft.")
    return _act(request, pk, form, drafting.take_page, heading, lead)


@both
@screen(gettext_lazy("Take what was endorsed meanwhile into the draft"), life.WRITERS, "D7")
def take_in(request: Request, pk: UUID) -> HttpResponse:
    """Block by block; where both changed the same block, the draft's words stay and the block is named."""
    found = _find(request, pk)
    later = drafting.is_behind(found)
    if later is None and request.method == "GET":
        raise Http404
    if later is None:  # somebody else was first: the act says so
        return _act(request, pk, PlainForm(request.POST), drafting.take_in, _("Take in an edition"), "")
    lead = _(
        "Edition %s was endorsed since this draft was begun. What it changed comes into the draft, and the draft "
        "starts from it."
    )
    lines = [lead % later.label]
    if named := [block.labels or block.printed[:40] for block in drafting.newer(found, later).both]:
        lines.append(_("Changed in both; the draft’s words stay, look at them: %s") % listed(named))
    heading = _("Take in edition %s") % later.label
    return _act(request, pk, PlainForm(request.POST or None), drafting.take_in, heading, " ".join(lines))


@both
@screen(gettext_lazy("Propose a draft as a minor or substantive edition"), life.KEEPERS, "D7")
def propose(request: Request, pk: UUID) -> HttpResponse:
    """Both consequences are shown before anybody chooses (D7)."""
    found, last, at = _find(request, pk), selectors.latest_edition(), now()
    shown = [consequence.of(found, minor, last, at) for minor in (False, True)]
    seals = {"seal_substantive": shown[0].seal, "seal_minor": shown[1].seal}
    form = ProposeForm(request.POST or None, initial=seals | {"summary": found.summary})

    def act(draft: EditionDraft, actor: Any, moment: Any, key: Any) -> EditionDraft:
        data = form.cleaned_data
        return drafting.propose(draft, data["minor_kind"], data["summary"], form.seal, actor, moment, key)

    return _act(request, pk, form, act, _("Propose it"), "", consequences=shown, seals=seals)


@both
@screen(gettext_lazy("Open the review of a proposed edition"), life.KEEPERS, "§8")
def review(request: Request, pk: UUID) -> HttpResponse:
    """From now on everybody reads it."""
    lead = _("From now on every member of the network reads this draft.")
    return _act(
        request, pk, PlainForm(request.POST or None), drafting.open_review, _("Open its review"), lead
    )


@both
@screen(gettext_lazy("Record the endorsement of an edition and freeze its text"), life.KEEPERS, "§8")
def endorse(request: Request, pk: UUID) -> HttpResponseBase:
    """Body, date, document, scope and effective date; with a fresh code (D11)."""
    if request.method == "GET" and not is_fresh(request):
        return to_confirm(request)
    found = _find(request, pk)
    shown = consequence.of(found, bool(found.minor_kind), selectors.latest_edition(), now())
    form = EndorseForm(request.POST or None, request.FILES or None, initial={"seal": shown.seal})

    def act(draft: EditionDraft, actor: Any, moment: Any, key: Any) -> Edition:
        return drafting.endorse(draft, form.record(), form.cleaned_data["seal"], actor, moment, key)

    lead = _("From now on the text, its blocks and its Word file never change.")
    heading = _("Record its endorsement")
    return _act(request, pk, form, act, heading, lead, consequences=[shown], seals={"seal": shown.seal})


@both
@screen(gettext_lazy("Return a proposed edition to the draft"), life.KEEPERS, "§8")
def send_back(request: Request, pk: UUID) -> HttpResponse:
    """With a reason."""
    return _with_reason(request, pk, drafting.send_back, _("Return it to the draft"))


@both
@screen(gettext_lazy("Discard a draft of the protocol"), life.KEEPERS, "§8")
def discard(request: Request, pk: UUID) -> HttpResponse:
    """With a reason; it stays readable for those who write drafts."""
    return _with_reason(request, pk, drafting.discard, _("Discard the draft"))


def _with_reason(request: Request, pk: UUID, service: Callable[..., Any], heading: str) -> HttpResponse:
    form = NoteForm(request.POST or None)

    def act(draft: EditionDraft, actor: Any, moment: Any, key: Any) -> Any:
        return service(draft, actor, moment, form.cleaned_data["reason"], key)

    return _act(request, pk, form, act, heading, "")


def _act(
    request: Request,
    pk: UUID,
    form: BaseForm,
    service: Callable[..., Any],
    heading: str,
    lead: str,
    *,
    consequences: list[consequence.Consequence] | None = None,
    seals: dict[str, str] | None = None,
) -> HttpResponse:
    """One act on one draft: a refusal stands on top of the form, and new consequences are sealed anew."""
    found = _find(request, pk)
    if request.method == "POST" and form.is_valid():
        try:
            service(found, request.actor, now(), key=form.key)
        except Refused as refusal:
            form.refuse(refusal)
        except IntegrityError:  # two editions at the same moment: the number is given once
            form.add_error(
                None, _("Somebody saved the same at this very moment. Look at it, then try again.")
            )
        else:
            return redirect("protocol-draft", found.pk)
        if seals:
            sent: Any = form.data
            kept = sent.copy()
            kept.update(seals)
            form.data = kept
    context = {
        "form": form,
        "draft": found,
        "heading": heading,
        "lead": lead,
        "submit": heading,
        "back": reverse("protocol-draft", args=[found.pk]),
        "consequences": consequences or [],
        "confirm_url": f"{reverse('access:confirm')}?{urlencode({'next': request.path})}",
    }
    return render(request, "protocol_pages/drafts/act.html", context)
