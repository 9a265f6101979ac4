"""The facts of one round, read in few queries, and what follows from them (D24-D28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from intranet.clock.business_days import BusinessCalendar
from intranet.clock.calendars import calendar_for

from . import clocks, votes
from .clocks import Clock, Due, Position
from .models import Answer, Ask, Confirmation, DataRequest, Round
from .tokens import ENDED, UNANSWERED, AskState, Choice, RequestState
from .votes import Tally, Vote

_DECISIONS = frozenset({Choice.AUTHORIZE.value, Choice.REFUSE.value})


def confirmation_of(answer: Answer) -> bool | None:
    """True or False as it was confirmed or set aside, None while nobody said."""
    found = getattr(answer, "confirmation", None)
    return None if found is None else bool(found.confirmed)


def counts(answer: Answer) -> bool:
    """Whether an answer is a vote: own decisions at once, a no received outside at once, a yes
    received outside after its confirmation (D17)."""
    if answer.choice not in _DECISIONS:
        return False
    if not answer.received_outside:
        return True
    confirmed = confirmation_of(answer)
    if answer.choice == Choice.REFUSE:
        return confirmed is not False
    return confirmed is True


def counted_at(answer: Answer, moment: datetime) -> bool:
    """Whether an answer was a vote at ``moment``: what was set aside only later counted until then."""
    if answer.at > moment:
        return False
    said = getattr(answer, "confirmation", None)
    if said is not None and not said.confirmed and answer.choice == Choice.REFUSE:
        return bool(said.at >= moment)
    return counts(answer)


@dataclass(frozen=True)
class AskFacts:
    """One organization in one round. ``calendar`` is None where the stored count stands for good.

    ``closed_at``: when the next round replaced this one (answers from then on are late, D27).
    """

    ask: Ask
    answers: tuple[Answer, ...]
    calendar: BusinessCalendar | None
    closed_at: datetime | None = None
    used_as_silent: bool = False
    running: bool = True

    @property
    def in_time(self) -> tuple[Answer, ...]:
        """Answers that belong to the round."""
        return tuple(a for a in self.answers if not self.is_late(a))

    def is_late(self, answer: Answer) -> bool:
        """After the next round was issued: recorded, changes nothing in this one (D27)."""
        return answer.late

    def tally(self) -> Tally:
        """The organization's vote."""
        return votes.tally(Vote(a.capacity, a.choice) for a in self.in_time if counts(a))

    def tally_at(self, moment: datetime) -> Tally:
        """The organization's vote as it stood at ``moment``."""
        return votes.tally(Vote(a.capacity, a.choice) for a in self.in_time if counted_at(a, moment))

    def unconfirmed(self) -> Answer | None:
        """A yes received outside that waits for its confirmation, while nothing later counts (D17)."""
        waiting: Answer | None = None
        for answer in self.in_time:
            if counts(answer):
                waiting = None
            elif (
                answer.received_outside
                and answer.choice == Choice.AUTHORIZE
                and confirmation_of(answer) is None
            ):
                waiting = answer
        return waiting

    def last_decision(self) -> Answer | None:
        """The newest answer that counts."""
        return next((a for a in reversed(self.in_time) if counts(a)), None)

    def needs_to_ask(self) -> Answer | None:
        """The newest "I need to ask", while nobody decided."""
        if self.tally() is not Tally.NONE:
            return None
        return next((a for a in reversed(self.in_time) if a.choice == Choice.NEED_TO_ASK), None)

    @property
    def position(self) -> Position:
        ask = self.ask
        return Position(
            state=ask.state,
            clock=Clock(
                kind=ask.clock_kind,
                counted_from=ask.clock_from,
                business_days=ask.clock_business_days,
                ends_at=ask.clock_ends_at,
                last_day=ask.clock_last_day,
                calendar_version=ask.calendar_version,
                delivered_at=ask.notice.delivered_at,
                bounced=ask.bounced_at is not None or ask.notice.bounced_at is not None,
            ),
            waits_for_confirmation=self.unconfirmed() is not None,
        )

    def due(self) -> Due | None:
        """The running deadline, None once the organization answered."""
        if self.ask.state not in UNANSWERED:
            return None
        return clocks.due(self.position.clock, self.calendar)

    def follow_up_is_due(self, now: datetime) -> bool:
        return self.running and self.position.follow_up_is_due(now, self.calendar)

    def is_silent(self, now: datetime) -> bool:
        """No response (§7B.2), derived: used by the next round, or the follow-up's days have passed."""
        if self.closed_at is not None:
            return self.used_as_silent
        if not self.running:  # on hold or ended: what was noted while the clock ran
            return self.ask.state == AskState.FOLLOWED_UP and self.ask.silence_noted_at is not None
        return self.position.is_silent(now, self.calendar)

    def state(self, now: datetime) -> str:
        """The token of D32, silence derived."""
        return AskState.NO_RESPONSE.value if self.is_silent(now) else str(self.ask.state)


