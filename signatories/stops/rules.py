"""Guards of suspension (§4.f) and stop of flow (§9.f): two strands, each with its own order of acts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intranet.workflow.machine import ALLOWED, Context, Decision

from .. import selectors
from ..days import network_day
from ..models import STOPS, EntryKind, ParticipationEntry, SuspensionReason, SuspensionScope
from ..rules import still_a_member, while_a_member
from ..standing import Fact, Position
from . import breaches


def _leave_ahead(context: Context) -> ParticipationEntry | None:
    return selectors.leave_ahead(context.obj, network_day(context.now))


def before_it_leaves(context: Context) -> Decision:
    """Stopping is a right of members (§4.f, §9.f): until the day a withdrawal takes effect, and no longer."""
    leave = _leave_ahead(context)
    if leave is None:
        return still_a_member(context)
    if context.data["effective_on"] < leave.effective_on:
        return ALLOWED
    return Decision(
        False,
        _("Effective date: the withdrawal takes effect on %s. Choose an earlier day.")
        % leave.effective_on.isoformat(),
        "§9.i",
    )


def after_the_last_act(context: Context) -> Decision:
    """Suspensions and resumptions follow one another; none takes effect before the one announced last."""
    return _after(while_a_member(context).sharing, context, "§4.f")


def after_the_last_act_on_flow(context: Context) -> Decision:
    """The same for the flow of data; the two strands do not hinder each other (trap 19)."""
    return _after(while_a_member(context).flow, context, "§9.f")


def _after(last: Fact | None, context: Context, rule: str) -> Decision:
    if last is None or context.data["effective_on"] >= last.effective_on:
        return ALLOWED
    if last.kind in STOPS and context.transition.action in _BEGINS:
        return ALLOWED  # what was announced for later does not keep anybody from stopping earlier
    return Decision(
        False,
        _("Effective date: the last entry takes effect on %s. Choose that day or a later one.")
        % last.effective_on.isoformat(),
        rule,
    )


_BEGINS = frozenset({"suspend", "stop_flow", "record_suspension", "record_flow_stop"})
_WHILE_SUSPENDED = frozenset(
    {"resume", "renew_suspension", "record_resumption", "record_renewal", "confirm_suspension"}
)
_ENDS_FLOW = frozenset({"resume_flow", "record_flow_resumption"})


def _on_its_day(context: Context) -> Position:
    """Where the organization stands on the day from which the act is to hold."""
    return selectors.position(context.obj, context.data["effective_on"])


def changes_something(context: Context) -> Decision:
    """Nobody suspends twice, and nobody resumes what is not suspended; the second is told who was first.

    A suspension that is only announced does not keep anybody from suspending earlier: a right (§4.f).
    """
    held = while_a_member(context).suspension
    if context.transition.action in _WHILE_SUSPENDED:
        if held is not None:
            return ALLOWED
        return Decision(False, _("Sharing is not suspended."), "§4.f")
    first = _on_its_day(context).suspension if held is not None else None
    if first is None:
        return ALLOWED
    sentence = _("Sharing is suspended already: %(who)s said so from %(day)s on.")
    return Decision(False, sentence % _said(first), "§4.f")


def changes_the_flow(context: Context) -> Decision:
    """Nobody stops the flow twice, and nobody resumes what flows; earlier than announced is no second time."""
    held = while_a_member(context).flow_stop
    if context.transition.action in _ENDS_FLOW:
        if held is not None:
            return ALLOWED
        return Decision(False, _("The flow of data is not stopped."), "§9.f")
    first = _on_its_day(context).flow_stop if held is not None else None
    if first is None:
        return ALLOWED
    sentence = _("The flow of data is stopped already: %(who)s said so from %(day)s on.")
    return Decision(False, sentence % _said(first), "§9.f")


def _said(first: Fact) -> dict[str, str]:
    who = first.recorded_by if isinstance(first, ParticipationEntry) else ""
    return {"who": who, "day": first.effective_on.isoformat()}


def suspension_is_whole(context: Context) -> Decision:
    """One of the four reasons of §4.f, what it covers, and a review that does not come before it begins."""
    data = context.data
    if data["reason"] not in SuspensionReason.values:
        return Decision(False, _("Reason of the suspension: choose one (section 4)."), "§4.f")
    if data["scope"] not in SuspensionScope.values:
        return Decision(False, _("What is suspended: choose one of the two."), "§4.f")
    review_on = data.get("review_on")
    if review_on is not None and review_on < data["effective_on"]:
        return Decision(False, _("Expected review: this day lies before the suspension begins."), "practice")
    return ALLOWED


def less_is_suspended(context: Context) -> bool:
    """Whether a suspension said anew lets monthly reports begin again: that is a yes, which waits (D17)."""
    held = _on_its_day(context).suspension
    if not isinstance(held, ParticipationEntry) or context.data["kind"] != EntryKind.SUSPENDED:
        return False
    return held.scope != SuspensionScope.EXTERNAL and context.data["scope"] == SuspensionScope.EXTERNAL


def reasons_are_written(context: Context) -> Decision:
    """§9.f: "in writing with the reasons for stopping the flow of data"."""
    if str(context.data.get("statement", "")).strip():
        return ALLOWED
    return Decision(False, _("Reasons: write why the flow of data stops."), "§9.f")


def breach_is_named(context: Context) -> Decision:
    """§9.f: "if the protocol is breached": which breach, by its reference; checked where a register is kept."""
    reference = breaches.written(str(context.data.get("breach_reference", "")))
    if not breaches.is_well_formed(reference):
        return Decision(False, _("Breach: write its reference like BR-2026-01."), "§9.f")
    if not breaches.is_kept():
        return ALLOWED
    found = breaches.find(reference, context.now)
    if found is None:
        return Decision(False, _("Breach: no breach has this reference."), "§9.f")
    if not found.open:
        return Decision(False, _("Breach: this one is resolved already."), "§9.e")
    return ALLOWED


def stop_names_its_breach(context: Context) -> tuple[str, bool]:
    """The breach that a word on the flow is about, and whether the office is involved in it (§9.g)."""
    if context.data.get("kind") == EntryKind.FLOW_RESUMED:
        stop = while_a_member(context).flow_stop
        if not isinstance(stop, ParticipationEntry):
            return "", False
        return stop.breach_reference, bool(stop.office_involved)
    reference = breaches.written(context.data["breach_reference"])
    known = breaches.find(reference, context.now)
    involved = known.office_involved if known is not None else context.data["office_involved"]
    return reference, bool(involved)
