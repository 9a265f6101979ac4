"""The rows of a workbook done one after the other through the services, as one person's acts.

It runs inside a transaction of its caller, who keeps everything or nothing. A row that is refused is
noted at its cell and the next row goes on, so that one look finds every fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.workflow.runner import Refused
from signatories.models import Organization
from signatories.names import find_by_name, folded
from signatories.services import Upload

from .book import Book, Problem, Row, faulty_texts
from .columns import SHEETS


class Verdict(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True)
class Line:
    """What became of a row. ``changes``: from what to what, in words."""

    sheet: str
    row: int
    verdict: Verdict
    label: str
    changes: tuple[str, ...] = ()


class Wrong(ValueError):
    """The row cannot be done; ``column`` is where the fault stands."""

    def __init__(self, column: str, text: StrOrPromise) -> None:
        super().__init__(str(text))
        self.column, self.text = column, str(text)


class Unjudged(Exception):
    """The row points to one that has a fault of its own, so nothing can be said about it yet."""


@dataclass
class Report:
    """Everything that an import did or would do, and everything that is wrong."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unjudged: int = 0
    unused_scans: list[str] = field(default_factory=list)
    book: Book | None = None

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def counts(self) -> Counter[str]:
        """Rows by verdict."""
        return Counter(line.verdict.value for line in self.lines)

    @property
    def changes_something(self) -> bool:
        return any(line.verdict != Verdict.LEFT for line in self.lines)

    def of(self, verdict: Verdict) -> list[Line]:
        return [line for line in self.lines if line.verdict == verdict]


@dataclass
class Import:
    """One run. ``scans``: file name, folded, to the file. ``source``: the workbook's name, for reasons."""

    book: Book
    actor: Actor
    now: datetime
    source: str
    scans: Mapping[str, Upload]
    report: Report = field(default_factory=Report)
    used: set[str] = field(default_factory=set)

    @property
    def note(self) -> str:
        """The reason that acts of the import carry."""
        return _("Import of %s") % self.source

    def run(self) -> Report:
        """Do every row. Call inside a transaction."""
        from .acts_papers import agreement, signature
        from .acts_people import organization, person, post

        acts: dict[str, Callable[[Import, Row], Line]] = {
            "organizations": organization,
            "people": person,
            "posts": post,
            "agreements": agreement,
            "signatures": signature,
        }
        self.report.book = self.book
        self.report.problems += self.book.problems
        self._by_name: dict[str, list[Organization]] = {}
        for kind in SHEETS:
            for row in self.book.rows.get(kind.name, ()):
                if not row.faulty:
                    self._do(row, acts[kind.name])
            if kind.name == "organizations":
                self._by_name.clear()
        self.report.problems.sort(key=lambda problem: problem.order)
        known = {folded(name) for name in self.used}
        self.report.unused_scans = [u[0] for name, u in self.scans.items() if name not in known]
        return self.report

    def _do(self, row: Row, act: Callable[[Import, Row], Line]) -> None:
        try:
            with transaction.atomic():
                self.report.lines.append(act(self, row))
        except Unjudged:
            self.report.unjudged += 1
        except Wrong as wrong:
            self._fault(row, wrong.text, wrong.column)
        except Refused as refusal:
            self._fault(row, *_placed(row, refusal.reason))

    def _fault(self, row: Row, text: str, column: str) -> None:
        row.faulty = True
        self.report.problems.append(row.problem(text, column))

    def organization(self, row: Row, column: str) -> Organization:
        """The one organization that a cell means. Raises Wrong, Unjudged."""
        text = row[column]
        wanted = folded(text)
        if wanted not in self._by_name:
            self._by_name[wanted] = find_by_name(text)
        found = self._by_name[wanted]
        if len(found) > 1:
            raise Wrong(
                column, _("%s organizations are called so. Write the whole name of one.") % len(found)
            )
        if found:
            return found[0]
        rows = self.book.rows.get("organizations", ())
        if wanted in faulty_texts(rows, "name_en", "name_ar", "name_ckb", "acronym", "other_names"):
            raise Unjudged
        raise Wrong(
            column,
            _(
                "no organization of this name is listed. Write the name as in the sheet organizations, or add it there."
            ),
        )

    def waits_for_person(self, email: str) -> bool:
        """Whether the sheet people has a faulty row with this address."""
        return folded(email) in faulty_texts(self.book.rows.get("people", ()), "email")


def _placed(row: Row, reason: str) -> tuple[str, str]:
    """The sentence of a refusal and the column that it speaks of, which it names before its colon."""
    head, colon, rest = reason.partition(": ")
    if colon:
        for column in row.kind.columns:
            if head in {str(column.label), *(str(word) for word in column.says)}:
                return rest[:1].lower() + rest[1:], column.name
    return reason, row.kind.refused_at
