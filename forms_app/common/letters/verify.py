"""The last look before a letter leaves: reopened by another library and read, not trusted.

Nothing here shares code with the filler: the file is opened with python-docx and its text compared with the
context. Any difference raises LetterFault, so a letter without its caveats cannot come into being (§7B.7).
"""

import io
import re
import unicodedata
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from docx import Document

from intranet.papers.bidi import clean, strip_marks
from intranet.papers.faults import LetterFault
from intranet.papers.letterhead import Letterhead
from intranet.papers.package import ALLOWED, W
from intranet.papers.qr import qr_png

from .context import LetterContext, OfficeMemo, OwnDataNote, ReleaseLetter
from .values import code_text, day_of, number_of
from .words import PUBLIC_LABELS

PROPERTIES = frozenset({"title", "creator", "lastModifiedBy", "revision", "created", "modified", "language"})
_SHA = re.compile(r"[0-9a-fA-F]{64}")
_HIDDEN = (f"{{{W}}}vanish", f"{{{W}}}specVanish", f"{{{W}}}webHidden")


def _refuse(condition: bool, sentence: str) -> None:
    if condition:
        raise LetterFault(sentence)


def check_facts(context: LetterContext) -> None:
    """The facts themselves, before anything is written. Raises LetterFault with one sentence."""
    _refuse(
        not _SHA.fullmatch(context.data_set_sha256),
        _("The SHA-256 of the data set must be 64 hexadecimal digits."),
    )
    _refuse(not number_of(context).strip(), _("The letter has no number."))
    _refuse(context.period.last_day < context.period.first_day, _("The period ends before it begins."))
    if isinstance(context, OfficeMemo):
        _refuse(len(context.items) != 5, _("The memo needs the five items of the request (§7B.0)."))
        for label, text in context.items:
            _refuse(
                not text.strip(), _("The item “%(item)s” of the request is empty (§7B.0).") % {"item": label}
            )
        return
    _refuse(not context.tables, _("The letter has no table."))
    for table in context.tables:
        total = sum(figure for label, figure in table.rows)
        _refuse(
            any(figure < 0 for label, figure in table.rows),
            _("A figure of “%(table)s” is below zero.") % {"table": table.title},
        )
        _refuse(
            total != table.total,
            _("The rows of “%(table)s” add up to %(sum)s, its total says %(total)s.")
            % {"table": table.title, "sum": total, "total": table.total},
        )
    texts = context.caveats.paragraphs
    _refuse(
        not texts or any(not text.strip() for text in texts), _("A caveat of the edition is empty (§7B.7).")
    )
    translated = context.caveats.translation
    if translated:
        shape = [len(item.purposes) for item in translated]
        _refuse(
            shape != [len(item.purposes) for item in context.caveats.items],
            _("The stored Arabic translation does not have as many paragraphs as the caveats."),
        )
    if isinstance(context, ReleaseLetter):
        facts = context.completeness
        _refuse(not context.onward_rule.strip(), _("The rule on onward sharing is missing (§7B.6)."))
        _refuse(not context.authorization.capacity.strip(), _("The office's capacity is missing (§7B.7)."))
        _refuse(
            context.authorization.on > context.letter_date,
            _("The letter is dated before its authorization (§7B.7)."),
        )
        _refuse(
            not 0 < facts.included <= facts.signatories
            or facts.included + facts.silent + facts.suspended + facts.missing > facts.signatories,
            _("The completeness line does not add up: more signatories counted than there are."),
        )


def _shown(text: str) -> str:
    """A text as it stands in a file: line ends and invisible controls as the filler writes them."""
    return strip_marks(clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")))


def _paragraphs(document: Any) -> list[str]:
    from docx.text.paragraph import Paragraph

    return [strip_marks(Paragraph(node, document).text) for node in document.element.body.iter(f"{{{W}}}p")]


def _in_order(wanted: tuple[str, ...], found: list[str]) -> str | None:
    """The first wanted paragraph that does not follow the one before it, word for word; None if all do."""
    position = 0
    for text in wanted:
        try:
            position = found.index(_shown(text), position) + 1
        except ValueError:
            return text
    return None


def all_text(data: bytes) -> str:
    """Every text and attribute of every part, in one string: where a name could hide."""
    pieces = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            pieces.append(name)
            if name.endswith((".xml", ".rels")):
                pieces.append(_plain(archive.read(name)))
    return "\n".join(pieces)


def _plain(data: bytes) -> str:
    """The text of one part, paragraphs on lines of their own, and every attribute value."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    lines = []
    for paragraph in root.iter(f"{{{W}}}p"):
        lines.append("".join(node.text or "" for node in paragraph.iter(f"{{{W}}}t")))
    for element in root.iter(etree.Element):
        lines += [value for value in element.attrib.values() if len(value) > 2]
        if element.text and not element.tag.startswith(f"{{{W}}}"):
            lines.append(element.text)
    return "\n".join(lines)


def _comparable(text: str) -> str:
    """Text for comparing names: one form of each letter, no vowel signs, no lengthening stroke, no marks."""
    plain = unicodedata.normalize("NFKD", strip_marks(text)).replace("\u0640", "")
    return "".join(char for char in plain if unicodedata.category(char) != "Mn")


def _spans(text: str, phrases: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the phrases stand in `text`, both comparable and folded already."""
    out = []
    for phrase in phrases:
        words = _comparable(phrase).casefold().split()
        if words:
            pattern = r"\s+".join(re.escape(word) for word in words)
            out += [match.span() for match in re.finditer(pattern, text)]
    return out


def named(text: str, names: tuple[str, ...], exempt: tuple[str, ...] = ()) -> str | None:
    """The first of `names` that stands in `text` as a word of its own, or None.

    Short names in capitals (WHO) are compared with their case, others without. An Arabic name is found behind
    a joined particle too ("and", "to", "by"). A name inside a phrase of `exempt` does not count.
    """
    plain = _comparable(text)
    folded = plain.casefold()
    same_length = len(folded) == len(plain)
    free = _spans(folded, exempt)
    for name in names:
        wanted = _comparable(name).strip()
        if not wanted:
            continue
        exact = same_length and wanted.isupper() and len(wanted) <= 8
        start = "" if unicodedata.bidirectional(wanted[0]) == "AL" else r"(?<!\w)"
        words = (wanted if exact else wanted.casefold()).split()
        pattern = start + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)"
        for match in re.finditer(pattern, plain if exact else folded):
            if not any(low <= match.start() and match.end() <= high for low, high in free):
                return name
    return None


