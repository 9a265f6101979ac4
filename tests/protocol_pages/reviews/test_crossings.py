"""Where a review meets another act, another day, or another edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intranet.workflow.runner import Refused
from protocol_pages.editions import consequence, drafting
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition
from protocol_pages.reviews import services
from protocol_pages.reviews.models import ReviewAnswer, ReviewCycle
from tests.signatories.network import Network

from .play import OPENING, OUTSIDE, TODAY, WORDS, comment_of, decision, focal_point
from .test_cycle import dispose
from .test_screens import coordinator_client, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("§8")]


def typing_error(edition: Edition, network: Network, block_id: str, words: str) -> Edition:
    """A minor edition that says ``words`` in one block, endorsed while the review runs."""
    text = [replace(b, text=words) if b.id == block_id else b for b in editions.blocks_of(edition)]
    actor = replace(network.coordinator, verified_at=OPENING)
    draft = drafting.begin(text, actor, OPENING, base=edition, summary="A typing error")
    seal = consequence.of(draft, True, edition, OPENING).seal
    drafting.propose(draft, "typing_error", "A typing error", seal, actor, OPENING)
    record = drafting.Endorsement("UNCT", TODAY, "Note", "All", TODAY, no_document="By mail")
    return drafting.endorse(draft, record, seal, actor, OPENING)


@pytest.mark.rule("D7")
def test_a_draft_built_again_keeps_what_was_endorsed_meanwhile(
    cycle: ReviewCycle, signed: Network, edition: Edition
) -> None:
    dispose(comment_of(signed, cycle, "alpha", "7b-2"), signed, "accepted")
    draft = services.build_draft(cycle, signed.coordinator, OPENING)
    typing_error(edition, signed, "4-a", "The corrected words.")
    drafting.take_in(draft, signed.coordinator, OPENING)
    cycle.refresh_from_db()
    services.build_draft(cycle, signed.coordinator, OPENING)
    draft.refresh_from_db()
    after = {block.id: block.text for block in editions.blocks_of_draft(draft)}
    assert (after["4-a"], after["7b-2"]) == ("The corrected words.", WORDS)


@pytest.mark.rule("D7")
def test_words_endorsed_meanwhile_are_no_comment_that_slipped_in(
    cycle: ReviewCycle, signed: Network, edition: Edition
) -> None:
    dispose(comment_of(signed, cycle, "alpha", "7b-2"), signed, "accepted")
    done = comment_of(signed, cycle, "beta", "4-a", proposed_text="The corrected words.")
    dispose(done, signed, "not_accepted")
    draft = services.build_draft(cycle, signed.coordinator, OPENING)
    typing_error(edition, signed, "4-a", "The corrected words.")
    drafting.take_in(draft, signed.coordinator, OPENING)
    cycle.refresh_from_db()
    closed = services.close(cycle, decision(outcome="amended"), signed.coordinator, OPENING)
    assert closed.state == "closed"


@pytest.mark.rule("D6")
@pytest.mark.parametrize("year", [2023, 2026])
def test_a_year_that_is_over_is_recorded_not_opened(signed: Network, year: int) -> None:
    with pytest.raises(Refused, match="Record its review from the evidence"):
        services.open_cycle(year, signed.coordinator, OPENING)
    last_minute = datetime(2027, 1, 31, 20, 59, tzinfo=UTC)  # 23:59 in Baghdad
    with pytest.raises(Refused, match="Record its review"):
        services.open_cycle(2027, signed.coordinator, last_minute + timedelta(minutes=1))
    assert services.open_cycle(2027, signed.coordinator, last_minute).year == 2027


@pytest.mark.rule("D17")
def test_no_change_from_outside_is_not_confirmed_over_a_comment_of_before(
    cycle: ReviewCycle, signed: Network
) -> None:
    waiting = services.record_no_change(cycle, signed.members["beta"], OUTSIDE, signed.coordinator, OPENING)
    comment = comment_of(signed, cycle, "beta", "7b-2")
    beta = focal_point(signed, "beta")
    with pytest.raises(Refused, match="has comments here"):
        services.confirm_answer(waiting, beta, OPENING)
    services.take_back(comment, beta, OPENING)
    assert services.confirm_answer(ReviewAnswer.objects.get(pk=waiting.pk), beta, OPENING).state == "given"


def test_an_act_that_would_be_refused_says_why_in_its_place(cycle: ReviewCycle, signed: Network) -> None:
    keeper = coordinator_client(signed)
    shown = text_of(keeper.get(page("review")))
    assert "No wording was accepted, so there is nothing to build a draft from." in shown
    assert page("review-draft") not in keeper.get(page("review")).content.decode()
    assert page("review-close") in keeper.get(page("review")).content.decode()
    comment = comment_of(signed, cycle, "alpha", "7b-2")
    assert "Comments without a disposition are left." in text_of(keeper.get(page("review")))
    assert page("review-close") not in keeper.get(page("review")).content.decode()
    dispose(comment, signed, "accepted")
    html = keeper.get(page("review")).content.decode()
    assert page("review-draft") in html
    assert page("review-close") in html
