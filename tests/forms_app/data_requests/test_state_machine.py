"""The ladder under hypothesis: whatever people, clocks and corrections do, D20 to D34 hold.

The checks read the rows that people wrote, not the states that the product derived from them.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from forms_app.common import figures
from forms_app.data_requests import deadlines, facts, services
from forms_app.data_requests.models import (
    Answer,
    Ask,
    Correction,
    DataRequest,
    OfficeDecision,
    Release,
    Round,
)
from forms_app.data_requests.tokens import Choice
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused

from .world import ISSUED, World, deliver, issued, outside, word

POSTS = (
    Capacity.PRIMARY_FOCAL_POINT,
    Capacity.SECONDARY_FOCAL_POINT,
    Capacity.HEAD_OF_AGENCY,
    Capacity.SENIOR_MANAGEMENT,
)
numbers = st.integers(min_value=0, max_value=3)


class Ladder(RuleBasedStateMachine):
    """One request in a network of four; every example is rolled back at its end."""

    world: World
    released: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.kept = deepcopy(self.world.figures)
        self.now = ISSUED
        self.request = issued(self.world)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)
        self.world.figures.numbers = self.kept.numbers
        self.world.figures.version = self.kept.version

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Try an act; when it is refused, no row of the ladder has changed."""
        before = self.snapshot()
        try:
            act()
        except Refused:
            assert self.snapshot() == before
            self.request.refresh_from_db()
            return False
        self.request.refresh_from_db()
        return True

    def snapshot(self) -> tuple[object, ...]:
        return (
            list(DataRequest.objects.values_list("state", "to_office_at", "held_from")),
            list(Ask.objects.order_by("pk").values_list("pk", "state", "clock_ends_at")),
            Answer.objects.count(),
            Round.objects.count(),
            OfficeDecision.objects.count(),
            Release.objects.count(),
        )

    def asks(self) -> list[Ask]:
        return self.world.asks(self.request)

    @rule(hours=st.integers(min_value=1, max_value=30 * 24))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        if self.now.year > 2027:
            self.now = self.now.replace(year=2027)

    @rule()
    def mail_leaves(self) -> None:
        deliver(self.now)

    @rule()
    def jobs_run(self) -> None:
        before = list(Ask.objects.order_by("pk").values_list("state", flat=True)), Answer.objects.count()
        for job in deadlines.JOBS:
            job.run(self.now, False)
        assert (
            list(Ask.objects.order_by("pk").values_list("state", flat=True)),
            Answer.objects.count(),
        ) == before
        self.request.refresh_from_db()

    @rule(number=numbers, capacity=st.sampled_from(POSTS), choice=st.sampled_from(list(Choice)))
    def somebody_answers(self, number: int, capacity: Capacity, choice: Choice) -> None:
        asks = list(Ask.objects.filter(round__request=self.request).order_by("round__number"))
        ask = asks[(number * 7) % len(asks)]
        self.attempt(
            lambda: services.answer(ask, choice, self.world.of(ask.organization, capacity), self.now)
        )

    @rule(silent=st.sets(numbers, max_size=2))
    def the_others_authorize(self, silent: set[int]) -> None:
        for number, ask in enumerate(self.asks()):
            if number not in silent:
                self.attempt(
                    lambda ask=ask: services.answer(
                        ask, Choice.AUTHORIZE, self.world.of(ask.organization), self.now
                    )
                )

    @rule(number=numbers, choice=st.sampled_from([Choice.AUTHORIZE, Choice.REFUSE]))
    def a_letter_arrives(self, number: int, choice: Choice) -> None:
        asks = self.asks()
        ask = asks[number % len(asks)]
        paper = outside(choice, date.fromisoformat(self.now.date().isoformat()))
        self.attempt(lambda: services.record_received_outside(ask, paper, self.world.coordinator, self.now))

    @rule(number=numbers, by_office=st.booleans())
    def what_arrived_is_confirmed(self, number: int, by_office: bool) -> None:
        found = list(Answer.objects.filter(received_on__isnull=False).order_by("at", "number"))
        if found:
            answer = found[number % len(found)]
            actor = self.world.office if by_office else self.world.of(answer.ask.organization)
            self.attempt(lambda: services.confirm_received(answer, actor, self.now))

    @rule(number=numbers)
    def what_arrived_is_denied(self, number: int) -> None:
        """By the Head of Agency: the record stays, and a request that it stopped comes back (D17)."""
        found = list(Answer.objects.filter(received_on__isnull=False).order_by("at", "number"))
        if found:
            answer = found[number % len(found)]
            head = self.world.of(answer.ask.organization, Capacity.HEAD_OF_AGENCY)
            self.attempt(lambda: services.set_aside_received(answer, head, self.now, "Not ours."))
            assert Answer.objects.filter(pk=answer.pk).exists()

    @rule(number=numbers, accepted=st.booleans())
    def a_record_is_corrected(self, number: int, accepted: bool) -> None:
        found = list(
            Answer.objects.filter(received_on__isnull=False, choice="refuse").order_by("at", "number")
        )
        if not found:
            return
        answer = found[number % len(found)]
        self.attempt(
            lambda: services.correct_record(answer, self.world.coordinator, self.now, "Another paper.")
        )
        correction = Correction.objects.filter(answer=answer, reply__isnull=True).first()
        if correction is not None:
            assert not self.attempt(
                lambda: services.accept_correction(correction, self.world.coordinator, self.now)
            )
            if accepted:
                self.attempt(lambda: services.accept_correction(correction, self.world.office, self.now))
            else:
                self.attempt(
                    lambda: services.reject_correction(correction, self.world.office, self.now, "It stands.")
                )

    @rule(number=numbers)
    def figures_are_corrected(self, number: int) -> None:
        organization = self.world.organizations[number]
        self.world.figures.report(organization.pk, exploitation=2, abuse=1, un_staff=1, contractor=2)

    @rule()
    def the_coordinator_follows_up(self) -> None:
        self.attempt(lambda: services.follow_up(self.request, self.world.coordinator, self.now))
        deliver(self.now)

    @rule()
    def a_round_without_the_silent(self) -> None:
        again = self.request.state == "round_2"
        act = services.open_further_round if again else services.open_second_round
        self.attempt(lambda: act(self.request, self.world.coordinator, self.now))
        deliver(self.now)

    @rule()
    def everybody_is_asked_anew(self) -> None:
        self.attempt(lambda: services.ask_all_anew(self.request, self.world.coordinator, self.now))
        deliver(self.now)

    @rule()
    def a_hold_and_its_end(self) -> None:
        self.attempt(lambda: services.put_on_hold(self.request, self.world.coordinator, self.now, "A reason"))
        self.attempt(lambda: services.resume(self.request, self.world.coordinator, self.now))

    @rule()
    def to_the_office(self) -> None:
        self.attempt(lambda: services.send_to_office(self.request, self.world.coordinator, self.now))

    @rule()
    def the_office_authorizes(self) -> None:
        office = self.world.fresh(self.world.office, self.now)
        self.attempt(lambda: services.authorize(self.request, word(self.request), office, self.now))

    @rule()
    def the_coordinator_tries_to_authorize(self) -> None:
        coordinator = self.world.fresh(self.world.coordinator, self.now)
        assert not self.attempt(
            lambda: services.authorize(self.request, word(self.request), coordinator, self.now)
        )

    @precondition(lambda self: self.request.state == "stopped")
    @rule()
    def the_office_reopens(self) -> None:
        self.attempt(
            lambda: services.instruct_reopening(self.request, word(self.request), self.world.office, self.now)
        )
        self.attempt(lambda: services.reopen(self.request, self.world.coordinator, self.now))
        deliver(self.now)

    @rule()
    def the_coordinator_releases(self) -> None:
        coordinator = self.world.fresh(self.world.coordinator, self.now)
        was = self.request.state
        if self.attempt(lambda: services.release(self.request, coordinator, self.now)):
            assert was == "authorized"
            self.check_release()
            type(self).released += 1

    def check_release(self) -> None:
        """Read from what people wrote: consents, decision, figures (§7B.4, §7B.7, D28, D30)."""
        made = Release.objects.get()
        newest = facts.current_round(self.request)
        assert newest is not None
        assert made.round_id == newest.pk
        asked = list(newest.asks.all())
        assert len(asked) >= 3
        for ask in asked:
            yes = [
                answer
                for answer in ask.answers.filter(choice="authorize", late=False)
                if answer.received_on is None or getattr(answer, "confirmation", None) is not None
            ]
            assert yes, "no consent in words"
            assert all(answer.data_set_sha256 == made.data_set_sha256 for answer in yes)
            assert not ask.answers.filter(choice="refuse", capacity="head_of_agency").exclude(
                number__lt=max(a.number for a in yes if a.capacity == "head_of_agency")
                if any(a.capacity == "head_of_agency" for a in yes)
                else 0
            )
        live = figures.provider().data_set(
            self.request.period,  # type: ignore[arg-type]
            [ask.organization_id for ask in asked],
            self.request.tables,
        )
        assert live.sha256 == made.data_set_sha256 == newest.data_set_sha256
        decision = made.decision
        assert (decision.kind, decision.data_set_sha256) == ("authorize", made.data_set_sha256)
        assert decision.decided_by_user_id == self.world.office.user_id
        first_yes = [min(a.at for a in ask.answers.filter(choice="authorize")) for ask in asked]
        assert decision.at >= max(first_yes)

    @invariant()
    def nobody_authorized_without_words(self) -> None:
        for ask in Ask.objects.filter(state="authorized"):
            assert ask.answers.filter(choice="authorize", late=False).exists()
        assert not Ask.objects.filter(state="no_response").exists()

    @invariant()
    def what_ended_says_when_and_what_runs_does_not(self) -> None:
        ended = self.request.state in {"stopped", "not_released", "released"}
        assert (self.request.ended_at is not None) == ended

    @invariant()
    def no_refusal_stands_in_a_request_that_runs(self) -> None:
        """D29; read from the Head of Agency's last word, papers that were set aside left out."""
        if self.request.state in {"stopped", "not_released", "on_hold"}:
            return
        newest = facts.current_round(self.request)
        assert newest is not None
        for ask in newest.asks.all():
            heads = ask.answers.filter(
                late=False, capacity="head_of_agency", choice__in=["authorize", "refuse"]
            )
            last = heads.exclude(confirmation__confirmed=False).order_by("number").last()
            waits = last is not None and last.choice == "authorize" and last.received_on is not None
            assert ask.state != "refused"
            assert last is None or waits or last.choice == "authorize" or ask.state == "conflict"

    @invariant()
    def a_release_is_there_exactly_when_it_says_so(self) -> None:
        assert Release.objects.count() == (1 if self.request.state == "released" else 0)

    @invariant()
    def every_round_asks_at_least_three(self) -> None:
        for round_ in Round.objects.all():
            assert round_.asks.count() >= 3

    @invariant()
    def a_standing_refusal_and_a_running_request_never_meet(self) -> None:
        if self.request.state in {"to_office", "authorized", "released"}:
            newest = facts.current_round(self.request)
            assert newest is not None
            assert set(newest.asks.values_list("state", flat=True)) == {"authorized"}


@pytest.mark.django_db
@pytest.mark.rule("§7B")
def test_the_ladder_holds_whatever_happens(world: World) -> None:
    Ladder.world = world
    Ladder.released = 0
    run_state_machine_as_test(
        Ladder,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
