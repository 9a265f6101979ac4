"""One act: somebody confirms what stood on the screen."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from ..days import network_day
from . import policy, rules, selectors
from .models import TextAcknowledgement, Trigger


def text_is_the_one_shown(context: Context) -> Decision:
    """Bound to the text on the screen at that second, and to the edition in force (traps 43, 44)."""
    try:
        edition = edition_in_force(network_day(context.now))
    except NoEdition:
        return Decision(False, gettext("No edition is in force: there is nothing to acknowledge."), "D7")
    if context.data["sha256"] != edition.sha256:
        return Decision(
            False, gettext("The text has changed since you opened this page. Read it, then confirm."), "D7"
        )
    return ALLOWED


def is_asked(context: Context) -> Decision:
    """Only what is asked counts: one acknowledgement a cause."""
    today = network_day(context.now)
    if rules.asked(selectors.facts_of(context.obj.person, today), edition_in_force(today), today):
        return ALLOWED
    return Decision(
        False, gettext("You have acknowledged this text; nothing is asked of you now."), "practice"
    )


def write(context: Context) -> None:
    row: TextAcknowledgement = context.obj
    today = network_day(context.now)
    row.edition = edition_in_force(today)
    row.edition_sha256 = row.edition.sha256
    row.language = context.data["language"]
    row.statement_sha256 = rules.hash_of(rules.statement(row.edition, row.language))
    row.at, row.given_on, row.valid_until = context.now, today, today + rules.COUNTS
    row.by = context.actor.label


def why(context: Context) -> str:
    today = network_day(context.now)
    found = rules.asked(selectors.facts_of(context.obj.person, today), context.obj.edition, today)
    return str(found or Trigger.YEARLY)


ACKNOWLEDGEMENT = Machine(
    name="text_acknowledgement",
    states=dict(Trigger.choices),
    state_field="trigger",
    transitions=(
        Transition(
            action="acknowledge",
            label=_("I have read and understood it"),
            sources=(NEW,),
            target=None,
            targets=tuple(Trigger.values),
            rule="practice",
            policy=policy.only_oneself,
            guards=(text_is_the_one_shown, is_asked),
            effects=(write,),
            choose=why,
        ),
    ),
)
