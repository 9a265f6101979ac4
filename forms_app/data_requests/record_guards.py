"""Guards of what was received outside: recording it, confirming it, setting it aside, correcting it (D17)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intranet.access.roles import OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.workflow.machine import ALLOWED, Context, Decision

from . import facts, people
from .ask_guards import is_current
from .guards import file_is_good
from .inputs import OutsideAnswer
from .models import Answer, Ask, Confirmation, Correction
from .tokens import Choice


def choice_is_known(context: Context) -> Decision:
    given: OutsideAnswer = context.data["outside"]
    wanted = {"record_no": [Choice.REFUSE], "record_yes": [Choice.AUTHORIZE]}.get(
        context.transition.action, [Choice.REFUSE, Choice.AUTHORIZE]
    )
    if given.choice in wanted:
        return ALLOWED
    return Decision(False, _("Answer: choose whether the organization authorizes or not."), "D17")


def outside_answer_is_sound(context: Context) -> Decision:
    """D17: in whose name and capacity, date received, the file; not by the organization's own people."""
    ask: Ask = context.obj
    given: OutsideAnswer = context.data["outside"]
    if not given.person.strip():
        return Decision(False, _("In whose name: write who answered."), "D17")
    if given.capacity not in ORGANIZATION_POSTS:
        return Decision(False, _("Capacity: choose in which capacity the person answered."), "D17")
    if given.received_on > people.today(context.now):
        return Decision(False, _("Received on: this day has not come yet."), "D17")
    if given.received_on < people.today(ask.asked_at):
        return Decision(False, _("Received on: the organization had not been asked yet."), "D17")
    if people.posts_in(context.actor.user_id, ask.organization_id, context.now):
        return Decision(
            False, _("You hold a post in this organization: somebody else has to record its answer."), "D17"
        )
    return file_is_good(given.file)


def waits_for_confirmation(context: Context) -> Decision:
    """D17: there is a yes received outside that nobody has confirmed yet."""
    ask: Ask = context.obj
    waiting = facts.of_ask(ask).unconfirmed()
    answer: Answer = context.data["answer"]
    if waiting is None or waiting.pk != answer.pk:
        return Decision(False, _("Nothing waits for a confirmation."), "D17")
    return _not_the_recorder(context, answer)


def _not_the_recorder(context: Context, answer: Answer) -> Decision:
    actor = context.actor
    if actor.user_id is not None and actor.user_id == answer.recorded_by_user_id:
        return Decision(False, _("Whoever recorded it cannot confirm it."), "D17")
    if people.is_coordination_person(actor.user_id, context.now):
        return Decision(False, _("The Coordinator cannot confirm what was received outside."), "D17")
    if people.asked_or_chased(actor.user_id, context.obj):
        return Decision(
            False,
            _("You sent this organization the request or its follow-up: somebody else has to do this."),
            "D17",
        )
    if actor.capacity in OFFICE and answer.file_id is None:
        return Decision(False, _("The office confirms against the file, and there is none."), "D17")
    return ALLOWED


def _was_answered(answer: Answer) -> bool:
    """Read afresh: somebody may have been faster."""
    return Confirmation.objects.filter(answer=answer).exists()


def still_matters(context: Context) -> Decision:
    """D27: a closed round stays as it was; but a no that keeps the organization out of the later ones
    can still be set aside, so that the next full round asks it again (D22, D29)."""
    ask: Ask = context.obj
    newest = facts.current_round(ask.round.request)
    if is_current(ask) or (newest is not None and str(ask.organization_id) in newest.refused):
        return ALLOWED
    return Decision(False, _("This round is over: what was recorded in it changes nothing any more."), "D27")


def was_received_outside(context: Context) -> Decision:
    """Only what was received outside and was not yet confirmed can be set aside."""
    answer: Answer = context.data["answer"]
    if answer.ask_id != context.obj.pk or not answer.received_outside:
        return Decision(False, _("Only an answer received outside can be set aside."), "D17")
    if _was_answered(answer):
        return Decision(False, _("This answer was already confirmed or set aside."), "D17")
    if answer.choice == Choice.REFUSE and context.actor.capacity not in {
        answer.capacity,
        Capacity.HEAD_OF_AGENCY,
    }:
        return Decision(
            False,
            _("A no is set aside only by the Head of Agency, or in the capacity in which it was given."),
            "D24",
        )
    return _not_the_recorder(context, answer)


def is_a_recorded_no(context: Context) -> Decision:
    """A correction is for a no that was received outside and counts (D17)."""
    answer: Answer = context.data["answer"]
    if answer.ask_id != context.obj.pk or not answer.received_outside or answer.choice != Choice.REFUSE:
        return Decision(False, _("Only a no that was received outside is corrected."), "D17")
    if _was_answered(answer):
        return Decision(False, _("This answer was already set aside."), "D17")
    if people.posts_in(context.actor.user_id, context.obj.organization_id, context.now):
        return Decision(
            False, _("You hold a post in this organization: somebody else has to correct its record."), "D17"
        )
    return ALLOWED


def no_correction_waits(context: Context) -> Decision:
    """One correction at a time."""
    answer: Answer = context.data["answer"]
    waiting = Correction.objects.filter(answer=answer, reply__isnull=True).first()
    if waiting is None:
        return ALLOWED
    return Decision(False, _("%s corrected this already; it waits for the office.") % waiting.by, "D17")


def correction_waits(context: Context) -> Decision:
    """D17: confirmed by another person of the office, against the file."""
    correction: Correction = context.data["correction"]
    answer = correction.answer
    if answer.ask_id != context.obj.pk:
        return Decision(False, _("This correction belongs to another organization."), "D17")
    if Correction.objects.filter(pk=correction.pk, reply__isnull=False).exists():
        return Decision(False, _("This correction was answered already."), "D17")
    if _was_answered(answer):
        return Decision(False, _("This answer was already set aside."), "D17")
    if context.actor.user_id is not None and context.actor.user_id == correction.by_user_id:
        return Decision(False, _("Whoever corrected it cannot confirm the correction."), "D17")
    return _not_the_recorder(context, answer)
