"""The annual review: the years, one cycle, an organization's answer, dispositions, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS
from intranet.clock import now
from intranet.files.models import StoredFile
from intranet.files.opened import was_read
from intranet.forms import BaseForm
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.compare import Fate, words
from protocol_pages.editions.draft_forms import NoteForm, PlainForm
from protocol_pages.editions.models import DraftState
from signatories.days import network_day
from signatories.models import Organization
from signatories.policy import OVERSEERS, RECORDERS
from signatories.views.common import demand, done_by, find, own_organization

from . import deadlines, forms, page, policy, selectors, services
from .models import CycleState, Disposition, ReviewAnswer, ReviewComment, ReviewCycle
from .policy import KEEPERS

both = require_http_methods(["GET", "POST"])
OWN_OR_KEEPERS = ORGANIZATION_POSTS | OVERSEERS


def cycle_of(year: int) -> ReviewCycle:
    """The cycle of a year, 404 where there is none."""
    found = selectors.of_year(year)
    if found is None:
        raise Http404
    return found


def _known(year: int) -> None:
    """404 for a year in which no review was or will next be due."""
    if not page.exists(year, now()):
        raise Http404


@require_safe
@screen(gettext_lazy("Annual reviews: every year with what is recorded"), rule="§8")
def reviews(request: Request) -> HttpResponse:
    """Since the approval; a year without a record reads “not recorded”, plainly (D6)."""
    at = now()
    today = network_day(at)
    next_year = deadlines.year_of(today)
    context = {
        "years": page.years(request.actor, at),
        "next_due": deadlines.due_on(next_year),
        "opens_on": deadlines.opens_on(next_year),
    }
    return render(request, "reviews/years.html", context)


@require_safe
@screen(gettext_lazy("The annual review of one year: how many have answered, what was decided"), rule="§8")
def review(request: Request, year: int) -> HttpResponse:
    """Everybody reads how many have answered; keepers of the review, who."""
    at = now()
    found = selectors.of_year(year)
    if found is None:
        _known(year)
        stage = deadlines.stage(year, network_day(at))
        over = stage == deadlines.Stage.OVERDUE
        context = {
            "year": year,
            "word": _("Not recorded") if over else stage.label,
            "shape": "none" if over else deadlines.SHAPES[stage].value,
            "over": over,
            "due_on": deadlines.due_on(year),
            "opens_on": deadlines.opens_on(year),
            "may_record": over and policy.may_record_past(request.actor, ReviewCycle(), at).allowed,
            "may_open": not over
            and stage != deadlines.Stage.UPCOMING
            and request.actor.capacity in COORDINATION,
        }
        return render(request, "reviews/no_cycle.html", context)
    return render(request, "reviews/cycle.html", page.context_of(found, request.actor, at))


@both
@screen(gettext_lazy("Open the annual review"), COORDINATION, "§8")
def open_cycle(request: Request, year: int) -> HttpResponse:
    """Where the daily job did not; never before its day."""
    _known(year)
    form = PlainForm(request.POST or None)
    act = lambda: services.open_cycle(year, request.actor, now(), form.key)  # noqa: E731
    lead = _("Every signatory is told. It closes only with a decision record.")
    return act_page(request, form, act, _("Open the review"), reverse("review", args=[year]), lead)


@both
@screen(gettext_lazy("Answer “no change” for my organization"), ORGANIZATION_POSTS, "§8")
def no_change(request: Request, year: int) -> HttpResponse:
    """One act; it may be followed by comments as long as the review runs."""
    cycle, organization = cycle_of(year), own_organization(request)
    form = PlainForm(request.POST or None)
    act = lambda: services.answer_no_change(cycle, organization, request.actor, now(), form.key)  # noqa: E731
    lead = _("Your organization has read the text and proposes no change.")
    return act_page(request, form, act, _("No change"), reverse("review", args=[year]), lead)


@both
@screen(gettext_lazy("Comment on a clause for my organization"), ORGANIZATION_POSTS, "§8")
def comment_on(request: Request, year: int, block_id: str) -> HttpResponse:
    """Kind, comment, and the proposed wording with today's text in its field."""
    cycle, organization = cycle_of(year), own_organization(request)
    block = _block(cycle, block_id)
    form = forms.CommentForm(request.POST or None, initial={"proposed_text": block.text})

    def act() -> ReviewComment:
        proposal = form.proposal(block_id)
        return services.comment(cycle, organization, proposal, request.actor, now(), form.key)

    return act_page(
        request,
        form,
        act,
        _("Comment on %s") % selectors.name_of(block),
        reverse("review", args=[year]),
        "",
        submit=_("Send the comment"),
        block=block,
    )


def _block(cycle: ReviewCycle, block_id: str) -> Block:
    block = selectors.block_of(cycle.edition, block_id) if cycle.edition is not None else None
    if block is None:
        raise Http404
    return block


