"""The table of imports: a workbook is imported whole, or comes back whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, policy
from .models import RunState

IMPORTS = Machine(
    name="network_import",
    states=dict(RunState.choices),
    transitions=(
        Transition(
            action="import",
            label=_("Import the workbook"),
            sources=(NEW,),
            target=RunState.IMPORTED,
            rule="D18",
            policy=policy.may_import,
            effects=(effects.run_whole, effects.keep_workbook),
            step_up=True,
        ),
        Transition(
            action="return",
            label=_("Give the workbook back with comments"),
            sources=(NEW,),
            target=RunState.RETURNED,
            rule="practice",
            policy=policy.may_import,
            effects=(effects.keep_marked,),
        ),
    ),
)
