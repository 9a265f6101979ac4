"""The annual reviews of the demo: years without a record, decided ones, and one that is overdue (D41).

Played through the services on the moving clock; the daily job opens each review. The newest that is over was
commented by several organizations, and its draft of the next edition is in review, without a decision yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from audit.actors import Actor
from intranet.access.roles import Capacity
from protocol_pages.editions import consequence, drafting
from protocol_pages.editions.selectors import edition_in_force, latest_edition
from protocol_pages.reviews import deadlines, services
from protocol_pages.reviews.models import (
    CommentKind,
    CycleState,
    Disposition,
    Outcome,
    ReviewComment,
    ReviewCycle,
)
from protocol_pages.reviews.services import Decision, Outside, Proposal
from signatories.cascade import services as cascade
from signatories.cascade.models import Audience
from signatories.selectors import is_signatory

from . import words
from .stage import Plan, Stage

SEVEN_DAYS = (
    "If no response is received from the Focal Points, the PSEA Coordinator follows up with the senior management, "
    "who answer within 7 business days."
)
COMMENTS = (
    (
        "agency-c",
        "7b-2",
        CommentKind.SUBSTANCE,
        "Five business days are too short for offices without a deputy.",
        SEVEN_DAYS,
    ),
    (
        "tigris-aid",
        "4-a",
        CommentKind.CLARITY,
        "Say that a camp may be named, but never a block or a tent.",
        "",
    ),
    (
        "agency-d",
        "7b-2",
        CommentKind.SUBSTANCE,
        "The term should stay as it is; the follow-up should begin earlier instead.",
        "",
    ),
    (
        "zagros",
        "4-h",
        CommentKind.NEW_CLAUSE,
        "Sharing inside the organization should be repeated.",
        "Focal Points repeat this every year, and for new staff within their first month.",
    ),
)
NO_CHANGE = ("agency-a", "agency-e")


@dataclass
class Reviews:
    """The scenes."""

    stage: Stage

    def plan(self, at: Plan, today: date) -> None:
        """Reviews that were due in time are decided soon after; the newest waits for its decision."""
        over = [year for year in range(today.year - 3, today.year + 1) if deadlines.due_on(year) <= today]
        for year in over[:-1]:
            at(deadlines.due_on(year) + timedelta(days=10), 10, partial(self._decide, year))
        for days, hour, play in (
            (44, 10, self._comment),
            (38, 11, self._answer),
            (30, 10, self._dispose),
            (28, 11, self._put_into_review),
            (25, 10, self._share),
        ):
            at(today - timedelta(days=days), hour, play)

    def _running(self) -> ReviewCycle | None:
        return ReviewCycle.objects.filter(state=CycleState.RUNNING).first()

    def _focal_point(self, key: str) -> Actor:
        return self.stage.actor(key, Capacity.PRIMARY_FOCAL_POINT)

    def _signs(self, key: str) -> bool:
        return is_signatory(self.stage.organizations[key], self.stage.clock.today)

    def _decide(self, year: int) -> None:
        """Confirmed, with the minutes; nothing for a year before the network kept records."""
        cycle = self._running()
        if cycle is None or cycle.year != year:
            return
        decision = Decision(
            "UNCT (example)",
            self.stage.clock.today,
            Outcome.CONFIRMED,
            ("minutes.pdf", words.PAPER, "application/pdf"),
        )
        services.close(cycle, decision, self.stage.coordinator, self.stage.now)

    def _comment(self) -> None:
        """Several organizations, one of them by letter."""
        cycle, stage = self._running(), self.stage
        if cycle is None:
            return
        for key, block_id, kind, comment, wording in COMMENTS:
            if self._signs(key):
                proposal = Proposal(block_id, kind, comment, wording)
                services.comment(
                    cycle, stage.organizations[key], proposal, self._focal_point(key), stage.clock.tick(7)
                )
        head = stage.members["agency-b", Capacity.HEAD_OF_AGENCY].person
        outside = Outside(
            "letter",
            stage.clock.today,
            head.name,
            "Head of Agency",
            ("letter.pdf", words.PAPER, "application/pdf"),
        )
        said = Proposal("9-ab", CommentKind.CLARITY, "Name the body to which a breach is reported first.")
        services.record_comment(
            cycle, stage.organizations["agency-b"], outside, said, stage.coordinator, stage.clock.tick(9)
        )

    def _answer(self) -> None:
        """“No change” of two; the others are silent, which is no answer."""
        cycle, stage = self._running(), self.stage
        for key in NO_CHANGE if cycle is not None else ():
            assert cycle is not None
            services.answer_no_change(
                cycle, stage.organizations[key], self._focal_point(key), stage.clock.tick(5)
            )

    def _dispose(self) -> None:
        """All but the last one have a disposition with its reason."""
        cycle, stage = self._running(), self.stage
        if cycle is None:
            return
        said = (
            ("7b-2", Disposition.ACCEPTED, "Agreed in the network meeting; the follow-up stays.", ""),
            (
                "4-a",
                Disposition.PARTLY,
                "The sentence is added to the clause, in fewer words.",
                "A camp may be named, never a block or a tent.",
            ),
            ("7b-2", Disposition.NOT_ACCEPTED, "The longer term was preferred by most.", ""),
            ("4-h", Disposition.ACCEPTED, "Nobody spoke against it.", ""),
        )
        rows = ReviewComment.objects.filter(cycle=cycle, state=Disposition.OPEN).order_by("number")
        for row, (block_id, disposition, reason, more) in zip(rows, said, strict=False):
            if row.block_id != block_id:
                continue
            wording = f"{row.today_text} {more}" if more else ""
            services.dispose(row, disposition, reason, wording, stage.coordinator, stage.clock.tick(6))

    def _put_into_review(self) -> None:
        """The draft of edition 2 from the accepted wordings, proposed as substantive, in review."""
        cycle, stage = self._running(), self.stage
        if cycle is None or not cycle.comments.filter(state=Disposition.ACCEPTED).exists():
            return
        draft = services.build_draft(cycle, stage.coordinator, stage.now)
        now = stage.clock.tick(20)
        seal = consequence.of(draft, False, latest_edition(), now).seal
        drafting.propose(
            draft,
            "",
            "Seven business days for senior management; yearly sharing",
            seal,
            stage.coordinator,
            now,
        )
        drafting.open_review(draft, stage.coordinator, stage.clock.tick(20))

    def _share(self) -> None:
        """§4.h: some have recorded how the standards were shared."""
        stage = self.stage
        edition = edition_in_force(stage.clock.today)
        for key, audience, reached, people in (
            ("agency-a", Audience.STAFF, 42, 60),
            ("agency-a", Audience.FIELD, 18, 90),
            ("agency-c", Audience.STAFF, 30, 30),
            ("tigris-aid", Audience.PARTNERS, 25, 40),
        ):
            cascade.record(
                stage.organizations[key],
                edition,
                stage.clock.today,
                audience,
                reached,
                people,
                self._focal_point(key),
                stage.clock.tick(4),
            )
