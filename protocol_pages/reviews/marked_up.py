"""A copy of the text under review that came back marked up in Word: its changes and comments as proposals (§8)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from protocol_pages.editions import incoming, word_in
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition
from protocol_pages.editions.wordfile.document import Proposal as Found

from .models import CommentKind
from .services import Proposal


@dataclass(frozen=True, slots=True)
class MarkedUp:
    """``left_out``: words of what stands at no block of the text under review; nothing is guessed."""

    proposals: tuple[Proposal, ...]
    left_out: tuple[str, ...]


def read(edition: Edition, name: str, content: bytes) -> MarkedUp:
    """What a copy proposes, by block and author. Raises ``word_in.FileRefused``."""
    document = incoming.known_again(word_in.read(name, content, edition.language), edition)
    blocks = {block.id for block in editions.blocks_of(edition)}
    found = word_in.proposals(document)
    return MarkedUp(
        tuple(_proposal(row) for row in found if row.block_id in blocks),
        tuple((row.today or row.proposed or row.comment)[:80] for row in found if row.block_id not in blocks),
    )


def _proposal(row: Found) -> Proposal:
    """Who marked it stands before what they wrote: several people of an organization may share a copy."""
    said = row.comment or {
        "change": _("Proposes other words."),
        "add": _("Proposes a new clause."),
        "remove": _("Proposes to take this clause out."),
    }.get(row.kind, "")
    kind = {"add": CommentKind.NEW_CLAUSE, "comment": CommentKind.CLARITY}.get(
        row.kind, CommentKind.SUBSTANCE
    )
    return Proposal(row.block_id, kind, f"{row.author}: {said}" if row.author else said, row.proposed)
