"""Rows of the organization's transition table for suspension (§4.f) and stop of flow (§9.f), kept apart."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import Transition

from .. import participation, policy, received_rules, rules
from ..models import OrganizationState
from . import rules as order

SIGNATORY, SUSPENDED = OrganizationState.SIGNATORY, OrganizationState.SUSPENDED
FLOW_STOPPED, SUSPENDED_STOPPED = OrganizationState.FLOW_STOPPED, OrganizationState.SUSPENDED_STOPPED
WITHDRAWN = OrganizationState.WITHDRAWN

# Suspension (§4.f) and stop of flow (§9.f) are two strands: each act moves along its own (trap 19). A
# withdrawal that is announced for a later day leaves both as they are until that day: the stored state looks
# ahead, so the acts are open in it, and ``order.before_it_leaves`` tells who has left already.
Reaches = dict[OrganizationState, tuple[OrganizationState, ...]]
# A stop that is announced for a later day may begin earlier: then the state, which looks ahead, stays.
_SUSPENDS: Reaches = {
    SIGNATORY: (SUSPENDED,),
    FLOW_STOPPED: (SUSPENDED_STOPPED,),
    SUSPENDED: (SUSPENDED,),
    SUSPENDED_STOPPED: (SUSPENDED_STOPPED,),
}
_RESUMES: Reaches = {SUSPENDED: (SIGNATORY,), SUSPENDED_STOPPED: (FLOW_STOPPED,)}
_STOPS: Reaches = {
    SIGNATORY: (FLOW_STOPPED,),
    SUSPENDED: (SUSPENDED_STOPPED,),
    FLOW_STOPPED: (FLOW_STOPPED,),
    SUSPENDED_STOPPED: (SUSPENDED_STOPPED,),
}
_FLOWS: Reaches = {FLOW_STOPPED: (SIGNATORY,), SUSPENDED_STOPPED: (SUSPENDED,)}
_LEAVING: Reaches = {WITHDRAWN: (WITHDRAWN,)}


def _rows(reaches: Reaches, **row: Any) -> tuple[Transition, ...]:
    """The same act from several states, each with the states it may lead to; the ledger's fold decides."""
    return tuple(
        Transition(
            sources=(source,), target=None, targets=targets, choose=participation.state_from_ledger, **row
        )
        for source, targets in (reaches | _LEAVING).items()
    )


def _or_stays(reaches: Reaches) -> Reaches:
    """What arrived outside may be overtaken by what lies ahead in the ledger."""
    return {
        source: targets if source in targets else (source, *targets) for source, targets in reaches.items()
    }


_OWN = (
    rules.effect_lies_ahead,
    order.before_it_leaves,
    order.after_the_last_act,
    order.changes_something,
)
_OWN_FLOW = (
    rules.effect_lies_ahead,
    order.before_it_leaves,
    order.after_the_last_act_on_flow,
    order.changes_the_flow,
)
_RECEIVED = (
    rules.receipt_is_whole,
    received_rules.name_and_address_agree,
    rules.stops_from_arrival_on,
    order.before_it_leaves,
)
_ON_SHARING = (*_RECEIVED, received_rules.was_a_member, received_rules.sharing_says_nothing_later)
_ON_FLOW = (*_RECEIVED, received_rules.was_a_member, received_rules.flow_says_nothing_later)

