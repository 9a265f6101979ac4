"""The tables of acts: a month's report and the intake of the inter-agency channel.

Late and missing are no states: they follow from dates (deadlines.cell).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import effects, guards, partners, policy
from .codes import IntakeState, State

_CAN_BE_SENT = (guards.month_has_ended, guards.signatory_that_shares)
_FIRST_SENT = (effects.write_version, effects.tell_the_receivers, partners.tell_the_agencies)

REPORT = Machine(
    "monthly_report",
    dict(State.choices),
    (
        Transition(
            "send",
            _("Sign and send"),
            (NEW,),
            State.SENT,
            "§6.1",
            policy.may_report,
            guards=(*_CAN_BE_SENT, guards.figures_hold),
            effects=_FIRST_SENT,
        ),
        Transition(
            "send_nothing",
            _("Nothing to report"),
            (NEW,),
            State.NOTHING,
            "§6.1",
            policy.may_report,
            guards=_CAN_BE_SENT,
            effects=_FIRST_SENT,
        ),
        Transition(
            "correct",
            _("Send a correction"),
            (State.SENT, State.NOTHING, State.CORRECTED),
            State.CORRECTED,
            "§6.1",
            policy.may_report,
            guards=(
                *_CAN_BE_SENT,
                guards.reason_is_coded,
                guards.corrects_the_newest,
                guards.figures_hold,
            ),
            effects=(effects.write_version, effects.tell_the_receivers),
            needs_note=True,
        ),
    ),
)

INTAKE = Machine(
    "inter_agency_intake",
    dict(IntakeState.choices),
    (
        Transition(
            "record",
            _("Record"),
            (NEW,),
            IntakeState.RECORDED,
            "§4.c",
            policy.may_record_intake,
            guards=(guards.month_has_ended, guards.intake_holds),
            effects=(effects.write_intake_version,),
        ),
        Transition(
            "correct",
            _("Correct"),
            (IntakeState.RECORDED, IntakeState.CORRECTED),
            IntakeState.CORRECTED,
            "§4.c",
            policy.may_record_intake,
            guards=(
                guards.month_has_ended,
                guards.reason_is_coded,
                guards.corrects_the_newest,
                guards.intake_holds,
            ),
            effects=(effects.write_intake_version,),
            needs_note=True,
        ),
    ),
)
