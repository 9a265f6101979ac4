"""The reader's body: rendered once for each edition, language and capacity, then reused.

Nothing personal goes in here: what depends on the person stays outside in the page around it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django_stubs_ext import StrOrPromise

from . import blocks as b
from . import selectors, under
from .beside import Beside, Twin, language_name
from .blocks import Block, direction
from .footnotes import marks
from .models import Edition
from .shown_words import in_marks, table, words
from .tables import rows_of
from .under import Under

APART = (b.LETTERHEAD, b.TITLE, b.FOOTNOTE)  # shown elsewhere on the page


@dataclass(frozen=True, slots=True)
class ShownTwin:
    """A block's unofficial text in another language, with its footnotes. ``rows``: where it is a table.

    ``by``: whose it is, where the page shows texts of several reviewers.
    """

    language: str
    direction: str
    name: StrOrPromise
    html: SafeString
    newer: bool
    by: str
    rows: list[list[str]]
    notes: tuple[tuple[str, Twin], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block as the templates show it. ``labels``: its addresses with "§"; ``url``: its fixed address.

    ``under``: how the network does it; None outside the edition in force, which alone asks anybody for anything.
    """

    block: Block
    html: SafeString
    notes: tuple[Block, ...]
    labels: str
    url: str
    citation: str
    under: Under | None
    twins: tuple[ShownTwin, ...] = ()

    @property
    def printed_number(self) -> str:
        """The number as printed; list marks of bullets are drawn by the style sheet instead."""
        return "" if self.block.number in ("", b.DASH) else self.block.number

    @property
    def rows(self) -> list[list[SafeString]]:
        """The rows of a table, the first is its head; none for other blocks."""
        return table(self.block) if self.block.kind == b.TABLE else []


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its blocks, or blocks before the first heading."""

    section: str
    anchor: str
    heading: ShownBlock | None
    number: str
    blocks: tuple[ShownBlock, ...]


def address_path(address: str) -> str:
    """An address as URL path: "7B.0.i" → "7b/0/i"."""
    return b.normal_address(address).replace(".", "/")


def clause_url(edition: Edition, block: Block, address: str = "") -> str:
    """The fixed address of a block, by ``address`` where it carries several; "" for blocks without one."""
    if not block.addresses:
        return ""
    return reverse("protocol-clause", args=[edition.slug, address_path(address or block.addresses[0])])


def qr(url: str) -> SafeString:
    """The address as an inline picture for the printed page, without inline style."""
    return mark_safe(segno.make(url, error="m").svg_inline(scale=2, border=0))  # noqa: S308 - made here


def shown(
    edition: Edition,
    block: Block,
    by_id: dict[str, Block],
    capacity: str,
    q: str = "",
    in_force: bool = True,
    beside: Sequence[Beside] = (),
) -> ShownBlock:
    """One block ready for a template; ``q`` marks the words that were searched for, ``beside``: other languages."""
    url = clause_url(edition, block)
    notes = tuple(by_id[f"fn{n}"] for n in marks(block.text) if f"fn{n}" in by_id)
    return ShownBlock(
        block=block,
        html=words(block.text, q) if q else in_marks(block),
        notes=notes,
        labels=block.labels,
        url=url,
        citation=f"{edition.title}, {edition.label}, {block.labels}. {settings.BASE_URL}{url}" if url else "",
        under=under.of(block, capacity, notes) if in_force else None,
        twins=tuple(_twin(block, text, q) for text in beside if block.id in text.twins),
    )


def _twin(block: Block, text: Beside, q: str) -> ShownTwin:
    """Its footnote marks lead nowhere: each note's text stands under it, as under the English."""
    twin = text.twins[block.id]
    notes = ((f"[{n}]", text.twins[f"fn{n}"]) for n in marks(block.text) if f"fn{n}" in text.twins)
    return ShownTwin(
        language=text.language,
        direction=direction(text.language),
        name=language_name(text.language),
        html=words(twin.text, q, notes=False),
        newer=twin.newer,
        by=twin.reviewer.name if len(text.reviewers) > 1 else "",
        rows=rows_of(twin.text, block.level) if block.kind == b.TABLE else [],
        notes=tuple(notes),
    )


