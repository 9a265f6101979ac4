"""Fields of Word: refused where they run or load something, else their last result is text, or a link."""

from __future__ import annotations

import re

from .package import harmless
from .refusal import Refusal

_FIELD = re.compile(r"\s*\\?\s*([A-Za-z=]+)")
_BAD_FIELDS = frozenset(
    [
        "DDE",
        "DDEAUTO",
        "LINK",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "IMPORT",
        "DATABASE",
        "RD",
        "MACROBUTTON",
        "GOTOBUTTON",
        "PRINT",
        "EMBED",
        "HTMLCONTROL",
        "CONTROL",
        "QUOTE",
    ]
)
_LINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"', re.IGNORECASE)
_DEEPEST = 50


class Fields:
    """The fields that are open at a place, outermost first. Raises Refusal."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []  # instruction; once the result begins also its link

    @property
    def instructing(self) -> bool:
        """Whether text here is an instruction, no text."""
        return bool(self._open) and len(self._open[-1]) == 1

    @property
    def link(self) -> str:
        """The address that the result here leads to, or ""."""
        return next((code[1] for code in self._open if len(code) > 1 and code[1]), "")

    def instruct(self, text: str) -> None:
        """More of the innermost field's instruction."""
        if self._open:
            self._open[-1][0] += text

    def mark(self, kind: str) -> None:
        """A field begins, shows its result, or ends."""
        if kind == "begin":
            self._open.append([""])
            if len(self._open) > _DEEPEST:
                raise Refusal("damaged")
        elif self._open:
            code = self._open[-1]
            check(code[0])
            if kind == "separate" and len(code) == 1:
                found = _LINK.search(code[0])
                code.append(found[1] if found and harmless(found[1]) else "")
            elif kind == "end":
                self._open.pop()


def check(instruction: str) -> None:
    """Raise Refusal for a field that a text does not need."""
    found = _FIELD.match(instruction)
    if found and found[1].upper() in _BAD_FIELDS:
        raise Refusal("field", found[1].upper())
    address = _LINK.search(instruction)
    if address and not harmless(address[1]):
        raise Refusal("link", address[1])
