"""Editions: comparison against plain difflib, the redline against python-docx, the reader from 1 to 50 editions."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.actors import system_actor
from intranet.clock import now
from protocol_pages.editions import blocks as b
from protocol_pages.editions import services
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.compare import compare, printed
from protocol_pages.editions.redline import Side, redline
from tests.bench.timing import interleaved
from tests.personas import PersonaClient

BLOCKS, EDITIONS = 60, 50
_WORD = re.compile(r"\w+|\W")


def _two_texts() -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The first blocks of the protocol, and a revision: every fifth block reworded, one moved, one left out."""
    old = b.read_protocol(b.DATA_FILE).blocks[:BLOCKS]
    new = [
        replace(block, text=block.text.replace(" the ", " each ", 2)) if n % 5 == 0 else block
        for n, block in enumerate(old)
    ]
    del new[BLOCKS // 2]
    new.insert(10, new.pop(40))
    return old, tuple(new)


def comparison(times: int = 40) -> list[tuple[str, ...]]:
    """Comparison and Word file with tracked changes, median milliseconds."""
    from docx import Document

    old, new = _two_texts()
    before, after = ("\n".join(printed(block) for block in side) for side in (old, new))
    sides, today = (Side("Edition 1", old), Side("Edition 2", new)), now().date()

    def difflib_alone() -> None:
        SequenceMatcher(None, _WORD.findall(before), _WORD.findall(after)).get_opcodes()

    def python_docx() -> None:
        document = Document()
        for block in new:
            document.add_paragraph(printed(block))
        document.save(io.BytesIO())

    ours, theirs, marked, saved = interleaved(
        times,
        lambda: compare(old, new),
        difflib_alone,
        lambda: redline(*sides, title="Protocol", day=today, author="Network"),
        python_docx,
    )
    return [
        ("comparison, block by block and word by word", f"{ours:.1f} ms", f"{ours / theirs:.2f}"),
        ("plain difflib on the words of the text", f"{theirs:.1f} ms", "1"),
        ("tracked changes in Word, read back twice and proved", f"{marked:.1f} ms", f"{marked / saved:.2f}"),
        ("python-docx saves the same paragraphs", f"{saved:.1f} ms", "1"),
    ]


def reader(client: PersonaClient, page: str, trivial: str) -> list[tuple[str, ...]]:
    """The protocol page against the trivial view, with one edition and with fifty."""
    alone = _asked(client, page, trivial)
    actor, protocol = system_actor("bench"), b.read_protocol(b.DATA_FILE)
    for number in range(2, EDITIONS + 1):
        day = protocol.effective_from + timedelta(days=30 * (number - 1))
        blocks = tuple(
            replace(block, text=f"{block.text} (Invented edition {number}.)") if n == 5 else block
            for n, block in enumerate(protocol.blocks)
        )
        text = replace(protocol, number=number, effective_from=day, blocks=blocks)
        services.adopt(services.bring_in(text, actor, now()), actor, now())
    many = _asked(client, page, trivial)
    rows = [
        (f"{number} editions", str(queries), f"{ours:.1f} ms", f"{ours / theirs:.2f}")
        for number, (queries, ours, theirs) in ((1, alone), (EDITIONS, many))
    ]
    flat = (many[1] / many[2]) / (alone[1] / alone[2])
    return [*rows, (f"{EDITIONS} against 1", "", "", f"{flat:.2f}")]


def _asked(client: PersonaClient, page: str, trivial: str, times: int = 40) -> tuple[int, float, float]:
    """Queries of the page, and median milliseconds of the page and of the trivial view."""
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    queries = len(captured)
    ours, theirs = interleaved(times, lambda: client.get(page), lambda: client.get(trivial))
    return queries, ours, theirs
