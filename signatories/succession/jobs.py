"""Jobs of successions: say once that the days to verify have passed, note what the ledger overtook (D26)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from audit.actors import system_actor
from intranet.clock.calendars import calendar_for
from intranet.clock.due import Job
from intranet.notices.models import Notice

from . import deadlines, notices, selectors, services
from .models import OPEN, Succession, SuccessionState
from .policy import FOOTNOTE

JOB = system_actor("run_due")


def tell_overdue(now: datetime, dry_run: bool) -> Iterable[str]:
    """One notice a letter to those who verify; nothing else follows from the time that passed."""
    calendar = calendar_for()
    for succession in Succession.objects.filter(state=SuccessionState.VERIFYING):
        due = deadlines.due(succession, calendar, now)
        if due is None or not due.overdue:
            continue
        once = f"succession.overdue:{succession.pk}:{succession.letters}"
        if Notice.objects.filter(once__startswith=once).exists():
            continue
        if dry_run or notices.overdue(succession, now):
            yield "a verification of a signer's successor is overdue, which decides nothing"


def lapse(now: datetime, dry_run: bool) -> Iterable[str]:
    """A new endorsement or a withdrawal leaves nothing to pass on."""
    for succession in Succession.objects.filter(state__in=OPEN).select_related("organization"):
        if not selectors.overtaken(succession):
            continue
        if not dry_run:
            services.lapse(succession, JOB, now)
        yield "a succession was overtaken by the ledger of participation"


JOBS = (
    Job("succession.overdue", FOOTNOTE, tell_overdue),
    Job("succession.lapse", FOOTNOTE, lapse),
)
