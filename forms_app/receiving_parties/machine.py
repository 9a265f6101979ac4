"""One suspension of a receiving party: the transition table (§7A and §7B.7 C3, §7B.6, D17, D20)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, guards, policy
from .models import IN_FORCE, State

CASE = (guards.case_is_whole, guards.release_was_to_this_party, guards.not_kept_back_yet)
OFFICES_WORD = (guards.not_a_coordination_person, guards.word_is_the_offices)
SUSPENDED_NOW = (
    effects.keep_word,
    effects.hold_its_requests,
    effects.letter_of_suspension,
    effects.tell,
)

SUSPENSIONS = Machine(
    name="party_suspension",
    states=dict(State.choices),
    transitions=(
        Transition(
            action="propose",
            label=_("Hold everything back and ask the office to suspend the party"),
            sources=(NEW,),
            target=State.PROPOSED,
            rule="§7B.7",
            policy=policy.proposes,
            guards=CASE,
            effects=(
                effects.open_case,
                effects.keep_word,
                effects.hold_its_requests,
                effects.tell_the_office,
            ),
            step_up=True,
        ),
        Transition(
            action="suspend",
            label=_("Suspend the receiving party"),
            sources=(NEW,),
            target=State.SUSPENDED,
            rule="§7B.7",
            policy=policy.decides,
            guards=(*CASE, *OFFICES_WORD),
            effects=(effects.open_case, *SUSPENDED_NOW),
            step_up=True,
        ),
        Transition(
            action="suspend",
            label=_("Suspend the receiving party"),
            sources=(State.PROPOSED,),
            target=State.SUSPENDED,
            rule="§7B.7",
            policy=policy.decides,
            guards=OFFICES_WORD,
            effects=SUSPENDED_NOW,
            step_up=True,
        ),
        Transition(
            action="decline",
            label=_("Do not suspend it"),
            sources=(State.PROPOSED,),
            target=State.DECLINED,
            rule="§7B.6",
            policy=policy.decides_itself,
            guards=OFFICES_WORD,
            effects=(effects.keep_word, effects.tell),
            step_up=True,
        ),
        Transition(
            action="lift",
            label=_("Lift the suspension"),
            sources=(State.SUSPENDED, State.LIFT_WAITS),
            target=State.LIFTED,
            rule="§7B.6",
            policy=policy.decides_itself,
            guards=OFFICES_WORD,
            effects=(effects.lift, effects.keep_word, effects.letter_of_lifting, effects.tell),
            step_up=True,
        ),
        Transition(
            action="record_lift",
            label=_("Record a lifting received outside"),
            sources=(State.SUSPENDED,),
            target=State.LIFT_WAITS,
            rule="D17",
            policy=policy.records,
            guards=(guards.paper_is_the_offices,),
            effects=(effects.keep_word, effects.tell_the_office),
            step_up=True,
        ),
        Transition(
            action="confirm_lift",
            label=_("Confirm the lifting against the paper"),
            sources=(State.LIFT_WAITS,),
            target=State.LIFTED,
            rule="D17",
            policy=policy.decides_itself,
            guards=(guards.not_a_coordination_person, guards.not_the_recorder),
            effects=(effects.lift, effects.keep_word, effects.letter_of_lifting, effects.tell),
            step_up=True,
        ),
        Transition(
            action="deny_lift",
            label=_("Deny the lifting: the suspension stands"),
            sources=(State.LIFT_WAITS,),
            target=State.SUSPENDED,
            rule="D17",
            policy=policy.decides_itself,
            guards=(guards.not_a_coordination_person, guards.not_the_recorder),
            effects=(effects.keep_word, effects.tell),
            needs_note=True,
        ),
        Transition(
            action="settle_name",
            label=_("Say whether a near name is the same party"),
            sources=tuple(sorted(IN_FORCE)),
            target=None,
            rule="practice",
            policy=policy.settles,
            guards=(guards.name_is_near,),
            effects=(effects.keep_name,),
            needs_note=True,
            step_up=True,
        ),
    ),
)
