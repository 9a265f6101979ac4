"""What was read of a Word file as a report for people and programs. Pure but for the sentences."""

from __future__ import annotations

from typing import Any

from . import blocks as b
from . import word_in
from .blocks import Block
from .footnotes import marks
from .tables import rows_of
from .wordfile.document import Document, Reading, Remark


def report(document: Document) -> dict[str, Any]:
    """``clauses`` (number, heading, text, footnotes and more), ``guesses``, ``losses``, ``proposals``."""
    reading = document.after
    return {
        "title": document.title,
        "clauses": clauses(reading),
        "guesses": [_said(remark, word_in.guess(remark)) for remark in reading.guesses],
        "losses": [_said(remark, word_in.loss(remark)) for remark in reading.losses],
        "proposals": [
            {
                "block": row.block_id,
                "author": row.author,
                "kind": row.kind,
                "today": row.today,
                "proposed": row.proposed,
                "comment": row.comment,
            }
            for row in word_in.proposals(document)
        ],
    }


def _said(remark: Remark, sentence: str) -> dict[str, str]:
    return {"code": remark.code, "block": remark.block, "text": sentence}


def clauses(reading: Reading) -> list[dict[str, Any]]:
    """The blocks but the footnotes, which stand at the clauses that refer to them.

    ``heading``: the one above, or the clause's own text where it is a heading.
    """
    notes = {block.id: block for block in reading.text if block.kind == b.FOOTNOTE}
    found = []
    heading = ""
    for row in reading.blocks:
        block = row.block
        if block.kind == b.FOOTNOTE:
            continue
        if block.kind == b.HEADING:
            heading = block.text
        elif not block.section:
            heading = ""
        found.append(_clause(block, heading, notes))
    return found


def _clause(block: Block, heading: str, notes: dict[str, Block]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": block.id,
        "kind": block.kind,
        "level": block.level,
        "section": block.section,
        "addresses": list(block.addresses),
        "number": block.number,
        "heading": heading,
        "text": block.text,
        "lang": block.lang,
        "marks": [list(mark) for mark in block.marks],
        "footnotes": [
            {"number": n, "text": notes[f"fn{n}"].text} for n in marks(block.text) if f"fn{n}" in notes
        ],
    }
    if block.kind == b.TABLE:
        row["rows"] = rows_of(block.text, block.level)
    return row
