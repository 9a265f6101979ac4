"""Transition table of a round of invitations to endorse (network practice)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, policy, rules
from .models import RoundState

ROUNDS = Machine(
    name="invitation_round",
    states=dict(RoundState.choices),
    transitions=(
        Transition(
            action="open",
            label=_("Invite to endorse"),
            sources=(NEW,),
            target=RoundState.OPEN,
            rule="practice",
            policy=policy.may_invite,
            guards=(
                rules.asks_for_the_text_in_force,
                rules.due_day_lies_ahead,
                rules.no_other_round,
                rules.somebody_is_asked,
            ),
            effects=(effects.invite_everybody,),
        ),
        Transition(
            action="add",
            label=_("Invite one more organization"),
            sources=(RoundState.OPEN,),
            target=None,
            rule="practice",
            policy=policy.may_invite,
            guards=(rules.asks_for_the_text_in_force, rules.may_still_be_asked),
            effects=(effects.invite_one,),
        ),
        Transition(
            action="close",
            label=_("Close the round"),
            sources=(RoundState.OPEN,),
            target=RoundState.CLOSED,
            rule="practice",
            policy=policy.may_close,
            needs_note=True,
        ),
    ),
)
