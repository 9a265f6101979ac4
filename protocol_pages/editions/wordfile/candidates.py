"""What a document shows, as candidates for blocks: number, text with marks, notes; nothing decided yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..blocks import BOLD, DASH, ITALIC, Mark
from ..tables import Cell, places_of, text_of
from . import rich
from .content import Content, Piece
from .ids import Facts, block_id
from .looks import Look
from .typed import Number, number_of, typed
from .view import Accepts, Shown, ShownTable, View, stands

_RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_NOTE_HEAD = re.compile(r"^\[(\d{1,3})\]\s*(?=\S)")
_LONGEST_NUMBER = 10  # characters that a block's number may have


@dataclass(slots=True)
class Candidate:
    """One paragraph or table with words. ``columns``: of a table; ``shown``: its lines as Word shows them."""

    look: Look
    text: str
    marks: tuple[Mark, ...]
    number: Number | None
    automatic: bool
    list_run: str
    level: int
    shown: list[str]
    parts: tuple[int, ...]
    facts: Facts | None = None
    known_id: str = ""
    columns: int = 0
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return rich.whole(self.text, self.marks, BOLD)

    @property
    def italic(self) -> bool:
        """Whether all its letters are italic."""
        return rich.whole(self.text, self.marks, ITALIC)


class Reader:
    """Gives the paragraphs of one view their numbers and their notes."""

    def __init__(self, content: Content, accepts: Accepts, facts: Mapping[str, Facts]) -> None:
        self.content, self.accepts, self.facts = content, accepts, facts
        self.numbers: dict[str, int] = {}  # note key → printed number
        self.remarks: list[tuple[str, str]] = []
        self._typed_notes: set[int] = set()
        self._count = 0

    def read(self, view: View) -> list[Candidate]:
        """The candidates in order, without empty paragraphs."""
        self._typed_notes = set(self._notes_typed_in(view))
        found = (
            self._table(item) if isinstance(item, ShownTable) else self._paragraph(item)
            for item in view.items
        )
        return [candidate for candidate in found if candidate is not None]

    def notes(self) -> Iterator[tuple[int, str, tuple[Mark, ...]]]:
        """Number, text and marks of the notes that the text refers to, by number."""
        for key, number in sorted(self.numbers.items(), key=lambda row: row[1]):
            paragraphs = self.content.notes.get(key, [])
            pieces = [
                piece
                for paragraph in paragraphs
                for piece in (*paragraph.pieces, Piece(" "))
                if stands(piece.revisions, self.accepts)
            ]
            text, marks = self.text(pieces, inside_note=True)
            yield number, text, marks

    def _notes_typed_in(self, view: View) -> Iterator[int]:
        """Numbers of footnotes that were typed as paragraphs: "¹ is any …" or "[1] The IASC …"."""
        for item in view.items:
            if isinstance(item, Shown) and item.label is None:
                text = "".join(
                    f"[{piece.text.strip()}]"
                    if piece.raised and piece.text.strip().isdecimal()
                    else piece.text
                    for piece in item.pieces
                ).strip()
                head = re.match(r"(?:\[(\d{1,3})\]|([¹²³⁰⁴-⁹]{1,3}))\s*\S", text)
                if head:
                    yield int((head[1] or head[2]).translate(_RAISED))

    def _number_of(self, piece: Piece) -> int:
        """The printed number of a note at its first mark."""
        if piece.note in self.numbers:
            return self.numbers[piece.note]
        taken = set(self.numbers.values())
        if piece.mark.strip("[] ").isdecimal():
            number = int(piece.mark.strip("[] "))
        else:
            self._count += 1
            number = self._count
            if piece.mark:
                self.remarks.append(("note_mark", piece.mark.strip()))
        while number in taken:
            number += 1
        if piece.note.startswith("endnote"):
            self.remarks.append(("endnote", str(number)))
        self.numbers[piece.note] = number
        return number

    def text(self, pieces: Sequence[Piece], inside_note: bool = False) -> tuple[str, tuple[Mark, ...]]:
        """Words with the numbers of their notes, and their marks."""
        runs: list[rich.Run] = []
        for piece in pieces:
            words = piece.text
            if piece.note:
                if inside_note or piece.note not in self.content.notes:
                    continue
                words = f"[{self._number_of(piece)}]"
            elif piece.raised and piece.text.strip().isdecimal() and int(piece.text) in self._typed_notes:
                words = f"[{int(piece.text)}]"
            if piece.note or piece.raised:
                runs.append((words, False, False, ""))
            else:
                runs.append((words, piece.bold, piece.italic, piece.link))
        return rich.join(runs)

    def _paragraph(self, item: Shown) -> Candidate | None:
        facts = next((self.facts[name] for name in item.bookmarks if name in self.facts), None)
        known = facts.id if facts else next((key for name in item.bookmarks if (key := block_id(name))), "")
        written = "".join(piece.text for piece in item.pieces if piece.number).strip()
        pieces = [piece for piece in item.pieces if not piece.number]
        text, marks = self.text(pieces)
        if not text:
            return None
        label = item.label
        number: Number | None = None
        if label is not None:
            number = number_of(label.text, DASH if label.is_bullet else "")
        elif written:
            number = DASH_NUMBER if written == DASH else number_of(written)
        printed = label.text if label else written
        remarks: list[tuple[str, str]] = []
        if number is None and not (facts and not facts.number):
            found = typed(text, "".join(piece.text for piece in pieces))
            if found is not None:
                number, length = found
                printed = text[:length]
                text, marks = rich.cut(text, marks, length)
        elif number is not None and number.bullet and facts is None:
            found = typed(text, text)  # a mark typed behind the list's own
            if found is not None and found[0].bullet:
                text, marks = rich.cut(text, marks, found[1])
        if number is not None and len(number.text) > _LONGEST_NUMBER:
            text = f"{printed} {text}"
            marks = tuple(
                Mark(m.start + len(printed) + 1, m.end + len(printed) + 1, m.kind, m.address) for m in marks
            )
            remarks.append(("long_number", printed))
            number = None
        if not marks and any(
            p.text.strip() and not p.raised and (p.bold or p.italic or p.link) for p in pieces
        ):
            remarks.append(("look", ""))
        shown = f"{printed} {text}" if number is not None else text
        return Candidate(
            item.look, text, marks, number, label is not None, label.run if label else "",
            _level(item.look, label.level if label else 0), [shown], item.parts, facts, known, remarks=remarks,
        )  # fmt: skip

    def _table(self, item: ShownTable) -> Candidate | None:
        rows = [[self._cell(cell) for cell in row] for row in item.rows]
        columns = max((len(row) for row in rows), default=0)
        rows = [row + [Cell("")] * (columns - len(row)) for row in rows]
        bookmarks = [name for row in item.rows for cell in row for p in cell for name in p.bookmarks]
        facts = next((self.facts[name] for name in bookmarks if name in self.facts), None)
        known = facts.id if facts else next((key for name in bookmarks if (key := block_id(name))), "")
        rows = [row for row in rows if facts is not None or any(cell.text for cell in row)]
        if not rows:
            return None
        rows[:1] = [[_head(cell) for cell in row] for row in rows[:1] if len(rows) > 1] or rows[:1]
        remarks = [("merged", "")] if item.merged else []
        remarks += [("nested", "")] if item.nested else []
        words = [[cell.text for cell in row] for row in rows]
        text, _ = rich.join([(text_of(words), False, False, "")])
        marks = _placed(text, columns, rows)
        if marks is None:
            remarks.append(("cell_look", ""))
        return Candidate(
            Look(), text, marks or (), None, False, "", 0, ["\t".join(row) for row in words], item.parts, facts,
            known, columns=columns, remarks=remarks,
        )  # fmt: skip

    def _cell(self, paragraphs: Sequence[Shown]) -> Cell:
        found = Cell("")
        for paragraph in paragraphs:
            text, marks = self.text(paragraph.pieces)
            if not text:
                continue
            if paragraph.label:
                text, marks = rich.glued(paragraph.label.text, (), text, marks)
            found = (
                Cell(*rich.glued(found.text, found.marks, text, marks)) if found.text else Cell(text, marks)
            )
        return found


DASH_NUMBER = number_of(DASH, DASH)


def _head(cell: Cell) -> Cell:
    """A cell of a table's first row: bold all through, it looks like a head and stresses nothing."""
    if not rich.whole(cell.text, cell.marks, BOLD):
        return cell
    return Cell(cell.text, tuple(mark for mark in cell.marks if mark.kind != BOLD))


def _placed(text: str, columns: int, rows: Sequence[Sequence[Cell]]) -> tuple[Mark, ...] | None:
    """The marks of all cells, counted in the table's text; None where they can not be placed in it."""
    places = places_of(text, columns)
    marked = any(cell.marks for row in rows for cell in row)
    if [len(row) for row in places] != [len(row) for row in rows] or (
        marked and text != text_of([[cell.text for cell in row] for row in rows])
    ):
        return None if marked else ()
    return tuple(
        Mark(mark.start + place, mark.end + place, mark.kind, mark.address)
        for row, at in zip(rows, places, strict=True)
        for cell, place in zip(row, at, strict=True)
        for mark in cell.marks
    )


def _level(look: Look, list_level: int) -> int:
    """The depth of a list item from its list, or from a style like "List Bullet 2"."""
    tail = look.style.rpartition(" ")[2]
    if look.style.startswith("list ") and tail.isdecimal():
        return max(list_level + 1, int(tail))
    return list_level + 1


def note_head(text: str) -> tuple[int, int] | None:
    """Number and length of the mark that a typed footnote begins with."""
    found = _NOTE_HEAD.match(text)
    return (int(found[1]), found.end()) if found else None
