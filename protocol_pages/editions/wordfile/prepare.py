"""Before anything is recognised: typed footnotes leave the body, broken paragraphs are joined (D1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..footnotes import marks as note_marks
from . import rich
from .candidates import Candidate, note_head

ENDS = tuple(".;:!?,…»”\"')”’؟؛،")  # behind these a sentence or its part is over
_LONG = 40  # letters that a paragraph has at least before it can be broken


def split_notes(candidates: Sequence[Candidate]) -> tuple[list[Candidate], dict[int, Candidate]]:
    """The body, and the footnotes that were typed as paragraphs, by number: their mark stands in a text."""
    marked = {n for c in candidates if note_head(c.text) is None for n in note_marks(c.text)}
    marked |= {n for c in candidates for n in note_marks(c.text)[1:]}
    body: list[Candidate] = []
    notes: dict[int, Candidate] = {}
    for candidate in candidates:
        head = note_head(candidate.text)
        own = candidate.facts is None and candidate.number is None and not candidate.columns
        if own and head is not None and head[0] in marked and head[0] not in notes:
            text, marks = rich.cut(candidate.text, candidate.marks, head[1])
            notes[head[0]] = replace(candidate, text=text, marks=marks)
        else:
            body.append(candidate)
    return body, notes


def join_broken(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Paragraphs that a page end, or a line end of another program, broke into two become one."""
    joined: list[Candidate] = []
    for candidate in candidates:
        before = joined[-1] if joined else None
        fits = (
            before is not None
            and not (before.known_id or candidate.known_id or before.columns or candidate.columns)
            and candidate.number is None
            and candidate.text[:1].islower()
            and len(before.text) >= _LONG
            and not before.text.endswith(ENDS)
            and not (before.look.outline or candidate.look.outline)
        )
        if before is None or not fits:
            joined.append(candidate)
            continue
        text, marks = rich.glued(before.text, before.marks, candidate.text, candidate.marks)
        before.text, before.marks = text, marks
        before.shown = before.shown + candidate.shown
        before.parts += candidate.parts
        before.remarks = [*before.remarks, ("joined", "")]
    return joined
