"""Word of a reviewer's text: the confirmed one out, right to left; one that a reviewer filled in, back in.

Blocks keep their ids in the file (``wordfile.ids``), so that a reviewer who types over the paragraphs of an edition's
Word file sends back blocks that are known by their ids. Nothing is matched by likeness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from intranet.clock.wording import plain_date
from intranet.network.models import NetworkSettings
from protocol_pages.editions import blocks as b
from protocol_pages.editions import fixed_copy, word_in
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.beside import Beside, beside
from protocol_pages.editions.blocks import BOLD, ITALIC, Block, Mark
from protocol_pages.editions.canonical import canonical_block
from protocol_pages.editions.models import Edition
from protocol_pages.editions.word_out import Text, word_file
from protocol_pages.editions.wordfile.ids import is_rtl

from . import derive
from .models import ReviewedText
from .selectors import blocks_by_id

NOTE = "unofficial"  # ids of what this file adds to the blocks of the edition
NEWER = "newer-"


class NoText(LookupError):
    """Nothing confirmed stands beside the edition in this language."""


def word(edition: Edition, language: str) -> bytes:
    """The confirmed text in Word, block by block in its language; blocks without one stay in English.

    Unofficial, and says so on top and on every page. Raises NoText, ``fixed_copy.WordFault``.
    """
    found = beside(edition, language)
    if found is None:
        raise NoText(language)
    with translation.override(language):
        text = tuple(_blocks(edition, found))
        edge = _("Unofficial translation of edition %s. The English text is authoritative.") % edition.label
    data = word_file(
        Text(
            text,
            edition.title,
            edition.effective_from,
            NetworkSettings.current().letterhead_name,
            edge=edge,
            foot=f"{edition.label} · SHA-256 {edition.sha256[:16]} …",
            language=language,
        )
    )
    fixed_copy.prove(data, text)
    return data


def _blocks(edition: Edition, found: Beside) -> Iterator[Block]:
    """The blocks in the other language, what they are said after the title, a note after each that is behind."""
    blocks = editions.blocks_of(edition)
    told = any(block.kind == b.TITLE for block in blocks)
    if not told:
        yield from _said(found)
    for block in blocks:
        twin = found.twins.get(block.id)
        yield block if twin is None else replace(block, lang=found.language, text=twin.text, marks=())
        if twin is not None and twin.newer and block.kind != b.FOOTNOTE:
            sentence = _("The English text is newer than this translation.")
            yield _paragraph(NEWER + block.id, sentence, found.language, ITALIC, block.section)
        if block.kind == b.TITLE:
            yield from _said(found)


def _said(found: Beside) -> Iterator[Block]:
    """Whose text it is, in its own language where the interface speaks it, else in English."""
    lines = [
        _("%(language)s: unofficial translation. The English text is authoritative.")
        % {"language": found.name}
    ]
    for one in found.reviewers:
        line = _("Reviewed by %(name)s, %(title)s, on %(day)s.")
        lines.append(line % {"name": one.name, "title": one.title, "day": plain_date(one.reviewed_on)})
    for number, line in enumerate(lines):
        yield _paragraph(f"{NOTE}-{number}", line, found.language, BOLD)


def _paragraph(key: str, text: str, language: str, look: str, section: str = "") -> Block:
    text = canonical_block(text)
    lang = language if is_rtl(text) else "en"
    return Block(key, b.PARAGRAPH, 1, section, "", (), lang, text, (Mark(0, len(text), look),))


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled-in Word file brought. ``words``: by block id; ``english``: how many blocks were left in English.

    ``faults``: blocks that do not fit, with the sentence; ``unknown``: paragraphs that carry no id of the edition.
    """

    words: dict[str, str]
    english: int
    faults: list[tuple[Block, str]]
    unknown: list[str]


def filled(text: ReviewedText, name: str, content: bytes) -> Filled:
    """Read a file that a reviewer filled in. Saves nothing. Raises ``word_in.FileRefused``."""
    reading = word_in.read(name, content, text.language).after
    blocks = blocks_by_id(text)
    own = {block.id for block in editions.blocks_of(text.edition)}
    found = Filled({}, 0, [], [])
    english, ours = 0, any(row.known for row in reading.blocks)
    for row in reading.blocks:
        said = canonical_block(row.block.text)
        by_number = ours and row.block.kind == b.FOOTNOTE  # Word's own notes carry no id, only their number
        block = blocks.get(row.block.id) if row.known or by_number else None
        if block is None:
            if not (row.known and (row.block.id in own or row.block.id.startswith((f"{NOTE}-", NEWER)))):
                found.unknown.append(row.block.printed)
        elif said == canonical_block(block.text):
            english += 1
        elif trouble := derive.fault(block, said):
            found.faults.append((block, trouble))
        else:
            found.words[block.id] = said
    return replace(found, english=english)
