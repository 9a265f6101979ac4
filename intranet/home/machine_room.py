"""The machine room: when each job last ran, what is stuck, whether the record chain holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from audit import ledger
from audit.actors import Actor
from intranet.access.roles import COORDINATION
from intranet.clock import pulse
from intranet.clock.models import JobRun
from intranet.notices import outbox
from intranet.workflow.event_log import CHAIN

JOBS = {"run_due": "run_due", "deliver": "deliver", CHAIN: "chain"}  # by the name that the pages use
CHECK_EVERY = timedelta(hours=12)


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``stuck_mail``: notices that need a person; ``run_…``: the last run of each job. For the coordination."""
    if actor.capacity not in COORDINATION:
        return {}
    fields = {name: name for name in ("started_at", "ended_at", "ok", "did")}
    return {"stuck_mail": pulse.number_of(outbox.stuck_rows())} | {
        f"run_{job}": pulse.rows_of(_runs_of(job)[:1], **fields) for job in JOBS
    }


def state(actor: Actor, now: datetime) -> dict[str, Any]:
    """``run_due``, ``deliver``, ``chain``: the last run or None; ``stuck``: how many mails. Home's first query."""
    last = {name: _run(pulse.rows(f"run_{job}", actor, now)) for job, name in JOBS.items()}
    return last | {"stuck": pulse.number("stuck_mail", actor, now)}


def last_runs() -> dict[str, JobRun | None]:
    """``run_due``, ``deliver``, ``chain``: the last run or None. A query each."""
    return {name: _runs_of(job).first() for job, name in JOBS.items()}


def _runs_of(job: str) -> QuerySet[JobRun]:
    return JobRun.objects.filter(job=job).order_by("-started_at")


def _run(rows: list[dict[str, Any]]) -> JobRun | None:
    for row in rows:
        started, ended = (
            row[name] and datetime.fromisoformat(row[name]) for name in ("started_at", "ended_at")
        )
        return JobRun(started_at=started, ended_at=ended, ok=row["ok"], did=row["did"])
    return None


def check_chain(now: datetime, dry_run: bool) -> Iterable[str]:
    """Walk the event ledger, at most twice a day, and keep the verdict for Home (D15)."""
    if dry_run or JobRun.objects.filter(job=CHAIN, started_at__gt=now - CHECK_EVERY).exists():
        return []
    run = JobRun(job=CHAIN, started_at=now)
    verdict = ledger.verify()
    run.ok, run.did, run.ended_at = verdict.intact, verdict.count, now
    run.message = "" if verdict.intact else f"{verdict.first_bad}: {verdict.why}"
    run.save()
    if verdict.intact:
        return []
    return [f"the record chain does not hold from entry {verdict.first_bad} on: {verdict.why}"]
