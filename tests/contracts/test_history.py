"""Every concrete model is tracked or excused with a reason; tracked rows change only where history sees it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from audit.history import GovernedModel, HistoryEntry
from audit.protection import protected_tables

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("audit", "intranet", "protocol_pages", "signatories", "forms_app")
NEVER_EXCUSED = ("signatories", "forms_app")

# Model label: why it keeps no history of its own.
EXCUSED = {
    "access.User": "holds a password hash; every change of an account is an event of the ledger",
    "access.Authenticator": "a second factor's salt and counters; every change is an event of the ledger",
    "access.BackupDevice": "holds the throttle of the backup codes; every change is an event of the ledger",
    "access.Session": "ends within hours; sign-in and sign-out are events of the ledger",
    "access.BackupCode": "a hash that must not outlive its code; every change is an event of the ledger",
    "audit.Event": "is the ledger itself: append-only and chained",
    "workflow.Receipt": "append-only, points to the event that it repeats",
    "clock.JobRun": "a log of runs; nothing is decided by it",
    "notices.Notice": "the text never changes after writing; each delivery try is an append-only row",
    "notices.Attempt": "append-only",
    "protocol_pages.PageText": "derived from the published page, written anew with it; nobody reads it",
    "protocol_pages.DocumentText": "derived from a file, written anew with it; nobody reads it",
    "protocol_pages.LinkState": "how an address answered when it was last asked; nothing is decided by it",
    "protocol_pages.SecondEditorTask": "a step of Wagtail's workflow, whose own log says who approved what",
}

# Call sites that may write past the history, with the reason.
WRITES_ALLOWED = {
    "audit/history.py": "writes many rows and their history together, for append-only models alone",
    "intranet/access/session_store.py": "sessions, which end and are not kept",
    "intranet/compiled.py": "runs what a QuerySet reads; a QuerySet's SQL is always a SELECT",
    "intranet/access/devices.py": "hashes of backup codes, which are replaced and not kept",
    "intranet/notices/outbox.py": "delivery columns of the outbox, which is not governed",
}
FORBIDDEN = {
    "bulk_create",
    "bulk_update",
    "_raw_delete",
    "save_without_historical_record",
    "raw",
    "executemany",
}


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
        and not issubclass(model, HistoryEntry)
        and not model._meta.proxy
    ]


@pytest.mark.rule("D15")
def test_every_model_is_tracked_or_excused() -> None:
    from wagtail.models import Page

    loose = [
        model._meta.label
        for model in our_models()
        if not issubclass(model, GovernedModel | Page)
        and not hasattr(model, "history")
        and model._meta.label not in EXCUSED
    ]
    assert loose == []


def test_no_excuse_is_stale_and_none_in_the_governed_slices() -> None:
    packages = {model._meta.label: model.__module__.split(".")[0] for model in our_models()}
    assert set(EXCUSED) <= set(packages)
    assert [label for label in EXCUSED if packages[label] in NEVER_EXCUSED] == []


def test_every_app_of_ours_is_looked_at() -> None:
    """A new app is looked at without being listed anywhere: its models are found by their package."""
    seen = {model._meta.app_label for model in our_models()}
    assert {"reviews", "translations", "cascade", "imports", "stops", "data_requests", "page_care"} <= seen


def test_every_history_table_is_append_only() -> None:
    tables = {m._meta.db_table for m in apps.get_models() if issubclass(m, HistoryEntry)}
    assert tables
    assert tables <= set(protected_tables())


def stray_writes(source: str) -> list[str]:
    """Calls that change rows without history: queryset ``update(``, bulk writes, raw SQL."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        target = ast.unparse(node.func.value)
        queryset = any(
            word in target for word in ("objects", "_default_manager", "filter(", "exclude(", ".all(")
        )
        fields = name == "update" and bool(node.keywords) and target != "context"  # of a template, no rows
        if name in FORBIDDEN or (name in {"update", "delete"} and queryset) or fields:
            found.append(f"line {node.lineno}: {ast.unparse(node)[:80]}")
        if name == "execute" and node.args and not _reads_or_locks(node.args[0]):
            found.append(f"line {node.lineno}: {ast.unparse(node)[:80]}")
    return found


def _reads_or_locks(statement: ast.expr) -> bool:
    return isinstance(statement, ast.Constant) and str(statement.value).lstrip().upper().startswith("SELECT")


def test_nothing_writes_past_the_history() -> None:
    found = []
    for top in ("audit", "intranet", "protocol_pages", "signatories", "forms_app"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "/migrations/" in name or name in WRITES_ALLOWED | dict.fromkeys(SCHEMA_CODE):
                continue
            found.extend(f"{name} {stray}" for stray in stray_writes(path.read_text()))
    assert found == []


# Code that builds roles, databases and triggers, never rows.
SCHEMA_CODE = ("audit/protection.py", "intranet/embedded.py", "intranet/rehearsal/template.py")


@pytest.mark.parametrize(
    "line",
    [
        "Post.objects.filter(pk=1).update(ends_on=None)",
        "Answer.objects.bulk_create(rows)",
        "cursor.execute('UPDATE audit_event SET hash = 1')",
        "Post.objects.all()._raw_delete('default')",
        "waiting.update(ends_on=None)",
        "person.posts.update(ends_on=None)",
        "person.save_without_historical_record()",
    ],
)
def test_a_stray_write_would_be_found(line: str) -> None:
    assert stray_writes(line)
