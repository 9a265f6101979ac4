"""Reminders of the annual review, and whom they reach: a chain of contacts, so that a vacancy swallows none."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.notices.models import Notice
from intranet.workflow.registry import subject_of
from signatories.days import network_day
from signatories.models import Person
from signatories.selectors import Contacts, contacts_for, coordination_people, office_people
from signatories.telling import Words, tell

from . import deadlines, selectors
from .deadlines import Step
from .models import ReviewCycle

KIND = "reviews.reminder"
RULE = "§8"


def chain(contacts: Contacts, days: int) -> list[Person]:
    """Who is reminded ``days`` from the due day, the nearest that is not vacant first (network practice).

    Until 30 days before: the focal points; from 14 days before the Head of Agency too; on the day senior
    management too. Where a link is vacant, the next one gets it.
    """
    links: list[tuple[Person, ...]] = [
        contacts.focal_points,
        (contacts.head_of_agency,) if contacts.head_of_agency is not None else (),
        contacts.senior_management,
    ]
    wanted = 1 if days < -14 else 2 if days < 0 else 3
    reached: list[Person] = [person for link in links[:wanted] for person in link]
    if not reached:
        reached = next((list(link) for link in links[wanted:] if link), [])
    return list(dict.fromkeys(reached))


def remind(cycle: ReviewCycle, now: datetime, dry_run: bool = False) -> int:
    """The newest step whose day has come, once: to organizations without an answer, and to the keepers.

    After the due day only the keepers are reminded, each week. Returns how many letters were written.
    """
    today = network_day(now)
    step = deadlines.step_now(cycle.year, today)
    if step is None:
        return 0
    mark = f"review:{cycle.pk}:{step.code}"
    kept = Notice.objects.filter(once__startswith=f"{mark}:").values_list("once", flat=True)
    done = {once for once in kept if once}
    written = 0 if _sent(done, f"{mark}:keepers:") else _keepers(cycle, step, now, mark, dry_run)
    if step.days > 0:
        return written
    answered = {answer.organization_id for answer in selectors.answers(cycle)}
    silent = [item for item in selectors.asked(cycle, today) if item.pk not in answered]
    people = contacts_for(silent, today, now)
    for organization in silent:
        to, own = chain(people[organization.pk], step.days), f"{mark}:{organization.pk}"
        if not to or _sent(done, f"{own}:"):
            continue
        if dry_run:
            written += 1
            continue
        written += tell(
            KIND,
            to,
            lambda: _asked(cycle, step),
            now,
            rule=RULE,
            about=subject_of(cycle),
            organization=organization,
            once=own,
        )
    return written


def _sent(done: set[str], start: str) -> bool:
    return any(mark.startswith(start) for mark in done)


def _keepers(cycle: ReviewCycle, step: Step, now: datetime, mark: str, dry_run: bool) -> int:
    day = network_day(now)
    people = list(dict.fromkeys([*coordination_people(day, now), *office_people(day, now)]))
    if dry_run or not people:
        return int(bool(people))
    return tell(
        KIND,
        people,
        lambda: _kept(cycle, step),
        now,
        rule=RULE,
        about=subject_of(cycle),
        once=f"{mark}:keepers",
    )


def _asked(cycle: ReviewCycle, step: Step) -> Words:
    subject = _("Annual review of the protocol, %s") % cycle.year
    line = (
        _("The annual review is open: answer “no change”, or comment on a clause.")
        if step.days < -14
        else _("The annual review waits for your organization’s answer. Silence is no answer.")
    )
    return Words(subject, line, reverse("review", args=[cycle.year]))


def _kept(cycle: ReviewCycle, step: Step) -> Words:
    subject = _("Annual review of the protocol, %s") % cycle.year
    line = (
        _("The annual review is overdue: it closes only with a decision record.")
        if step.days > 0
        else _("The annual review is under way; the page says how many have answered.")
    )
    return Words(subject, line, reverse("review", args=[cycle.year]))