def exempt_phrases(context: LetterContext) -> tuple[str, ...]:
    """What a letter must say even if a signatory is called so: the protocol's own words, the sender, the office.

    The office or the volunteers' programme may be in the register themselves; naming them here tells nothing
    about who gave data. Nothing that a person typed for this request is exempt.
    """
    out = sender_phrases(context.letterhead)
    if isinstance(context, ReleaseLetter):
        out += (*context.caveats.paragraphs, context.onward_rule, context.authorization.capacity)
    return out


def sender_phrases(head: Letterhead) -> tuple[str, ...]:
    """Sender, office and the printed words of the tables: the part of the above that every letter has."""
    return (
        *(head.network_en, head.network_ar, head.office_en, head.office_ar, *PUBLIC_LABELS),
        *(head.authorizing_office_en, head.authorizing_office_ar, head.coordinator_en, head.coordinator_ar),
    )


def _check_properties(data: bytes, context: LetterContext) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        core = etree.fromstring(archive.read("docProps/core.xml"))
        code = archive.read("word/media/letter-code.png") if "word/media/letter-code.png" in names else b""
    for name in names:
        _refuse(
            not ALLOWED.fullmatch(name),
            _("The file holds a part that a letter does not have (%(part)s).") % {"part": name},
        )
    fields = {etree.QName(item).localname for item in core}
    _refuse(fields != PROPERTIES, _("The properties of the file are not the ones that a letter has."))
    _refuse(
        code != qr_png(code_text(context)),
        _("The square code does not hold this letter's number and data set."),
    )


def verify(data: bytes, context: LetterContext, forbidden_names: tuple[str, ...] = ()) -> None:
    """Reopen the file and compare. Raises LetterFault with the first thing that is not as it must be.

    Checked: every caveat paragraph word for word and in order, the onward rule, numbers, every figure, the full
    SHA-256, the square code, the properties, no hidden text, none of `forbidden_names` anywhere (§7B.5).
    """
    document = Document(io.BytesIO(data))
    found = _paragraphs(document)
    whole = "\n".join(found)
    _check_properties(data, context)
    _refuse(
        context.data_set_sha256.lower() not in whole, _("The SHA-256 of the data set is not in the letter.")
    )
    everything = strip_marks(all_text(data))
    _refuse(number_of(context) not in everything, _("The number of the letter is not in it."))
    hidden = list(document.element.body.iter(*_HIDDEN))
    _refuse(bool(hidden), _("The letter holds hidden text."))
    if isinstance(context, OfficeMemo):
        lost = _in_order(tuple(text for label, text in context.items), found)
        _refuse(
            lost is not None,
            _("An item of the request is not in the memo word for word: “%(text)s”.")
            % {"text": (lost or "")[:80]},
        )
    else:
        _check_letter(context, document, found)
    stamp = document.core_properties.created
    _refuse(
        stamp is None or stamp.date() != day_of(context), _("The date in the properties is not the letter's.")
    )
    name = named(everything, forbidden_names, exempt_phrases(context)) if forbidden_names else None
    _refuse(
        name is not None,
        _("The letter names a signatory (%(name)s); nothing in it may (§7B.5).") % {"name": name},
    )


def _check_letter(context: ReleaseLetter | OwnDataNote, document: Any, found: list[str]) -> None:
    texts = context.caveats.paragraphs
    lost = _in_order(texts, found)
    _refuse(
        lost is not None,
        _("A caveat does not stand word for word in the letter: “%(text)s”.") % {"text": (lost or "")[:80]},
    )
    if isinstance(context, ReleaseLetter) and context.language == "en":
        lost = _in_order((context.onward_rule,), found)
        _refuse(lost is not None, _("The rule on onward sharing is not in the letter word for word (§7B.6)."))
    tables = [
        [[strip_marks(item.text) for item in row.cells] for row in table.rows] for table in document.tables
    ]
    for wanted in context.tables:
        rows = [[_shown(label), str(figure)] for label, figure in wanted.rows]
        whole = any(
            [row for row in table if len(row) == 2][1:-1] == rows and table[-1][-1] == str(wanted.total)
            for table in tables
        )
        _refuse(
            not whole,
            _("The table “%(table)s” is not in the letter figure by figure.") % {"table": wanted.title},
        )