def chapters(
    edition: Edition,
    all_blocks: Sequence[Block],
    capacity: str,
    in_force: bool = True,
    beside: Sequence[Beside] = (),
) -> list[Chapter]:
    """The text cut at its headings, in order; footnotes are shown where they are cited."""
    by_id = {block.id: block for block in all_blocks}
    result: list[Chapter] = []
    heading: ShownBlock | None = None
    section, number, rows = "", "", list[ShownBlock]()

    def close() -> None:
        if heading is not None or rows:
            anchor = heading.block.id if heading is not None else (rows[0].block.id if rows else "")
            result.append(Chapter(section, anchor, heading, number, tuple(rows)))

    for block in all_blocks:
        if block.kind in APART:
            continue
        item = shown(edition, block, by_id, capacity, in_force=in_force, beside=beside)
        if block.kind == b.HEADING or block.section != section:
            close()
            section, rows = block.section, []
            heading = item if block.kind == b.HEADING else None
            number = block.number
            if heading is not None:
                continue
        rows.append(item)
    close()
    return result


def body(edition: Edition, capacity: str, in_force: bool = True, beside: Beside | None = None) -> SafeString:
    """Contents and text of a whole edition as HTML; rendered once per edition, language, capacity and text beside.

    ``in_force``: today's text shows under each block how the network does it; an earlier or later one does not.
    """
    key = body_key(edition, capacity, in_force, beside)
    cached: str | None = cache.get(key)
    if cached is None:
        cached = _render_body(edition, capacity, in_force, beside)
        cache.set(key, cached, None)
    return mark_safe(cached)  # noqa: S308 - our own template's output


def body_key(edition: Edition, capacity: str, in_force: bool = True, beside: Beside | None = None) -> str:
    """Cache key: what the body depends on and nothing personal."""
    parts = (
        edition.sha256,
        edition.label,
        get_language() or "",
        capacity,
        settings.BASE_URL,
        under.version() if in_force else "",
        *([beside.version] if beside is not None else ()),
    )
    return "protocol-body:" + hashlib.sha256("|".join(parts).encode()).hexdigest()


def _render_body(edition: Edition, capacity: str, in_force: bool, beside: Beside | None = None) -> str:
    all_blocks = selectors.blocks_of(edition)
    texts = () if beside is None else (beside,)
    title = next((block for block in all_blocks if block.kind == b.TITLE), None)
    url = settings.BASE_URL + reverse("protocol-edition", args=[edition.slug])
    return render_to_string(
        "protocol_pages/reader/body.html",
        {
            "edition": edition,
            "fixed_url": url,
            "qr": qr(url),
            "letterhead": [block for block in all_blocks if block.kind == b.LETTERHEAD],
            "printed_title": title.text if title is not None else edition.title,
            "title_twins": shown(edition, title, {}, capacity, in_force=False, beside=texts).twins
            if title is not None
            else (),
            "beside": beside,
            "chapters": chapters(edition, all_blocks, capacity, in_force, texts),
            "in_force": in_force,
        },
    )


def search(
    edition: Edition, q: str, capacity: str, in_force: bool = True, beside: Beside | None = None
) -> list[ShownBlock]:
    """The blocks that hold every word of ``q`` (case does not matter), or carry it as address.

    The words may stand in the text ``beside`` too.
    """
    texts = () if beside is None else (beside,)
    all_blocks = selectors.blocks_of(edition)
    by_id = {block.id: block for block in all_blocks}
    terms = q.casefold().split()
    if not terms:
        return []
    wanted = b.normal_address(q)
    hits = []
    for block in all_blocks:
        twins = (text.twins[block.id].text for text in texts if block.id in text.twins)
        hay = " ".join((block.printed, *block.addresses, *twins)).casefold()
        if all(term in hay for term in terms) or wanted in map(b.normal_address, block.addresses):
            hits.append(shown(edition, block, by_id, capacity, q, in_force, texts))
    return hits


def neighbours(edition: Edition, block: Block) -> tuple[Block | None, Block | None]:
    """The addressed blocks before and after, for reading clause by clause."""
    addressed = [item for item in selectors.blocks_of(edition) if item.addresses]
    place = addressed.index(block)
    before = addressed[place - 1] if place else None
    after = addressed[place + 1] if place + 1 < len(addressed) else None
    return before, after
