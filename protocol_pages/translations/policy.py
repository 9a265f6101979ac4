"""Who records a reviewer's text, who confirms it, who sees it before (network practice, decision 026)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.machine import ALLOWED, Decision
from protocol_pages.editions.life import KEEPERS, READERS_OF_DRAFTS, WRITERS

from .models import ReviewedBlock, ReviewedText

READERS = READERS_OF_DRAFTS
_GONE = Decision(False, _("This page does not exist."), "D10")


def may_see(actor: Actor, text: ReviewedText, now: datetime) -> Decision:
    """Those who write drafts, and who audits; everybody else reads only what is confirmed, in the reader."""
    return ALLOWED if actor.capacity in READERS else _GONE


def may_see_block(actor: Actor, block: ReviewedBlock, now: datetime) -> Decision:
    """As its text: earlier versions were never confirmed."""
    return ALLOWED if actor.capacity in READERS else _GONE


def may_record(actor: Actor, text: ReviewedText, now: datetime) -> Decision:
    """Content editors, the Coordinator and the office put in what a reviewer brought; nothing is translated here."""
    if actor.capacity in WRITERS:
        return ALLOWED
    return Decision(
        False, _("The Coordinator, the office or a content editor records a reviewer’s text."), "D4"
    )


def may_confirm(actor: Actor, text: ReviewedText, now: datetime) -> Decision:
    """A keeper of the protocol's text who recorded no word of it, in whatever capacity (by analogy with D17)."""
    if actor.capacity not in KEEPERS:
        return Decision(
            False, _("The Coordinator or the DSRSG/HC/RC office confirms a reviewer’s text."), "D17"
        )
    if actor.user_id is None or actor.user_id in writers_of(text):
        return Decision(False, _("You recorded this yourself; somebody else must confirm it."), "D17")
    return ALLOWED


def may_withdraw(actor: Actor, text: ReviewedText, now: datetime) -> Decision:
    """Taking a wrong text away takes effect at once and needs one keeper alone."""
    if actor.capacity in KEEPERS:
        return ALLOWED
    return Decision(False, _("The Coordinator or the DSRSG/HC/RC office takes a text away."), "D4")


def writers_of(text: ReviewedText) -> set[object]:
    """Accounts that recorded the text or a block of it."""
    rows = ReviewedBlock.objects.filter(reviewed=text).order_by().values_list("by_id", flat=True).distinct()
    return {text.by_id, *rows}
