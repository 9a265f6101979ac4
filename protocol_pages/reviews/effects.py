"""What the acts of the annual review write."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from intranet.files import store
from intranet.workflow.machine import Context
from protocol_pages.editions import drafting
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import DASH, ITEM, PARAGRAPH, Block
from protocol_pages.editions.merging import merged
from protocol_pages.editions.models import DraftState

from . import selectors
from .models import (
    WORDED,
    AnswerKind,
    AnswerState,
    CommentKind,
    Disposition,
    ReviewComment,
    ReviewCycle,
    ReviewDecision,
)


def written(context: Context) -> dict[str, Any]:
    """Who wrote it, as text that outlives the account."""
    actor = context.actor
    return {"at": context.now, "by": actor.label, "by_id": actor.user_id, "capacity": actor.capacity}


def write_decision(context: Context) -> None:
    """The decision record, written once, with how many had answered at that moment."""
    cycle: ReviewCycle = context.obj
    data = context.data
    past = cycle.edition_id is None
    tally = None if past else selectors.tally(cycle, selectors.day_of(cycle, context.now))
    if cycle._state.adding:
        cycle.save()  # the record points to it
    decision = ReviewDecision(
        cycle=cycle,
        decided_by=data["decided_by"].strip(),
        decided_on=data["decided_on"],
        outcome=data["outcome"],
        asked=tally.asked if tally else None,
        answered=tally.answered if tally else None,
        **written(context),
    )
    name, content, kind = data["minutes"]
    decision.minutes = store.store(name, content, cycle, context.now, content_type=kind)
    decision.save()
    context.result["event"] = {
        "year": cycle.year,
        "outcome": decision.outcome,
        "decided_on": decision.decided_on.isoformat(),
        "minutes": decision.minutes.sha256,
    } | ({"asked": tally.asked, "answered": tally.answered} if tally else {})


def write_answer(context: Context) -> None:
    """Who answered, and the file where it came from outside."""
    for name, value in written(context).items():
        setattr(context.obj, name, value)
    given = context.data.get("file")
    if given is not None:
        name, content, kind = given
        context.obj.file = store.store(name, content, context.obj, context.now, content_type=kind)


def at_once_or_after_confirmation(context: Context) -> str:
    """Comments from outside count at once; a “no change” waits for one confirmation (D17)."""
    return AnswerState.WAITING if context.obj.kind == AnswerKind.NO_CHANGE else AnswerState.GIVEN


def write_comment(context: Context) -> None:
    """The block as it reads today, frozen with the comment; the number counts within the cycle."""
    comment: ReviewComment = context.obj
    for name, value in written(context).items():
        setattr(comment, name, value)
    assert comment.cycle.edition is not None
    block = selectors.block_of(comment.cycle.edition, comment.block_id)
    assert block is not None
    ReviewCycle.objects.select_for_update().get(pk=comment.cycle_id)  # one number at a time
    comment.number = comment.cycle.comments.count() + 1
    comment.address, comment.today_text = selectors.label_of(block), block.text
    if comment.kind != CommentKind.NEW_CLAUSE and same_words(comment.proposed_text, block.text):
        comment.proposed_text = ""  # today's text was pre-filled and stayed as it was


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for white space."""
    return " ".join(one.split()) == " ".join(other.split())


def write_disposition(context: Context) -> None:
    """What becomes of the comment, why, and which words go into the draft."""
    comment: ReviewComment = context.obj
    chosen = Disposition(context.data["disposition"])
    comment.reason = context.note
    comment.wording = {
        Disposition.ACCEPTED: comment.proposed_text,
        Disposition.PARTLY: str(context.data.get("wording") or "").strip(),
    }.get(chosen, "")
    comment.disposed_at, comment.disposed_by = context.now, context.actor.label
    context.result["event"] = {"comment": str(comment), "disposition": chosen.value}


def chosen_disposition(context: Context) -> str:
    """The state that the Coordinator chose."""
    return str(context.data["disposition"])


def build_draft(context: Context) -> None:
    """Accepted wordings in place of today's; everything else word for word as the edition has it.

    What was endorsed since and taken into the draft stays in it (D7).
    """
    cycle: ReviewCycle = context.obj
    assert cycle.edition is not None
    text = worded(cycle)
    if cycle.draft is not None and cycle.draft.state == DraftState.DRAFT:
        base = cycle.draft.base
        if base is not None and base.sha256 != cycle.edition.sha256:
            text = list(merged(editions.blocks_of(cycle.edition), text, editions.blocks_of(base)).blocks)
        drafting.write(cycle.draft, text, context.actor, context.now, note=str(context.transition.label))
    else:
        summary = _("Accepted wordings of the annual review %s") % cycle.year
        cycle.draft = drafting.begin(text, context.actor, context.now, base=cycle.edition, summary=summary)
    context.result["event"] = {"year": cycle.year, "draft": str(cycle.draft.pk)}


def worded(cycle: ReviewCycle) -> list[Block]:
    """The text of the edition under review with the accepted wordings."""
    assert cycle.edition is not None
    rows = [row for row in selectors.comments(cycle) if row.state in WORDED]
    instead = {row.block_id: row.wording for row in rows if row.kind != CommentKind.NEW_CLAUSE}
    text: list[Block] = []
    for block in editions.blocks_of(cycle.edition):
        words = instead.get(block.id)
        text.append(block if words is None else _with(block, words))
        for row in rows:
            if row.kind == CommentKind.NEW_CLAUSE and row.block_id == block.id:
                text.append(_new(block, row))
    return text


def _with(block: Block, words: str) -> Block:
    return Block(
        block.id, block.kind, block.level, block.section, block.number, block.addresses, block.lang, words
    )


def _new(after: Block, row: ReviewComment) -> Block:
    """A new block has an id of its own, and no address or number until somebody gives it one.

    Behind an item it is one, with the mark of a bullet; behind anything else it is a paragraph.
    """
    item = after.kind == ITEM
    return Block(
        row.new_id,
        ITEM if item else PARAGRAPH,
        after.level if item else 0,
        after.section,
        DASH if item and after.number == DASH else "",
        (),
        after.lang,
        row.wording,
    )
