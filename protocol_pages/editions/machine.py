"""From draft to edition: one transition table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE
from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from .adoption import freeze
from .blocks import BadProtocolFile, block_from, check_blocks
from .models import DraftState, Edition, EditionDraft

KEEPERS = COORDINATION | OFFICE


def keeper_of_the_text(actor: Actor, obj: Any, now: datetime) -> Decision:
    """The Coordinator, the office, or the installation command may bring in and adopt a text."""
    if actor.is_system or actor.capacity in KEEPERS:
        return ALLOWED
    return Decision(False, _("The Coordinator or the DSRSG/HC/RC office keeps the protocol's text."))


def text_is_whole(context: Context) -> Decision:
    """The blocks are complete, with no id or address used twice (D2)."""
    try:
        check_blocks([block_from(row) for row in context.obj.blocks])
    except BadProtocolFile as error:
        return Decision(False, str(error), "D2")
    return ALLOWED


def endorsement_is_recorded(context: Context) -> Decision:
    """Body, date and document of the endorsement are known, and the date has come."""
    draft: EditionDraft = context.obj
    if not (draft.endorsed_by.strip() and draft.endorsed_on and draft.document_ref.strip()):
        return Decision(False, _("Endorsement: name the body, the date and the document."))
    if draft.endorsed_on > context.now.date():
        return Decision(False, _("Endorsement: the date lies in the future."))
    return ALLOWED


def next_in_order(context: Context) -> Decision:
    """Editions follow one another without gap; a minor edition says of which kind it is (D7)."""
    draft: EditionDraft = context.obj
    last = Edition.objects.order_by("-number", "-minor").first()
    if bool(draft.minor) != bool(draft.minor_kind):
        return Decision(
            False, _("A minor edition says of which kind it is, and only a minor one does."), "D7"
        )
    if last is None:
        allowed = {(1, 0)}
    else:
        allowed = {(last.number + 1, 0), (last.number, last.minor + 1)}
    if (draft.number, draft.minor) not in allowed:
        return Decision(False, _("Edition number: this is not the next edition."), "D7")
    if last is not None and draft.effective_from < last.effective_from:
        return Decision(False, _("In force from: an edition cannot start before the one it replaces."), "D7")
    return ALLOWED


def adopt(context: Context) -> None:
    """Freeze the text: edition and blocks are written once."""
    edition = freeze(context.obj, context.now)
    context.result["edition"] = edition
    context.result["event"] = {"edition": edition.label, "sha256": edition.sha256}


DRAFTS = Machine(
    name="edition_draft",
    states=dict(DraftState.choices),
    transitions=(
        Transition(
            action="bring_in",
            label=_("Bring in a text"),
            sources=(NEW,),
            target=DraftState.DRAFT,
            rule="§8",
            policy=keeper_of_the_text,
            guards=(text_is_whole,),
        ),
        Transition(
            action="adopt",
            label=_("Adopt as edition"),
            sources=(DraftState.DRAFT,),
            target=DraftState.ADOPTED,
            rule="§8",
            policy=keeper_of_the_text,
            guards=(text_is_whole, endorsement_is_recorded, next_in_order),
            effects=(adopt,),
        ),
        Transition(
            action="discard",
            label=_("Discard the draft"),
            sources=(DraftState.DRAFT,),
            target=DraftState.DISCARDED,
            rule="§8",
            policy=keeper_of_the_text,
            needs_note=True,
        ),
    ),
)
