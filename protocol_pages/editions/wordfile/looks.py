"""Styles of a Word document: what a paragraph inherits. Pure over the parsed part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .package import W

_TRACKED = tuple(
    f"{W}{name}Change"
    for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Look:
    """What matters for recognising a paragraph. ``outline``: 1 for a top heading, 0 for text; ``size`` in points.

    ``list_id`` and ``list_level``: automatic numbering ("" none, "0" switched off).
    """

    style: str = ""
    style_id: str = ""
    outline: int = 0
    list_id: str = ""
    list_level: int | None = None
    centred: bool = False
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    size: float = 0
    indent: int = 0
    from_style: bool = False  # the numbering comes from the style


def on(parent: Any, name: str) -> bool | None:
    """A switch like ``w:b``: on, off, or not said."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def value(parent: Any, path: str) -> str:
    """The ``w:val`` of an element below, or ""."""
    found = parent.find("/".join(f"{W}{step}" for step in path.split("/"))) if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


class Looks:
    """The styles part, each style worked out once with what it is based on."""

    def __init__(self, root: Any) -> None:
        self._rows: dict[str, Any] = {}
        self._known: dict[str, Look] = {}
        self.default = ""
        for row in root.iterfind(f"{W}style") if root is not None else ():
            key = row.get(f"{W}styleId", "")
            self._rows[key] = row
            if row.get(f"{W}type") == "paragraph" and row.get(f"{W}default") in ("1", "true"):
                self.default = key

    def of_style(self, key: str, seen: tuple[str, ...] = ()) -> Look:
        """The look of a paragraph or character style."""
        if key in self._known:
            return self._known[key]
        row = self._rows.get(key)
        if row is None or key in seen or len(seen) > 20:
            return Look()
        parent = value(row, "basedOn")
        look = self.of_style(parent, (*seen, key)) if parent else Look()
        name = value(row, "name").casefold()
        look = changed(look, row.find(f"{W}pPr"), row.find(f"{W}rPr"))
        look = replace(look, style=name, style_id=key, from_style=bool(look.list_id))
        for level in range(1, 10):
            if name in (f"heading {level}", f"titre {level}", f"عنوان {level}"):
                look = replace(look, outline=level)
        self._known[key] = look
        return look

    def of_paragraph(self, properties: Any) -> Look:
        """The look of a paragraph: its style, then what it says itself."""
        key = value(properties, "pStyle") or self.default
        look = self.of_style(key)
        found = changed(look, properties, None)
        own = properties is not None and properties.find(f"{W}numPr/{W}numId") is not None
        return replace(found, from_style=bool(found.list_id) and not own)


def tracked(part: Any) -> int:
    """How many tracked changes of looks alone a part holds."""
    return sum(1 for _change in part.iter(*_TRACKED)) if part is not None else 0


def changed(look: Look, paragraph: Any, run: Any) -> Look:
    """A look with what ``w:pPr`` and ``w:rPr`` say instead."""
    if paragraph is not None:
        level, list_id = value(paragraph, "numPr/ilvl"), value(paragraph, "numPr/numId")
        outline, side = value(paragraph, "outlineLvl"), value(paragraph, "jc")
        indent = paragraph.find(f"{W}ind")
        left = (indent.get(f"{W}start") or indent.get(f"{W}left") or "") if indent is not None else ""
        if list_id:
            look = replace(look, list_id=list_id, list_level=None)
        if level.isdecimal():
            look = replace(look, list_level=int(level))
        if outline.isdecimal():
            look = replace(look, outline=int(outline) + 1 if int(outline) < 9 else 0)
        if side:
            look = replace(look, centred=side == "center")
        if left.lstrip("-").isdecimal():
            look = replace(look, indent=int(left))
    if run is not None:
        size = value(run, "sz")
        bold, italic, hidden = on(run, "b"), on(run, "i"), on(run, "vanish")
        look = replace(
            look,
            bold=look.bold if bold is None else bold,
            italic=look.italic if italic is None else italic,
            hidden=look.hidden if hidden is None else hidden,
            size=int(size) / 2 if size.isdecimal() else look.size,
        )
    return look
