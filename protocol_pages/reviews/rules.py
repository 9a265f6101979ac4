"""Guards of the annual review (§8, D6, D17)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import ALLOWED, Context, Decision
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.canonical import canonical_block
from protocol_pages.editions.models import DraftState
from signatories.days import network_day
from signatories.models import ReceivedHow
from signatories.selectors import is_signatory

from . import deadlines, selectors
from .models import (
    WORDED,
    AnswerKind,
    CommentKind,
    CycleState,
    Disposition,
    Outcome,
    ReviewAnswer,
    ReviewComment,
    ReviewCycle,
)


def its_day_has_come(context: Context) -> Decision:
    """A review opens 60 days before it is due, never before (network practice)."""
    if deadlines.stage(context.obj.year, network_day(context.now)) != deadlines.Stage.UPCOMING:
        return ALLOWED
    return Decision(False, _("This review is upcoming; it opens 60 days before it is due."), "practice")


def is_the_next_review(context: Context) -> Decision:
    """A year that is over is recorded from evidence, not opened again; one review runs at a time."""
    cycle: ReviewCycle = context.obj
    if ReviewCycle.objects.filter(state=CycleState.RUNNING).exists():
        return Decision(False, _("A review is running; close it with its decision first."))
    if cycle.due_on < network_day(context.now):
        return Decision(False, _("Year: its day is over. Record its review from the evidence."), "D6")
    if ReviewCycle.objects.filter(year=cycle.year).exclude(state=CycleState.DENIED).exists():
        return Decision(False, _("The review of this year is there already."))
    if cycle.edition is None:
        return Decision(False, _("There is no text in force to review."))
    return ALLOWED


def year_is_past(context: Context) -> Decision:
    """Evidence is recorded for years whose review was due and that no record has."""
    cycle: ReviewCycle = context.obj
    if cycle.due_on >= network_day(context.now):
        return Decision(False, _("Year: its review is not over. Close it with its decision."), "D6")
    if ReviewCycle.objects.filter(year=cycle.year).exclude(state=CycleState.DENIED).exists():
        return Decision(False, _("Year: something is recorded for it already."), "D6")
    return ALLOWED


def decision_is_whole(context: Context) -> Decision:
    """Who decided, when, the outcome, and the minutes: without them nothing closes."""
    data = context.data
    if not str(data.get("decided_by") or "").strip():
        return Decision(False, _("Who decided: name the body or meeting."))
    if data.get("decided_on") is None or data["decided_on"] > network_day(context.now):
        return Decision(False, _("Decided on: name a day that has come."))
    if data.get("outcome") not in Outcome.values:
        return Decision(False, _("Outcome: confirmed or amended."))
    if not data.get("minutes"):
        return Decision(False, _("Minutes: add the file."))
    return ALLOWED


def past_decision_fits(context: Context) -> Decision:
    """A past review was decided within its own year: after the review before it was due, before now."""
    first = deadlines.due_on(context.obj.year - 1)
    if context.data["decided_on"] > first:
        return ALLOWED
    return Decision(False, _("Decided on: this day belongs to an earlier review."), "D6")


def every_comment_has_a_disposition(context: Context) -> Decision:
    """No comment is left without a word; that includes one that still waits for its confirmation."""
    cycle: ReviewCycle = context.obj
    if cycle.comments.filter(state=Disposition.OPEN).exclude(answer__state="denied").exists():
        return Decision(False, _("Comments without a disposition are left. Give each one, with its reason."))
    return ALLOWED


def no_answer_waits(context: Context) -> Decision:
    """After the close an answer from outside could neither be confirmed nor denied (network practice)."""
    if selectors.waiting(context.obj):
        return Decision(
            False,
            _("Answers from outside wait for a confirmation. Confirm or deny each one first."),
            "practice",
        )
    return ALLOWED


def outcome_fits_the_dispositions(context: Context) -> Decision:
    """“Amended” has its draft, “confirmed” has accepted no wording."""
    cycle: ReviewCycle = context.obj
    worded = [row for row in selectors.comments(cycle) if row.state in WORDED]
    if context.data["outcome"] == Outcome.CONFIRMED and worded:
        return Decision(False, _("Outcome: wordings were accepted, so the text is amended."))
    if context.data["outcome"] == Outcome.AMENDED and (
        cycle.draft is None or cycle.draft.state == DraftState.DISCARDED
    ):
        return Decision(False, _("Outcome: build the draft of the next edition before you record “amended”."))
    return ALLOWED


def decided_in_this_review(context: Context) -> Decision:
    """Nobody decided on a review before it was opened."""
    cycle: ReviewCycle = context.obj
    if context.data["decided_on"] >= network_day(cycle.opened_at):
        return ALLOWED
    return Decision(False, _("Decided on: this day lies before the review was opened."))


def draft_holds_the_dispositions(context: Context) -> Decision:
    """“Amended”: every accepted wording was taken into the draft, and none that was not accepted stands there."""
    cycle: ReviewCycle = context.obj
    if context.data["outcome"] != Outcome.AMENDED or cycle.draft is None:
        return ALLOWED
    now = {block.id: canonical_block(block.text) for block in editions.blocks_of_draft(cycle.draft)}
    base = cycle.draft.base or cycle.edition
    assert base is not None
    before = {block.id: canonical_block(block.text) for block in editions.blocks_of(base)}
    rows = selectors.comments(cycle)
    accepted = {(_block_of(row), canonical_block(row.wording)) for row in rows if row.state in WORDED}
    for row in rows:
        key, today = _block_of(row), "" if row.kind == CommentKind.NEW_CLAUSE else row.today_text
        there, asked = now.get(key, ""), canonical_block(row.proposed_text)
        left_out = row.state in WORDED and there == canonical_block(today)
        new = asked and there == asked != before.get(key, "")  # not endorsed meanwhile
        slipped_in = row.state not in WORDED and new and (key, asked) not in accepted
        if left_out or slipped_in:
            return Decision(
                False,
                _("Draft: it does not fit the disposition of comment %s. Build it again, then close.")
                % row.number,
            )
    return ALLOWED


def _block_of(row: ReviewComment) -> str:
    return row.new_id if row.kind == CommentKind.NEW_CLAUSE else row.block_id


def wordings_are_there(context: Context) -> Decision:
    """A draft is built from accepted wordings, at most one for a block."""
    cycle: ReviewCycle = context.obj
    seen: set[str] = set()
    worded = [row for row in selectors.comments(cycle) if row.state in WORDED]
    if not worded:
        return Decision(False, _("No wording was accepted, so there is nothing to build a draft from."))
    for row in worded:
        if row.kind == CommentKind.NEW_CLAUSE:
            continue
        if row.block_id in seen:
            return Decision(
                False,
                _("Two wordings are accepted for %s. Write one of them partly accepted into the other.")
                % row.label,
            )
        seen.add(row.block_id)
    return ALLOWED


def draft_is_still_a_draft(context: Context) -> Decision:
    """Once its draft is proposed, the text is no longer rebuilt from comments."""
    cycle: ReviewCycle = context.obj
    if cycle.draft is None or cycle.draft.state in (DraftState.DRAFT, DraftState.DISCARDED):
        return ALLOWED
    return Decision(False, _("The draft is proposed already. Return it to the draft, then build it again."))


# Answers and comments


def cycle_is_running(context: Context) -> Decision:
    """Answers, comments and dispositions belong to a running review; a closed one takes none."""
    if context.obj.cycle.state == CycleState.RUNNING:
        return ALLOWED
    return Decision(False, _("This review is closed. It stays readable; write to the Coordinator."))


def is_a_signatory(context: Context) -> Decision:
    """Those who signed the protocol review it."""
    if is_signatory(context.obj.organization, network_day(context.now)):
        return ALLOWED
    return Decision(False, _("Signatories answer the review; this organization is none today."))


def no_comment_stands(context: Context) -> Decision:
    """“No change” beside an own comment would say two things."""
    answer: ReviewAnswer = context.obj
    if answer.kind != AnswerKind.NO_CHANGE:
        return ALLOWED
    standing = answer.cycle.comments.filter(organization=answer.organization)
    if not standing.exclude(state=Disposition.TAKEN_BACK).exclude(answer__state="denied").exists():
        return ALLOWED
    return Decision(False, _("No change: your organization has comments here. Take them back first."))


def arrived(context: Context) -> Decision:
    """In whose name, how, when, and the file (D17)."""
    answer: ReviewAnswer = context.obj
    if answer.received_how not in ReceivedHow.values:
        return Decision(False, _("How it arrived: choose e-mail, letter or signed paper."), "D17")
    if answer.received_on is None or answer.received_on > network_day(context.now):
        return Decision(False, _("Received on: name a day that has come."), "D17")
    if not answer.name.strip() or not answer.title.strip():
        return Decision(False, _("In whose name and title: both are needed."), "D17")
    if context.data.get("file") is None:
        return Decision(False, _("File: add the mail, the letter or the scan that arrived."), "D17")
    return ALLOWED


def not_arrived(context: Context) -> Decision:
    """An own answer carries nothing from outside."""
    if not context.obj.received_how:
        return ALLOWED
    return Decision(False, _("What arrived outside is recorded as such."), "D17")


def block_is_of_the_text(context: Context) -> Decision:
    """The comment is on a block of the edition under review."""
    comment = context.obj
    if comment.cycle.edition is not None and selectors.block_of(comment.cycle.edition, comment.block_id):
        return ALLOWED
    return Decision(False, _("Clause: choose one of the text under review."))


def comment_is_whole(context: Context) -> Decision:
    """A comment says something; a new clause has its wording; a wording differs from today's."""
    comment = context.obj
    if comment.kind not in CommentKind.values:
        return Decision(False, _("Kind: choose one of the answers."))
    if not comment.comment.strip():
        return Decision(False, _("Comment: write what is wrong or missing."))
    if comment.kind == CommentKind.NEW_CLAUSE and not comment.proposed_text.strip():
        return Decision(False, _("Proposed wording: a new clause needs its words."))
    return ALLOWED


def may_carry(context: Context) -> Decision:
    """A comment hangs on the organization's own answer “comments”."""
    comment = context.obj
    answer = comment.answer
    if answer.kind == AnswerKind.COMMENTS and answer.organization_id == comment.organization_id:
        return ALLOWED
    return Decision(False, _("A comment belongs to its organization’s own answer."))


def disposition_is_whole(context: Context) -> Decision:
    """Accepted: the organization's words; partly: the Coordinator's; else none."""
    comment, chosen = context.obj, context.data.get("disposition")
    wording = str(context.data.get("wording") or "").strip()
    if chosen not in (
        Disposition.ACCEPTED,
        Disposition.PARTLY,
        Disposition.NOT_ACCEPTED,
        Disposition.DEFERRED,
    ):
        return Decision(False, _("Disposition: choose one of the answers."))
    if chosen == Disposition.ACCEPTED and not comment.proposed_text.strip():
        return Decision(False, _("Accepted: there is no proposed wording. Choose “partly” and write one."))
    if chosen == Disposition.PARTLY and not wording:
        return Decision(False, _("Wording: write the words that go into the draft."))
    return ALLOWED
