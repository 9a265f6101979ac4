"""What the pages of the annual review show, each reader their part. Numbers for everybody, names for keepers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.network.models import NetworkSettings
from protocol_pages.editions import life
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import FOOTNOTE, LETTERHEAD
from protocol_pages.editions.models import Edition
from protocol_pages.editions.review import review_status
from signatories.days import network_day
from signatories.policy import OVERSEERS, RECORDERS
from signatories.selectors import is_signatory, organization_of

from . import deadlines, policy, selectors
from .machine import CYCLES
from .models import AnswerState, CycleState, Disposition, ReviewComment, ReviewCycle

URL_OF_ACT = {"build_draft": "review-draft", "close": "review-close"}
SHAPES = {
    Disposition.OPEN: "soon",
    Disposition.ACCEPTED: "ok",
    Disposition.PARTLY: "ok",
    Disposition.NOT_ACCEPTED: "none",
    Disposition.DEFERRED: "quiet",
    Disposition.TAKEN_BACK: "quiet",
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year in the list. ``shape``: of the status; ``cycle``: None where nothing is recorded."""

    year: int
    due_on: date
    word: StrOrPromise
    shape: str
    cycle: ReviewCycle | None
    recordable: bool


def years(actor: Actor, now: datetime) -> list[Year]:
    """Every review since the approval, newest first, with the one that comes next on top (D6)."""
    today, first = network_day(now), _first_year(now)
    if first is None:
        return []
    found = selectors.cycles()
    may_record = policy.may_record_past(actor, ReviewCycle(), now).allowed
    last = max(deadlines.year_of(today), first)
    return [_year(year, today, found.get(year), may_record) for year in range(last, first - 1, -1)]


def _first_year(now: datetime) -> int | None:
    """The year of the first review that was ever due; None before the first edition."""
    every = editions.editions()
    if not every:
        return None
    approved = NetworkSettings.current().approval_date or every[0].endorsed_on
    years = review_status(approved, network_day(now), {})
    return years.years[0].year if years.years else years.next_due.year


def exists(year: int, now: datetime) -> bool:
    """Whether there is a page for a year: from the first review that was due to the next one."""
    first = _first_year(now)
    return first is not None and first <= year <= max(deadlines.year_of(network_day(now)), first)


def _year(year: int, today: date, cycle: ReviewCycle | None, may_record: bool) -> Year:
    due_on = deadlines.due_on(year)
    if cycle is not None and cycle.state != CycleState.RUNNING:
        closed = cycle.state == CycleState.CLOSED
        word = cycle.decision.get_outcome_display() if closed else cycle.get_state_display()
        return Year(year, due_on, word, "ok" if closed else "soon", cycle, False)
    stage = deadlines.stage(year, today)
    if cycle is None and stage == deadlines.Stage.OVERDUE:
        return Year(year, due_on, _("Not recorded"), "none", None, may_record)
    return Year(year, due_on, stage.label, deadlines.SHAPES[stage].value, cycle, False)


def context_of(cycle: ReviewCycle, actor: Actor, now: datetime) -> dict[str, Any]:
    """The page of one cycle."""
    today = network_day(now)
    running = cycle.state == CycleState.RUNNING
    day = selectors.day_of(cycle, now)
    stage = deadlines.stage(cycle.year, today)
    context: dict[str, Any] = {
        "cycle": cycle,
        "running": running,
        "stage": (stage.label, deadlines.SHAPES[stage].value) if running else None,
        "decision": getattr(cycle, "decision", None),
        "tally": selectors.tally(cycle, day) if cycle.edition_id else None,
        "draft": _draft_of(cycle, actor, now),
        "may_confirm_past": cycle.state == CycleState.RECORDED
        and policy.may_confirm_past(actor, cycle, now).allowed,
        "offers": [
            (
                offer.transition.label,
                reverse(URL_OF_ACT[offer.transition.action], args=[cycle.year]),
                offer.stands(),
            )
            for offer in CYCLES.offers(cycle, actor, now)
            if offer.transition.action in URL_OF_ACT and offer.decision.allowed
        ],
        "overseer": actor.capacity in OVERSEERS,
        "recorder": running and actor.capacity in RECORDERS,
    }
    if actor.capacity in OVERSEERS and cycle.edition_id:
        context["rows"] = selectors.rows(cycle, day)
        context["comments"] = shown(selectors.comments(cycle))
    elif cycle.edition_id:
        context |= _own(cycle, actor, today, running)
    return context


def _draft_of(cycle: ReviewCycle, actor: Actor, now: datetime) -> Any:
    draft = cycle.draft
    return draft if draft is not None and life.may_view_draft(actor, draft, now).allowed else None


def _own(cycle: ReviewCycle, actor: Actor, today: date, running: bool) -> dict[str, Any]:
    """What the actor's own organization answered, and what its people may do now."""
    organization = organization_of(actor)
    if organization is None:
        return {}
    mine = [row for row in selectors.answers(cycle) if row.organization_id == organization.pk]
    writes = running and actor.capacity in policy.WRITERS and is_signatory(organization, today)
    own = selectors.own_comments(cycle, organization)
    standing = [row for row in own if row.state != Disposition.TAKEN_BACK]
    return {
        "organization": organization,
        "answer": mine[0] if mine else None,
        "waits": bool(mine) and mine[0].state == AnswerState.WAITING,
        "own_comments": shown(own),
        "speaks": actor.capacity in policy.WRITERS,
        "may_comment": writes,
        "may_say_no_change": writes and not standing and not any(row.kind == "no_change" for row in mine),
        "clauses": clauses(cycle.edition, cycle.year) if writes and cycle.edition is not None else [],
    }


def shown(comments: list[ReviewComment]) -> list[tuple[ReviewComment, str]]:
    """Comments with the shape of their status."""
    return [(row, SHAPES[Disposition(row.state)]) for row in comments]


def clauses(edition: Edition, year: int, organization: Any = None) -> list[tuple[str, str, str]]:
    """(label, first words, address of the form) of every block that can be commented on."""
    found = []
    for block in editions.blocks_of(edition):
        if block.kind in (LETTERHEAD, FOOTNOTE) and not block.addresses:
            continue
        label = selectors.name_of(block)
        name, args = "review-comment-on", [year, block.id]
        if organization is not None:
            name, args = "review-record-comment", [year, organization.pk, block.id]
        found.append((label, block.text[:90], reverse(name, args=args)))
    return found
