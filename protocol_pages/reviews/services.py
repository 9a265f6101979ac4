"""The acts of the annual review. ``actor`` and ``now`` (UTC) are explicit, ``key`` is a form's own random id.

All raise ``runner.Refused`` with a sentence for the person. Days are dates in the network's time zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from audit.actors import Actor
from intranet.workflow.runner import perform, whole
from protocol_pages.editions.models import EditionDraft
from protocol_pages.editions.selectors import NoEdition, edition_in_force
from protocol_pages.editions.wordfile.rich import clean
from signatories.days import network_day
from signatories.models import Organization
from signatories.services import Upload

from . import deadlines, notices
from .models import AnswerKind, AnswerState, ReviewAnswer, ReviewComment, ReviewCycle


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision record. ``minutes``: (name, bytes, content type) as ``files.store`` takes it."""

    decided_by: str
    decided_on: date | None
    outcome: str
    minutes: Upload | None

    def data(self) -> dict[str, Any]:
        """As the guards and effects read it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Outside:
    """How an answer reached the network outside the system, in whose name and title (D17)."""

    how: str
    received_on: date | None
    name: str
    title: str
    file: Upload | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A comment on one block of the text under review. ``proposed_text`` empty: no wording is proposed."""

    block_id: str
    kind: str
    comment: str
    proposed_text: str = ""


def open_cycle(year: int, actor: Actor, now: datetime, key: UUID | None = None) -> ReviewCycle:
    """Open the review of a year; the daily job does it 60 days before it is due."""
    try:
        edition = edition_in_force(network_day(now))
    except NoEdition:
        edition = None
    cycle = ReviewCycle(year=year, due_on=deadlines.due_on(year), edition=edition, opened_at=now)
    with whole():
        opened = _cycle(perform(cycle, "open", actor, now, key=key).obj)
        notices.remind(opened, now)
    return opened


def build_draft(cycle: ReviewCycle, actor: Actor, now: datetime, key: UUID | None = None) -> EditionDraft:
    """A draft of the next edition from the accepted wordings; built again, it takes their place."""
    draft = _cycle(perform(cycle, "build_draft", actor, now, key=key).obj).draft
    assert draft is not None
    return draft


