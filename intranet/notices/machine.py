"""The table of the one act on a mail that did not arrive: it was told by another channel (D23)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import guards, policy
from .models import ToldState

TOLD = Machine(
    name="told_otherwise",
    states=dict(ToldState.choices),
    transitions=(
        Transition(
            action="tell",
            label=_("Told by another channel"),
            sources=(NEW,),
            target=ToldState.TOLD,
            rule="D23",
            policy=policy.may_tell,
            guards=(guards.mail_is_stuck, guards.channel_is_named, guards.day_can_be),
            effects=(guards.note,),
        ),
    ),
)
