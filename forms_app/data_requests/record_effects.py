"""What records from outside leave behind, and what follows when one was wrong (D17). Called by the runner."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from audit.actors import system_actor
from forms_app.common import parties
from intranet.workflow import runner
from intranet.workflow.machine import Context
from signatories.selectors import contacts_for

from . import facts, notices, people
from .ask_effects import STATE_OF, after_an_answer, keep, late_facts, next_number, start_clock
from .ask_guards import is_current
from .inputs import OutsideAnswer
from .models import Answer, Ask, Confirmation, Correction, CorrectionReply, DataRequest
from .request_effects import round_state
from .tokens import BEFORE_RELEASE, ENDED, UNANSWERED, AskState, ClockKind, RequestState
from .votes import Tally

# Clocks of other organizations start anew in the system's name: nobody's history names another organization.
CLOCKS = system_actor("data_requests")


def record_outside(context: Context) -> None:
    """D17: in whose name and capacity, when it arrived, the file, by whom recorded."""
    ask: Ask = context.obj
    given: OutsideAnswer = context.data["outside"]
    late = context.transition.action == "record_late"
    answer = Answer(
        ask=ask,
        number=next_number(ask),
        late=late,
        choice=given.choice,
        person=given.person,
        capacity=given.capacity,
        comment=given.comment,
        at=context.now,
        data_set_sha256=ask.round.data_set_sha256,
        received_on=given.received_on,
        recorded_by=context.actor.label,
        recorded_by_user_id=context.actor.user_id,
    )
    answer.file = keep(given.file, answer, context.now)
    answer.save()
    context.result["answer"] = answer
    _tell_the_organization(
        context,
        lambda: _("%(reference)s: an answer was recorded in your organization’s name, please check it"),
        "recorded_for_you",
        answer,
    )
    if late:  # D27: kept beside the round that is over; it changes nothing in it
        context.result["event"] = late_facts(ask) | {"received_outside": True}
    else:
        after_an_answer(context, given.choice, outside=True)


def confirm(context: Context) -> None:
    """D17: the yes received outside takes effect."""
    _answer_said(context, confirmed=True)
    after_an_answer(context, str(context.data["answer"].choice), outside=True)


def _answer_said(context: Context, *, confirmed: bool) -> None:
    answer: Answer = context.data["answer"]
    Confirmation.objects.create(
        answer=answer,
        confirmed=confirmed,
        by=context.actor.label,
        by_user_id=context.actor.user_id,
        capacity=context.actor.capacity,
        at=context.now,
        note=context.note,
    )


def set_aside(context: Context) -> None:
    """Nobody stands by what was recorded: it does not count, and the request goes where the rest leads.

    In a closed round nothing moves (D27); a request that this no stopped comes back (D29).
    """
    ask: Ask = context.obj
    stood = facts.of_ask(ask).tally()
    _answer_said(context, confirmed=False)
    now_stands = facts.of_ask(ask).tally()
    context.result["event"] = {
        "organization": str(ask.organization_id),
        "round": ask.round.number,
        "answer": context.data["answer"].number,
    }
    _tell_the_organization(
        context,
        lambda: _("%(reference)s: an answer recorded in your organization’s name does not count any more"),
        "set_aside",
    )
    if not is_current(ask):
        return
    request = DataRequest.objects.get(pk=ask.round.request_id)
    if now_stands is Tally.REFUSED:
        if request.state in {*BEFORE_RELEASE, RequestState.ON_HOLD}:
            runner.perform(request, "stop_on_refusal", context.actor, context.now)
        return
    if stood is Tally.REFUSED and request.state == RequestState.STOPPED:
        runner.perform(request, "lift_stop", context.actor, context.now, context.note)
    if now_stands is Tally.NONE and request.state not in ENDED:
        start_clock(ask, ClockKind.FIRST_ANSWER, context.now)


def state_after_setting_aside(context: Context) -> str:
    """What the remaining answers give; asked again where none remains; a closed round stays as it was."""
    ask: Ask = context.obj
    if not is_current(ask):
        return str(ask.state)
    tally = facts.of_ask(ask).tally()
    return AskState.ASKED.value if tally is Tally.NONE else STATE_OF[tally]


def correct(context: Context) -> None:
    """The recorder's new entry with its reason; the office is asked, the organization is told."""
    answer: Answer = context.data["answer"]
    row = Correction.objects.create(
        answer=answer,
        reason=context.note,
        by=context.actor.label,
        by_user_id=context.actor.user_id,
        capacity=context.actor.capacity,
        at=context.now,
    )
    context.result["correction"] = row
    context.result["event"] = {"organization": str(context.obj.organization_id), "answer": answer.number}
    request = context.obj.round.request
    notices.tell_office(
        request,
        lambda: (
            _("%(reference)s: a correction waits for your confirmation") % {"reference": request.reference}
        ),
        "answer-correction",
        context.now,
        kind="correction",
        rule="D17",
        of=row.pk,
    )
    _tell_the_organization(
        context,
        lambda: _("%(reference)s: the record of an answer in your organization’s name is being corrected"),
        "correction",
        answer,
    )


