"""One answer is one row: the table says who may write which."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from . import notices, policy
from .models import PresenceAnswer, Reply


def says_what(context: Context) -> Decision:
    """A correction names what has to be corrected."""
    if str(context.data.get("note", "")).strip():
        return ALLOWED
    return Decision(False, gettext("What has to be corrected: write it in one sentence."), "D9")


def write(context: Context) -> None:
    """When and by whom; the next number of the person in the round."""
    answer = context.obj
    earlier = PresenceAnswer.objects.filter(person=answer.person, round_on=answer.round_on)
    answer.number = earlier.count() + 1
    answer.at = context.now
    answer.by, answer.by_capacity = context.actor.label, context.actor.capacity
    answer.note = str(context.data.get("note", "")).strip()
    context.result["event"] = {"person": str(answer.person_id), "round": answer.round_on.isoformat()}


def tell(context: Context) -> None:
    """Whoever looks after the posts hears at once of a no."""
    notices.somebody_said_no(context.obj, context.now)


PRESENCE = Machine(
    name="presence",
    states=dict(Reply.choices),
    state_field="reply",
    transitions=(
        Transition(
            action="confirm",
            label=Reply.YES.label,
            sources=(NEW,),
            target=Reply.YES,
            rule="D9",
            policy=policy.only_oneself,
            effects=(write,),
        ),
        Transition(
            action="left",
            label=Reply.LEFT.label,
            sources=(NEW,),
            target=Reply.LEFT,
            rule="D9",
            policy=policy.only_oneself,
            effects=(write, tell),
        ),
        Transition(
            action="name_a_correction",
            label=Reply.CORRECT.label,
            sources=(NEW,),
            target=Reply.CORRECT,
            rule="D9",
            policy=policy.only_oneself,
            guards=(says_what,),
            effects=(write, tell),
        ),
        Transition(
            action="look_after",
            label=_("I have looked after this"),
            sources=(NEW,),
            target=Reply.SEEN,
            rule="D9",
            policy=policy.may_look_after,
            guards=(says_what,),
            effects=(write,),
        ),
    ),
)
