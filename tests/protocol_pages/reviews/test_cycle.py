"""A review from its opening to its decision: answers, D17, dispositions, the draft, and nothing closes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Event
from intranet.clock.due import due_rows
from intranet.notices.models import Notice
from intranet.workflow import runner
from intranet.workflow.runner import Refused
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition, EditionDraft
from protocol_pages.editions.review import recorded_reviews
from protocol_pages.reviews import jobs, selectors, services
from protocol_pages.reviews.models import (
    CycleState,
    Disposition,
    ReviewAnswer,
    ReviewComment,
    ReviewCycle,
    ReviewDecision,
)
from protocol_pages.reviews.services import Outside
from tests.signatories.network import Network

from .play import JOB, OPENING, OUTSIDE, TODAY, WORDS, comment_of, decision, focal_point, proposal

pytestmark = [pytest.mark.django_db, pytest.mark.rule("§8")]


def tally(cycle: ReviewCycle) -> tuple[int, int, int]:
    found = selectors.tally(cycle, TODAY)
    return found.asked, found.answered, found.silent


def test_the_job_opens_the_review_on_its_day_and_once(signed: Network) -> None:
    before = OPENING - timedelta(days=1)
    assert list(jobs.open_on_its_day(before, dry_run=False)) == []
    with pytest.raises(Refused, match="opens 60 days before"):
        services.open_cycle(2027, signed.coordinator, before)
    assert list(jobs.open_on_its_day(OPENING, dry_run=True)) == ["the annual review 2027 is open"]
    assert not ReviewCycle.objects.exists()
    list(jobs.open_on_its_day(OPENING, dry_run=False))
    assert list(jobs.open_on_its_day(OPENING, dry_run=False)) == []
    cycle = ReviewCycle.objects.get()
    assert (cycle.year, cycle.due_on, cycle.state) == (2027, date(2027, 1, 31), "running")
    assert tally(cycle) == (3, 0, 3)


def test_a_running_review_keeps_the_next_one_waiting(cycle: ReviewCycle, signed: Network) -> None:
    a_year_later = OPENING + timedelta(days=370)
    assert list(jobs.open_on_its_day(a_year_later, dry_run=False)) == []
    with pytest.raises(Refused, match="A review is running"):
        services.open_cycle(2028, signed.coordinator, a_year_later)


def test_no_change_is_one_act_of_the_own_organization(cycle: ReviewCycle, signed: Network) -> None:
    alpha = signed.members["alpha"]
    services.answer_no_change(cycle, alpha, focal_point(signed, "alpha"), OPENING)
    assert tally(cycle) == (3, 1, 2)
    for actor in (focal_point(signed, "beta"), signed.coordinator, signed.office_actor, JOB):
        with pytest.raises(Refused) as refusal:
            services.answer_no_change(cycle, signed.members["gamma"], actor, OPENING)
        assert refusal.value.code == "policy"
    assert tally(cycle) == (3, 1, 2)


def test_an_outsider_does_not_answer(cycle: ReviewCycle, signed: Network) -> None:
    signed.member("delta")
    with pytest.raises(Refused, match="Signatories answer"):
        services.answer_no_change(cycle, signed.members["delta"], focal_point(signed, "delta"), OPENING)
    assert not ReviewAnswer.objects.exists()


def test_a_comment_keeps_the_text_of_its_day_and_is_the_answer(cycle: ReviewCycle, signed: Network) -> None:
    alpha = signed.members["alpha"]
    assert cycle.edition is not None
    today_text = next(b.text for b in editions.blocks_of(cycle.edition) if b.id == "7b-2")
    first = comment_of(signed, cycle, "alpha", "7b-2")
    kept = comment_of(signed, cycle, "alpha", "4-a", proposed_text="")
    same = comment_of(signed, cycle, "alpha", "7b-2", proposed_text=f" {today_text} ")
    assert (first.number, first.label, first.today_text) == (1, "§7B.2", today_text)
    assert (kept.number, same.proposed_text) == (2, "")
    assert [row.kind for row in ReviewAnswer.objects.filter(organization=alpha)] == ["comments"]
    assert tally(cycle) == (3, 1, 2)
    with pytest.raises(Refused, match="has comments here"):
        services.answer_no_change(cycle, alpha, focal_point(signed, "alpha"), OPENING)
    for comment in ReviewComment.objects.all():
        services.take_back(comment, focal_point(signed, "alpha"), OPENING)
    services.answer_no_change(cycle, alpha, focal_point(signed, "alpha"), OPENING + timedelta(hours=1))
    assert selectors.answers(cycle)[0].kind == "no_change"


@pytest.mark.rule("D15")
def test_a_refused_comment_undoes_its_answer_and_stays_in_the_ledger(
    cycle: ReviewCycle, signed: Network
) -> None:
    refused = Event.objects.filter(outcome="refused")
    with pytest.raises(Refused) as refusal:
        comment_of(signed, cycle, "alpha", "4-a", comment=" ")
    assert refusal.value.event == refused.get(action="review_comment.comment")
    with pytest.raises(Refused):
        services.comment_all(
            cycle,
            signed.members["alpha"],
            [proposal("4-a"), proposal("4-b", comment="")],
            focal_point(signed, "alpha"),
            OPENING,
        )
    assert refused.filter(action="review_comment.comment").count() == 2
    assert not ReviewAnswer.objects.exists()
    assert not Event.objects.filter(action__startswith="review_answer", outcome="done").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"comment": " "}, "write what is wrong"),
        ({"kind": "new_clause", "proposed_text": ""}, "needs its words"),
        ({"kind": "other"}, "Kind"),
        ({"block_id": "nowhere"}, "choose one of the text"),
    ],
)
def test_a_comment_that_says_nothing_is_refused_whole(
    cycle: ReviewCycle, signed: Network, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        services.comment(
            cycle, signed.members["alpha"], proposal(**changes), focal_point(signed, "alpha"), OPENING
        )
    assert not ReviewComment.objects.exists()
    assert not ReviewAnswer.objects.exists()


@pytest.mark.rule("D17")
def test_no_change_from_outside_counts_after_a_confirmation_by_another(
    cycle: ReviewCycle, signed: Network
) -> None:
    beta = signed.members["beta"]
    answer = services.record_no_change(cycle, beta, OUTSIDE, signed.coordinator, OPENING)
    assert (answer.state, tally(cycle)) == ("waiting", (3, 0, 2))
    for actor in (signed.coordinator, focal_point(signed, "alpha")):
        with pytest.raises(Refused) as refusal:
            services.confirm_answer(answer, actor, OPENING)
        assert refusal.value.code == "policy"
    assert "Annual review: confirm an answer that arrived outside" in [
        str(row.what) for row in due_rows(signed.office_actor, OPENING)
    ]
    services.confirm_answer(answer, focal_point(signed, "beta"), OPENING)
    assert tally(cycle) == (3, 1, 2)


@pytest.mark.rule("D17")
def test_a_comment_from_outside_is_open_at_once_and_a_denied_answer_is_none(
    cycle: ReviewCycle, signed: Network
) -> None:
    beta = signed.members["beta"]
    made = services.record_comment(cycle, beta, OUTSIDE, proposal(), signed.coordinator, OPENING)
    assert (made.state, made.answer.outside, made.answer.name) == ("open", True, "Beta Head")
    assert made.answer.file is not None
    assert tally(cycle) == (3, 1, 2)
    gamma = services.record_no_change(cycle, signed.members["gamma"], OUTSIDE, signed.coordinator, OPENING)
    services.deny_answer(gamma, signed.office_actor, OPENING, "No such letter")
    assert tally(cycle) == (3, 1, 2)


@pytest.mark.rule("D17")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"how": ""}, "How it arrived"),
        ({"received_on": date(2026, 12, 3)}, "Received on"),
        ({"name": ""}, "In whose name"),
        ({"file": None}, "add the mail"),
    ],
)
def test_what_arrived_is_recorded_whole(
    cycle: ReviewCycle, signed: Network, changes: dict[str, Any], words: str
) -> None:
    outside: Outside = replace(OUTSIDE, **changes)
    with pytest.raises(Refused, match=words):
        services.record_no_change(cycle, signed.members["beta"], outside, signed.coordinator, OPENING)
    assert not ReviewAnswer.objects.exists()


def dispose(comment: ReviewComment, network: Network, disposition: str, wording: str = "") -> ReviewComment:
    return services.dispose(comment, disposition, "Discussed", wording, network.coordinator, OPENING)


def test_each_disposition_has_a_reason_and_is_the_coordinators(cycle: ReviewCycle, signed: Network) -> None:
    comment = comment_of(signed, cycle, "alpha", "4-a", proposed_text="")
    with pytest.raises(Refused, match="Reason"):
        services.dispose(comment, "not_accepted", " ", "", signed.coordinator, OPENING)
    with pytest.raises(Refused) as refusal:
        services.dispose(comment, "accepted", "Fine", "", signed.office_actor, OPENING)
    assert refusal.value.code == "policy"
    with pytest.raises(Refused, match="no proposed wording"):
        dispose(comment, signed, "accepted")
    with pytest.raises(Refused, match="write the words"):
        dispose(comment, signed, "partly")
    with pytest.raises(Refused, match="choose one"):
        dispose(comment, signed, "open")
    assert dispose(comment, signed, "deferred").reason == "Discussed"
    assert dispose(comment, signed, "partly", "Other words.").wording == "Other words."
    with pytest.raises(Refused):
        services.take_back(comment, focal_point(signed, "alpha"), OPENING)


def test_accepted_wordings_build_the_next_draft_and_nothing_else_changes(
    cycle: ReviewCycle, signed: Network, edition: Edition
) -> None:
    with pytest.raises(Refused, match="nothing to build"):
        services.build_draft(cycle, signed.coordinator, OPENING)
    dispose(comment_of(signed, cycle, "alpha", "7b-2"), signed, "accepted")
    twice = dispose(comment_of(signed, cycle, "beta", "7b-2"), signed, "accepted")
    with pytest.raises(Refused, match=r"Two wordings are accepted for §7B\.2"):
        services.build_draft(cycle, signed.coordinator, OPENING)
    dispose(twice, signed, "not_accepted")
    new = comment_of(signed, cycle, "gamma", "4-a", kind="new_clause", proposed_text="A new clause.")
    dispose(new, signed, "accepted")
    draft = services.build_draft(cycle, signed.coordinator, OPENING)
    before = list(editions.blocks_of(edition))
    after = list(editions.blocks_of_draft(draft))
    place = next(i for i, block in enumerate(before) if block.id == "4-a")
    assert after.pop(place + 1).text == "A new clause."
    assert [new for old, new in zip(before, after, strict=True) if new != old] == [
        replace(next(b for b in before if b.id == "7b-2"), text=WORDS)
    ]
    dispose(new, signed, "deferred")
    assert services.build_draft(cycle, signed.coordinator, OPENING).pk == draft.pk
    assert EditionDraft.objects.filter(base=edition).count() == 1
    draft.refresh_from_db()
    assert len(draft.blocks) == len(before)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decided_by": " "}, "Who decided"),
        ({"decided_on": None}, "Decided on"),
        ({"decided_on": date(2026, 12, 3)}, "Decided on"),
        ({"decided_on": date(2026, 12, 1)}, "before the review was opened"),
        ({"outcome": ""}, "Outcome"),
        ({"minutes": None}, "Minutes"),
        ({"outcome": "amended"}, "build the draft"),
    ],
)
def test_no_review_closes_without_its_decision_record(
    cycle: ReviewCycle, signed: Network, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        services.close(cycle, decision(**changes), signed.coordinator, OPENING)
    cycle.refresh_from_db()
    assert cycle.state == CycleState.RUNNING
    assert not ReviewDecision.objects.exists()


def test_a_review_closes_with_its_decision_and_the_silent_stay_silent(
    cycle: ReviewCycle, signed: Network
) -> None:
    services.answer_no_change(cycle, signed.members["alpha"], focal_point(signed, "alpha"), OPENING)
    comment = comment_of(signed, cycle, "beta", "4-a", proposed_text="")
    with pytest.raises(Refused, match="without a disposition"):
        services.close(cycle, decision(), signed.coordinator, OPENING)
    dispose(comment, signed, "not_accepted")
    with pytest.raises(Refused):
        services.close(cycle, decision(), focal_point(signed, "alpha"), OPENING)
    services.close(cycle, decision(), signed.office_actor, OPENING)
    kept = ReviewDecision.objects.get()
    assert (kept.asked, kept.answered, kept.outcome) == (3, 2, "confirmed")
    assert recorded_reviews() == {2027: TODAY}
    for late in (
        lambda: services.answer_no_change(
            cycle, signed.members["gamma"], focal_point(signed, "gamma"), OPENING
        ),
        lambda: dispose(comment, signed, "deferred"),
        lambda: comment_of(signed, cycle, "alpha", "4-a"),
        lambda: services.close(cycle, decision(), signed.coordinator, OPENING),
    ):
        with pytest.raises(Refused):
            late()


def test_a_review_does_not_close_over_an_answer_that_waits(cycle: ReviewCycle, signed: Network) -> None:
    """After the close nobody could confirm or deny it any more."""
    answer = services.record_no_change(cycle, signed.members["beta"], OUTSIDE, signed.coordinator, OPENING)
    with pytest.raises(Refused, match=r"wait for a confirmation.*Confirm or deny"):
        services.close(cycle, decision(), signed.office_actor, OPENING)
    assert ReviewCycle.objects.get(pk=cycle.pk).state == CycleState.RUNNING
    services.confirm_answer(answer, signed.office_actor, OPENING)
    services.close(cycle, decision(), signed.office_actor, OPENING)
    assert ReviewDecision.objects.get().answered == 1


def test_accepted_wordings_are_not_confirmed_away(cycle: ReviewCycle, signed: Network) -> None:
    dispose(comment_of(signed, cycle, "alpha", "7b-2"), signed, "accepted")
    with pytest.raises(Refused, match="so the text is amended"):
        services.close(cycle, decision(), signed.coordinator, OPENING)
    services.build_draft(cycle, signed.coordinator, OPENING)
    services.close(cycle, decision(outcome="amended"), signed.coordinator, OPENING)
    assert ReviewDecision.objects.get().outcome == "amended"


def test_an_amended_text_holds_what_was_accepted_and_nothing_else(
    cycle: ReviewCycle, signed: Network
) -> None:
    """The table of dispositions and the draft never say two things."""
    one = dispose(comment_of(signed, cycle, "alpha", "7b-2"), signed, "accepted")
    two = comment_of(signed, cycle, "beta", "4-a", kind="new_clause", proposed_text="A new clause.")
    dispose(two, signed, "deferred")
    services.build_draft(cycle, signed.coordinator, OPENING)
    amended = decision(outcome="amended")
    for comment, state in ((two, "accepted"), (one, "not_accepted")):
        before = comment.state
        dispose(comment, signed, state)
        with pytest.raises(Refused, match=f"the disposition of comment {comment.number}"):
            services.close(cycle, amended, signed.coordinator, OPENING)
        dispose(comment, signed, before or "deferred")
    dispose(two, signed, "accepted")
    services.build_draft(cycle, signed.coordinator, OPENING)
    services.close(cycle, amended, signed.coordinator, OPENING)
    assert ReviewDecision.objects.get().outcome == "amended"


@pytest.mark.rule("D2")
@pytest.mark.parametrize(
    ("behind", "kind", "number"),
    [("s4", "paragraph", ""), ("fn1", "paragraph", ""), ("4-a", "item", "-"), ("6-1", "item", "")],
)
def test_a_new_clause_is_text_whatever_it_stands_behind(
    cycle: ReviewCycle, signed: Network, behind: str, kind: str, number: str
) -> None:
    new = comment_of(signed, cycle, "gamma", behind, kind="new_clause", proposed_text="A new clause.")
    dispose(new, signed, "accepted")
    draft = services.build_draft(cycle, signed.coordinator, OPENING)
    made = next(block for block in editions.blocks_of_draft(draft) if block.id == "r2027-1")
    assert (made.kind, made.number, made.text, made.addresses) == (kind, number, "A new clause.", ())


@pytest.mark.rule("D6")
def test_a_past_year_is_recorded_with_evidence_and_confirmed_by_another(signed: Network) -> None:
    past = decision(decided_on=date(2024, 2, 8))
    for year, changes, words in (
        (2027, {}, "not over"),
        (2024, {"minutes": None}, "Minutes"),
        (2024, {"decided_on": date(2023, 1, 31)}, "earlier review"),
    ):
        with pytest.raises(Refused, match=words):
            services.record_past(year, replace(past, **changes), signed.coordinator, OPENING)
    assert not ReviewCycle.objects.exists()
    cycle = services.record_past(2024, past, signed.coordinator, OPENING)
    assert recorded_reviews() == {}
    with pytest.raises(Refused, match="You recorded this yourself"):
        services.confirm_past(cycle, signed.coordinator, OPENING)
    with pytest.raises(Refused, match="recorded for it already"):
        services.record_past(2024, past, signed.coordinator, OPENING)
    services.confirm_past(cycle, signed.office_actor, OPENING)
    assert recorded_reviews() == {2024: date(2024, 2, 8)}
    denied = services.record_past(
        2025, replace(past, decided_on=date(2025, 2, 1)), signed.coordinator, OPENING
    )
    services.deny_past(denied, signed.office_actor, OPENING, "The minutes say nothing of it")
    assert set(recorded_reviews()) == {2024}


def test_reminders_go_once_a_step_to_those_without_an_answer(cycle: ReviewCycle, signed: Network) -> None:
    def told() -> list[tuple[str, int]]:
        rows = Notice.objects.filter(kind="reviews.reminder").order_by("once")
        return sorted((row.once.split(":")[2], len(row.to)) for row in rows)

    assert told() == [("T-60", 2)] * 4  # three organizations, and the keepers
    assert list(jobs.remind(OPENING, dry_run=False)) == []
    services.answer_no_change(cycle, signed.members["alpha"], focal_point(signed, "alpha"), OPENING)
    near = OPENING + timedelta(days=46)
    assert list(jobs.remind(near, dry_run=True)) == ["annual review 2027: 3 reminders"]
    assert list(jobs.remind(near, dry_run=False)) == ["annual review 2027: 3 reminders"]
    assert [row for row in told() if row[0] == "T-14"] == [("T-14", 2), ("T-14", 3), ("T-14", 3)]
    late = OPENING + timedelta(days=68)
    assert list(jobs.remind(late, dry_run=False)) == ["annual review 2027: 1 reminders"]
    for notice in Notice.objects.filter(kind="reviews.reminder"):
        assert not any(name in f"{notice.subject} {notice.text}" for name in ("Alpha", "Beta", "Gamma"))
        assert "/review/2027/" in notice.text


def test_home_asks_who_has_not_answered(cycle: ReviewCycle, signed: Network) -> None:
    def asks(actor: Any) -> list[tuple[str, str]]:
        rows = [row for row in due_rows(actor, OPENING) if "/review/" in row.url]
        return [(str(row.what), str(row.detail)) for row in rows]

    alpha = focal_point(signed, "alpha")
    assert [what for what, _detail in asks(alpha)] == ["Annual review 2027: answer for your organization"]
    services.answer_no_change(cycle, signed.members["alpha"], alpha, OPENING)
    assert asks(alpha) == []


ACTS = ("answer", "comment", "outside", "confirm", "dispose", "build", "close_bare", "close", "past", "days")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=12), who=st.data())
def test_random_histories_never_close_without_a_decision(
    cycle: ReviewCycle, signed: Network, acts: list[str], who: Any
) -> None:
    """Whatever happens, and however much time passes: closed means decided, by people, with minutes."""
    with transaction.atomic():
        moment = OPENING
        for act in acts:
            member = who.draw(st.sampled_from(("alpha", "beta", "gamma")))
            outcome = who.draw(st.sampled_from(("confirmed", "amended")))
            if act == "days":
                moment += timedelta(days=who.draw(st.integers(1, 90)))
            steps = _steps(cycle, signed, member, outcome, moment)
            before = ReviewCycle.objects.get(pk=cycle.pk).state
            try:
                steps[act]()
            except Refused:
                continue
            after = ReviewCycle.objects.get(pk=cycle.pk).state
            assert after == before or act == "close"
        for closed in ReviewCycle.objects.filter(state=CycleState.CLOSED):
            assert closed.decision.decided_by
            assert closed.decision.minutes.size > 0
            assert not closed.comments.filter(state=Disposition.OPEN).exists()
            assert selectors.waiting(closed) == []
        decided = ReviewDecision.objects.filter(cycle=cycle).exists()
        assert decided == (ReviewCycle.objects.get(pk=cycle.pk).state == CycleState.CLOSED)
        transaction.set_rollback(True)


def _steps(
    cycle: ReviewCycle, network: Network, member: str, outcome: str, at: Any
) -> dict[str, Callable[[], Any]]:
    own, coordinator = focal_point(network, member), network.coordinator
    organization = network.members[member]

    def confirm() -> None:
        for answer in selectors.waiting(cycle):
            services.confirm_answer(answer, network.office_actor, at)

    def dispose_all() -> None:
        for row in ReviewComment.objects.filter(state=Disposition.OPEN):
            services.dispose(row, "accepted", "Agreed", "", coordinator, at)

    def jobs_run() -> None:
        list(jobs.open_on_its_day(at, dry_run=False))
        list(jobs.remind(at, dry_run=False))
        with pytest.raises(Refused):
            runner.perform(cycle, "close", JOB, at, data=decision().data())

    return {
        "answer": lambda: services.answer_no_change(cycle, organization, own, at),
        "comment": lambda: services.comment(cycle, organization, proposal("4-a"), own, at),
        "outside": lambda: services.record_no_change(cycle, organization, OUTSIDE, coordinator, at),
        "confirm": confirm,
        "dispose": dispose_all,
        "build": lambda: services.build_draft(cycle, coordinator, at),
        "close_bare": lambda: services.close(cycle, decision(minutes=None), coordinator, at),
        "close": lambda: services.close(cycle, decision(outcome=outcome), coordinator, at),
        "past": lambda: services.confirm_past(cycle, network.office_actor, at),
        "days": jobs_run,
    }
