"""Two versions of one object side by side; what differs is said in words, never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import differences, wording
from .differences import Part
from .history import History, Version


@dataclass(frozen=True)
class Line:
    """One field of both versions. ``verdict``: "changed", "added", "removed", "the same", in words."""

    field: str
    left: list[Part]
    right: list[Part]
    verdict: str
    differs: bool


def chosen(history: History, old: str, new: str) -> tuple[Version, Version] | None:
    """The versions with these numbers, the newer one last; the last two where nothing is asked.

    None where there is no such version.
    """
    count = len(history.versions)
    if not old and not new:
        return history.versions[max(count - 2, 0)], history.versions[-1]
    numbers = [int(text) if text.isascii() and text.isdigit() else 0 for text in (old, new)]
    if any(not 1 <= number <= count for number in numbers):
        return None
    return history.versions[min(numbers) - 1], history.versions[max(numbers) - 1]


def compare(history: History, old: Version, new: Version, *, everything: bool) -> list[Line]:
    """Field by field; ``everything``: those that are the same too. One query for each kind pointed to."""
    names = wording.Names()
    names.load(
        target
        for version in (old, new)
        for shown in history.fields
        if (target := wording.points_to(history.model, shown.name, version.values[shown.attname]))
    )
    lines = []
    for shown in history.fields:
        raw = [version.values[shown.attname] for version in (old, new)]
        differs = raw[0] != raw[1]
        if not (differs or everything):
            continue
        left, right = (wording.value(history.model, shown.name, value, names, longest=None) for value in raw)
        parts = differences.sides(left, right) if differs else ([Part("same", left)], [Part("same", right)])
        empty = [value is None or value in ("", []) for value in raw]
        verdict = _verdict(differs, *empty)
        lines.append(Line(wording.field_label(history.model, shown.name), *parts, verdict, differs))
    return lines


def _verdict(differs: bool, was_empty: bool, is_empty: bool) -> str:
    if not differs:
        return _("the same")
    if was_empty:
        return _("added")
    return _("removed") if is_empty else _("changed")
