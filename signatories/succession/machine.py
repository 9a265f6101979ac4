"""Transition table of a succession of the signer (§9.i, footnote 5; the way is network practice).

It verifies, it does not approve: no row lets anybody refuse a successor on merit, and no time decides.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, policy, rules
from .models import OPEN, SuccessionState
from .policy import FOOTNOTE

RECORDED, VERIFYING, HELD, NOT_VERIFIED, COMPLETE, DENIED, TAKEN_BACK, LAPSED = SuccessionState
STOPPED = (HELD, NOT_VERIFIED)

_LETTER = (
    rules.something_to_pass_on,
    rules.letter_is_whole,
    rules.successor_is_somebody_else,
    rules.begins_in_order,
)

SUCCESSIONS = Machine(
    name="succession",
    states=dict(SuccessionState.choices),
    transitions=(
        Transition(
            action="send",
            label=_("Send the letter"),
            sources=(NEW,),
            target=VERIFYING,
            rule=FOOTNOTE,
            policy=policy.may_send,
            guards=(*_LETTER, rules.none_under_way),
            effects=(effects.write_letter, effects.start_clock, effects.tell_under_way),
            step_up=True,
        ),
        Transition(
            action="record",
            label=_("Record a letter received outside"),
            sources=(NEW,),
            target=RECORDED,
            rule="D17",
            policy=policy.may_record,
            guards=(*_LETTER, rules.letter_arrived, rules.none_under_way),
            effects=(effects.write_letter, effects.tell_confirmation_wanted),
            step_up=True,
        ),
        Transition(
            action="confirm",
            label=_("Confirm the letter"),
            sources=(RECORDED,),
            target=VERIFYING,
            rule="D17",
            policy=policy.may_confirm,
            guards=(rules.not_the_recorder, rules.something_to_pass_on),
            effects=(effects.start_clock, effects.tell_under_way),
            step_up=True,
        ),
        Transition(
            action="deny",
            label=_("Deny the letter"),
            sources=(RECORDED,),
            target=DENIED,
            rule="D17",
            policy=policy.may_confirm,
            guards=(rules.not_the_recorder,),
            effects=(effects.tell_over,),
            needs_note=True,
        ),
        Transition(
            action="verify",
            label=_("Identity verified"),
            sources=(VERIFYING,),
            target=None,
            rule=FOOTNOTE,
            policy=policy.may_verify,
            guards=(
                rules.something_to_pass_on,
                rules.not_a_party,
                rules.side_is_open,
                rules.successor_is_still_there,
                rules.how_is_written,
            ),
            effects=(effects.write_check,),
            step_up=True,
            targets=(VERIFYING, COMPLETE),
            choose=effects.complete_when_both_verified,
        ),
        Transition(
            action="could_not_verify",
            label=_("Identity could not be verified"),
            sources=(VERIFYING,),
            target=NOT_VERIFIED,
            rule=FOOTNOTE,
            policy=policy.may_verify,
            guards=(rules.something_to_pass_on, rules.not_a_party, rules.side_is_open),
            effects=(effects.write_check,),
            needs_note=True,
        ),
        Transition(
            action="object",
            label=_("Object: this is not so"),
            sources=(RECORDED, VERIFYING),
            target=HELD,
            rule=FOOTNOTE,
            policy=policy.may_object,
            guards=(rules.not_the_own_letter, rules.not_objected_before),
            effects=(effects.write_objection,),
            needs_note=True,
        ),
        Transition(
            action="record_objection",
            label=_("Record an objection received outside"),
            sources=(RECORDED, VERIFYING),
            target=HELD,
            rule="D17",
            policy=policy.may_record,
            guards=(rules.arrived, rules.may_object_by_name, rules.not_objected_before),
            effects=(effects.write_objection,),
            needs_note=True,
            step_up=True,
        ),
        Transition(
            action="send_again",
            label=_("Send a new letter"),
            sources=STOPPED,
            target=VERIFYING,
            rule=FOOTNOTE,
            policy=policy.may_send,
            guards=_LETTER,
            effects=(effects.write_letter, effects.start_clock, effects.tell_under_way),
            step_up=True,
        ),
        Transition(
            action="record_again",
            label=_("Record a new letter received outside"),
            sources=STOPPED,
            target=RECORDED,
            rule="D17",
            policy=policy.may_record,
            guards=(*_LETTER, rules.letter_arrived),
            effects=(effects.write_letter, effects.tell_confirmation_wanted),
            step_up=True,
        ),
        Transition(
            action="take_back",
            label=_("Take the letter back"),
            sources=OPEN,
            target=TAKEN_BACK,
            rule=FOOTNOTE,
            policy=policy.may_send,
            effects=(effects.tell_over,),
            needs_note=True,
        ),
        Transition(
            action="lapse",
            label=_("Overtaken by the ledger"),
            sources=OPEN,
            target=LAPSED,
            rule=FOOTNOTE,
            policy=policy.system_only,
            guards=(rules.is_overtaken,),
            effects=(effects.tell_over,),
        ),
    ),
)
