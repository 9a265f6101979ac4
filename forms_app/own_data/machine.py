"""The table of acts of own statistics: one act, no way back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, guards, policy
from .models import State

OWN_NOTE = Machine(
    "own_note",
    dict(State.choices),
    (
        Transition(
            "make",
            _("Make the note"),
            (NEW,),
            State.MADE,
            "§7A.1",
            policy.may_make,
            guards=(
                guards.is_a_member,
                guards.purpose_is_recorded,
                guards.there_are_own_figures,
                guards.caveat_is_there,
            ),
            effects=(effects.make_file,),
        ),
    ),
)
