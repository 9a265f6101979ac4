"""From the report to the new phone: one transition table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import policy, rules
from .models import LIVE, RecoveryState

OPEN, VOUCHED, CONFIRMED, USED, REFUSED, EXPIRED = RecoveryState

RECOVERY = Machine(
    name="recovery",
    states=dict(RecoveryState.choices),
    transitions=(
        Transition(
            action="report",
            label=_("Report a lost phone"),
            sources=(NEW,),
            target=OPEN,
            rule="D11",
            policy=policy.may_report,
            guards=(rules.account_is_in_use, rules.nothing_else_is_under_way),
            effects=(rules.begin, rules.tell),
        ),
        Transition(
            action="vouch",
            label=_("Vouch for the person"),
            sources=(NEW, OPEN, VOUCHED),
            target=VOUCHED,
            rule="D11",
            policy=policy.may_vouch,
            guards=(
                rules.account_is_in_use,
                rules.nothing_else_is_under_way,
                rules.voucher_is_known,
                rules.earlier_voucher_is_gone,
                rules.identity_is_written,
            ),
            effects=(rules.begin, rules.write_voucher, rules.tell),
            step_up=True,
        ),
        Transition(
            action="record_letter",
            label=_("Record a letter that vouches"),
            sources=(NEW, OPEN),
            target=VOUCHED,
            rule="D17",
            policy=policy.may_record_letter,
            guards=(
                rules.account_is_in_use,
                rules.nothing_else_is_under_way,
                rules.voucher_is_known,
                rules.nobody_could_vouch,
                rules.letter_is_whole,
                rules.identity_is_written,
            ),
            effects=(rules.begin, rules.write_voucher, rules.keep_letter, rules.tell),
            step_up=True,
        ),
        Transition(
            action="confirm",
            label=_("Confirm the lost phone"),
            sources=(VOUCHED,),
            target=CONFIRMED,
            rule="D11",
            policy=policy.may_confirm,
            guards=(
                rules.time_is_left,
                rules.account_is_in_use,
                rules.not_the_voucher,
                rules.voucher_still_holds,
                rules.identity_is_written,
            ),
            effects=(rules.write_confirmation, rules.tell),
            step_up=True,
        ),
        Transition(
            action="stop",
            label=_("This is not so: stop it"),
            sources=LIVE,
            target=REFUSED,
            rule="D11",
            policy=policy.may_stop,
            effects=(rules.end, rules.tell),
            needs_note=True,
        ),
        Transition(
            action="use",
            label=_("Use the link"),
            sources=(CONFIRMED,),
            target=USED,
            rule="D11",
            policy=policy.may_use,
            effects=(rules.end, rules.tell),
        ),
        Transition(
            action="expire",
            label=_("The time is up"),
            sources=LIVE,
            target=EXPIRED,
            rule="D11",
            policy=policy.the_clock,
            guards=(rules.time_is_up,),
            effects=(rules.end, rules.tell),
        ),
    ),
)
