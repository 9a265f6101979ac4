"""Guards and effects of a reviewer's text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intranet.clock.days import network_day
from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision
from protocol_pages.editions.beside import fingerprint_of

from . import derive, selectors
from .models import ReviewedBlock, ReviewedText

FACTS = ("language", "edition", "reviewer_name", "reviewer_title", "reviewed_on", "source")


def reviewer_is_named(context: Context) -> Decision:
    """A text without a named reviewer, a date and a source is nobody's (D4)."""
    text: ReviewedText = context.obj
    return _named({name: getattr(text, name) for name in FACTS}, network_day(context.now))


def given_reviewer_is_named(context: Context) -> Decision:
    """The same for what is to be written over it; language and edition stay, the blocks are bound to them."""
    text: ReviewedText = context.obj
    kept = {"language": text.language, "edition": text.edition}
    return _named(kept | dict(context.data["facts"]), network_day(context.now))


def _named(facts: Mapping[str, Any], today: date) -> Decision:
    if not all(str(facts[name]).strip() for name in ("reviewer_name", "reviewer_title", "source")):
        return Decision(False, _("Reviewer: write the name, the title, and how the text came."))
    if facts["reviewed_on"] is None or facts["reviewed_on"] > today:
        return Decision(False, _("Reviewed on: the day must have come."))
    return ALLOWED


def blocks_fit(context: Context) -> Decision:
    """Every block is one of the edition, and its words keep the footnote marks and the table's cells."""
    blocks = selectors.blocks_by_id(context.obj)
    for block_id, text in context.data["texts"].items():
        if block_id not in blocks:
            return Decision(False, _("Block: the edition has no such block."), "D2")
        trouble = derive.fault(blocks[block_id], text)
        if trouble:
            return Decision(False, trouble, "D2")
    return ALLOWED


def says_something(context: Context) -> Decision:
    """There is at least one block to confirm."""
    if any(selectors.words_of(context.obj).values()):
        return ALLOWED
    return Decision(False, _("Put in at least one block first."))


def is_what_was_shown(context: Context) -> Decision:
    """The words did not change since the confirming person saw them."""
    if context.data.get("seal") == selectors.seal_of(context.obj):
        return ALLOWED
    return Decision(False, _("The text changed since you saw it. Read it again below, then confirm."))


def write_recorder(context: Context) -> None:
    for name, value in _written(context).items():
        setattr(context.obj, name, value)


def write_facts(context: Context) -> None:
    for name, value in context.data["facts"].items():
        setattr(context.obj, name, value)


def keep_file(context: Context) -> None:
    """What the reviewer sent, where it came as a file."""
    given = context.data.get("file")
    if given is not None:
        name, content, kind = given
        context.obj.file = store.store(name, content, context.obj, context.now, content_type=kind)


def write_blocks(context: Context) -> None:
    """A next version of each block whose words are others than before."""
    text: ReviewedText = context.obj
    blocks, before = selectors.blocks_by_id(text), selectors.newest(text)
    rows = []
    for block_id, words in context.data["texts"].items():
        last = before.get(block_id)
        if words == (last.text if last is not None else ""):
            continue
        rows.append(
            ReviewedBlock(
                reviewed=text,
                block_id=block_id,
                version=last.version + 1 if last is not None else 1,
                english_sha256=fingerprint_of(blocks[block_id]),
                text=words,
                **_written(context),
            )
        )
    ReviewedBlock.write_all(rows)
    context.result["event"] = {"blocks": sorted(row.block_id for row in rows)}


def write_confirmation(context: Context) -> None:
    """Who confirmed, when, and the fingerprint of what was confirmed."""
    text: ReviewedText = context.obj
    text.confirmed_at, text.confirmed_by = context.now, context.actor.label
    text.sha256 = selectors.seal_of(text)
    context.result["event"] = {"sha256": text.sha256, "language": text.language}


def _written(context: Context) -> dict[str, Any]:
    actor = context.actor
    return {"at": context.now, "by": actor.label, "by_id": actor.user_id, "capacity": actor.capacity}
