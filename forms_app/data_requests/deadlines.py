"""What is due and on whom requests wait, and the two jobs: move deadlines, note silence (D25, D26)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from audit.actors import Actor, system_actor
from intranet.access.roles import COORDINATION, OFFICE, OFFICE_AND_ASSISTANTS, ORGANIZATION_POSTS
from intranet.clock.due import DueRow, Job, Standing, WaitingRow
from intranet.network.once import once
from signatories import telling

from . import facts, people, services
from .facts import AskFacts, RoundFacts
from .models import Correction, DataRequest, Round
from .next_step import Step, next_step
from .notices import tell_coordination
from .picture import Picture
from .selectors import on_the_ladder
from .tokens import ROUNDS, UNANSWERED, AskState

JOB = system_actor("run_due")


def newest_rounds(requests: Iterable[DataRequest]) -> dict[UUID, Round]:
    """The newest round of each request. One query."""
    rows = Round.objects.filter(request__in=list(requests)).order_by("request_id", "-number")
    return {row.request_id: row for row in rows.distinct("request_id")}


def running() -> Iterator[tuple[DataRequest, RoundFacts]]:
    """Each request in a round with its current facts."""
    requests = list(DataRequest.objects.filter(state__in=ROUNDS).order_by("registered_at"))
    rounds = newest_rounds(requests)
    for request in requests:
        if request.pk in rounds:
            yield request, facts.load([rounds[request.pk]], request)[0]


def due(actor: Actor, now: datetime) -> list[DueRow]:
    """Rows of Home for the actor's capacity."""
    if actor.capacity in ORGANIZATION_POSTS and actor.organization_id is not None:
        return _answers_due(actor.organization_id, now)
    if actor.capacity in COORDINATION:
        return _steps_due(now, "coordination")
    if actor.capacity in OFFICE_AND_ASSISTANTS:
        confirming = _corrections_due() + _confirmations_due(now) if actor.capacity in OFFICE else []
        return confirming + _steps_due(now, "office")
    return []


def _corrections_due() -> list[DueRow]:
    """Corrections of records that wait for an office person (D17). One query."""
    waiting = Correction.objects.filter(reply__isnull=True, answer__confirmation__isnull=True)
    return [
        DueRow(
            what=_("%(reference)s: a correction waits for the office")
            % {"reference": row.answer.ask.round.request.reference},
            url=reverse("answer-correction", args=[row.pk]),
            why="D17",
            last_day=None,
            state=_("Waiting for you"),
            standing=Standing.SOON,
            do=_("Open the correction"),
        )
        for row in waiting.select_related("answer__ask__round__request").order_by("at")
    ]


def _confirmations_due(now: datetime) -> list[DueRow]:
    """A yes received outside waits for the organization's account or an office person (D17): one row a request."""
    rows = []
    for picture in _open_pictures(now):
        # The state first: to ask for its round is a query.
        if picture.request.state not in ROUNDS or picture.current is None:
            continue
        waiting = [known for known in picture.current.asks if known.unconfirmed() is not None]
        if not waiting:
            continue
        rows.append(
            DueRow(
                what=_("%(reference)s: confirm what arrived outside")
                % {"reference": picture.request.reference},
                url=reverse("request-board", args=[picture.request.pk]),
                why="D17",
                last_day=None,
                state=_("Waiting for you"),
                standing=Standing.SOON,
                do=_("Look and confirm"),
                detail=ngettext("%(n)s answer", "%(n)s answers", len(waiting)) % {"n": len(waiting)},
            )
        )
    return rows


def _answers_due(organization_id: UUID, now: datetime) -> list[DueRow]:
    requests = list(
        DataRequest.objects.filter(
            state__in=ROUNDS,
            rounds__asks__organization_id=organization_id,
            rounds__asks__state__in=[*UNANSWERED, AskState.CONFLICT],
        ).distinct()
    )
    rows = []
    for request, rounds, asks in facts.newest_asks(requests, organization_id):
        found = facts.assemble([rounds[-1]], asks, request, {})[0]
        rows += [
            _answer_row(request, known, now)
            for known in _in_round(found, now)
            if known.ask.state in (*UNANSWERED, AskState.CONFLICT)
        ]
    return rows


def _in_round(found: RoundFacts, now: datetime) -> list[AskFacts]:
    """Organizations of the round that no stop keeps out: nobody reminds the others, nor notes their silence."""
    organizations = [known.ask.organization for known in found.asks]
    stopped = people.stopped_since(organizations, found.round.issued_at, now)
    return [known for known in found.asks if known.ask.organization_id not in stopped]


