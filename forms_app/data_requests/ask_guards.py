"""Guards of acts on one organization in a round."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.network.models import NetworkSettings
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories.selectors import contacts

from . import facts, people
from .guards import days_can_be_counted
from .models import Ask, Round
from .picture import Picture
from .tokens import BEFORE_RELEASE, ENDED, ClockKind, RequestState

ANSWERABLE = frozenset({*BEFORE_RELEASE, RequestState.ON_HOLD})


def request_is_open(context: Context) -> Decision:
    """Answers count until the release (D24)."""
    request = context.obj.round.request
    if request.state in ANSWERABLE:
        return ALLOWED
    return Decision(
        False,
        _("This request has ended (%s): answers change nothing any more.") % request.get_state_display(),
        "D24",
    )


def round_is_current(context: Context) -> Decision:
    """D27: once the next round is issued, an answer on this one is late."""
    if is_current(context.obj):
        return ALLOWED
    return Decision(False, _("This round is over: a late answer is recorded and changes nothing."), "D27")


def round_is_over(context: Context) -> Decision:
    if not is_current(context.obj):
        return ALLOWED
    return Decision(False, _("This round is still open: the answer counts."), "D27")


def is_current(ask: Ask) -> bool:
    """Whether no later round was issued."""
    return not Round.objects.filter(request_id=ask.round.request_id, number__gt=ask.round.number).exists()


def not_the_askers_own(context: Context) -> Decision:
    """Trap 16, for the act itself."""
    return by_other_hands(context.actor, context.obj, context.now)


def by_other_hands(actor: Actor, ask: Ask, now: datetime) -> Decision:
    """Trap 16: whoever coordinates, or once asked or chased this organization, does not answer for it."""
    if people.is_coordination_person(actor.user_id, now):
        return Decision(
            False,
            _("You coordinate this request: somebody else of your organization has to answer."),
            "D24",
        )
    if people.asked_or_chased(actor.user_id, ask):
        return Decision(
            False,
            _("You sent this organization the request or its follow-up: somebody else has to answer for it."),
            "D24",
        )
    return ALLOWED


def data_set_is_the_one_shown(context: Context) -> Decision:
    """D30: a yes is a yes to one exact data set, the one shown and still the live one (traps 13, 44)."""
    ask: Ask = context.obj
    shown = context.data.get("data_set_sha256") or ask.round.data_set_sha256
    if shown != ask.round.data_set_sha256:
        return Decision(False, _("This page showed another data set: open it again."), "D30")
    if not Picture(ask.round.request, context.now).consents_hold:
        return Decision(
            False,
            _("The figures changed since you were asked: the Coordinator has to ask you anew."),
            "D30",
        )
    return ALLOWED


def follow_up_is_due(context: Context) -> Decision:
    """§7B.2 after the first answer's day (network practice)."""
    if facts.of_ask(context.obj).follow_up_is_due(context.now):
        return ALLOWED
    return Decision(False, _("The first answer of this organization is not overdue."), "practice")


def is_silent_and_not_noted(context: Context) -> Decision:
    """D26: noted once; noting changes nothing else."""
    found = facts.of_ask(context.obj)
    if found.is_silent(context.now) and context.obj.silence_noted_at is None:
        return ALLOWED
    return Decision(False, _("There is no silence to note."), "D26")


def deadline_moved(context: Context) -> Decision:
    """D25: the calendar changed since the deadline was told."""
    due = facts.of_ask(context.obj).due()
    if due is not None and due.moved_from is not None:
        return ALLOWED
    return Decision(False, _("The deadline has not moved."), "D25")


def mail_is_out(context: Context) -> Decision:
    """A bounce is recorded once, for the running clock's message."""
    if facts.of_ask(context.obj).position.bounced:
        return Decision(
            False, _("The bounce is already recorded: repair the contact and send again."), "§7B.1"
        )
    return ALLOWED


def mail_came_back(context: Context) -> Decision:
    """Sending again is for messages that bounced or could not leave (trap 6)."""
    found = facts.of_ask(context.obj)
    notice = context.obj.notice
    if found.position.bounced or notice.is_stuck:
        return ALLOWED
    return Decision(False, _("The message has not come back: there is nothing to send again."), "§7B.1")


def can_be_sent_again(context: Context) -> Decision:
    """Somebody is there to write to, and the new clock can be counted (D23, D25)."""
    ask: Ask = context.obj
    found = contacts(ask.organization, people.today(context.now), context.now)
    to_management = ask.clock_kind == ClockKind.FOLLOW_UP
    reached = found.management if to_management else (found.focal_points or found.head_of_agency)
    if not reached:
        return Decision(
            False,
            _("Nobody can be reached at: %s. Name a focal point or the Head of Agency first.")
            % ask.organization.name,
            "D23",
        )
    return clock_can_start(context)


def clock_can_start(context: Context) -> Decision:
    """D25: a clock starts only in years that somebody confirmed; what has ended for good starts none."""
    ask: Ask = context.obj
    request = ask.round.request
    ended = request.state in ENDED and not facts.stopped_by_refusal(request, facts.of_current(request))
    if ended or not is_current(ask):
        return ALLOWED
    settings = NetworkSettings.current()
    return days_can_be_counted(
        [ask.organization], max(settings.first_answer_days, settings.follow_up_days), context
    )


def request_was_paused(context: Context) -> Decision:
    """A clock starts anew only where a hold, or a stop that was recorded wrongly, ends in this very act."""
    request = context.obj.round.request
    if request.held_at is not None and request.state == RequestState.ON_HOLD:
        return ALLOWED
    current = facts.of_current(request)
    if facts.stopped_by_refusal(request, current) and not facts.somebody_refuses(current):
        return ALLOWED
    return Decision(False, _("The request was not on hold."), "practice")
