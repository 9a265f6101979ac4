"""Transition tables of the annual review (§8). No row lets time or silence answer, and none closes by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, policy, rules
from .models import AnswerState, CycleState, Disposition

RUNNING, RECORDED, CLOSED, DENIED = CycleState
SETTLED = (
    Disposition.OPEN,
    Disposition.ACCEPTED,
    Disposition.PARTLY,
    Disposition.NOT_ACCEPTED,
    Disposition.DEFERRED,
)

CYCLES = Machine(
    name="review_cycle",
    states=dict(CycleState.choices),
    transitions=(
        Transition(
            action="open",
            label=_("Open the review"),
            sources=(NEW,),
            target=RUNNING,
            rule="§8",
            policy=policy.may_open,
            guards=(rules.its_day_has_come, rules.is_the_next_review),
        ),
        Transition(
            action="build_draft",
            label=_("Build the draft from the accepted wordings"),
            sources=(RUNNING,),
            target=None,
            rule="§8",
            policy=policy.coordination_only,
            needs=(rules.wordings_are_there, rules.draft_is_still_a_draft),
            effects=(effects.build_draft,),
        ),
        Transition(
            action="close",
            label=_("Record the decision and close the review"),
            sources=(RUNNING,),
            target=CLOSED,
            rule="§8",
            policy=policy.keepers_only,
            needs=(rules.every_comment_has_a_disposition, rules.no_answer_waits),
            guards=(
                rules.decision_is_whole,
                rules.decided_in_this_review,
                rules.outcome_fits_the_dispositions,
                rules.draft_holds_the_dispositions,
            ),
            effects=(effects.write_decision,),
        ),
        Transition(
            action="record_past",
            label=_("Record the review of a past year from its evidence"),
            sources=(NEW,),
            target=RECORDED,
            rule="D6",
            policy=policy.may_record_past,
            guards=(rules.year_is_past, rules.decision_is_whole, rules.past_decision_fits),
            effects=(effects.write_decision,),
        ),
        Transition(
            action="confirm_past",
            label=_("Confirm it against the evidence"),
            sources=(RECORDED,),
            target=CLOSED,
            rule="D17",
            policy=policy.may_confirm_past,
        ),
        Transition(
            action="deny_past",
            label=_("Deny it: the evidence does not show a review"),
            sources=(RECORDED,),
            target=DENIED,
            rule="D17",
            policy=policy.may_confirm_past,
            needs_note=True,
        ),
    ),
)

ANSWERS = Machine(
    name="review_answer",
    states=dict(AnswerState.choices),
    transitions=(
        Transition(
            action="answer",
            label=_("Answer the review"),
            sources=(NEW,),
            target=AnswerState.GIVEN,
            rule="§8",
            policy=policy.may_answer,
            guards=(rules.cycle_is_running, rules.is_a_signatory, rules.not_arrived, rules.no_comment_stands),
            effects=(effects.write_answer,),
        ),
        Transition(
            action="record",
            label=_("Record an answer received outside"),
            sources=(NEW,),
            target=None,
            rule="D17",
            policy=policy.may_record,
            guards=(rules.cycle_is_running, rules.is_a_signatory, rules.arrived, rules.no_comment_stands),
            effects=(effects.write_answer,),
            targets=(AnswerState.WAITING, AnswerState.GIVEN),
            choose=effects.at_once_or_after_confirmation,
        ),
        Transition(
            action="confirm",
            label=_("Confirm the answer"),
            sources=(AnswerState.WAITING,),
            target=AnswerState.GIVEN,
            rule="D17",
            policy=policy.may_confirm,
            guards=(rules.cycle_is_running, rules.no_comment_stands),
        ),
        Transition(
            action="deny",
            label=_("Deny the answer: it is not so"),
            sources=(AnswerState.WAITING,),
            target=AnswerState.DENIED,
            rule="D17",
            policy=policy.may_confirm,
            guards=(rules.cycle_is_running,),
            needs_note=True,
        ),
    ),
)

_WHOLE = (rules.cycle_is_running, rules.may_carry, rules.block_is_of_the_text, rules.comment_is_whole)
COMMENTS = Machine(
    name="review_comment",
    states=dict(Disposition.choices),
    transitions=(
        Transition(
            action="comment",
            label=_("Comment on a clause"),
            sources=(NEW,),
            target=Disposition.OPEN,
            rule="§8",
            policy=policy.may_answer,
            guards=_WHOLE,
            effects=(effects.write_comment,),
        ),
        Transition(
            action="record",
            label=_("Record a comment received outside"),
            sources=(NEW,),
            target=Disposition.OPEN,
            rule="D17",
            policy=policy.may_record,
            guards=_WHOLE,
            effects=(effects.write_comment,),
        ),
        Transition(
            action="take_back",
            label=_("Take the comment back"),
            sources=(Disposition.OPEN,),
            target=Disposition.TAKEN_BACK,
            rule="§8",
            policy=policy.may_answer,
            guards=(rules.cycle_is_running,),
        ),
        Transition(
            action="dispose",
            label=_("Write the disposition"),
            sources=SETTLED,
            target=None,
            rule="§8",
            policy=policy.coordination_only,
            guards=(rules.cycle_is_running, rules.disposition_is_whole),
            effects=(effects.write_disposition,),
            needs_note=True,
            targets=SETTLED[1:],
            choose=effects.chosen_disposition,
        ),
    ),
)
