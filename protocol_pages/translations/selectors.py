"""Reading reviewers' texts: one of them with its newest words, and what of all of them stands beside an edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from protocol_pages.editions import selectors as editions
from protocol_pages.editions.beside import Beside, Reviewer, translatable
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.models import Edition

from . import derive
from .models import ReviewedBlock, ReviewedText, TextState


def blocks_by_id(text: ReviewedText) -> dict[str, Block]:
    """The English blocks that the text may translate."""
    return {block.id: block for block in translatable(editions.blocks_of(text.edition))}


def newest(text: ReviewedText) -> dict[str, ReviewedBlock]:
    """The newest version of each block. One query."""
    rows = ReviewedBlock.objects.filter(reviewed=text).order_by("block_id", "-version").distinct("block_id")
    return {row.block_id: row for row in rows}


def words_of(text: ReviewedText) -> dict[str, str]:
    """Block id → the newest words, without blocks that were taken out again. One query."""
    return {block_id: row.text for block_id, row in newest(text).items() if row.text}


def reviewer_of(text: ReviewedText) -> Reviewer:
    """Whose text it is."""
    return Reviewer(text.reviewer_name, text.reviewer_title, text.reviewed_on)


def seal_of(text: ReviewedText) -> str:
    """The fingerprint of the text as it stands."""
    return derive.seal(reviewer_of(text), text.language, text.edition.sha256, words_of(text))


def texts() -> list[ReviewedText]:
    """Every text, the newest first. One query."""
    return list(ReviewedText.objects.select_related("edition").order_by("-at"))


def waiting(but: Any = None) -> QuerySet[ReviewedText]:
    """Texts that wait for a second person, without those that account ``but`` recorded."""
    found = ReviewedText.objects.filter(state=TextState.WAITING)
    if but is None:
        return found
    return found.exclude(by_id=but).exclude(pk__in=ReviewedBlock.objects.filter(by_id=but).values("reviewed"))


def languages(edition: Edition) -> list[str]:
    """Languages of which there is a confirmed text of this edition or another one. One query."""
    found = ReviewedText.objects.filter(state=TextState.CONFIRMED).order_by("language")
    return list(found.values_list("language", flat=True).distinct())


def beside(edition: Edition, language: str) -> Beside:
    """What of the confirmed texts stands beside an edition. One query."""
    blocks = translatable(editions.blocks_of(edition))
    label = (edition.number, edition.minor)
    return Beside(language, derive.twins(blocks, label, _pieces(language)), len(blocks))


def _pieces(language: str) -> Iterable[derive.Piece]:
    rows = (
        ReviewedBlock.objects.filter(reviewed__language=language, reviewed__state=TextState.CONFIRMED)
        .order_by("reviewed_id", "block_id", "-version")
        .distinct("reviewed_id", "block_id")
        .values_list(
            "block_id",
            "english_sha256",
            "text",
            "reviewed__edition__number",
            "reviewed__edition__minor",
            "reviewed__confirmed_at",
            "reviewed__reviewer_name",
            "reviewed__reviewer_title",
            "reviewed__reviewed_on",
        )
    )
    for block_id, english, text, number, minor, at, name, title, day in rows:
        assert at is not None  # the act of confirming writes it
        yield derive.Piece(block_id, english, text, (number, minor), at, Reviewer(name, title, day))
