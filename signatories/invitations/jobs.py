"""The reminders of open rounds: idempotent, the newest step only, until the organization has endorsed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from audit.actors import system_actor
from intranet.clock.due import Job
from intranet.notices.models import Notice
from signatories.days import network_day

from . import deadlines, notices, selectors, services
from .models import InvitationRound, RoundState

JOB = system_actor("run_due")


def remind(now: datetime, dry_run: bool) -> Iterable[str]:
    """Write the reminders whose day has come; one sentence a round, numbers alone.

    A round for a text that a later edition has replaced is closed instead: nobody is asked for it any more.
    """
    day = network_day(now)
    edition = selectors.current_edition(day)
    for invited in InvitationRound.objects.filter(state=RoundState.OPEN):
        if edition is None or edition.number != invited.edition_number:
            if not dry_run:
                services.close(invited, JOB, now, note="a later edition is in force")
            yield f"the round for edition {invited.edition_label} is over: a later edition is in force"
            continue
        yield from _remind(invited, day, now, dry_run)


def _remind(invited: InvitationRound, day: date, now: datetime, dry_run: bool) -> Iterable[str]:
    steps = {}
    for line in selectors.lines(invited, day):
        step = deadlines.step_now(line.invitation.invited_on, invited.due_on, day)
        if step is not None and line.reminded:
            steps[notices.once(line.invitation, step.code)] = (line, step)
    # One mark a language is written; the list of marks is short, so one query answers for all of them.
    done = {
        mark.rpartition(":")[0]
        for mark in Notice.objects.filter(once__startswith="endorse.", kind="endorsement_invitation")
        .filter(once__contains=str(invited.pk))
        .values_list("once", flat=True)
        if mark
    }
    written = vacant = 0
    for mark, (line, step) in steps.items():
        if mark in done:
            continue
        if not line.addressed:
            vacant += 1
        elif dry_run or notices.write(line.invitation, step.code, line.addressed, now):
            written += 1
    if written:
        yield f"edition {invited.edition_label}: {written} organizations reminded to endorse."
    if vacant and dry_run:
        yield f"edition {invited.edition_label}: {vacant} organizations have nobody to remind."


JOBS = (Job("endorsement_invitations.remind", "practice", remind),)
