"""The machine room: when each job last ran, what is stuck, whether the record chain holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache

from audit import ledger
from audit.actors import Actor
from intranet.access.roles import COORDINATION
from intranet.clock import pulse
from intranet.clock.models import JobRun
from intranet.notices import outbox

CHAIN = "verify_events"
REMEMBERED = 20  # seconds; the jobs run by the minute at most
CHECK_EVERY = timedelta(hours=12)


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``stuck_mail``: notices that need a person, for the coordination."""
    return {"stuck_mail": pulse.number_of(outbox.stuck_rows())} if actor.capacity in COORDINATION else {}


def state() -> dict[str, JobRun | None]:
    """The last run, or None, of ``run_due``, ``deliver`` and ``chain``."""
    return cache.get_or_set("home.machine-room", _read, REMEMBERED) or {}


def _read() -> dict[str, JobRun | None]:
    runs = {run.job: run for run in JobRun.objects.order_by("job", "-started_at").distinct("job")}
    return {"run_due": runs.get("run_due"), "deliver": runs.get("deliver"), "chain": runs.get(CHAIN)}


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
