"""Which template is in use."""

from __future__ import annotations

from intranet.files import store

from .models import LetterTemplate, State


def in_use() -> dict[tuple[str, str], LetterTemplate]:
    """Kind and language → the template that took the built-in one's place. One query."""
    rows = LetterTemplate.objects.filter(state=State.IN_USE).select_related("file")
    return {(row.kind, row.language): row for row in rows}


def of(kind: str, language: str) -> LetterTemplate | None:
    """The template of one letter; None where the built-in one is used. One query."""
    rows = LetterTemplate.objects.filter(kind=kind, language=language, state=State.IN_USE)
    return rows.select_related("file").first()


def content(kind: str, language: str) -> bytes | None:
    """The template's bytes; None where the built-in one is used. One query, one file.

    Raises FileDamaged where the stored bytes changed: no letter is made from those.
    """
    found = of(kind, language)
    return store.read(found.file) if found is not None else None
