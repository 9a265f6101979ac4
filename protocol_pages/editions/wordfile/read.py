"""From the bytes of a Word file to what is read of it. Raises Refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .candidates import Candidate, Reader
from .content import Content
from .document import Document, Reading
from .ids import Facts, read_facts
from .numbering import Numbering
from .package import Package
from .proposals import Proposals
from .recognise import reading
from .refusal import Refusal
from .view import Accepts, view

_DC = "{http://purl.org/dc/elements/1.1/}"


class _File:
    """One file, read in as many views as are asked for."""

    def __init__(self, content: bytes, language: str) -> None:
        self.language = language
        self.package = Package(content)
        self.content = Content(self.package)
        self.numbering = Numbering(self.package.related("numbering"))
        self.facts = self._facts()

    def _facts(self) -> Mapping[str, Facts]:
        for kind, target, outside in self.package.relations(self.package.main).values():
            if kind == "customXml" and not outside:
                found = read_facts(self.package.xml(target))
                if found:
                    return found
        return {}

    def candidates(self, accepts: Accepts) -> tuple[list[Candidate], Reader]:
        reader = Reader(self.content, accepts, self.facts)
        return reader.read(view(self.content, self.numbering, accepts)), reader

    def reading(self, accepts: Accepts) -> tuple[Reading, list[Candidate], Reader]:
        reader = Reader(self.content, accepts, self.facts)
        candidates = reader.read(view(self.content, self.numbering, accepts))
        lost = sorted(self.content.lost.items())
        if self.facts:  # our own head and foot of the page
            lost = [(what, times) for what, times in lost if what not in ("header", "footer")]
        # Recognising joins candidates: it gets copies, so that each still knows its own paragraph.
        return reading([replace(c) for c in candidates], reader, self.language, lost), candidates, reader

    def title(self) -> str:
        root: Any = None
        for kind, target, outside in self.package.relations("").values():
            if kind == "core-properties" and not outside:
                root = self.package.xml(target)
        found = root.find(f"{_DC}title") if root is not None else None
        return " ".join((found.text or "").split())[:300] if found is not None else ""


def read(content: bytes, language: str = "en") -> Document:
    """Everything that the file says. ``language``: of text whose letters do not say otherwise."""
    file = _File(content, language)
    after, _, _ = file.reading(lambda author: True)
    if not after.blocks:
        raise Refusal("no_text")
    title = next((row.block.text for row in after.blocks if row.block.kind == "title"), "") or file.title()
    before, candidates, reader = file.reading(lambda author: False)
    if after == before and not file.content.remarks:
        return Document(title, after, after)
    by_line = {line: row.block.id for row in before.blocks for line in row.source}
    places = {part: by_line[c.shown[0]] for c in candidates if c.shown[0] in by_line for part in c.parts}
    found = Proposals(file.content, before, places, reader).all()
    return Document(title, after, before if before.blocks else after, found)
