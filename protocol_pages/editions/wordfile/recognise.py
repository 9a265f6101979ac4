"""Candidates become blocks: title, headings, sections, items, footnotes. Whatever is not sure is told as a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .. import blocks as b
from ..blocks import RTL, Block, Mark
from .candidates import Candidate, Reader
from .document import Reading, Recognised, Remark
from .front import title_of
from .ids import Facts, is_rtl
from .lists import Lists
from .prepare import join_broken, split_notes
from .sections import Sections
from .typed import DECIMAL, LOW_ROMAN, UP_ROMAN

SHORT = 90  # letters that a heading may have where no style says that it is one
_WORDS = 14
_CLOSED = (".", ";", "!", "?", ",", "…")  # no heading ends like this
_YEAR = re.compile(r"\d{4}(?:\s*[–-]\s*\d{4})?")
_ENDORSED = re.compile(
    r"^(?:approved|endorsed|adopted|agreed|signed)\b.*\d{4}\.?$|^(?:اعتمد|أقر|صادق).*\d{4}", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
KIND_OF_STYLE = {
    "Title": b.TITLE,
    "EditionLetterhead": b.LETTERHEAD,
    "Quote": b.QUOTE,
    "EditionEndorsement": b.ENDORSEMENT,
    "EditionParagraph": b.PARAGRAPH,
    "EditionItem": b.ITEM,
}
_QUOTES = ("quote", "intense quote", "block text", "citation")


@dataclass(slots=True)
class _Row:
    """A block on its way: the candidate it began with and what was decided."""

    candidate: Candidate
    kind: str
    level: int = 0
    section: str = ""
    addresses: tuple[str, ...] = ()
    id: str = ""
    guesses: list[tuple[str, str]] = field(default_factory=list)


class Recogniser:
    """Recognises one view of a document. ``language``: of the text where its letters do not say otherwise."""

    def __init__(self, candidates: Sequence[Candidate], language: str) -> None:
        self.language = language
        self.candidates = list(candidates)
        self.lists = Lists()
        known = [c.known_id for c in candidates if c.known_id]
        addresses = [a for c in candidates if c.facts for a in c.facts.addresses]
        self.sections = Sections(known, addresses)
        self.rows: list[_Row] = []
        self.notes: dict[int, Candidate] = {}
        self._seen: set[str] = set()
        self._styled = any(c.look.outline for c in candidates)
        self._numbered = False  # whether a heading with a number has come
        self._body = self._usual_size()

    def blocks(self, reader: Reader) -> tuple[Recognised, ...]:
        """All blocks, the footnotes last; remarks stay in ``rows``."""
        self.candidates, self.notes = split_notes(self.candidates)
        self.candidates = join_broken(self.candidates)
        self.sections.reserve(self._numbers_of_headings())
        begins = self._front()
        for place in range(begins, len(self.candidates)):
            self._decide(place)
        self._ending()
        found = [self._block(row) for row in self.rows]
        return tuple(found + self._footnotes(reader))

    # what stands where

    def _numbers_of_headings(self) -> Iterator[int]:
        """Numbers that loud paragraphs carry: sections are called after them, wherever they stand."""
        for place, candidate in enumerate(self.candidates):
            number = candidate.number
            if number is None or number.bullet or number.depth > 1:
                continue
            loud = (candidate.bold or candidate.look.bold) and len(candidate.text) <= SHORT
            outline = candidate.look.outline
            if outline == 1 or (loud and not outline and not self._in_list(place)):
                yield from (v for f, v in number.values if f.split("|")[0] in (DECIMAL, LOW_ROMAN, UP_ROMAN))

    def _usual_size(self) -> float:
        sizes = [c.look.size for c in self.candidates for _ in range(len(c.text) // 40 + 1)]
        return sorted(sizes)[len(sizes) // 2] if sizes else 0

    def _front(self) -> int:
        """Letterhead and title; where the text begins."""
        chosen, end, guessed = title_of(self.candidates, self.language)
        for place in range(end):
            if place == chosen:
                row = _Row(self.candidates[place], b.TITLE, addresses=("title",))
                row.guesses += [("title", "")] if guessed else []
            else:
                row = _Row(self.candidates[place], b.LETTERHEAD, guesses=[("letterhead", "")])
            self._labelled(row)
        return end

    # one paragraph after another

    def _decide(self, place: int) -> None:
        candidate = self.candidates[place]
        row = _Row(candidate, b.PARAGRAPH)
        facts = candidate.facts
        if facts is not None and candidate.known_id not in self._seen:
            self._known(row, facts)
        elif candidate.columns:
            row.kind, row.level = b.TABLE, candidate.columns
            row.guesses.append(("table", str(candidate.columns)))
        elif level := self._heading(place, row):
            row.kind, row.level = b.HEADING, level
            self.lists.heading(candidate)
        elif candidate.number is not None:
            self._numbered_text(row)
        else:
            self._plain(place, row)
        self._labelled(row)

    def _known(self, row: _Row, facts: Facts) -> None:
        row.kind, row.level, row.section = facts.kind, facts.level, facts.section
        style = row.candidate.look
        now = b.HEADING if style.outline else KIND_OF_STYLE.get(style.style_id, facts.kind)
        shown = min(max(facts.level, 1), 6)
        if facts.kind in (b.TABLE, b.FOOTNOTE) or not style.style_id:
            pass
        elif now != facts.kind or (now == b.HEADING and style.outline != shown):
            row.kind, row.level = now, style.outline or int(now == b.ITEM)
            row.guesses.append(("kind_changed", ""))
        elif now == b.ITEM and row.candidate.automatic and row.candidate.level != min(max(facts.level, 1), 9):
            row.level = row.candidate.level
        if row.kind == b.TABLE:
            row.level = row.candidate.columns or row.level
        row.addresses, row.id = facts.addresses, facts.id
        if row.kind == b.HEADING:
            self.lists.heading(row.candidate)
        if row.candidate.number is not None and row.kind == b.ITEM:
            self.lists.item(row.candidate)
        self.sections.enter(facts.section)

    def _heading(self, place: int, row: _Row) -> int:
        """The level of a heading, 0 for other paragraphs."""
        candidate = row.candidate
        number, text = candidate.number, candidate.text
        if candidate.look.outline:
            return min(candidate.look.outline, 6)
        wordless = not _LETTER.search(text) and not _YEAR.fullmatch(text)
        if len(text) > SHORT or len(text.split()) > _WORDS or text.endswith(_CLOSED) or wordless:
            return 0
        if number is not None and number.bullet:
            return 0
        capitals = text.upper() == text and text.lower() != text and len(text) > 3
        loud = candidate.bold or candidate.look.bold or capitals or candidate.look.size >= self._body + 2 > 2
        if number is None:
            if not loud or text[:1].islower():
                return 0
            row.guesses.append(("heading_look", ""))
            return 2 if self._styled or self._numbered else 1
        level = self._level_of(candidate)
        if loud and not self._in_list(place):
            self._numbered = True
            row.guesses.append(("heading_look", ""))
            return level
        if self._in_list(place) or text[:1].islower() or len(text) > 80 or text.endswith(":"):
            return 0
        if not (number.worded or self._opens_section(candidate, level)):
            return 0
        self._numbered = True
        row.guesses.append(("heading_short", ""))
        return level

    def _level_of(self, candidate: Candidate) -> int:
        number = candidate.number
        assert number is not None
        family = number.values[0][0].split("|")[0]
        if number.depth > 1:
            return min(number.depth, 3)
        return 2 if family in ("upper", "lower") and self.sections.section else 1

    def _opens_section(self, candidate: Candidate, level: int) -> bool:
        number = candidate.number
        assert number is not None
        value = number.values[0][1]
        if level == 1:
            return value == self.sections.last + 1
        if number.depth > 1:
            return True
        return number.values[0][0].startswith("upper")

    def _in_list(self, place: int) -> bool:
        """Whether the paragraph goes on a list that is open, or the next one, short too, goes on from it."""
        candidate = self.candidates[place]
        if self.lists.goes_on(candidate):
            return True
        after = self.candidates[place + 1] if place + 1 < len(self.candidates) else None
        if after is None or after.number is None or after.look.outline or len(after.text) > SHORT:
            return False
        assert candidate.number is not None
        return any(after.number.value(family) == value + 1 for family, value in candidate.number.values)

    def _numbered_text(self, row: _Row) -> None:
        candidate = row.candidate
        number = candidate.number
        assert number is not None
        section = self.sections.numbered_paragraph(number)
        if section and not number.bullet and not self.lists.goes_on(candidate):
            self.lists.heading(candidate)
            self.sections.enter(section)
            row.guesses.append(("numbered_paragraph", number.text))
            row.section, row.addresses = section, self.sections.take("", (section,))
            return
        row.kind, row.level = b.ITEM, min(self.lists.item(candidate), 9)
        if not candidate.automatic:
            row.guesses.append(("typed_number", number.text))

    def _plain(self, place: int, row: _Row) -> None:
        candidate = row.candidate
        before = self.candidates[place - 1].text if place else ""
        if candidate.look.style in _QUOTES:
            row.kind, row.level = b.QUOTE, 1
        elif before.endswith(":") and len(candidate.text.split()) > 12 and candidate.italic:
            row.kind, row.level = b.QUOTE, 1
            row.guesses.append(("quote", ""))
        self.lists.paragraph(candidate.text.endswith(":"))

    def _ending(self) -> None:
        for row in self.rows[-4:]:
            if (
                row.kind == b.PARAGRAPH
                and row.candidate.facts is None
                and _ENDORSED.match(row.candidate.text)
            ):
                row.kind, row.section = b.ENDORSEMENT, ""
                row.addresses = self.sections.take("", ("end",))
                row.id = self.sections.id("end")
                row.guesses.append(("endorsement", ""))

    # labels

    def _labelled(self, row: _Row) -> None:
        """Give the row its section, its addresses and its id."""
        candidate = row.candidate
        known = candidate.known_id if candidate.known_id not in self._seen else ""
        facts = candidate.facts if known else None
        front = row.kind in (b.LETTERHEAD, b.TITLE)
        if facts is not None:
            row.section, row.addresses = facts.section, facts.addresses
            if row.kind == b.HEADING:
                self.sections.enter(facts.section)
        elif row.kind == b.HEADING:
            row.section = self.sections.heading(row.level, candidate.number)
            row.addresses = self.sections.address(row.level, candidate.number, "heading")
        elif not front and not row.addresses:
            row.section = self.sections.section
            row.addresses = self.sections.address(row.level, candidate.number, row.kind)
        elif front and row.addresses:
            row.addresses = self.sections.take("", row.addresses)
        wanted = row.addresses[0] if row.addresses else row.section + "-p" if row.section else row.kind
        row.id = known or self.sections.id(f"s{wanted}" if row.kind == b.HEADING else wanted)
        self._seen.add(row.id)
        self.rows.append(row)

    def _block(self, row: _Row) -> Recognised:
        candidate = row.candidate
        number = candidate.number.text if candidate.number else ""
        marks = candidate.marks
        if row.kind in (b.HEADING, b.TITLE) and candidate.bold:  # the look of a heading, not an emphasis
            marks = tuple(mark for mark in marks if mark.kind != b.BOLD)
        block = Block(
            row.id, row.kind, row.level, row.section, number, row.addresses,
            self._language(candidate.text, candidate.facts), candidate.text, marks,
        )  # fmt: skip
        return Recognised(
            block, tuple(candidate.shown), bool(candidate.known_id) and row.id == candidate.known_id
        )

    def _language(self, text: str, facts: Facts | None) -> str:
        rtl = is_rtl(text)
        if facts is not None and facts.rtl == rtl:
            return facts.lang
        if rtl:
            return self.language if self.language in RTL else "ar"
        return self.language if self.language not in RTL else "en"

    def _footnotes(self, reader: Reader) -> list[Recognised]:
        found: dict[int, Recognised] = {}
        for number, typed in self.notes.items():
            found[number] = self._note(number, typed.text, typed.marks, tuple(typed.shown), None)
        by_id = {facts.id: facts for facts in reader.facts.values()}
        for number, text, marks in reader.notes():
            if text:
                found[number] = self._note(
                    number, text, marks, (f"[{number}] {text}",), by_id.get(f"fn{number}")
                )
        return [found[number] for number in sorted(found)]

    def _note(
        self, number: int, text: str, marks: tuple[Mark, ...], source: tuple[str, ...], facts: Facts | None
    ) -> Recognised:
        key = f"fn{number}"
        addresses = facts.addresses if facts else (key,)
        section, level = (facts.section, facts.level) if facts else ("", 0)
        lang = self._language(text, facts)
        block = Block(key, b.FOOTNOTE, level, section, f"[{number}]", addresses, lang, text, marks)
        return Recognised(block, source, facts is not None)


def reading(
    candidates: Sequence[Candidate], reader: Reader, language: str, lost: Iterable[tuple[str, int]]
) -> Reading:
    """The blocks of one view with its guesses and losses."""
    recogniser = Recogniser(candidates, language)
    blocks = recogniser.blocks(reader)
    guesses: list[Remark] = []
    losses = [Remark(code, "", str(count)) for code, count in lost]
    for row in recogniser.rows:
        for code, detail in (*row.guesses, *row.candidate.remarks):
            (losses if code in LOSSES else guesses).append(Remark(code, row.id, detail))
    guesses += [Remark("typed_note", f"fn{number}") for number in recogniser.notes]
    guesses += [
        Remark(code, f"fn{detail}" if code == "endnote" else "", detail) for code, detail in reader.remarks
    ]
    return Reading(blocks, tuple(guesses), tuple(losses))


LOSSES = ("merged", "nested", "cell_look", "look")
