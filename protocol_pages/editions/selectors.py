"""Reading editions. A frozen edition's blocks are the same for ever, so a process reads them once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from intranet.compiled import Statement

from . import blocks, caveats
from .blocks import Block
from .models import OPEN_STATES, DraftState, Edition, EditionBlock, EditionDraft


class NoEdition(LookupError):
    """No edition was in force on the day that was asked for."""


def editions() -> list[Edition]:
    """All adopted editions, oldest first. One query."""
    return list(Edition.objects.order_by("number", "minor"))


def latest_edition() -> Edition | None:
    """The edition adopted last, in force or not yet."""
    found: Edition | None = Edition.objects.order_by("-number", "-minor").first()
    return found


def edition_in_force(on: date) -> Edition:
    """The edition in force on a calendar day (network's time zone). One query. Raises ``NoEdition``."""
    for (pk,) in _IN_FORCE.rows(on=on):
        return _edition(pk)
    raise NoEdition(on.isoformat())


_IN_FORCE = Statement(
    lambda on: (
        Edition.objects.filter(effective_from__lte=on)
        .order_by("-effective_from", "-number", "-minor")
        .values_list("pk")[:1]
    ),
    on=date,
)


@lru_cache(maxsize=64)
def _edition(pk: UUID) -> Edition:
    found: Edition = Edition.objects.defer("canonical_text").get(pk=pk)
    return found


def edition_by_label(number: int, minor: int = 0) -> Edition:
    """One edition by its number. Raises ``NoEdition``."""
    found: Edition | None = Edition.objects.filter(number=number, minor=minor).defer("canonical_text").first()
    if found is None:
        raise NoEdition(f"{number}.{minor}")
    return found


@lru_cache(maxsize=64)
def _blocks_of(edition_id: UUID, sha256: str) -> tuple[Block, ...]:
    rows = EditionBlock.objects.filter(edition_id=edition_id).order_by("position")
    return tuple(row.as_block() for row in rows)


def blocks_of(edition: Edition) -> tuple[Block, ...]:
    """The edition's blocks in order; one query the first time, none after."""
    return _blocks_of(edition.pk, edition.sha256)


def used_ids() -> frozenset[str]:
    """Every block id that any edition has. One query."""
    return frozenset(EditionBlock.objects.order_by().values_list("block_id", flat=True).distinct())


def blocks_of_draft(draft: EditionDraft) -> tuple[Block, ...]:
    """The draft's blocks in order, from its own row."""
    return tuple(blocks.block_from(row) for row in draft.blocks)


def open_drafts() -> list[EditionDraft]:
    """Drafts on their way, the furthest first. One query."""
    far = [DraftState.IN_REVIEW, DraftState.PROPOSED, DraftState.DRAFT]
    found = EditionDraft.objects.filter(state__in=OPEN_STATES).select_related("base")
    return sorted(found, key=lambda draft: (far.index(DraftState(draft.state)), draft.number, draft.minor))


def standing_on(edition: Edition, every: list[Edition], today: date) -> DraftState:
    """Where an adopted edition stands on a day: derived from the frozen dates, never from what was noted."""
    if edition.effective_from > today:
        return DraftState.ENDORSED
    in_force = max(
        (item for item in every if item.effective_from <= today),
        key=lambda item: (item.effective_from, item.number, item.minor),
    )
    return DraftState.IN_FORCE if in_force.pk == edition.pk else DraftState.SUPERSEDED


def clause(edition: Edition, address: str) -> Block:
    """The block with the address ("7B.3", "§9.a", "7b/3"). Raises ``blocks.ClauseNotFound``."""
    return blocks.find(blocks_of(edition), address)


def caveat_7a(edition: Edition) -> str:
    """§7A's caveat, word for word from the edition (D3)."""
    return caveats.caveat_7a(blocks_of(edition))


def caveats_7b7(edition: Edition) -> caveats.ReleaseCaveats:
    """§7B.7's caveats C1 to C3, word for word from the edition (D3)."""
    return caveats.caveats_7b7(blocks_of(edition))
