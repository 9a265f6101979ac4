"""The daily jobs of the annual review: open it on its day, remind. They answer and close nothing (D26)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from audit.actors import system_actor
from intranet.clock.due import Job
from protocol_pages.editions.selectors import NoEdition, edition_in_force
from signatories.days import network_day

from . import deadlines, notices, services
from .deadlines import Stage
from .models import CycleState, ReviewCycle

JOB = system_actor("run_due")


def open_on_its_day(now: datetime, dry_run: bool) -> Iterable[str]:
    """60 days before 31 January; a review that still runs keeps the next one waiting."""
    today = network_day(now)
    year = deadlines.year_of(today)
    if deadlines.stage(year, today) == Stage.UPCOMING:
        return
    there = ReviewCycle.objects.exclude(state=CycleState.DENIED)
    if there.filter(year=year).exists() or there.filter(state=CycleState.RUNNING).exists():
        return
    try:
        edition_in_force(today)
    except NoEdition:
        return
    if not dry_run:
        services.open_cycle(year, JOB, now)
    yield f"the annual review {year} is open"


def remind(now: datetime, dry_run: bool) -> Iterable[str]:
    """Organizations without an answer, and those who keep the review; numbers alone in the report."""
    for cycle in ReviewCycle.objects.filter(state=CycleState.RUNNING):
        written = notices.remind(cycle, now, dry_run)
        if written:
            yield f"annual review {cycle.year}: {written} reminders"


JOBS = (Job("reviews.open", "§8", open_on_its_day), Job("reviews.remind", "§8", remind))
