"""The ledger answers for any day; the stored state is the fold of the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import EntryKind, OrganizationState, ParticipationEntry
from signatories.standing import Position, Standing, fold

from .network import NOW, TODAY, Network, endorse, later

FACTS = st.lists(
    st.builds(
        lambda kind, days: ParticipationEntry(
            kind=kind, effective_on=date(2022, 1, 31) + timedelta(days=days)
        ),
        st.sampled_from(EntryKind.values),
        st.integers(0, 40),
    ),
    max_size=12,
)


def replay(facts: list[ParticipationEntry]) -> tuple[bool, bool]:
    """Membership and suspension told from the end: the newest fact of a sort decides."""
    signs = [n for n, f in enumerate(facts) if f.kind == EntryKind.ENDORSED]
    if not signs:
        return False, False
    first = signs[0]
    leaving = [n for n, f in enumerate(facts) if f.kind == EntryKind.WITHDRAWN and n > first]
    left = leaving[-1] if leaving else -1
    member = signs[-1] > left
    rejoined = min((n for n in signs if n > left), default=len(facts))
    stops = [
        f.kind
        for n, f in enumerate(facts)
        if n > rejoined and f.kind in {EntryKind.SUSPENDED, EntryKind.RESUMED}
    ]
    return member, member and bool(stops) and stops[-1] == EntryKind.SUSPENDED


@given(FACTS)
@pytest.mark.rule("D7")
def test_the_fold_equals_a_replay_from_the_end(facts: list[ParticipationEntry]) -> None:
    facts.sort(key=lambda fact: fact.effective_on)
    position = fold(facts)
    assert (position.member, position.suspended) == replay(facts)


def test_nothing_signed_is_nothing() -> None:
    assert Position().state == OrganizationState.LISTED


@pytest.mark.rule("D7")
def test_standing_of_any_day(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    assert selectors.standing(alpha, TODAY) == Standing.INVITED
    assert selectors.standing(network.office, TODAY) == Standing.NEVER
    assert selectors.standing(alpha, date(2020, 1, 1)) == Standing.NEVER
    endorse(network, "alpha", edition)
    yesterday, week = TODAY - timedelta(days=1), TODAY + timedelta(days=7)
    assert selectors.standing(alpha, yesterday) == Standing.INVITED
    assert selectors.standing(alpha, TODAY) == Standing.SIGNATORY
    services.suspend(alpha, network.head("alpha"), NOW, reason="safety", effective_on=week)
    assert selectors.standing(alpha, TODAY) == Standing.SIGNATORY
    assert selectors.standing(alpha, week) == Standing.SUSPENDED
    assert selectors.is_signatory(alpha, week)
    assert selectors.is_suspended(alpha, week)
    services.withdraw(
        alpha, network.signer("alpha"), NOW, statement="We leave.", effective_on=week + timedelta(days=1)
    )
    assert selectors.standing(alpha, week) == Standing.SUSPENDED
    assert selectors.standing(alpha, week + timedelta(days=1)) == Standing.WITHDRAWN
    assert selectors.signatories_on(week) == [alpha]
    assert selectors.signatories_on(week + timedelta(days=1)) == []
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.WITHDRAWN


@pytest.mark.rule("D9")
def test_contacts_follow_the_dates_of_posts(network: Network) -> None:
    alpha = network.member("alpha")
    found = selectors.contacts(alpha, TODAY)
    assert found.primary == network.people["alpha.first"]
    assert found.secondary == network.people["alpha.second"]
    assert found.head_of_agency == network.people["alpha.head"]
    post = alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(post, TODAY, network.coordinator, NOW)
    assert selectors.contacts(alpha, TODAY).primary == network.people["alpha.first"]
    assert selectors.contacts(alpha, TODAY + timedelta(days=1)).primary is None
    assert selectors.reachable(alpha, TODAY + timedelta(days=1))


def test_bulk_questions_ask_the_same_number_of_queries_for_one_and_for_many(
    network: Network, edition: Edition, django_assert_num_queries: object
) -> None:
    listed = [network.member(name) for name in ("alpha", "beta", "gamma")]
    for name in ("alpha", "beta"):
        endorse(network, name, edition)
    for organizations in (listed[:1], listed):
        with django_assert_num_queries(3):  # type: ignore[operator]
            selectors.contacts_for(organizations, TODAY)
            selectors.standings_on(TODAY, organizations)
            selectors.positions_on(TODAY)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(selectors.signatories_on(TODAY)) == 2


@pytest.mark.rule("D7")
def test_a_withdrawal_ends_membership_and_endorsing_again_restores_it(
    signed: Network, edition: Edition
) -> None:
    alpha = signed.members["alpha"]
    services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    assert not selectors.is_signatory(alpha, TODAY)
    from protocol_pages.editions.selectors import edition_in_force

    endorse(signed, "alpha", edition_in_force(TODAY), later(minutes=5))
    assert selectors.is_signatory(alpha, TODAY)
    alpha.refresh_from_db()
    assert alpha.state == OrganizationState.SIGNATORY
