"""The life of an edition: one transition table, from the draft to the day on which another text replaces it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import life
from .life import KEEPERS, keeper_of_the_text
from .models import OPEN_STATES, DraftState

__all__ = ["DRAFTS", "KEEPERS", "keeper_of_the_text"]

DRAFT, PROPOSED, IN_REVIEW, ENDORSED, IN_FORCE, SUPERSEDED, DISCARDED = DraftState

DRAFTS = Machine(
    name="edition_draft",
    states=dict(DraftState.choices),
    transitions=(
        Transition(
            action="bring_in",
            label=_("Bring in a text"),
            sources=(NEW,),
            target=DRAFT,
            rule="§8",
            policy=keeper_of_the_text,
            guards=(life.text_is_whole,),
        ),
        Transition(
            action="begin",
            label=_("Begin a draft of the next edition"),
            sources=(NEW,),
            target=DRAFT,
            rule="§8",
            policy=life.writer_of_drafts,
            guards=(life.text_is_whole,),
        ),
        Transition(
            action="write",
            label=_("Take a new text into the draft"),
            sources=(DRAFT,),
            target=None,
            rule="§8",
            policy=life.writer_of_drafts,
            guards=(life.given_text_is_whole,),
            effects=(life.take_text,),
        ),
        Transition(
            action="propose",
            label=_("Propose it"),
            sources=(DRAFT,),
            target=PROPOSED,
            rule="D7",
            policy=keeper_of_the_text,
            needs=(life.text_is_whole, life.text_differs),
            guards=(life.minor_kind_is_known, life.consequence_was_shown),
            effects=(life.classify,),
        ),
        Transition(
            action="open_review",
            label=_("Open its review"),
            sources=(PROPOSED,),
            target=IN_REVIEW,
            rule="§8",
            policy=keeper_of_the_text,
        ),
        Transition(
            action="return",
            label=_("Return it to the draft"),
            sources=(PROPOSED, IN_REVIEW),
            target=DRAFT,
            rule="§8",
            policy=keeper_of_the_text,
            needs_note=True,
        ),
        Transition(
            action="endorse",
            label=_("Record its endorsement"),
            sources=(PROPOSED, IN_REVIEW),
            target=ENDORSED,
            rule="§8",
            policy=keeper_of_the_text,
            needs=(life.text_is_whole, life.reviewed_if_substantive, life.base_is_the_latest_text),
            guards=(life.record_is_whole, life.document_is_there, life.consequence_was_shown),
            effects=(life.write_endorsement, life.adopt),
            step_up=True,
        ),
        Transition(
            action="adopt",
            label=_("Adopt a text endorsed outside the system"),
            sources=(DRAFT,),
            target=ENDORSED,
            rule="§8",
            policy=keeper_of_the_text,
            guards=(life.text_is_whole, life.endorsement_is_recorded, life.next_in_order),
            effects=(life.adopt,),
        ),
        Transition(
            action="take_effect",
            label=_("Note that it is in force"),
            sources=(ENDORSED,),
            target=IN_FORCE,
            rule="§8",
            policy=life.only_the_calendar,
            guards=(life.its_day_has_come,),
        ),
        Transition(
            action="supersede",
            label=_("Note that a later edition replaced it"),
            sources=(ENDORSED, IN_FORCE),
            target=SUPERSEDED,
            rule="§8",
            policy=life.only_the_calendar,
            guards=(life.another_is_in_force,),
        ),
        Transition(
            action="discard",
            label=_("Discard the draft"),
            sources=OPEN_STATES,
            target=DISCARDED,
            rule="§8",
            policy=keeper_of_the_text,
            needs_note=True,
        ),
    ),
)
