"""The ledger answers for any day; the stored state is the fold of the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import (
    FLOW,
    SHARING,
    EntryKind,
    OrganizationState,
    ParticipationEntry,
    SuspensionScope,
)
from signatories.standing import Position, Standing, fold
from signatories.stops import effects
from signatories.stops.matrix import MATRIX, Area, Duty, Stop

from .network import NOW, TODAY, Network, endorse, later

FACTS = st.lists(
    st.builds(
        lambda kind, days, scope: ParticipationEntry(
            kind=kind, effective_on=date(2022, 1, 31) + timedelta(days=days), scope=scope
        ),
        st.sampled_from(EntryKind.values),
        st.integers(0, 40),
        st.sampled_from(SuspensionScope.values),
    ),
    max_size=12,
)


def replay(facts: list[ParticipationEntry]) -> tuple[bool, bool, bool]:
    """Membership, suspension and stop of flow told from the end: the newest fact of a sort decides."""
    signs = [n for n, f in enumerate(facts) if f.kind == EntryKind.ENDORSED]
    if not signs:
        return False, False, False
    first = signs[0]
    leaving = [n for n, f in enumerate(facts) if f.kind == EntryKind.WITHDRAWN and n > first]
    left = leaving[-1] if leaving else -1
    member = signs[-1] > left
    rejoined = min((n for n in signs if n > left), default=len(facts))

    def holds(strand: frozenset[EntryKind], stop: EntryKind) -> bool:
        said = [f.kind for n, f in enumerate(facts) if n > rejoined and f.kind in strand]
        return member and bool(said) and said[-1] == stop

    return member, holds(SHARING, EntryKind.SUSPENDED), holds(FLOW, EntryKind.FLOW_STOPPED)


@given(FACTS)
@pytest.mark.rule("D7")
def test_the_fold_equals_a_replay_from_the_end(facts: list[ParticipationEntry]) -> None:
    facts.sort(key=lambda fact: fact.effective_on)
    position = fold(facts)
    assert (position.member, position.suspended, position.flow_stopped) == replay(facts)


@given(FACTS, st.integers(0, 40))
@pytest.mark.rule("trap 19")
def test_the_effects_agree_with_the_matrix_whatever_happened(
    facts: list[ParticipationEntry], days: int
) -> None:
    day = date(2022, 1, 31) + timedelta(days=days)
    facts.sort(key=lambda fact: fact.effective_on)
    position = fold(fact for fact in facts if fact.effective_on <= day)
    stops = effects.in_force(position)
    member, suspended, flow = replay([fact for fact in facts if fact.effective_on <= day])
    wanted = {Stop.FLOW_STOP} if flow else set()
    if suspended:
        external = getattr(position.suspension, "scope", "") == SuspensionScope.EXTERNAL
        wanted.add(Stop.EXTERNAL_SUSPENSION if external else Stop.SUSPENSION)
    if not member and position.endorsement is not None:
        wanted = {Stop.WITHDRAWAL}
    assert set(stops) == wanted

    def strictest(area: Area) -> int:
        return max((int(MATRIX[stop][area].effect) for stop in stops), default=0)

    assert effects.duty(position) == strictest(Area.DUTY)
    rests = strictest(Area.DUTY) in {Duty.RESTS_OPEN, Duty.RESTS_CLOSED}
    assert (effects.resting(position) is not None) is rests
    assert effects.takes_reports(position) is (member and strictest(Area.DUTY) < Duty.RESTS_CLOSED)
    assert effects.is_chased(position) is (member and strictest(Area.CHASERS) == 0)
    assert effects.is_asked(position) is (member and strictest(Area.REQUESTS) == 0)
    assert effects.counts_as(position) == strictest(Area.COMPLETENESS)
    assert effects.is_asked(position) is (member and not stops)  # whoever stops anything is left out (D22)


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