@dataclass(frozen=True)
class RoundFacts:
    """One round with all its organizations."""

    round: Round
    asks: tuple[AskFacts, ...]

    def in_state(self, now: datetime, *states: str) -> list[AskFacts]:
        """Organizations whose state, silence derived, is one of ``states``."""
        return [facts for facts in self.asks if facts.state(now) in states]

    def authorized(self, now: datetime) -> list[AskFacts]:
        return self.in_state(now, AskState.AUTHORIZED)

    def silent(self, now: datetime) -> list[AskFacts]:
        return self.in_state(now, AskState.NO_RESPONSE)

    def open(self, now: datetime) -> list[AskFacts]:
        """Organizations on whom the round still waits: neither authorized nor, at the end, silent."""
        ended = {AskState.AUTHORIZED.value, AskState.NO_RESPONSE.value}
        return [facts for facts in self.asks if facts.state(now) not in ended]

    def all_authorized(self) -> bool:
        """Every organization of the round said yes in words (§7B.4)."""
        return bool(self.asks) and all(
            facts.ask.state == AskState.AUTHORIZED and facts.tally() is Tally.AUTHORIZED
            for facts in self.asks
        )

    def organizations(self) -> list[UUID]:
        return [facts.ask.organization_id for facts in self.asks]


def rounds_of(request: DataRequest) -> list[Round]:
    """Rounds of a request, oldest first. One query."""
    return list(Round.objects.filter(request=request).order_by("number"))


def current_round(request: DataRequest) -> Round | None:
    """The newest round. One query."""
    return Round.objects.filter(request=request).order_by("-number").first()


def stopped_by_refusal(request: DataRequest, current: RoundFacts | None) -> bool:
    """Whether a refusal that stood at its end stopped the request, and nothing else (D29)."""
    if request.state != RequestState.STOPPED or request.ended_at is None or current is None:
        return False
    ended = request.ended_at
    return any(known.tally_at(ended) is Tally.REFUSED for known in current.asks)


def somebody_refuses(current: RoundFacts | None) -> bool:
    """Whether a refusal stands in the round (D29)."""
    return current is not None and any(known.tally() is Tally.REFUSED for known in current.asks)


def is_running(request: DataRequest) -> bool:
    """Whether clocks of the request run: it is in a round, neither on hold nor ended."""
    return request.state in {RequestState.ROUND_1.value, RequestState.ROUND_2.value}


def _with_answers() -> QuerySet[Ask]:
    """Asks with their answers as one JSON column: one query for both, however many organizations."""
    columns = {field.attname: field.attname for field in Answer._meta.concrete_fields}
    said = {f"said_{name}": f"confirmation__{name}" for name in ("confirmed", "by", "capacity", "at", "note")}
    answers = Answer.objects.filter(ask=OuterRef("pk")).order_by("number")
    return Ask.objects.annotate(answer_rows=ArraySubquery(answers.values(row=JSONObject(**columns, **said))))


def _answers_of(ask: Ask) -> list[Answer]:
    found = []
    for row in ask.answer_rows:  # type: ignore[attr-defined]
        fields = Answer._meta.concrete_fields
        values = [field.to_python(row[field.attname]) for field in fields]
        answer = Answer.from_db("default", [field.attname for field in fields], values)
        answer.ask = ask
        said = None
        if row["said_confirmed"] is not None:
            said = Confirmation(
                answer_id=answer.pk,
                confirmed=row["said_confirmed"],
                by=row["said_by"],
                capacity=row["said_capacity"],
                at=Confirmation._meta.get_field("at").to_python(row["said_at"]),
                note=row["said_note"],
            )
        answer._state.fields_cache["confirmation"] = said
        found.append(answer)
    return found