def _answer_row(request: DataRequest, known: AskFacts, now: datetime) -> DueRow:
    due_now = known.due()
    conflict = known.ask.state == AskState.CONFLICT
    passed = due_now is not None and due_now.passed(now)
    url = reverse("ask-answer", args=[known.ask.pk])
    waiting = known.unconfirmed()
    return DueRow(
        what=_("Answer request %(reference)s") % {"reference": request.reference},
        url=url if waiting is None else reverse("answer-confirm", args=[waiting.pk]),
        why="§7B.2" if known.ask.state == AskState.FOLLOWED_UP else "§7B.1",
        last_day=due_now.last_day if due_now is not None else None,
        state=_("Two different answers") if conflict else _("Overdue") if passed else _("Waiting for you"),
        standing=Standing.LATE if passed or conflict else Standing.SOON,
        do=_("Answer") if waiting is None else _("Confirm"),
        counted=due_now.counted if due_now is not None else None,
    )


def open_steps(now: datetime) -> list[tuple[DataRequest, Step]]:
    """Every request on the ladder with its single next action, oldest first; read once a page.

    What is due and what waits are two views of the same steps.
    """
    return once(
        ("open requests", now),
        lambda: [(picture.request, next_step(picture)) for picture in _open_pictures(now)],
    )


def _open_pictures(now: datetime) -> list[Picture]:
    return once(("open pictures", now), lambda: list(Picture.of_all(on_the_ladder(), now)))


def _steps_due(now: datetime, by: str) -> list[DueRow]:
    """The single next action of each request, for those who can do it."""
    rows = []
    for request, step in open_steps(now):
        if step.by != by or not step.action:
            continue
        rows.append(
            DueRow(
                what=f"{request.reference}: {step.heading}",
                url=reverse("request-board", args=[request.pk]),
                why=step.rule,
                last_day=None,
                state=_("Waiting for you"),
                standing=Standing.SOON,
                do=pgettext("button", "Open"),
                detail=request.requester_organization,
            )
        )
    return rows


def waiting(actor: Actor, now: datetime) -> list[WaitingRow]:
    """On which role a request waits, never on which organization (ux 7.15)."""
    if actor.capacity not in COORDINATION | OFFICE:
        return []
    by = "coordination" if actor.capacity in COORDINATION else "office"
    rows = []
    for request, step in open_steps(now):
        if step.action and step.by == by:
            continue
        role = step.waits_on or _("the PSEA Coordinator")
        rows.append(
            WaitingRow(
                what=f"{request.reference}: {step.heading}",
                url=reverse("request-board", args=[request.pk]),
                waits_on=role,
                since=request.to_office_at or request.registered_at,
                last_day=step.last_day,
            )
        )
    return rows


def move_deadlines(now: datetime, dry_run: bool) -> list[str]:
    """D25: a holiday announced late moves every deadline that a further round has not used yet."""
    sentences = []
    for request, found in running():
        for known in _in_round(found, now):
            moved = known.due()
            if moved is None or moved.moved_from is None:
                continue
            if not dry_run:
                services.move_deadline(known.ask, JOB, now)
            sentences.append(f"{request.reference}: a deadline moved to {moved.last_day.isoformat()}")
    return sentences


def note_silence(now: datetime, dry_run: bool) -> list[str]:
    """D26: noted once an organization; its state stays what it was."""
    sentences = []
    for request, found in running():
        for known in _in_round(found, now):
            if not known.is_silent(now) or known.ask.silence_noted_at is not None:
                continue
            if not dry_run:
                services.note_silence(known.ask, JOB, now)
            sentences.append(
                f"{request.reference}: no response after the follow-up, which authorizes nothing"
            )
    return sentences


def tell_of_overdue(now: datetime, dry_run: bool) -> list[str]:
    """The Coordinator is told once a round and day that a follow-up is due."""
    sentences = []
    for request, found in running():
        overdue = [known for known in _in_round(found, now) if known.follow_up_is_due(now)]
        if not overdue:
            continue
        last = max(k.ask.clock_ends_at for k in overdue)
        once = f"overdue:{found.round.pk}:{last.isoformat()}"
        if telling.told([once]):
            continue
        if not dry_run:
            told = _follow_up_is_due(request)
            tell_coordination(request, told, now, kind="follow_up_due", rule="§7B.2", once=once)
        sentences.append(f"{request.reference}: follow-up with senior management is due")
    return sentences


def _follow_up_is_due(request: DataRequest) -> Callable[[], str]:
    names = {"reference": request.reference}
    return lambda: _("%(reference)s: a follow-up with senior management is due") % names


JOBS = (
    Job("data_requests.move_deadlines", "D25", move_deadlines),
    Job("data_requests.follow_up_due", "§7B.2", tell_of_overdue),
    Job("data_requests.note_silence", "§7B.2", note_silence),
)
