"""The signatory annex: a withdrawal makes a minor edition without the organization (D7, §9.i).

On the day the withdrawal takes effect and not before: an edition that starts on a later day would keep every
other text and every other annex back until then, because editions follow one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from audit.actors import system_actor
from intranet.clock.due import Job
from protocol_pages.editions.models import Edition, MinorKind
from protocol_pages.editions.selectors import latest_edition
from protocol_pages.editions.services import adopt_annex

from .days import network_day
from .models import EntryKind, ParticipationEntry
from .selectors import signatories_on


def after_withdrawal(effective_on: date, now: datetime) -> None:
    """The annex at once where the withdrawal is in effect; an announced one gets it on its day, by the job."""
    if effective_on <= network_day(now):
        _adopt(now)


def _adopt(now: datetime) -> None:
    """Adopt the annex as it stands today, or on the first day of a text that is adopted for later."""
    last = latest_edition()
    if last is None:
        return
    day = max(network_day(now), last.effective_from)
    adopt_annex([item.name_en for item in signatories_on(day)], day, system_actor("signatory annex"), now)


def _is_owed(today: date) -> bool:
    """Whether an announced withdrawal has taken effect since the last annex was adopted, and is not printed in it."""
    last = Edition.objects.filter(minor_kind=MinorKind.SIGNATORY_ANNEX).order_by("-adopted_at").first()
    left = ParticipationEntry.objects.filter(
        kind=EntryKind.WITHDRAWN, in_effect=True, effective_on__lte=today
    )
    if last is not None:
        left = left.filter(effective_on__gt=network_day(last.adopted_at))
    announced = any(entry.effective_on > network_day(entry.recorded_at) for entry in left)
    return announced and not _is_printed(today)


def _is_printed(today: date) -> bool:
    """Whether the newest edition is an annex of the very signatories that one made today would have."""
    last = latest_edition()
    if last is None or last.minor_kind != MinorKind.SIGNATORY_ANNEX:
        return False
    day = max(today, last.effective_from)
    return list(last.draft.annex) == [item.name_en for item in signatories_on(day)]


def bring_up_to_date(now: datetime, dry_run: bool) -> Iterable[str]:
    """The annex of an announced withdrawal, once its day has come; a day late after an outage, never twice."""
    if latest_edition() is None or not _is_owed(network_day(now)):
        return
    if not dry_run:
        _adopt(now)
    yield "Annex of signatories: a withdrawal took effect, so a minor edition is adopted."


JOBS = (Job("signatories.annex", "§9.i", bring_up_to_date),)
