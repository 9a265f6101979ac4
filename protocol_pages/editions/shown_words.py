"""The words of a block as HTML: footnote marks as links, emphasis and links as stored, found words marked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .blocks import BOLD, ITALIC, LINK, Block
from .canonical import canonical_block
from .footnotes import split_marks
from .tables import cells_of
from .wordfile.package import harmless


def words(text: str, q: str = "", notes: bool = True) -> SafeString:
    """Text with its footnote marks and, for a search, the found words marked. ``notes``: marks lead to them."""
    parts = []
    for piece, number in split_marks(text):
        parts.append(_found(piece, q))
        if number is not None and notes:
            parts.append(format_html('<sup class="fn"><a href="#fn{0}" id="ref{0}">{0}</a></sup>', number))
        elif number is not None:
            parts.append(format_html('<sup class="fn">{}</sup>', number))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def in_marks(block: Block, notes: bool = True) -> SafeString:
    """A block's words with their emphasis and links."""
    text = block.text
    if not block.marks or canonical_block(text) != text:
        return words(text, notes=notes)
    edges = {0, len(text)} | {mark.start for mark in block.marks} | {mark.end for mark in block.marks}
    steps = sorted(edge for edge in edges if 0 <= edge <= len(text))
    out = []
    for begin, end in pairwise(steps):
        on = [mark for mark in block.marks if mark.start <= begin and end <= mark.end]
        kinds = {mark.kind for mark in on}
        piece = words(text[begin:end], notes=notes)
        if BOLD in kinds:
            piece = format_html("<strong>{}</strong>", piece)
        if ITALIC in kinds:
            piece = format_html("<em>{}</em>", piece)
        address = next((mark.address for mark in on if mark.kind == LINK and harmless(mark.address)), "")
        if address:
            piece = format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, piece)
        out.append(piece)
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped above


def table(block: Block, notes: bool = True) -> list[list[SafeString]]:
    """The cells of a table, each with its emphasis and links."""
    return [
        [in_marks(replace(block, text=cell.text, marks=cell.marks), notes) for cell in row]
        for row in cells_of(block)
    ]


def _found(piece: str, q: str) -> str:
    for term in sorted(set(q.split()), key=len, reverse=True)[:1]:
        low, start, out = piece.casefold(), 0, []
        if len(low) != len(piece):
            break
        while (found := low.find(term.casefold(), start)) >= 0:
            out.append(conditional_escape(piece[start:found]))
            out.append(format_html("<mark>{}</mark>", piece[found : found + len(term)]))
            start = found + len(term)
        return "".join(out) + conditional_escape(piece[start:])
    return conditional_escape(piece)
