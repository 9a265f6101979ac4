"""Tracked changes and comments of a marked-up copy as proposals, by block and author (§8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..tables import text_of
from .candidates import Reader
from .content import Content, Item, Paragraph, Piece, Revision
from .document import Proposal, Reading
from .view import Accepts, stands


class Proposals:
    """Everything proposed in a copy.

    ``places``: position of a paragraph → block that it belongs to before all changes; ``reader`` has read that
    view, so that notes keep their numbers.
    """

    def __init__(self, content: Content, before: Reading, places: Mapping[int, str], reader: Reader) -> None:
        self.content, self.places, self.reader = content, places, reader
        self.today = {row.block.id: row.block.text for row in before.blocks}
        self.positions: dict[str, list[int]] = {}
        for position, block_id in places.items():
            self.positions.setdefault(block_id, []).append(position)
        self._told: set[str] = set()

    def all(self) -> tuple[Proposal, ...]:
        """In the order of the text; the authors of one block by name."""
        touched: dict[str, list[int]] = {}
        for position, item in enumerate(self.content.items):
            authors = {author for _, author in _revisions(item)}
            authors |= {self.content.remarks[key][0] for key in _remarks(item) if key in self.content.remarks}
            for author in authors:
                touched.setdefault(author, []).append(position)
        found: list[tuple[int, Proposal]] = []
        for author in sorted(touched):
            found += self._of(author, touched[author])
        return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].author)))

    def _of(self, author: str, positions: Sequence[int]) -> Iterator[tuple[int, Proposal]]:
        done: set[str] = set()
        for position in positions:
            block_id = self.places.get(position, "")
            if block_id in done:
                continue
            if block_id:
                done.add(block_id)
                proposal = self._at_block(author, block_id)
                if proposal is not None:
                    yield position, proposal
                continue
            words = self._words(position, lambda name: name == author)
            if words:
                after = next((self.places[p] for p in range(position - 1, -1, -1) if p in self.places), "")
                yield position, Proposal(after, author, "add", "", words, self._said(author, [position]))

    def _at_block(self, author: str, block_id: str) -> Proposal | None:
        places = self.positions[block_id]
        old = " ".join(self._words(p, lambda name: False) for p in places).strip()
        new = " ".join(self._words(p, lambda name: name == author) for p in places).strip()
        today, said = self.today.get(block_id, old), self._said(author, places)
        if old == new:
            return Proposal(block_id, author, "comment", today, "", said) if said else None
        if not new:
            return Proposal(block_id, author, "remove", today, "", said)
        return Proposal(block_id, author, "change", today, _proposed(today, old, new), said)

    def _said(self, author: str, positions: Sequence[int]) -> str:
        words = []
        for position in positions:
            for key in _remarks(self.content.items[position]):
                who, what = self.content.remarks.get(key, ("", ""))
                if who == author and what and key not in self._told:
                    self._told.add(key)
                    words.append(what)
        return "\n".join(words)

    def _words(self, position: int, accepts: Accepts) -> str:
        item = self.content.items[position]
        if isinstance(item, Paragraph):
            return self._text([item], accepts)
        rows = [
            [self._text(cell, accepts) for cell in cells]
            for revisions, cells in item.rows
            if stands(revisions, accepts)
        ]
        return text_of(rows)

    def _text(self, paragraphs: Sequence[Paragraph], accepts: Accepts) -> str:
        pieces: list[Piece] = []
        for paragraph in paragraphs:
            pieces += [p for p in paragraph.pieces if not p.number and stands(p.revisions, accepts)]
            pieces.append(Piece(" "))
        return self.reader.text(pieces)[0]


def _proposed(today: str, old: str, new: str) -> str:
    """The block's text with the change; a typed number stays outside of the text."""
    head = old[: len(old) - len(today)] if old.endswith(today) else ""
    return new[len(head) :].strip() if head and new.startswith(head) else new


def _revisions(item: Item) -> Iterator[Revision]:
    for paragraph in _paragraphs(item):
        yield from paragraph.end
        for piece in paragraph.pieces:
            yield from piece.revisions
    if not isinstance(item, Paragraph):
        for revisions, _ in item.rows:
            yield from revisions


def _paragraphs(item: Item) -> list[Paragraph]:
    if isinstance(item, Paragraph):
        return [item]
    return [paragraph for _, cells in item.rows for cell in cells for paragraph in cell]


def _remarks(item: Item) -> list[str]:
    """Ids of the comments on a paragraph or table, in order."""
    found = (key for p in _paragraphs(item) for piece in p.pieces for key in sorted(piece.comments))
    return list(dict.fromkeys(found))
