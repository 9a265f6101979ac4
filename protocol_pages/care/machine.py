"""The table of acts on the care of a page."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from . import policy
from .models import CheckState, PageCheck, Trouble

CONFIRMED, OPEN, CORRECTED, NOTHING_WRONG = CheckState


def day_ahead(context: Context) -> Decision:
    """The next look lies ahead."""
    if context.data["next_on"] > context.data["today"]:
        return ALLOWED
    return Decision(False, gettext("Look at it again by: choose a day that lies ahead."), "D16")


def says_what(context: Context) -> Decision:
    """One of the choices."""
    if context.data.get("trouble") in Trouble.values:
        return ALLOWED
    return Decision(False, gettext("What is wrong: choose one of the answers."), "D16")


def not_told_already(context: Context) -> Decision:
    """Ten readers who see one broken address make one open problem."""
    same = PageCheck.objects.filter(page=context.obj.page, state=OPEN, trouble=context.data.get("trouble"))
    if same.exists():
        return Decision(False, gettext("Thank you. This is known already, and an editor looks at it."), "D16")
    return ALLOWED


def write_confirmation(context: Context) -> None:
    context.obj.at = context.now
    context.obj.next_on = context.data["next_on"]


def write_trouble(context: Context) -> None:
    context.obj.at = context.now
    context.obj.trouble = context.data["trouble"]


def write_end(context: Context) -> None:
    context.obj.settled_at = context.now


CARE = Machine(
    name="page_check",
    states=dict(CheckState.choices),
    transitions=(
        Transition(
            action="confirm",
            label=_("This page is still correct"),
            sources=(NEW,),
            target=CONFIRMED,
            rule="D16",
            policy=policy.may_confirm,
            guards=(day_ahead,),
            effects=(write_confirmation,),
        ),
        Transition(
            action="report",
            label=_("There is a problem with this page"),
            sources=(NEW,),
            target=OPEN,
            rule="D16",
            policy=policy.may_report,
            guards=(says_what, not_told_already),
            effects=(write_trouble,),
        ),
        Transition(
            action="mend",
            label=_("Corrected"),
            sources=(OPEN,),
            target=CORRECTED,
            rule="D16",
            policy=policy.may_settle,
            effects=(write_end,),
        ),
        Transition(
            action="dismiss",
            label=_("Nothing to correct"),
            sources=(OPEN,),
            target=NOTHING_WRONG,
            rule="D16",
            policy=policy.may_settle,
            effects=(write_end,),
            needs_note=True,
        ),
    ),
)