@both
@screen(gettext_lazy("Record an answer to the review that arrived outside"), RECORDERS, "D17")
def record(request: Request, year: int, pk: UUID) -> HttpResponse:
    """“No change” for one organization; or a clause is chosen for a comment."""
    cycle, organization = cycle_of(year), find(request, Organization, pk)
    form = forms.OutsideForm(
        request.POST or None, request.FILES or None, initial={"received_on": network_day(now())}
    )

    def act() -> ReviewAnswer:
        return services.record_no_change(cycle, organization, form.outside(), request.actor, now(), form.key)

    clauses = page.clauses(cycle.edition, year, organization) if cycle.edition is not None else []
    return act_page(
        request,
        form,
        act,
        _("Record “no change” that arrived outside"),
        reverse("review", args=[year]),
        organization.name,
        submit=_("Record"),
        clauses=clauses,
        copy_url=reverse("review-record-word", args=[year, pk]),
        outside=True,
    )


@both
@screen(gettext_lazy("Record a comment on the review that arrived outside"), RECORDERS, "D17")
def record_comment(request: Request, year: int, pk: UUID, block_id: str) -> HttpResponse:
    """With its file, in whose name; open for a disposition at once."""
    cycle, organization = cycle_of(year), find(request, Organization, pk)
    block = _block(cycle, block_id)
    form = forms.OutsideCommentForm(
        request.POST or None,
        request.FILES or None,
        initial={"received_on": network_day(now()), "proposed_text": block.text},
    )

    def act() -> ReviewComment:
        return services.record_comment(
            cycle, organization, form.outside(), form.proposal(block_id), request.actor, now(), form.key
        )

    return act_page(
        request,
        form,
        act,
        _("Record a comment on %s that arrived outside") % selectors.name_of(block),
        reverse("review", args=[year]),
        organization.name,
        submit=_("Record"),
        block=block,
        outside=True,
    )


@require_safe
@screen(gettext_lazy("One answer to the review"), OWN_OR_KEEPERS, "§8")
def answer(request: Request, pk: UUID) -> HttpResponse:
    """What was answered, by whom, how it arrived; confirmed or denied here."""
    found, at = find(request, ReviewAnswer, pk), now()
    context = {
        "answer": found,
        "own_comments": page.shown(list(found.comments.order_by("number"))),
        "may_confirm": found.state == "waiting" and policy.may_confirm(request.actor, found, at).allowed,
    }
    return render(request, "reviews/answer.html", context)


@both
@screen(gettext_lazy("Confirm an answer that was recorded from outside"), policy.CONFIRMERS, "D17")
def confirm_answer(request: Request, pk: UUID) -> HttpResponse:
    """By the own organization or the office, never by the recorder."""
    found = find(request, ReviewAnswer, pk)
    demand(policy.may_confirm(request.actor, found, now()))
    form = PlainForm(request.POST or None)
    act = lambda: services.confirm_answer(found, request.actor, now(), form.key)  # noqa: E731
    back = reverse("review-answer", args=[pk])
    name = found.organization.name
    return act_page(request, form, act, _("Confirm the answer"), back, name, against=found.file)


@both
@screen(gettext_lazy("Deny an answer that was recorded from outside"), policy.CONFIRMERS, "D17")
def deny_answer(request: Request, pk: UUID) -> HttpResponse:
    """With a reason; the organization has then not answered."""
    found = find(request, ReviewAnswer, pk)
    demand(policy.may_confirm(request.actor, found, now()))
    form = NoteForm(request.POST or None)
    act = lambda: services.deny_answer(  # noqa: E731
        found, request.actor, now(), form.cleaned_data["reason"], form.key
    )
    back = reverse("review-answer", args=[pk])
    return act_page(request, form, act, _("Deny the answer"), back, found.organization.name)


@require_safe
@screen(gettext_lazy("One comment of the review, with its disposition"), OWN_OR_KEEPERS, "§8")
def comment(request: Request, pk: UUID) -> HttpResponse:
    """The words of the organization beside today's text, and what became of it."""
    found, at = find(request, ReviewComment, pk), now()
    running = found.cycle.state == CycleState.RUNNING
    is_open = found.state == Disposition.OPEN
    context = {
        "comment": found,
        "shape": page.SHAPES[Disposition(found.state)],
        "pieces": _pieces(found),
        "may_dispose": running
        and found.state != Disposition.TAKEN_BACK
        and policy.coordination_only(request.actor, found, at).allowed,
        "may_take_back": running and is_open and policy.may_answer(request.actor, found, at).allowed,
    }
    return render(request, "reviews/comment.html", context)


def _pieces(found: ReviewComment) -> list[tuple[str, str, str]]:
    """Today's text against the proposed wording, as words that came and went; nothing where none is proposed."""
    if not found.proposed_text or found.kind == "new_clause":
        return []
    tags = {Fate.SAME: ("", ""), Fate.ADDED: ("ins", _("Added")), Fate.REMOVED: ("del", _("Removed"))}
    return [(piece.text, *tags[piece.fate]) for piece in words(found.today_text, found.proposed_text)]


@both
@screen(gettext_lazy("Take an own comment back"), ORGANIZATION_POSTS, "§8")
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """As long as no disposition is written."""
    found = find(request, ReviewComment, pk)
    form = PlainForm(request.POST or None)
    act = lambda: services.take_back(found, request.actor, now(), form.key)  # noqa: E731
    back = reverse("review-comment", args=[pk])
    return act_page(request, form, act, _("Take the comment back"), back, found.label)


