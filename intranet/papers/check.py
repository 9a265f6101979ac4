"""The last look before a paper leaves: reopened by another library and read, not trusted.

Nothing here shares code with the writer but the rule what a file may hold at all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import etree

from .bidi import strip_marks
from .faults import LetterFault
from .package import ALLOWED, W
from .paper import Facts, Heading, Items, Paper, Quote, Table, Text
from .qr import qr_png
from .words import lines, plain

PROPERTIES = frozenset({"title", "creator", "lastModifiedBy", "revision", "created", "modified", "language"})
_SHA = re.compile(r"[0-9a-fA-F]{64}")
_HIDDEN = (f"{{{W}}}vanish", f"{{{W}}}specVanish", f"{{{W}}}webHidden")


def _refuse(condition: bool, sentence: str) -> None:
    if condition:
        raise LetterFault(sentence)


def check_facts(paper: Paper) -> None:
    """The facts themselves, before anything is written. Raises LetterFault with one sentence."""
    _refuse(not paper.title.strip(), _("The paper has no title."))
    _refuse(
        bool(paper.sha256) and not _SHA.fullmatch(paper.sha256),
        _("The SHA-256 of the text must be 64 hexadecimal digits."),
    )
    for block in paper.blocks:
        if isinstance(block, Table):
            _refuse(not block.head, _("The table “%(table)s” has no head.") % {"table": block.caption})
            wrong = any(len(row) != len(block.head) for row in block.rows)
            wrong = wrong or (bool(block.widths) and len(block.widths) != len(block.head))
            _refuse(wrong, _("A row of “%(table)s” is not as long as its head.") % {"table": block.caption})


def shown(text: str) -> str:
    """A text as it can be compared: line ends and invisible controls as they stand in a file."""
    return strip_marks(plain(text))


def wanted(paper: Paper) -> Iterator[str]:
    """Every paragraph that the body must hold, in order."""
    yield from (shown(line) for line in paper.addressee)
    yield shown(paper.title)
    for block in paper.blocks:
        match block:
            case Heading():
                yield shown(block.text)
            case Text():
                yield from map(shown, lines(block.text))
            case Quote():
                yield from map(shown, lines(block.text))
                if block.source:
                    yield shown(block.source)
            case Items():
                yield from map(shown, block.items)
            case Facts():
                yield from (shown(text) for pair in block.rows for text in pair)
            case Table():
                if block.captioned:
                    yield shown(block.caption)
                texts = (text for row in (block.head, *block.rows) for text in row)
                yield from (line for text in texts for line in shown(text).split("\n"))
    yield from map(shown, paper.signed_under)


def _paragraphs(element: Any, parent: Any) -> list[str]:
    return [strip_marks(Paragraph(node, parent).text) for node in element.iter(f"{{{W}}}p")]


def verify(data: bytes, paper: Paper, foot: tuple[str, ...], author: str) -> None:
    """Reopen the file and compare. Raises LetterFault with the first thing that is not as it must be.

    Checked: every text word for word and in order and nothing else, every table cell by cell, number and foot
    on each page, the square code, the properties, the parts, no hidden text.
    """
    document = Document(io.BytesIO(data))
    found = [text for text in _paragraphs(document.element.body, document) if text]
    expected = [text for text in wanted(paper) if text]
    if found != expected:
        pairs = zip(expected, [*found, ""], strict=False)
        lost = next((text for text, there in pairs if text != there), found[-1] if found else "")
        raise LetterFault(
            _("A text does not stand word for word in the paper: “%(text)s”.") % {"text": lost[:80]}
        )
    _check_tables(document, paper)
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        there = [text for text in _paragraphs(footer._element, footer) if text]
        _refuse(there != [shown(line) for line in foot], _("The foot of the paper is not whole."))
    for header in (section.first_page_header, section.header):
        whole = "\n".join(_paragraphs(header._element, header))
        _refuse(shown(paper.number) not in whole, _("The number of the paper is not in its head."))
    _refuse(bool(list(document.element.body.iter(*_HIDDEN))), _("The paper holds hidden text."))
    _check_parts(data, paper)
    stored = document.core_properties
    _refuse(
        stored.created is None or stored.created.date() != paper.day or stored.author != author,
        _("The properties of the file are not the paper's."),
    )


def _check_tables(document: Any, paper: Paper) -> None:
    there = [
        [[strip_marks(cell.text) for cell in row.cells] for row in WordTable(node, document).rows]
        for node in document.element.body.iter(f"{{{W}}}tbl")
    ]
    for block in paper.blocks:
        if isinstance(block, Table):
            rows = [[shown(text) for text in row] for row in (block.head, *block.rows)]
            _refuse(
                rows not in there,
                _("The table “%(table)s” is not in the paper cell by cell.") % {"table": block.caption},
            )


def _check_parts(data: bytes, paper: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        core = etree.fromstring(archive.read("docProps/core.xml"))
        code = archive.read("word/media/code.png") if "word/media/code.png" in names else b""
    for name in names:
        _refuse(
            not ALLOWED.fullmatch(name),
            _("The file holds a part that a paper does not have (%(part)s).") % {"part": name},
        )
    _refuse(
        {etree.QName(item).localname for item in core} != PROPERTIES,
        _("The properties of the file are not the ones that a paper has."),
    )
    _refuse(
        code != (qr_png(paper.verify) if paper.verify else b""),
        _("The square code does not hold this paper's address."),
    )
