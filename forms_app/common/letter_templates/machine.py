"""The table of acts of letter templates (network practice; that the letter holds its caveats is §7B.7)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, guards, policy
from .models import State

LETTER_TEMPLATES = Machine(
    name="letter_template",
    states=dict(State.choices),
    transitions=(
        Transition(
            action="put_in_use",
            label=_("Put the template in use"),
            sources=(NEW,),
            target=State.IN_USE,
            rule="§7B.7",
            policy=policy.may_replace,
            guards=(guards.gives_a_letter,),
            effects=(effects.take_the_place, effects.keep_file),
            needs_note=True,
        ),
        Transition(
            action="replace",
            label=_("Step back for a later template"),
            sources=(State.IN_USE,),
            target=State.REPLACED,
            rule="practice",
            policy=policy.may_replace,
        ),
        Transition(
            action="withdraw",
            label=_("Use the built-in template again"),
            sources=(State.IN_USE,),
            target=State.WITHDRAWN,
            rule="practice",
            policy=policy.may_replace,
            needs_note=True,
        ),
    ),
)
