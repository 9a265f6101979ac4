"""A document with some of its tracked changes accepted and the others rejected: what Word then shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .content import Content, Paragraph, Piece, Revision
from .looks import Look
from .numbering import Label, Numbering

Accepts = Callable[[str], bool]  # an author's name → whether their changes are accepted


@dataclass(slots=True)
class Shown:
    """A paragraph as shown. ``parts``: positions of the paragraphs that it is made of."""

    look: Look
    label: Label | None
    pieces: list[Piece]
    bookmarks: list[str]
    parts: tuple[int, ...]


@dataclass(slots=True)
class ShownTable:
    """A table as shown: rows of cells of paragraphs."""

    rows: list[list[list[Shown]]]
    merged: bool
    nested: bool
    parts: tuple[int, ...]


@dataclass(slots=True)
class View:
    """Everything shown, in order."""

    items: list[Shown | ShownTable] = field(default_factory=list)


def stands(revisions: Iterable[Revision], accepts: Accepts) -> bool:
    """Whether something inside these changes is still there afterwards."""
    return all((kind == "ins") == accepts(author) for kind, author in revisions)


def view(content: Content, numbering: Numbering, accepts: Accepts) -> View:
    """What the document shows; lists count anew."""
    numbering.restart()
    found = View()
    waiting: list[tuple[int, Paragraph]] = []
    for position, item in enumerate(content.items):
        if isinstance(item, Paragraph):
            waiting.append((position, item))
            if stands(item.end, accepts):
                found.items.append(_joined(waiting, numbering, accepts))
                waiting = []
            continue
        rows = [
            [_cell(cell, numbering, accepts) for cell in cells]
            for revisions, cells in item.rows
            if stands(revisions, accepts)
        ]
        if rows:
            found.items.append(ShownTable(rows, item.merged, item.nested, (position,)))
    if any(_visible(paragraph, accepts) for _, paragraph in waiting):
        found.items.append(_joined(waiting, numbering, accepts))
    return found


def _visible(paragraph: Paragraph, accepts: Accepts) -> list[Piece]:
    return [piece for piece in paragraph.pieces if stands(piece.revisions, accepts)]


def _joined(waiting: list[tuple[int, Paragraph]], numbering: Numbering, accepts: Accepts) -> Shown:
    """Paragraphs whose marks went run on into the next one; the first that says something gives the look."""
    pieces = [piece for _, paragraph in waiting for piece in _visible(paragraph, accepts)]
    speaking = [
        (position, paragraph)
        for position, paragraph in waiting
        if any(piece.text.strip() or piece.note for piece in _visible(paragraph, accepts))
    ]
    last = waiting[-1]
    kept = speaking if speaking else [last]
    look = kept[0][1].look
    return Shown(
        look,
        _label(look, numbering),  # Word counts empty ones too
        pieces,
        [mark for _, paragraph in kept for mark in paragraph.bookmarks],
        tuple(position for position, _ in kept),
    )


def _cell(paragraphs: list[Paragraph], numbering: Numbering, accepts: Accepts) -> list[Shown]:
    return [_joined([(0, paragraph)], numbering, accepts) for paragraph in paragraphs]


def _label(look: Look, numbering: Numbering) -> Label | None:
    if look.list_id in ("", "0"):
        return None
    level = look.list_level
    if level is None:
        level = numbering.level_of_style(look.list_id, look.style_id) if look.from_style else 0
    return numbering.next(look.list_id, level)
