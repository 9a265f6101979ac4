"""Keeping a hand-over on paper is an act: who, when, which file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.papers import services as papers
from intranet.papers.paper import Paper
from intranet.papers.services import Stamp
from intranet.workflow.machine import NEW, Context, Machine, Transition

from ..leaving.selectors import hand_over
from . import policy
from .models import HandOver, Scope
from .papers import KIND, of_network, of_person
from .selectors import state_of_play


def write(context: Context) -> None:
    """When and by whom, and the paper itself in the language that was asked for."""
    made: HandOver = context.obj
    made.made_at, made.made_by = context.now, context.actor.label
    made.made_capacity = context.actor.capacity

    def build(stamp: Stamp) -> Paper:
        if made.scope == Scope.NETWORK:
            return of_network(stamp, state_of_play(context.now), context.now)
        assert made.person is not None
        assert made.organization is not None
        page = hand_over(made.person, made.organization, context.now)
        assert page is not None
        return of_person(stamp, page, context.now)

    paper = papers.issue(
        KIND,
        build,
        about=made,
        actor=context.actor,
        now=context.now,
        language=context.data["language"],
        within=made.organization_id,
        rule="D9",
    )
    context.result["paper"] = paper
    context.result["event"] = paper.evidence


HANDOVER = Machine(
    name="handover",
    states=dict(Scope.choices),
    state_field="scope",
    transitions=(
        Transition(
            action="keep_person",
            label=_("Keep the hand-over of a post as Word"),
            sources=(NEW,),
            target=Scope.PERSON,
            rule="D9",
            policy=policy.may_keep,
            effects=(write,),
        ),
        Transition(
            action="keep_network",
            label=_("Keep the state of play as Word"),
            sources=(NEW,),
            target=Scope.NETWORK,
            rule="D9",
            policy=policy.may_keep,
            effects=(write,),
        ),
    ),
)
