"""Importing a workbook: tried without a trace, imported whole, or given back with its faults marked.

``actor`` and ``now`` (UTC) are explicit; ``key`` is a form's own random id. ``scans``: files that rows of
signatures name. All raise ``files.store.FileRefused`` for a file that is no workbook that may be opened,
and ``runner.Refused`` where the actor may not import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.actors import Actor
from intranet.files import store
from intranet.workflow.runner import perform
from signatories.names import folded
from signatories.services import Upload

from . import book, workbook
from .effects import NothingNew, Returned
from .models import ImportRun
from .run import Import, Report


@dataclass(frozen=True)
class Workbook:
    """What somebody sent: the workbook's name and bytes, and the scans beside it."""

    name: str
    content: bytes
    scans: tuple[Upload, ...] = ()


@dataclass(frozen=True)
class Result:
    """``run``: the record of the import; None where it had faults or brought nothing new."""

    report: Report
    run: ImportRun | None = None


class _Undo(Exception):
    """Ends a trial."""


def _prepared(sent: Workbook, actor: Actor, now: datetime) -> Import:
    return Import(book.read(sent.name, sent.content), actor, now, sent.name[-160:], by_name(sent.scans))


def by_name(scans: Iterable[Upload]) -> dict[str, Upload]:
    """Scans by their folded names; of two with one name the last counts."""
    return {folded(scan[0]): scan for scan in scans}


def check(sent: Workbook, actor: Actor, now: datetime) -> Report:
    """Exactly what an import would do now: it is done, looked at, and undone."""
    prepared = _prepared(sent, actor, now)
    try:
        with store.on_trial(), transaction.atomic():
            prepared.run()
            raise _Undo
    except _Undo:
        return prepared.report


def import_workbook(sent: Workbook, actor: Actor, now: datetime, key: UUID | None = None) -> Result:
    """Import the whole workbook in one transaction, or nothing of it."""
    prepared = _prepared(sent, actor, now)
    data = {"run": prepared, "content": sent.content}
    try:
        outcome = perform(ImportRun(source=prepared.source), "import", actor, now, data=data, key=key)
    except (Returned, NothingNew) as undone:
        return Result(undone.report)
    return Result(outcome.result.get("report", prepared.report), outcome.obj)


def give_back(sent: Workbook, report: Report, actor: Actor, now: datetime) -> ImportRun:
    """Keep the workbook with a comment at every wrong cell, for its download."""
    data = {
        "report": report,
        "content": sent.content,
        "marked": workbook.marked(report, now),
        "marked_name": marked_name(sent.name),
    }
    run: ImportRun = perform(ImportRun(source=sent.name[-160:]), "return", actor, now, data=data).obj
    return run


def marked_name(name: str) -> str:
    """ "network.xlsx" becomes "network-checked.xlsx"."""
    stem = name.rpartition(".")[0] or name
    return f"{stem[-140:]}-checked.xlsx"
