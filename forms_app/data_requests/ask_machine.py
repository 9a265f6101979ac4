"""One organization in a round: the transition table (§7B.1-2, D24-D27).

``no_response`` is in the list of states because people see it; no row leads to it. It is derived from
the clock, so that nothing which runs by itself can write anything about consent.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import ask_effects as effects
from . import ask_guards as guards
from . import policy, record_effects, record_guards
from .stop_guards import organization_still_shares
from .tokens import AskState

A = AskState
OPEN = (A.ASKED.value, A.FOLLOWED_UP.value)
UNDECIDED = (*OPEN, A.CONFLICT.value)
RECORDED_NO = (A.REFUSED.value, A.CONFLICT.value)
BY_VOTES = (A.AUTHORIZED.value, A.REFUSED.value, A.CONFLICT.value)
ANSWER_GUARDS = (
    guards.request_is_open,
    guards.round_is_current,
    guards.not_the_askers_own,
    organization_still_shares,
)

ASKS = Machine(
    name="ask",
    states=dict(AskState.choices),
    transitions=(
        Transition(
            action="ask",
            label=_("Send the written request"),
            sources=(NEW,),
            target=A.ASKED,
            rule="§7B.1",
            policy=policy.coordinates,
            effects=(effects.send_request,),
        ),
        Transition(
            action="authorize",
            label=_("We authorize this release"),
            sources=(*UNDECIDED, A.AUTHORIZED.value),
            target=None,
            targets=BY_VOTES,
            choose=effects.state_by_votes,
            rule="§7B.0",
            policy=policy.speaks_for,
            guards=(*ANSWER_GUARDS, guards.data_set_is_the_one_shown),
            effects=(effects.record_answer,),
        ),
        Transition(
            action="refuse",
            label=_("We do not authorize it"),
            sources=(*UNDECIDED, A.AUTHORIZED.value),
            target=None,
            targets=(A.REFUSED.value, A.CONFLICT.value),
            choose=effects.state_by_votes,
            rule="D29",
            policy=policy.speaks_for,
            guards=ANSWER_GUARDS,
            effects=(effects.record_answer,),
        ),
        Transition(
            action="need_to_ask",
            label=_("I need to ask"),
            sources=UNDECIDED,
            target=None,
            rule="D24",
            policy=policy.speaks_for,
            guards=ANSWER_GUARDS,
            effects=(effects.record_answer, effects.inform_head),
        ),
        Transition(
            action="answer_late",
            label=_("Record a late answer"),
            sources=tuple(AskState.values),
            target=None,
            rule="D27",
            policy=policy.speaks_for,
            guards=(guards.round_is_over, guards.not_the_askers_own),
            effects=(effects.record_late,),
        ),
        Transition(
            action="record_no",
            label=_("Record a no received outside"),
            sources=(*UNDECIDED, A.AUTHORIZED.value),
            target=None,
            targets=(A.REFUSED.value, A.CONFLICT.value),
            choose=effects.state_by_votes,
            rule="D17",
            policy=policy.records_outside,
            guards=(
                guards.request_is_open,
                guards.round_is_current,
                organization_still_shares,
                record_guards.choice_is_known,
                record_guards.outside_answer_is_sound,
            ),
            effects=(record_effects.record_outside,),
        ),
        Transition(
            action="record_yes",
            label=_("Record a yes received outside"),
            sources=UNDECIDED,
            target=None,
            rule="D17",
            policy=policy.records_outside,
            guards=(
                guards.request_is_open,
                guards.round_is_current,
                organization_still_shares,
                record_guards.choice_is_known,
                record_guards.outside_answer_is_sound,
            ),
            effects=(record_effects.record_outside,),
        ),
        Transition(
            action="record_late",
            label=_("Record a late answer"),
            sources=tuple(AskState.values),
            target=None,
            rule="D27",
            policy=policy.records_outside,
            guards=(
                guards.round_is_over,
                record_guards.choice_is_known,
                record_guards.outside_answer_is_sound,
            ),
            effects=(record_effects.record_outside,),
        ),
        Transition(
            action="confirm_received",
            label=_("Confirm what was received outside"),
            sources=UNDECIDED,
            target=None,
            targets=BY_VOTES,
            choose=effects.state_by_votes,
            rule="D17",
            policy=policy.confirms,
            guards=(
                guards.request_is_open,
                guards.round_is_current,
                organization_still_shares,
                record_guards.waits_for_confirmation,
                guards.data_set_is_the_one_shown,
            ),
            effects=(record_effects.confirm,),
        ),
        Transition(
            action="set_aside",
            label=_("Set aside what was received outside"),
            sources=(*UNDECIDED, A.REFUSED.value),
            target=None,
            targets=(A.ASKED.value, *BY_VOTES),
            choose=record_effects.state_after_setting_aside,
            rule="D17",
            policy=policy.confirms,
            guards=(record_guards.still_matters, record_guards.was_received_outside, guards.clock_can_start),
            effects=(record_effects.set_aside,),
            needs_note=True,
        ),
        Transition(
            action="correct_record",
            label=_("Correct a no that was recorded wrongly"),
            sources=RECORDED_NO,
            target=None,
            rule="D17",
            policy=policy.records_outside,
            guards=(
                record_guards.still_matters,
                record_guards.is_a_recorded_no,
                record_guards.no_correction_waits,
            ),
            effects=(record_effects.correct,),
            needs_note=True,
        ),
        Transition(
            action="accept_correction",
            label=_("Confirm the correction: the record does not count"),
            sources=RECORDED_NO,
            target=None,
            targets=(A.ASKED.value, *BY_VOTES),
            choose=record_effects.state_after_setting_aside,
            rule="D17",
            policy=policy.answers_corrections,
            guards=(record_guards.still_matters, record_guards.correction_waits, guards.clock_can_start),
            effects=(record_effects.accept,),
            needs_note=True,
        ),
        Transition(
            action="reject_correction",
            label=_("Reject the correction: the record stands"),
            sources=RECORDED_NO,
            target=None,
            rule="D17",
            policy=policy.answers_corrections,
            guards=(record_guards.correction_waits,),
            effects=(record_effects.reject,),
            needs_note=True,
        ),
        Transition(
            action="follow_up",
            label=_("Follow up with senior management"),
            sources=(A.ASKED.value,),
            target=A.FOLLOWED_UP,
            rule="§7B.2",
            policy=policy.coordinates,
            guards=(guards.follow_up_is_due, organization_still_shares),
            effects=(effects.send_follow_up,),
        ),
        Transition(
            action="record_bounce",
            label=_("Mail came back"),
            sources=OPEN,
            target=None,
            rule="§7B.1",
            policy=policy.coordinates,
            guards=(guards.mail_is_out,),
            effects=(effects.note_bounce,),
        ),
        Transition(
            action="send_again",
            label=_("Send again after the repair"),
            sources=OPEN,
            target=None,
            rule="§7B.1",
            policy=policy.coordinates,
            guards=(
                guards.request_is_open,
                guards.round_is_current,
                organization_still_shares,
                guards.mail_came_back,
                guards.can_be_sent_again,
            ),
            effects=(effects.send_again,),
        ),
        Transition(
            action="restart_clock",
            label=_("Start the clock anew after a pause"),
            sources=OPEN,
            target=None,
            rule="practice",
            policy=policy.restarts_clocks,
            guards=(guards.request_was_paused,),
            effects=(effects.restart_clock,),
        ),
        Transition(
            action="move_deadline",
            label=_("Move the deadline to the changed calendar"),
            sources=OPEN,
            target=None,
            rule="D25",
            policy=policy.only_the_job,
            guards=(guards.deadline_moved,),
            effects=(effects.move_deadline,),
        ),
        Transition(
            action="note_silence",
            label=_("Note that there was no response"),
            sources=(A.FOLLOWED_UP.value,),
            target=None,
            rule="§7B.2",
            policy=policy.only_the_job,
            guards=(guards.is_silent_and_not_noted,),
            effects=(effects.note_silence,),
        ),
    ),
)
