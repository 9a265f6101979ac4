"""Reading the annual review. Who answered is the Coordinator's to know; how many, everybody's (§8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from intranet.compiled import Statement
from intranet.network.once import once
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.models import Edition
from signatories.days import network_day
from signatories.models import Organization
from signatories.selectors import signatories_on

from .models import (
    AnswerState,
    CycleState,
    Disposition,
    ReviewAnswer,
    ReviewComment,
    ReviewCycle,
    ReviewDecision,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """``answered`` of ``asked`` organizations; a waiting answer counts as arrived, not as answered."""

    asked: int
    answered: int
    waiting: int

    @property
    def silent(self) -> int:
        """Organizations of which nothing has arrived. Silence is no answer."""
        return self.asked - self.answered - self.waiting


@dataclass(frozen=True, slots=True)
class Row:
    """One organization in a cycle: its newest answer that was not denied, None where nothing arrived."""

    organization: Organization
    answer: ReviewAnswer | None
    comments: int


def running() -> ReviewCycle | None:
    """The cycle that is under way. One query."""
    running = ReviewCycle.objects.filter(state=CycleState.RUNNING).select_related("edition", "draft")
    return once("review-running", running.first)


def of_year(year: int) -> ReviewCycle | None:
    """The cycle of a year that was not denied, with decision and texts. One query."""
    cycles = ReviewCycle.objects.exclude(state=CycleState.DENIED)
    related = cycles.select_related("edition", "draft", "decision", "decision__minutes")
    return related.filter(year=year).first()


def recorded() -> dict[int, date]:
    """Year → day of the decision, of every closed review: what D6 calls recorded. One query."""
    return {row[0]: row[1] for row in _RECORDED.rows()}


_RECORDED = Statement(  # every page of the reader asks
    lambda: ReviewDecision.objects.filter(cycle__state=CycleState.CLOSED).values_list(
        "cycle__year", "decided_on"
    )
)


def cycles() -> dict[int, ReviewCycle]:
    """Every cycle by year, denied ones left out. One query."""
    found = ReviewCycle.objects.exclude(state=CycleState.DENIED).select_related(
        "decision", "decision__minutes"
    )
    return {cycle.year: cycle for cycle in found}


def answers(cycle: ReviewCycle) -> list[ReviewAnswer]:
    """The newest answer of each organization that was not denied; of two, a given one counts. One query."""

    def read() -> list[ReviewAnswer]:
        rows = cycle.answers.exclude(state=AnswerState.DENIED).select_related("organization", "file")
        newest: dict[UUID, ReviewAnswer] = {}
        for row in rows.order_by("at"):
            kept = newest.get(row.organization_id)
            if kept is None or row.state == AnswerState.GIVEN or kept.state == AnswerState.WAITING:
                newest[row.organization_id] = row
        return list(newest.values())

    return once(("review-answers", cycle.pk), read)


def comments(cycle: ReviewCycle) -> list[ReviewComment]:
    """Comments whose answer counts, by number. One query."""

    def read() -> list[ReviewComment]:
        rows = cycle.comments.filter(answer__state=AnswerState.GIVEN).exclude(state=Disposition.TAKEN_BACK)
        rows = rows.select_related("organization", "answer")
        return list(rows.order_by("number"))

    return once(("review-comments", cycle.pk), read)


def waiting(cycle: ReviewCycle) -> list[ReviewAnswer]:
    """Answers from outside that nobody has confirmed or denied, oldest first. One query."""
    rows = cycle.answers.filter(state=AnswerState.WAITING).select_related("organization")
    return list(rows.order_by("at"))


def asked(cycle: ReviewCycle, day: date) -> list[Organization]:
    """The signatories of ``day``, and whoever answered; by name. Two queries."""

    def read() -> list[Organization]:
        found = {item.pk: item for item in signatories_on(day)}
        for answer in answers(cycle):
            found.setdefault(answer.organization_id, answer.organization)
        return sorted(found.values(), key=lambda item: item.name_en)

    return once(("review-asked", cycle.pk, day), read)


def day_of(cycle: ReviewCycle, now: datetime) -> date:
    """The day for which signatories are counted: today, the day of the record once it is closed."""
    decision = getattr(cycle, "decision", None)
    return network_day(decision.at if decision is not None else now)


def tally(cycle: ReviewCycle, day: date) -> Tally:
    """How many have answered; no names."""
    found = answers(cycle)
    given = sum(1 for row in found if row.state == AnswerState.GIVEN)
    return Tally(len(asked(cycle, day)), given, len(found) - given)


def rows(cycle: ReviewCycle, day: date) -> list[Row]:
    """Every organization that is asked, with what it answered: for those who keep the review."""
    by_organization = {answer.organization_id: answer for answer in answers(cycle)}
    counted: dict[UUID, int] = {}
    for comment in comments(cycle):
        counted[comment.organization_id] = counted.get(comment.organization_id, 0) + 1
    return [Row(item, by_organization.get(item.pk), counted.get(item.pk, 0)) for item in asked(cycle, day)]


def own_comments(cycle: ReviewCycle, organization: Organization) -> list[ReviewComment]:
    """What one organization commented, denied records included. One query."""
    rows = cycle.comments.filter(organization=organization).select_related("answer")
    return list(rows.order_by("number"))


def block_of(edition: Edition, block_id: str) -> Block | None:
    """A block of the edition under review by its stable id."""
    return next((block for block in editions.blocks_of(edition) if block.id == block_id), None)


def name_of(block: Block) -> str:
    """ "§7B.2"; its printed number, else its id, for a block without an address."""
    return f"§{label_of(block)}" if block.addresses else block.number or block.id


def label_of(block: Block) -> str:
    """ "7B.2", empty for a block without an address."""
    return block.addresses[0] if block.addresses else ""