@both
@screen(gettext_lazy("Write the disposition of a comment"), COORDINATION, "§8")
def dispose(request: Request, pk: UUID) -> HttpResponse:
    """Accepted, partly, not accepted or deferred, with the reason."""
    found = find(request, ReviewComment, pk)
    initial: dict[str, Any] = {"wording": found.wording or found.proposed_text or found.today_text}
    if found.state != Disposition.OPEN:
        initial |= {"disposition": found.state, "reason": found.reason}
    form = forms.DisposeForm(request.POST or None, initial=initial)

    def act() -> ReviewComment:
        data = form.cleaned_data
        return services.dispose(
            found, data["disposition"], data["reason"], data["wording"], request.actor, now(), form.key
        )

    return act_page(
        request,
        form,
        act,
        _("Disposition of comment %s") % found.number,
        reverse("review", args=[found.cycle.year]),
        found.organization.name,
        submit=_("Write the disposition"),
        comment=found,
        pieces=_pieces(found),
    )


@both
@screen(gettext_lazy("Build the draft of the next edition from accepted wordings"), COORDINATION, "§8")
def build_draft(request: Request, year: int) -> HttpResponse:
    """Accepted wordings in place of today's; everything else stays word for word."""
    cycle = cycle_of(year)
    form = PlainForm(request.POST or None)
    act = lambda: services.build_draft(cycle, request.actor, now(), form.key)  # noqa: E731
    lead = _(
        "Accepted wordings take the place of today’s. Nothing else changes, and nothing is endorsed by it."
    )
    if cycle.draft is not None and cycle.draft.state == DraftState.DRAFT:
        lead += " " + _(
            "The draft that is there is built anew: what was written on it since is replaced and stays in its history."
        )
    return act_page(request, form, act, _("Build the draft"), reverse("review", args=[year]), lead)


@both
@screen(gettext_lazy("Record the decision of a review and close it"), COORDINATION | OFFICE, "§8")
def close(request: Request, year: int) -> HttpResponse:
    """Who decided, when, the outcome, and the minutes."""
    cycle = cycle_of(year)
    form = forms.DecisionForm(request.POST or None, request.FILES or None)
    act = lambda: services.close(cycle, form.decision(), request.actor, now(), form.key)  # noqa: E731
    lead = _("A review closes with a decision of people, never by itself.")
    return act_page(request, form, act, _("Record the decision"), reverse("review", args=[year]), lead)


@both
@screen(gettext_lazy("Record the review of a past year from its minutes"), RECORDERS | OFFICE, "D6")
def record_past(request: Request, year: int) -> HttpResponse:
    """It counts after a confirmation by somebody else (D17)."""
    _known(year)
    form = forms.DecisionForm(request.POST or None, request.FILES or None)
    act = lambda: services.record_past(year, form.decision(), request.actor, now(), form.key)  # noqa: E731
    lead = _("Somebody else of coordination or office confirms it against the minutes; then it counts.")
    heading = _("Record the review of %s") % year
    return act_page(request, form, act, heading, reverse("review", args=[year]), lead)


@both
@screen(gettext_lazy("Confirm the recorded review of a past year"), COORDINATION | OFFICE, "D17")
def confirm_past(request: Request, year: int) -> HttpResponse:
    """Never by the recorder."""
    cycle = cycle_of(year)
    form = PlainForm(request.POST or None)
    act = lambda: services.confirm_past(cycle, request.actor, now(), form.key)  # noqa: E731
    decision = getattr(cycle, "decision", None)
    minutes = decision.minutes if decision is not None else None
    return act_page(request, form, act, _("Confirm it"), reverse("review", args=[year]), "", against=minutes)


@both
@screen(gettext_lazy("Deny the recorded review of a past year"), COORDINATION | OFFICE, "D17")
def deny_past(request: Request, year: int) -> HttpResponse:
    """With a reason; the year stays not recorded."""
    cycle = cycle_of(year)
    form = NoteForm(request.POST or None)
    act = lambda: services.deny_past(  # noqa: E731
        cycle, request.actor, now(), form.cleaned_data["reason"], form.key
    )
    return act_page(request, form, act, _("Deny it"), reverse("review", args=[year]), "")


def act_page(
    request: Request,
    form: BaseForm,
    act: Callable[[], Any],
    heading: str,
    back: str,
    lead: str,
    *,
    submit: str = "",
    against: StoredFile | None = None,
    **more: Any,
) -> HttpResponse:
    """One act. ``against``: the file that somebody of coordination or office has opened before they confirm (D17)."""
    if request.method == "POST" and form.is_valid():
        seen = (
            against is None or request.actor.capacity not in KEEPERS or was_read(form, request.actor, against)
        )
        if seen and done_by(form, act) is not None:
            return redirect(back)
    context = {
        "against": against,
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit or heading,
        "back": back,
    }
    return render(request, "reviews/act.html", context | more)
