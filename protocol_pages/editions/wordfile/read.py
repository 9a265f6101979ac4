"""From the bytes of a Word file to what is read of it. Raises Refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .candidates import Candidate, Reader
from .content import Content
from .document import Document, Reading
from .ids import Facts, read_facts
from .numbering import Numbering
from .package import Package
from .proposals import proposals
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

    def reading(self, accepts: Accepts) -> Reading:
        candidates, reader = self.candidates(accepts)
        return reading(candidates, reader, self.language, sorted(self.content.lost.items()))

    def places(self, accepts: Accepts, found: Reading) -> dict[int, str]:
        """Position of a paragraph → the block that it went into."""
        by_line = {line: row.block.id for row in found.blocks for line in row.source}
        candidates, _ = self.candidates(accepts)
        return {
            part: by_line[candidate.shown[0]]
            for candidate in candidates
            if candidate.shown[0] in by_line
            for part in candidate.parts
        }

    def texts(self, accepts: Callable[[str], bool]) -> dict[int, str]:
        candidates, _ = self.candidates(accepts)
        found: dict[int, str] = {}
        for candidate in candidates:
            for part in candidate.parts[:1]:
                found[part] = candidate.text
        return found

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
    after = file.reading(lambda author: True)
    if not after.blocks:
        raise Refusal("no_text")
    title = next((row.block.text for row in after.blocks if row.block.kind == "title"), "") or file.title()
    before = file.reading(lambda author: False)
    if after == before and not file.content.remarks:
        return Document(title, after, after)
    found = proposals(file.content, before, file.places(lambda author: False, before), file.texts)
    return Document(title, after, before if before.blocks else after, found)
