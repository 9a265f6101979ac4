"""One cell into one value: what people and spreadsheets write, or a sentence that says the fix."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from intranet.files.sheets import Cell
from intranet.forms import DayField, western_digits
from intranet.listing import listed
from signatories.names import folded

from .columns import EXAMPLE, Column, Type, in_languages

_MARKS = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_SEPARATORS = re.compile(r"[;؛\n]+")
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")
FIRST_YEAR, LAST_YEAR = 1990, 2200


class Unreadable(ValueError):
    """The cell cannot be taken; the sentence says why and what to write."""


def text_of(cell: Cell | None) -> str:
    """A cell as plain text: no direction marks, no control characters, one space between words."""
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    text = unicodedata.normalize("NFC", str(value)).translate(_MARKS)
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Zs", "Zl", "Zp"} else sign for sign in text)
    return " ".join(kept.split())


def is_example(cell: Cell | None) -> bool:
    """Whether the row says of itself that it is an example."""
    words = {EXAMPLE[0], *in_languages(EXAMPLE[1])}
    return folded(text_of(cell)) in {folded(word) for word in words}


def value_of(cell: Cell | None, column: Column) -> Any:
    """The value for this column; None where nothing stands. Raises Unreadable."""
    if cell is None or not text_of(cell):
        if column.required:
            raise Unreadable(_("nothing stands here. Write it."))
        return None
    if cell.kind == "formula":
        raise Unreadable(_("a formula stands here. Write the value itself (paste as values)."))
    if cell.kind == "error":
        raise Unreadable(_("an error of the spreadsheet stands here (%s). Write the value.") % cell.value)
    return _READERS[column.type](cell, column)


def _text(cell: Cell, column: Column) -> str:
    if cell.kind == "bool":
        raise Unreadable(_("“true” or “false” stands here. Write the words."))
    if cell.kind in {"day", "moment"}:
        raise Unreadable(_("the spreadsheet made a date of it. Write it as text."))
    text = text_of(cell)
    if len(text) > column.longest:
        raise Unreadable(
            _("%(n)s characters stand here. Write at most %(most)s.")
            % {"n": len(text), "most": column.longest}
        )
    return text


def _email(cell: Cell, column: Column) -> str:
    text = western_digits(_text(cell, column)).lower().removeprefix("mailto:")
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable(_("write one address like name@example.org.")) from None
    return text


def _file(cell: Cell, column: Column) -> str:
    text = _text(cell, column)
    if "/" in text or "\\" in text:
        raise Unreadable(_("write the file's name alone, without folders."))
    return text


def _texts(cell: Cell, column: Column) -> list[str]:
    raw = str(cell.value) if cell.kind == "text" else text_of(cell)
    parts = [text_of(Cell("text", part)) for part in _SEPARATORS.split(raw)]
    found = [part for part in parts if part]
    if any(len(part) > column.longest for part in found):
        raise Unreadable(_("one of these is longer than %s characters.") % column.longest)
    return found


def _day(cell: Cell, column: Column) -> date:
    if cell.kind == "day":
        found: date | None = cell.value
    elif cell.kind == "moment":
        found = cell.value.date()
    elif cell.kind == "number" and cell.serial is not None:
        found = cell.serial
    else:
        try:
            found = DayField(label="").to_python(_MIDNIGHT.sub("", western_digits(text_of(cell))))
        except ValidationError:
            raise Unreadable(_("write the day as a date, for example 25/1/2026.")) from None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(_("write the day as a date, for example 25/1/2026."))
    return found


def _choice(cell: Cell, column: Column) -> str:
    wanted = folded(text_of(cell))
    known = _known(column)
    if wanted not in known:
        raise Unreadable(_("choose one of the list: %s.") % _offered(column))
    return known[wanted]


def _choices(cell: Cell, column: Column) -> list[str]:
    known = _known(column)
    found = []
    for part in re.split(r"[;,،؛\n]+", str(cell.value)):
        wanted = folded(text_of(Cell("text", part)))
        if not wanted:
            continue
        if wanted not in known:
            raise Unreadable(
                _("“%(word)s” is not in the list: %(offered)s.")
                % {"word": text_of(Cell("text", part)), "offered": _offered(column)}
            )
        found.append(known[wanted])
    return list(dict.fromkeys(found))


_words: dict[int, dict[str, str]] = {}  # by column; the columns live as long as the process


def _known(column: Column) -> dict[str, str]:
    """What means which code: the code and its label in both languages."""
    assert column.choices is not None
    if id(column) not in _words:
        _words[id(column)] = {
            folded(word): code for code, label in column.choices() for word in (code, *in_languages(label))
        }
    return _words[id(column)]


def _offered(column: Column) -> str:
    assert column.choices is not None
    return listed(str(label) for _code, label in column.choices())


_READERS = {
    Type.TEXT: _text,
    Type.EMAIL: _email,
    Type.DAY: _day,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.TEXTS: _texts,
    Type.FILE: _file,
}