def accept(context: Context) -> None:
    """The office confirmed the correction against the file: the record does not count."""
    _reply(context, accepted=True)
    set_aside(context)


def reject(context: Context) -> None:
    """The office says that the record is right: it stands."""
    _reply(context, accepted=False)


def _reply(context: Context, *, accepted: bool) -> None:
    CorrectionReply.objects.create(
        correction=context.data["correction"],
        accepted=accepted,
        by=context.actor.label,
        by_user_id=context.actor.user_id,
        at=context.now,
        note=context.note,
    )
    request = context.obj.round.request
    notices.tell_coordination(
        request,
        lambda: _("%(reference)s: the office answered a correction") % {"reference": request.reference},
        context.now,
        kind="correction_answered",
        rule="D17",
    )


def lift_stop(context: Context) -> None:
    """The refusal that stopped the request was none: it goes on, on hold if it was on hold or if its receiving
    party is kept back meanwhile (§7B.7 C3).

    Nobody was answering a request that had ended, so running clocks start anew (network practice), and
    the way to the office is walked again: whoever decided did not know that it would go on.
    """
    request: DataRequest = context.obj
    request.ended_at = request.to_office_at = None
    if request.held_at is None and not parties.decision(request.requester_organization, context.now).allowed:
        request.held_from, request.held_at = round_state(context), context.now
    asks = list(
        Ask.objects.filter(round=facts.current_round(request))
        .exclude(state=AskState.REFUSED)  # the organization itself is told by its own act
        .select_related("organization")
    )
    held = request.held_at is not None

    def sentence() -> str:
        on_hold = _("%(reference)s: this request has not ended, it is on hold")
        goes_on = _("%(reference)s: this request has not ended, it goes on")
        return (on_hold if held else goes_on) % {"reference": request.reference}

    found = contacts_for([ask.organization for ask in asks], people.today(context.now), context.now)
    for ask in asks:
        if not held and ask.state in UNANSWERED:
            runner.perform(ask, "restart_clock", CLOCKS, context.now)
        told = found[ask.organization_id].everybody
        notices.tell_the_organization(ask, sentence, context.now, kind="goes_on", rule="D17", people=told)
    notices.tell_coordination(request, sentence, context.now, kind="goes_on", rule="D17")
    notices.tell_office(request, sentence, "request-board", context.now, kind="goes_on", rule="D17")


def state_after_lifting(context: Context) -> str:
    """On hold where it was on hold; else the round in which it stood."""
    if context.obj.held_at is not None:
        return RequestState.ON_HOLD.value
    return round_state(context)


def _tell_the_organization(
    context: Context, sentence: Callable[[], str], kind: str, record: Answer | None = None
) -> None:
    """One line and a link to everybody of the organization that the record speaks for."""
    ask: Ask = context.obj
    reference = ask.round.request.reference
    notices.tell_the_organization(
        ask,
        lambda: sentence() % {"reference": reference},
        context.now,
        kind=kind,
        rule="D17",
        page="ask-answer" if record is None else "answer-confirm",
        of=None if record is None else record.pk,
    )
