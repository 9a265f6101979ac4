"""The figures of one month as a value, and what does not add up in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from . import codes
from .codes import ALREADY_SENT, ASSISTANCE, CHANNEL, INVESTIGATION, NATURE, PERSONNEL, RECEIVED, Section

Counts = Mapping[str, int]
LARGEST = 9999  # more in one month is a slip of the keyboard
_FIRST = 10  # a jump below this many reports asks nothing
_TIMES = 3


@dataclass(frozen=True, slots=True)
class Form:
    """Which counts a submission holds. ``after_total``: sections that are asked only when the total is above 0."""

    name: str
    after_total: tuple[Section, ...]
    always: tuple[Section, ...] = ()
    asks_already_sent: bool = False

    def sections(self, received: int) -> tuple[Section, ...]:
        """The sections that this total needs (D37)."""
        return (*(self.after_total if received > 0 else ()), *self.always)

    def names(self, received: int) -> tuple[str, ...]:
        """Every count that this total needs, in order of the page."""
        first = (RECEIVED, ALREADY_SENT) if self.asks_already_sent and received > 0 else (RECEIVED,)
        return (*first, *(name for section in self.sections(received) for name in section.names))


MONTH = Form("month", (NATURE, PERSONNEL), (ASSISTANCE, INVESTIGATION), asks_already_sent=True)
INTAKE = Form("intake", (CHANNEL, NATURE, PERSONNEL))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that does not add up: ``field`` (where to look), ``section`` and the sentence."""

    field: str
    section: str
    sentence: StrOrPromise


@dataclass(frozen=True, slots=True)
class Question:
    """Something unusual that may be right: asked, never refused. ``code`` names it, numbers included, in the answer."""

    code: str
    field: str
    sentence: StrOrPromise


def payload(counts: Counts) -> dict[str, Any]:
    """The JSON of a version from flat counts: ``{"received": 4, "nature": {...}, ...}``."""
    stored: dict[str, Any] = {}
    for name, value in counts.items():
        section, _separator, code = name.partition("__")
        if code:
            stored.setdefault(section, {})[code] = value
        else:
            stored[section] = value
    return stored


def counts(stored: Mapping[str, Any]) -> dict[str, int]:
    """Flat counts from the JSON of a version; only counts that were given."""
    flat: dict[str, int] = {}
    for name, value in stored.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}__{code}": int(number) for code, number in value.items()})
        else:
            flat[name] = int(value)
    return flat


def sum_of(section: Section, given: Counts) -> int:
    """The sum of a section's rows; rows that were not given add nothing."""
    return sum(given.get(name, 0) for name in section.names)


def mismatches(form: Form, given: Counts) -> list[Mismatch]:
    """Every sum of complete ``given`` counts that does not hold, in order of the page."""
    received = given[RECEIVED]
    found: list[Mismatch] = []
    if given.get(ALREADY_SENT, 0) > received:
        found.append(
            Mismatch(
                ALREADY_SENT,
                "",
                _(
                    "Already sent to the inter-agency channel says %(part)d, received says %(total)d:"
                    " it is a part of those received, so it cannot be more."
                )
                % {"part": given[ALREADY_SENT], "total": received},
            )
        )
    for section in form.sections(received):
        if section.parts_of and (total := sum_of(section, given)) != received:
            found.append(Mismatch(section.names[0], section.code, _does_not_add_up(section, total, received)))
        if section is INVESTIGATION and (wrong := _flow(given)):
            found.append(Mismatch(f"investigation__{codes.Open.PRELIMINARY}", section.code, wrong))
    return found


def open_at_end(given: Counts) -> int:
    """Investigations open at the end of the month (stock)."""
    return sum(given.get(f"investigation__{code}", 0) for code in codes.Open.values)


def questions(form: Form, given: Counts, earlier: Counts | None) -> list[Question]:
    """What is unusual beside last month's counts; ``earlier`` None: nothing to compare with."""
    if earlier is None:
        return []
    asked: list[Question] = []
    now, before = given[RECEIVED], earlier.get(RECEIVED, 0)
    low, high = sorted((now, before))
    if high >= _FIRST and high >= _TIMES * max(low, 1):
        asked.append(
            Question(
                f"jump:{before}:{now}",
                RECEIVED,
                _("Received: last month %(before)d, now %(now)d. Is this right?")
                % {"before": before, "now": now},
            )
        )
    if form is MONTH:
        start, left = given.get(f"investigation__{codes.Flow.AT_START}", 0), open_at_end(earlier)
        if start != left:
            asked.append(
                Question(
                    f"stock:{left}:{start}",
                    f"investigation__{codes.Flow.AT_START}",
                    _(
                        "Investigations: last month ended with %(left)d open, this month starts with"
                        " %(start)d. Is this right?"
                    )
                    % {"left": left, "start": start},
                )
            )
    return asked


def _does_not_add_up(section: Section, total: int, received: int) -> str:
    gap = abs(received - total)
    if total < received:
        rest = ngettext("%(gap)d is missing.", "%(gap)d are missing.", gap) % {"gap": gap}
    else:
        rest = ngettext("%(gap)d too many.", "%(gap)d too many.", gap) % {"gap": gap}
    said = _("%(section)s adds up to %(total)d, received says %(received)d:") % {
        "section": section.title,
        "total": total,
        "received": received,
    }
    return f"{said} {rest}"


def _flow(given: Counts) -> str:
    came = sum(given.get(f"investigation__{code}", 0) for code in codes.Flow.values)
    closed = sum(given.get(f"investigation__{code}", 0) for code in codes.Closed.values)
    left, end = came - closed, open_at_end(given)
    if left == end:
        return ""
    if left < 0:
        return _(
            "Internal investigations: %(closed)d were closed, but only %(came)d were open at the start"
            " or opened in the month."
        ) % {"closed": closed, "came": came}
    return _(
        "Internal investigations: open at the start and opened, less closed, leaves %(left)d; the open"
        " rows add up to %(end)d."
    ) % {"left": left, "end": end}


def merged(rows: Iterable[Counts]) -> dict[str, int]:
    """Counts added up, name by name."""
    total: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            total[name] = total.get(name, 0) + value
    return total
