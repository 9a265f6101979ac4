"""Tracked changes and comments of a marked-up copy as proposals, by block and author (§8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .content import Content, Item, Paragraph, Piece
from .document import Proposal, Reading

TextOf = Callable[[Callable[[str], bool]], Mapping[int, str]]  # who is accepted → words by paragraph position


def proposals(content: Content, before: Reading, places: Mapping[int, str], texts: TextOf) -> tuple[Proposal, ...]:
    """Everything proposed, in the order of the text.

    ``places``: position of a paragraph → block that it belongs to before all changes; ``texts``: the words of
    each paragraph once only some authors' changes are accepted.
    """
    today = {row.block.id: row.block.text for row in before.blocks}
    nobody = texts(lambda author: False)
    authors = sorted({author for item in content.items for author in _authors(item)} | {a for a, _ in content.remarks.values()})
    found: list[tuple[int, Proposal]] = []
    said: set[str] = set()
    for author in authors:
        mine = texts(lambda name, author=author: name == author)  # type: ignore[misc]
        by_block: dict[str, list[int]] = {}
        for position, block_id in places.items():
            by_block.setdefault(block_id, []).append(position)
        changed: set[str] = set()
        for block_id, positions in by_block.items():
            old = " ".join(nobody.get(p, "") for p in positions).strip()
            new = " ".join(mine.get(p, "") for p in positions).strip()
            remarks = [
                words
                for p in positions
                for key in _remarks(content.items[p])
                if (remark := content.remarks.get(key)) and remark[0] == author and (words := remark[1])
                and not (key in said or said.add(key))  # type: ignore[func-returns-value]
            ]  # fmt: skip
            if old != new or remarks:
                kind = "comment" if old == new else "change" if new else "remove"
                shown = _proposed(today.get(block_id, old), old, new) if kind == "change" else ""
                found.append(
                    (positions[0], Proposal(block_id, author, kind, today.get(block_id, old), shown, "\n".join(remarks)))
                )
                changed.add(block_id)
        for position, words in mine.items():
            if position not in places and words and position not in nobody:
                after = places.get(max((p for p in places if p < position), default=-1), "")
                found.append((position, Proposal(after, author, "add", "", words)))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].author)))


def _proposed(today: str, old: str, new: str) -> str:
    """The block's text with the change; its number stays outside of the text."""
    if old.endswith(today) and new.startswith(old[: len(old) - len(today)]):
        return new[len(old) - len(today) :].strip()
    return new


def _authors(item: Item) -> set[str]:
    found: set[str] = set()
    for paragraph in _paragraphs(item):
        found |= {author for piece in paragraph.pieces for _, author in piece.revisions}
        found |= {author for _, author in paragraph.end}
    if not isinstance(item, Paragraph):
        found |= {author for revisions, _ in item.rows for _, author in revisions}
    return found


def _paragraphs(item: Item) -> list[Paragraph]:
    if isinstance(item, Paragraph):
        return [item]
    return [paragraph for _, cells in item.rows for cell in cells for paragraph in cell]


def _remarks(item: Item) -> list[str]:
    seen: list[str] = []
    pieces: list[Piece] = [piece for paragraph in _paragraphs(item) for piece in paragraph.pieces]
    for piece in pieces:
        seen += [key for key in sorted(piece.comments) if key not in seen]
    return seen
