"""The tables of acts: sessions and yearly returns."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition
from signatories.days import network_day

from . import policy, sums
from .models import Audience, ComplianceReturn, ReturnState, SessionState, TrainingSession


def adds_up(context: Context) -> Decision:
    """Every person in one category, and the total says the same."""
    fault = sums.attendance_fault(context.data["attendance"], context.data["total"])
    return Decision(False, fault, "practice") if fault else ALLOWED


def is_over(context: Context) -> Decision:
    """A session is recorded after it was held."""
    if context.data["facts"]["held_on"] <= network_day(context.now):
        return ALLOWED
    return Decision(
        False, gettext("Held on: the day lies ahead. Record a session after it was held."), "practice"
    )


def not_recorded_twice(context: Context) -> Decision:
    """A file that is sent again makes no second session."""
    facts = context.data["facts"]
    same = TrainingSession.objects.filter(
        organization=context.obj.organization_id,
        title=facts["title"],
        held_on=facts["held_on"],
        governorate=facts["governorate"],
        state=SessionState.RECORDED,
    )
    if same.exists():
        return Decision(
            False, gettext("A session of this title, day and place stands there already."), "practice"
        )
    return ALLOWED


def write_session(context: Context) -> None:
    for name, value in context.data["facts"].items():
        setattr(context.obj, name, value)
    context.obj.attendance = {a.value: int(context.data["attendance"][a]) for a in Audience}
    context.obj.recorded_at, context.obj.recorded_by = context.now, context.actor.label


SESSIONS = Machine(
    name="training_session",
    states=dict(SessionState.choices),
    transitions=(
        Transition(
            action="record",
            label=_("Record a training session"),
            sources=(NEW,),
            target=SessionState.RECORDED,
            rule="practice",
            policy=policy.may_record,
            guards=(is_over, adds_up, not_recorded_twice),
            effects=(write_session,),
        ),
        Transition(
            action="strike",
            label=_("Strike out a session recorded wrongly"),
            sources=(SessionState.RECORDED,),
            target=SessionState.STRUCK,
            rule="practice",
            policy=policy.may_record,
            needs_note=True,
        ),
    ),
)


def year_fits(context: Context) -> Decision:
    """The day lies in the year, and not ahead."""
    as_of = context.data["as_of"]
    if as_of > network_day(context.now):
        return Decision(False, gettext("As of: the day lies ahead. Write a day that has passed."), "practice")
    if as_of.year != context.obj.year:
        return Decision(False, gettext("As of: the day lies in another year than the return."), "practice")
    return ALLOWED


def parts_fit(context: Context) -> Decision:
    """Nobody is counted twice within a category."""
    faults = sums.compliance_faults(context.data["figures"])
    return Decision(False, faults[0][1], "practice") if faults else ALLOWED


def write_return(context: Context) -> None:
    row = context.obj
    earlier = ComplianceReturn.objects.filter(organization=row.organization_id, year=row.year)
    row.number = earlier.count() + 1
    row.as_of = context.data["as_of"]
    row.figures = {key: dict(value) for key, value in context.data["figures"].items()}
    row.sent_at, row.sent_by = context.now, context.actor.label


RETURNS = Machine(
    name="training_return",
    states=dict(ReturnState.choices),
    transitions=(
        Transition(
            action="send",
            label=_("Send the training return of a year"),
            sources=(NEW,),
            target=ReturnState.SENT,
            rule="practice",
            policy=policy.may_record,
            guards=(year_fits, parts_fit),
            effects=(write_return,),
        ),
    ),
)