def load(
    rounds: Iterable[Round],
    request: DataRequest,
    followers: Mapping[UUID, Round] | None = None,
    organization: UUID | None = None,
) -> list[RoundFacts]:
    """Facts of ``rounds``: one query, and one for the calendar of an open round.

    ``followers``: the round that came after each closed one, by id. ``organization``: only its part.
    """
    chosen = list(rounds)
    asks = _with_answers().filter(round__in=chosen).select_related("organization", "notice")
    if organization is not None:
        asks = asks.filter(organization_id=organization)
    return assemble(chosen, list(asks.order_by("organization__name_en")), request, followers or {})


def whole_request(pk: UUID) -> tuple[DataRequest, list[Round], list[Ask]] | None:
    """A request with its rounds, organizations and answers in one query; None before the first round."""
    asks = list(
        _with_answers()
        .filter(round__request_id=pk)
        .select_related("round__request__guarantee", "organization", "notice")
        .order_by("round__number", "organization__name_en")
    )
    if not asks:
        return None
    rounds: dict[UUID, Round] = {}
    request = asks[0].round.request
    for ask in asks:
        ask.round = rounds.setdefault(ask.round_id, ask.round)
        ask.round.request = request
    return request, list(rounds.values()), asks


def newest_asks(
    requests: Sequence[DataRequest], organization: UUID | None = None
) -> Iterator[tuple[DataRequest, list[Round], list[Ask]]]:
    """Each issued request with its newest round (alone in the list) and whom it asked. One query.

    ``organization``: only its part.
    """
    if not requests:
        return
    newest = Round.objects.filter(request=OuterRef("round__request")).order_by("-number").values("pk")[:1]
    asks = (
        _with_answers()
        .filter(round__request__in=list(requests), round=Subquery(newest))
        .select_related("round", "organization", "notice")
        .order_by("organization__name_en")
    )
    if organization is not None:
        asks = asks.filter(organization_id=organization)
    by_request: dict[UUID, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_request[ask.round.request_id].append(ask)
    for request in requests:
        own = by_request.get(request.pk, [])
        if own:
            for ask in own:
                ask.round = own[0].round
                ask.round.request = request
            yield request, [own[0].round], own


def assemble(
    rounds: Sequence[Round], asks: Sequence[Ask], request: DataRequest, after: Mapping[UUID, Round]
) -> list[RoundFacts]:
    """Facts from rows that were read already."""
    by_round: dict[UUID, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_round[ask.round_id].append(ask)
    open_rounds = [r for r in rounds if r.pk not in after]
    live = request.state not in ENDED and any(
        ask.state in UNANSWERED for r in open_rounds for ask in by_round[r.pk]
    )
    regions = {ask.organization.region for r in open_rounds for ask in by_round[r.pk]}
    calendars = {region: calendar_for(region) for region in regions} if live else {}
    return [
        RoundFacts(
            round_,
            tuple(
                _ask_facts(ask, _answers_of(ask), request, calendars, after.get(round_.pk))
                for ask in by_round[round_.pk]
            ),
        )
        for round_ in rounds
    ]


def _ask_facts(
    ask: Ask,
    answers: list[Answer],
    request: DataRequest,
    calendars: Mapping[str, BusinessCalendar],
    follower: Round | None,
) -> AskFacts:
    closed = follower is not None
    return AskFacts(
        ask=ask,
        answers=tuple(answers),
        calendar=None if closed else calendars.get(ask.organization.region),
        closed_at=follower.issued_at if follower is not None else None,
        used_as_silent=follower is not None and str(ask.pk) in follower.silent,
        running=not closed and is_running(request),
    )


def of_current(request: DataRequest) -> RoundFacts | None:
    """Facts of the newest round, None before the first."""
    newest = current_round(request)
    return None if newest is None else load([newest], request)[0]


def of_ask(ask: Ask) -> AskFacts:
    """Facts of one organization in its round."""
    round_ = ask.round
    request = round_.request
    follower = Round.objects.filter(request=request, number__gt=round_.number).order_by("number").first()
    after = {round_.pk: follower} if follower is not None else {}
    found = load([round_], request, after, organization=ask.organization_id)[0]
    return found.asks[0]
