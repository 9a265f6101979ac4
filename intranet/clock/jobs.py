"""Running the registered deadline jobs and remembering when each last ran."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from . import due
from . import now as clock_now
from .models import JobRun


def run_due(now: datetime, dry_run: bool = False) -> list[str]:
    """Run every deadline job at ``now``; returns one sentence a thing done (or, dry, to be done).

    Each job is idempotent and catches up after an outage. Silence is noted, never turned into
    consent (D26).
    """
    sentences: list[str] = []
    for job in due.jobs():
        sentences.extend(f"{job.rule} {sentence}" for sentence in job.run(now, dry_run))
    return sentences


def remembered(job: str, work: Callable[[], int]) -> int:
    """Run ``work`` (returns how many things it did) and keep start, end and outcome."""
    run = JobRun.objects.create(job=job, started_at=clock_now())
    try:
        run.did = work()
        run.ok = True
    except Exception as trouble:
        run.message = f"{type(trouble).__name__}: {trouble}"[:2000]
        raise
    finally:
        run.ended_at = clock_now()
        run.save()
    return run.did
