"""What an import writes: every row through its own service, then the record of the run."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from intranet.files import sheets, store
from intranet.workflow.machine import Context
from intranet.workflow.runner import Refused

from .models import ImportRun
from .run import Import, Report, Verdict

MOST_LINES = 5_000


class Returned(Refused):
    """Nothing was imported, because the report holds faults."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            _("The workbook has %s faults; nothing was imported.") % len(report.problems), "D18", "guard"
        )
        self.report = report


class NothingNew(Exception):
    """Everything in the workbook stands in the network already; nothing is written, not even the run."""

    def __init__(self, report: Report) -> None:
        super().__init__("nothing new")
        self.report = report


def run_whole(context: Context) -> None:
    """Every row, inside the transaction of the run. Raises Returned or NothingNew, which undo everything."""
    run: Import = context.data["run"]
    report = run.run()
    if not report.ok:
        raise Returned(report)
    if not report.changes_something:
        raise NothingNew(report)
    found: ImportRun = context.obj
    counts = report.counts
    found.created, found.changed = counts[Verdict.CREATED], counts[Verdict.CHANGED]
    found.left = counts[Verdict.LEFT]
    found.lines = [
        [line.sheet, line.row, line.verdict.value, line.label, list(line.changes)]
        for line in report.lines[:MOST_LINES]
    ]
    context.result["report"] = report


def keep_workbook(context: Context) -> None:
    """The workbook as it arrived."""
    _keep(context, context.data["run"].source, context.data["content"])


def keep_marked(context: Context) -> None:
    """The workbook with its faults marked."""
    found: ImportRun = context.obj
    report: Report = context.data["report"]
    found.faults = len(report.problems)
    _keep(context, context.data["marked_name"], context.data["marked"])


def _keep(context: Context, name: str, file: bytes) -> None:
    found: ImportRun = context.obj
    content: bytes = context.data["content"]
    found.sha256, found.size = hashlib.sha256(content).hexdigest(), len(content)
    found.ran_at, found.by, found.capacity = context.now, context.actor.label, context.actor.capacity
    found.file = store.store(name, file, found, context.now, content_type=sheets.XLSX)
    context.result["event"] = {
        "sha256": found.sha256,
        "created": found.created,
        "changed": found.changed,
        "left": found.left,
        "faults": found.faults,
    }