# §4.f: to the office, a right; nobody approves it.
SHARING = (
    *_rows(
        _SUSPENDS,
        action="suspend",
        label=_("Suspend sharing"),
        rule="§4.f",
        policy=policy.may_stop,
        guards=(*_OWN, order.suspension_is_whole),
        effects=(participation.write_suspension,),
        step_up=True,
    ),
    *_rows(
        {state: (state,) for state in _RESUMES},
        action="renew_suspension",
        label=_("Say anew what is suspended, and until when"),
        rule="§4.f",
        policy=policy.may_stop,
        guards=(*_OWN, order.suspension_is_whole),
        effects=(participation.write_suspension,),
        step_up=True,
    ),
    *_rows(
        {state: (state,) for state in _RESUMES},
        action="record_renewal",
        label=_("Record that a suspension was said anew outside"),
        rule="D17",
        policy=policy.may_record_received,
        guards=(
            *_ON_SHARING,
            order.after_the_last_act,
            order.changes_something,
            order.suspension_is_whole,
            rules.none_waits,
        ),
        effects=(participation.write_received,),
        step_up=True,
    ),
    *_rows(
        {state: (state,) for state in _RESUMES},
        action="confirm_suspension",
        label=_("Confirm that less is suspended"),
        rule="D17",
        policy=policy.may_confirm,
        guards=(
            rules.still_waits,
            rules.not_the_recorder,
            rules.still_a_member,
            order.changes_something,
            received_rules.sharing_says_nothing_later,
        ),
        effects=(participation.write_confirmation,),
        step_up=True,
    ),
    *_rows(
        _RESUMES,
        action="resume",
        label=_("Resume sharing"),
        rule="§4.f",
        policy=policy.may_stop,
        guards=_OWN,
        effects=(participation.write_resumption,),
        step_up=True,
    ),
    *_rows(
        _or_stays(_SUSPENDS),
        action="record_suspension",
        label=_("Record a suspension received outside"),
        rule="D17",
        policy=policy.may_record_received,
        guards=(
            *_ON_SHARING,
            order.after_the_last_act,
            order.changes_something,
            order.suspension_is_whole,
        ),
        effects=(participation.write_received,),
        step_up=True,
    ),
    Transition(
        action="record_resumption",
        label=_("Record a resumption received outside"),
        sources=(*_RESUMES, WITHDRAWN),
        target=None,
        rule="D17",
        policy=policy.may_record_received,
        guards=(*_ON_SHARING, order.changes_something, rules.none_waits),
        effects=(participation.write_received,),
        step_up=True,
    ),
    *_rows(
        _or_stays(_RESUMES),
        action="confirm_resumption",
        label=_("Confirm the resumption"),
        rule="D17",
        policy=policy.may_confirm,
        guards=(
            rules.still_waits,
            rules.not_the_recorder,
            rules.still_a_member,
            received_rules.sharing_says_nothing_later,
        ),
        effects=(participation.write_confirmation,),
        step_up=True,
    ),
)

# §9.f: to the Coordinator, with the reasons; nobody approves it.
FLOW = (
    *_rows(
        _STOPS,
        action="stop_flow",
        label=_("Stop the flow of data because of a breach"),
        rule="§9.f",
        policy=policy.may_stop,
        guards=(order.reasons_are_written, order.breach_is_named, *_OWN_FLOW),
        effects=(participation.write_flow_stop,),
        step_up=True,
    ),
    *_rows(
        _FLOWS,
        action="resume_flow",
        label=_("Let the data flow again"),
        rule="§9.f",
        policy=policy.may_stop,
        guards=_OWN_FLOW,
        effects=(participation.write_flow_resumption,),
        step_up=True,
    ),
    *_rows(
        _or_stays(_STOPS),
        action="record_flow_stop",
        label=_("Record a stop of flow received outside"),
        rule="D17",
        policy=policy.may_record_received,
        guards=(
            *_ON_FLOW,
            order.reasons_are_written,
            order.breach_is_named,
            received_rules.office_does_not_record,
            order.after_the_last_act_on_flow,
            order.changes_the_flow,
        ),
        effects=(participation.write_received,),
        step_up=True,
    ),
    Transition(
        action="record_flow_resumption",
        label=_("Record a resumption of the flow received outside"),
        sources=(*_FLOWS, WITHDRAWN),
        target=None,
        rule="D17",
        policy=policy.may_record_received,
        guards=(*_ON_FLOW, order.changes_the_flow, received_rules.office_does_not_record, rules.none_waits),
        effects=(participation.write_received,),
        step_up=True,
    ),
    *_rows(
        _or_stays(_FLOWS),
        action="confirm_flow_resumption",
        label=_("Confirm the resumption of the flow"),
        rule="D17",
        policy=policy.may_confirm,
        guards=(
            rules.still_waits,
            rules.not_the_recorder,
            rules.office_stands_apart,
            rules.still_a_member,
            received_rules.flow_says_nothing_later,
        ),
        effects=(participation.write_confirmation,),
        step_up=True,
    ),
)