def close(
    cycle: ReviewCycle, decision: Decision, actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewCycle:
    """Close the review with its decision record; nothing else closes one."""
    return _cycle(perform(cycle, "close", actor, now, data=decision.data(), key=key).obj)


def record_past(
    year: int, decision: Decision, actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewCycle:
    """A review of the past from its minutes; it counts after a confirmation by somebody else (D6, D17)."""
    cycle = ReviewCycle(year=year, due_on=deadlines.due_on(year), opened_at=now)
    return _cycle(perform(cycle, "record_past", actor, now, data=decision.data(), key=key).obj)


def confirm_past(cycle: ReviewCycle, actor: Actor, now: datetime, key: UUID | None = None) -> ReviewCycle:
    """From now on the year is recorded."""
    return _cycle(perform(cycle, "confirm_past", actor, now, key=key).obj)


def deny_past(
    cycle: ReviewCycle, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ReviewCycle:
    """The year stays not recorded; ``note``: why."""
    return _cycle(perform(cycle, "deny_past", actor, now, note, key=key).obj)


def answer_no_change(
    cycle: ReviewCycle, organization: Organization, actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewAnswer:
    """The organization's answer: no change."""
    answer = ReviewAnswer(cycle=cycle, organization=organization, kind=AnswerKind.NO_CHANGE)
    return _answer(perform(answer, "answer", actor, now, key=key).obj)


def comment(
    cycle: ReviewCycle,
    organization: Organization,
    proposal: Proposal,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewComment:
    """A comment of the organization; with the first one its answer is “comments”."""
    with whole():
        own = _own_answer(cycle, organization, actor, now)
        return _comment(cycle, organization, own, proposal, "comment", actor, now, key)


def comment_all(
    cycle: ReviewCycle,
    organization: Organization,
    proposals: Sequence[Proposal],
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewAnswer:
    """All comments of a marked-up copy, or none of them; returns the answer on which they hang."""
    with whole():
        own = _own_answer(cycle, organization, actor, now)
        for number, proposal in enumerate(proposals):
            _comment(cycle, organization, own, proposal, "comment", actor, now, _part(key, number))
        return own


def record_no_change(
    cycle: ReviewCycle,
    organization: Organization,
    outside: Outside,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewAnswer:
    """“No change” that arrived outside; it counts after one confirmation (D17)."""
    return _record(cycle, organization, AnswerKind.NO_CHANGE, outside, actor, now, key)


def record_comment(
    cycle: ReviewCycle,
    organization: Organization,
    outside: Outside,
    proposal: Proposal,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewComment:
    """A comment that arrived outside, with its file; it is open for a disposition at once (D17)."""
    with whole():
        carrier = _record(cycle, organization, AnswerKind.COMMENTS, outside, actor, now, None)
        return _comment(cycle, organization, carrier, proposal, "record", actor, now, key)


def record_all(
    cycle: ReviewCycle,
    organization: Organization,
    outside: Outside,
    proposals: Sequence[Proposal],
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewAnswer:
    """The same for a copy that arrived outside: it is the file of the one record (D17)."""
    with whole():
        carrier = _record(cycle, organization, AnswerKind.COMMENTS, outside, actor, now, key)
        for number, proposal in enumerate(proposals):
            _comment(cycle, organization, carrier, proposal, "record", actor, now, _part(key, number))
        return carrier


def confirm_answer(
    answer: ReviewAnswer, actor: Actor, now: datetime, key: UUID | None = None
) -> ReviewAnswer:
    """By the organization's own account or an office person, never the recorder (D17)."""
    return _answer(perform(answer, "confirm", actor, now, key=key).obj)


def deny_answer(
    answer: ReviewAnswer, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ReviewAnswer:
    """It is not so; the organization has not answered."""
    return _answer(perform(answer, "deny", actor, now, note, key=key).obj)


def take_back(comment: ReviewComment, actor: Actor, now: datetime, key: UUID | None = None) -> ReviewComment:
    """By the own organization, as long as no disposition is written."""
    outcome = perform(comment, "take_back", actor, now, key=key)
    assert isinstance(outcome.obj, ReviewComment)
    return outcome.obj


def dispose(
    comment: ReviewComment,
    disposition: str,
    reason: str,
    wording: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ReviewComment:
    """What becomes of a comment, with the reason. ``wording``: the words for “partly accepted”."""
    data = {"disposition": disposition, "wording": wording}
    outcome = perform(comment, "dispose", actor, now, reason, data, key)
    assert isinstance(outcome.obj, ReviewComment)
    return outcome.obj


def _own_answer(cycle: ReviewCycle, organization: Organization, actor: Actor, now: datetime) -> ReviewAnswer:
    """The organization's answer “comments”; given now where there is none."""
    ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    own = cycle.answers.filter(organization=organization, state=AnswerState.GIVEN).order_by("-at").first()
    if own is None or own.kind != AnswerKind.COMMENTS or own.outside:
        own = ReviewAnswer(cycle=cycle, organization=organization, kind=AnswerKind.COMMENTS)
        own = _answer(perform(own, "answer", actor, now).obj)
    return own


def _part(key: UUID | None, number: int) -> UUID | None:
    """The id of one act of many that one form asks for: sent twice, each is done once."""
    return uuid5(key, str(number)) if key is not None else None


def _record(
    cycle: ReviewCycle,
    organization: Organization,
    kind: AnswerKind,
    outside: Outside,
    actor: Actor,
    now: datetime,
    key: UUID | None,
) -> ReviewAnswer:
    answer = ReviewAnswer(
        cycle=cycle,
        organization=organization,
        kind=kind,
        received_how=outside.how,
        received_on=outside.received_on,
        name=outside.name,
        title=outside.title,
    )
    return _answer(perform(answer, "record", actor, now, data={"file": outside.file}, key=key).obj)


def _comment(
    cycle: ReviewCycle,
    organization: Organization,
    answer: ReviewAnswer,
    proposal: Proposal,
    action: str,
    actor: Actor,
    now: datetime,
    key: UUID | None,
) -> ReviewComment:
    made = ReviewComment(
        cycle=cycle,
        organization=organization,
        answer=answer,
        block_id=proposal.block_id,
        kind=proposal.kind,
        comment=proposal.comment.strip(),
        proposed_text=clean(proposal.proposed_text).strip(),
    )
    outcome = perform(made, action, actor, now, key=key)
    assert isinstance(outcome.obj, ReviewComment)
    return outcome.obj


def _cycle(obj: Any) -> ReviewCycle:
    assert isinstance(obj, ReviewCycle)
    return obj


def _answer(obj: Any) -> ReviewAnswer:
    assert isinstance(obj, ReviewAnswer)
    return obj
