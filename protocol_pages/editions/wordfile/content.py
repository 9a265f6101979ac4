"""The content of a Word document as it stands, tracked changes and comments included: paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import looks
from .fields import Fields, check
from .ids import NUMBER_STYLE
from .looks import Look, Looks
from .package import MC, Package, R, W, harmless, local
from .refusal import Refusal

MOST_PARAGRAPHS = 3_000
MOST_PIECES = 30_000
MOST_LETTERS = 1_000_000
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0D8": "➢", "F0E0": "→", "F0A8": "☐", "F0FE": "☒"}

Revision = tuple[str, str]  # ("ins" or "del", author)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words. ``note``: key of a foot- or endnote; ``mark``: its printed mark where it is not counted.

    ``revisions``: the tracked changes around it; ``comments``: ids of the comments on it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    raised: bool = False
    number: bool = False
    note: str = ""
    mark: str = ""
    revisions: tuple[Revision, ...] = ()
    comments: frozenset[str] = frozenset()


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``end`` are the tracked changes of its mark."""

    look: Look
    pieces: list[Piece] = field(default_factory=list)
    end: tuple[Revision, ...] = ()
    bookmarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Rows of cells of paragraphs; each row with the tracked changes of the row."""

    rows: list[tuple[tuple[Revision, ...], list[list[Paragraph]]]] = field(default_factory=list)
    merged: bool = False
    nested: bool = False


Item = Paragraph | Table


class Content:
    """Body, notes and comments of a document, and what in them can not be kept. Raises Refusal."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.looks = Looks(package.related("styles"))
        self.lost: dict[str, int] = {}
        self._fields = Fields()
        self._comments: set[str] = set()  # open ones
        self._ranged: set[str] = set()
        self._count = self._letters = self._pieces = 0
        root = package.xml(package.main)
        if local(root.tag) != "document" or root.tag != f"{W}document":
            raise Refusal("strict" if "purl.oclc.org" in str(root.tag) else "damaged")
        body = root.find(f"{W}body")
        if body is None:
            raise Refusal("damaged")
        self._links = self._addresses(package.main)
        self.items: list[Item] = list(self._blocks(body, ()))
        self.notes = self._notes("footnotes", "footnote") | self._notes("endnotes", "endnote")
        self.remarks = self._remarks(package.related("comments"))
        self._around()
        self._formatted(root)

    def lose(self, what: str) -> None:
        """Count something that the blocks can not hold."""
        self.lost[what] = self.lost.get(what, 0) + 1

    def _addresses(self, part: str) -> dict[str, str]:
        rows = self.package.relations(part).items()
        return {key: target for key, (kind, target, outside) in rows if kind == "hyperlink" and outside}

    def _notes(self, kind: str, tag: str) -> dict[str, list[Paragraph]]:
        target = next(
            (
                t
                for found, t, outside in self.package.relations(self.package.main).values()
                if found == kind and not outside
            ),
            "",
        )
        root = self.package.xml(target) if target else None
        if root is None:
            return {}
        self._links = self._addresses(target)
        return {
            f"{tag}:{row.get(f'{W}id')}": [
                item for item in self._blocks(row, ()) if isinstance(item, Paragraph)
            ]
            for row in root.iterfind(f"{W}{tag}")
            if row.get(f"{W}type", "normal") == "normal"
        }

    def _remarks(self, root: Any) -> dict[str, tuple[str, str]]:
        found = {}
        for row in root.iterfind(f"{W}comment") if root is not None else ():
            words = [
                " ".join(p.text for p in item.pieces).split()
                for item in self._blocks(row, ())
                if isinstance(item, Paragraph)
            ]
            found[row.get(f"{W}id", "")] = (
                row.get(f"{W}author", ""),
                "\n".join(" ".join(line) for line in words if line),
            )
        return found

    def _formatted(self, root: Any) -> None:
        """Tracked changes of looks alone: what they changed from is not kept, so they are told."""
        parts = [root]
        for kind, target, outside in self.package.relations(self.package.main).values():
            if kind in ("footnotes", "endnotes") and not outside:
                parts.append(self.package.xml(target))
        for part in parts:
            for _ in range(looks.tracked(part)):
                self.lose("format_change")

    def _around(self) -> None:
        """Heads and feet of pages: checked for fields, and told as lost where they say something."""
        for kind, target, outside in self.package.relations(self.package.main).values():
            if kind in ("header", "footer") and not outside:
                kept, self.lost = self.lost, {}
                items = list(self._blocks(self.package.xml(target), ()))
                self.lost = kept
                if any(isinstance(i, Table) or any(p.text.strip() for p in i.pieces) for i in items):
                    self.lose(kind)

    def _blocks(self, parent: Any, revisions: tuple[Revision, ...]) -> Iterator[Item]:
        for row in parent if parent is not None else ():
            name = local(row.tag)
            if name == "p":
                yield from self._paragraph(row, revisions)
            elif name == "tbl":
                yield self._table(row, revisions)
            elif name == "sdt":
                yield from self._blocks(row.find(f"{W}sdtContent"), revisions)
            elif name in ("customXml", "smartTag"):
                yield from self._blocks(row, revisions)
            elif name in ("ins", "moveTo", "del", "moveFrom"):
                yield from self._blocks(row, (*revisions, _revision(row, name)))
            elif row.tag == f"{MC}AlternateContent":
                yield from self._blocks(_choice(row), revisions)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._comment(row, name)
            elif name == "altChunk":
                raise Refusal("embedded")

    def _table(self, row: Any, revisions: tuple[Revision, ...]) -> Table:
        table = Table()
        for line in (found for found in row.iter(f"{W}tr") if _own(found, row)):
            props = line.find(f"{W}trPr")
            marks = [
                _revision(mark, name) for name in ("ins", "del") if (mark := _child(props, name)) is not None
            ]
            cells: list[list[Paragraph]] = []
            for cell in (found for found in line.iter(f"{W}tc") if _own(found, line)):
                inside: list[Paragraph] = []
                for item in self._blocks(cell, revisions):
                    if isinstance(item, Table):
                        table.nested = True
                        inside += [p for _, lines in item.rows for texts in lines for p in texts]
                    else:
                        inside.append(item)
                span, down = looks.value(cell, "tcPr/gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
                cells.append(inside)
                wide = min(int(span), 60) if span.isdecimal() else 1
                cells += [[] for _ in range(wide - 1)]
                table.merged = table.merged or wide > 1 or down is not None
            table.rows.append(((*revisions, *marks), cells))
        return table

    def _paragraph(self, row: Any, revisions: tuple[Revision, ...]) -> Iterator[Item]:
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise Refusal("long")
        props = row.find(f"{W}pPr")
        found = Paragraph(self.looks.of_paragraph(props))
        mark = props.find(f"{W}rPr") if props is not None else None
        names = ("ins", "moveTo", "del", "moveFrom")
        ends = [_revision(m, name) for name in names if (m := _child(mark, name)) is not None]
        found.end = (*revisions, *ends)
        boxes: list[Any] = []
        self._inline(row, found, revisions, "", boxes)
        if found.look.style.startswith("toc "):  # Word made it of the headings, and makes it anew
            if any(piece.text.strip() for piece in found.pieces):
                self.lose("contents")
            return
        yield found
        for box in boxes:
            yield from self._blocks(box, revisions)

    def _inline(
        self, parent: Any, into: Paragraph, revisions: tuple[Revision, ...], link: str, boxes: list[Any]
    ) -> None:
        for row in parent if parent is not None else ():
            name = local(row.tag)
            if name == "r":
                self._run(row, into, revisions, link, boxes)
            elif name in ("ins", "moveTo", "del", "moveFrom"):
                self._inline(row, into, (*revisions, _revision(row, name)), link, boxes)
            elif name == "hyperlink":
                address = self._links.get(row.get(f"{R}id", ""), "")
                self._inline(row, into, revisions, address if harmless(address) else "", boxes)
            elif name == "bookmarkStart":
                into.bookmarks.append(row.get(f"{W}name", ""))
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._comment(row, name)
            elif name == "sdt":
                self._inline(row.find(f"{W}sdtContent"), into, revisions, link, boxes)
            elif name == "fldSimple":
                check(row.get(f"{W}instr", ""))
                self._inline(row, into, revisions, link, boxes)
            elif name in ("smartTag", "customXml", "bdo", "dir"):
                self._inline(row, into, revisions, link, boxes)
            elif name in ("oMath", "oMathPara"):
                self.lose("equation")
                words = "".join(text.text or "" for text in row.iter() if local(text.tag) == "t")
                into.pieces.append(Piece(words, revisions=revisions))
            elif row.tag == f"{MC}AlternateContent":
                self._inline(_choice(row), into, revisions, link, boxes)

    def _run(
        self, run: Any, into: Paragraph, revisions: tuple[Revision, ...], link: str, boxes: list[Any]
    ) -> None:
        props = run.find(f"{W}rPr")
        style = looks.value(props, "rStyle")
        look = looks.changed(self.looks.of_style(style) if style else Look(), None, props)
        if look.hidden:
            if any(child.text for child in run.iter(f"{W}t")):
                self.lose("hidden")
            return
        for name in ("strike", "dstrike"):
            if looks.on(props, name):
                self.lose("struck")
        bold, italic = look.bold, look.italic  # beyond what the paragraph's style is
        raised = looks.value(props, "vertAlign") == "superscript"

        def add(text: str, **more: Any) -> None:
            self._letters += len(text)
            self._pieces += 1
            if self._letters > MOST_LETTERS or self._pieces > MOST_PIECES:
                raise Refusal("long")
            address = self._fields.link or link
            into.pieces.append(
                Piece(text, bold, italic, address, raised, style == NUMBER_STYLE, revisions=revisions,
                      comments=frozenset(self._comments), **more)
            )  # fmt: skip

        custom = ""
        for row in run:
            name = local(row.tag)
            if name in ("t", "delText"):
                if self._fields.instructing:
                    self._fields.instruct(row.text or "")
                elif custom:
                    add("", note=custom, mark=row.text or "")
                    custom = ""
                else:
                    add(row.text or "")
            elif name in ("tab", "ptab"):
                add("\t")
            elif name in ("br", "cr"):
                add(" " if row.get(f"{W}type") in ("page", "column") else "\n")
            elif name == "noBreakHyphen":
                add("\u2011")
            elif name == "sym":
                add(_SYMBOLS.get(row.get(f"{W}char", "").upper(), "•"))
            elif name in ("footnoteReference", "endnoteReference"):
                key = f"{name.removesuffix('Reference')}:{row.get(f'{W}id')}"
                if row.get(f"{W}customMarkFollows", "0") not in ("0", "false"):
                    custom = key
                else:
                    add("", note=key)
            elif name == "commentReference":
                if row.get(f"{W}id", "") not in self._ranged:  # a comment on a place, not on words
                    into.pieces.append(Piece("", comments=frozenset({row.get(f"{W}id", "")})))
            elif name == "fldChar":
                self._fields.mark(row.get(f"{W}fldCharType", ""))
            elif name in ("instrText", "delInstrText"):
                self._fields.instruct(row.text or "")
            elif row.tag == f"{MC}AlternateContent" or name in ("drawing", "pict", "object"):
                self._drawing(_choice(row) if row.tag == f"{MC}AlternateContent" else row, boxes)
        if custom:
            add("", note=custom)

    def _comment(self, row: Any, name: str) -> None:
        key = row.get(f"{W}id", "")
        self._ranged.add(key)
        (self._comments.add if name == "commentRangeStart" else self._comments.discard)(key)

    def _drawing(self, row: Any, boxes: list[Any]) -> None:
        found = list(row.iter(f"{W}txbxContent")) if row is not None else []
        if found:
            self.lose("box")
            boxes += [box for box in found if not any(above.tag == box.tag for above in box.iterancestors())]
        elif row is not None:
            self.lose("picture")


def _child(parent: Any, name: str) -> Any:
    return parent.find(f"{W}{name}") if parent is not None else None


def _revision(row: Any, name: str) -> Revision:
    return ("ins" if name in ("ins", "moveTo") else "del", row.get(f"{W}author", ""))


def _choice(row: Any) -> Any:
    """What an up-to-date program reads of an alternative: the first choice, else the fallback."""
    found = row.find(f"{MC}Choice")
    return found if found is not None else row.find(f"{MC}Fallback")


def _own(row: Any, parent: Any) -> bool:
    """Whether a row or cell belongs to this table or row and not to one inside."""
    above = next(
        (found for found in row.iterancestors() if found.tag in (f"{W}tbl", f"{W}tr") and found is not row),
        None,
    )
    return above is parent
