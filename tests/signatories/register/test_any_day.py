"""The register of any day equals a replay of ledger, names and posts by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.actors import acting, system_actor
from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from signatories import record_services, services
from signatories.models import (
    AliasKind,
    EntryKind,
    Organization,
    OrganizationAlias,
    ParticipationEntry,
    Person,
    Post,
)
from signatories.names import Names
from signatories.register.rows import Fact, kept, register_on
from signatories.standing import Standing, fold
from tests.signatories.network import NOW, TODAY, Network, later, received

JOB = system_actor("tests")
FIRST = date(2022, 1, 31)
KINDS = st.sampled_from(list(EntryKind))
_emails = count(1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(KINDS, st.integers(0, 20)), max_size=25))
def test_the_kept_rows_fold_to_the_same_position(facts: list[tuple[EntryKind, int]]) -> None:
    rows = [
        (None, kind.value, FIRST + timedelta(days=days)) for kind, days in sorted(facts, key=lambda f: f[1])
    ]
    whole = fold(Fact(kind, on) for _o, kind, on in rows)
    small = fold(Fact(kind, on) for _o, kind, on in kept(rows))
    assert len(kept(rows)) <= len(EntryKind)
    assert small.state == whole.state
    assert (small.member, small.suspended, small.flow_stopped) == (
        *(whole.member, whole.suspended, whole.flow_stopped),
    )
    assert small.endorsement == whole.endorsement
    if whole.endorsement is not None and not whole.member:
        assert small.last == whole.last


ENTRIES = st.lists(
    st.tuples(st.integers(0, 2), KINDS, st.booleans() | st.just(True), st.integers(0, 12), st.integers(1, 3)),
    max_size=18,
)
RENAMES = st.lists(st.integers(1, 12), max_size=3, unique=True)
POSTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(0, 6)), max_size=4)


def replay(
    facts: list[ParticipationEntry], day: date
) -> tuple[Standing, ParticipationEntry | None, date | None]:
    """The standing, told step by step with plain flags: the independent second telling."""
    member, suspended, stopped, left = False, False, False, None
    signed: ParticipationEntry | None = None
    for fact in sorted(facts, key=lambda item: (item.effective_on, item.number)):
        if not fact.in_effect or fact.effective_on > day:
            continue
        if fact.kind == EntryKind.ENDORSED:
            member, signed, left = True, fact, None
        elif member and fact.kind == EntryKind.WITHDRAWN:
            member, suspended, stopped, left = False, False, False, fact.effective_on
        elif member and fact.kind == EntryKind.SUSPENDED:
            suspended = True
        elif member and fact.kind == EntryKind.RESUMED:
            suspended = False
        elif member and fact.kind == EntryKind.FLOW_STOPPED:
            stopped = True
        elif member and fact.kind == EntryKind.FLOW_RESUMED:
            stopped = False
    if signed is None:
        return Standing.INVITED, None, None
    if not member:
        return Standing.WITHDRAWN, signed, left
    states = {
        (False, False): Standing.SIGNATORY,
        (True, False): Standing.SUSPENDED,
        (False, True): Standing.FLOW_STOPPED,
        (True, True): Standing.SUSPENDED_STOPPED,
    }
    return states[suspended, stopped], signed, None


def listed(number: int) -> Organization:
    made = Organization(kind="un_agency", name_en=f"Agency {number}", active_from=FIRST)
    made.save()
    return made


def entry(of: Organization, number: int, spec: tuple[Any, ...]) -> ParticipationEntry:
    _who, kind, in_effect, days, edition = spec
    made = ParticipationEntry(
        organization=of,
        number=number,
        kind=kind,
        in_effect=in_effect,
        effective_on=FIRST + timedelta(days=days),
        recorded_at=NOW,
        edition_number=edition,
        edition_label=str(edition),
        signer_name=f"Signer {number}",
        signer_title=f"Title {number}",
        recorded_by="tests",
        recorded_capacity="system",
    )
    made.save()
    return made


def post(of: Organization, begins: int, length: int) -> Post:
    person = Person(name=f"Person {next(_emails)}", email=f"r{next(_emails)}@example.org")
    person.save()
    first = FIRST + timedelta(days=begins)
    made = Post(
        person=person,
        organization=of,
        capacity=Capacity.SENIOR_MANAGEMENT,
        begins_on=first,
        ends_on=first + timedelta(days=length),
    )
    made.save()
    return made


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(specs=ENTRIES, renames=RENAMES, held=POSTS)
def test_the_register_of_any_day_equals_a_replay(
    specs: list[tuple[Any, ...]], renames: list[int], held: list[tuple[int, int, int]]
) -> None:
    with transaction.atomic(), acting(JOB):
        organizations = [listed(number) for number in range(3)]
        facts: dict[Any, list[ParticipationEntry]] = {item.pk: [] for item in organizations}
        for spec in specs:
            of = organizations[spec[0]]
            facts[of.pk].append(entry(of, len(facts[of.pk]) + 1, spec))
        names = ["Agency 0"]
        for number, days in enumerate(sorted(renames), start=1):
            names.append(f"Renamed {number}")
            new = Names(names[-1])
            rename(organizations[0], new, FIRST + timedelta(days=days))
        posts = [post(organizations[who], begins, length) for who, begins, length in held]
        for offset in range(-1, 14):
            day = FIRST + timedelta(days=offset)
            rows = {row.organization.pk: row for row in register_on(day, posts=True)}
            for item in organizations:
                standing, signed, left = replay(facts[item.pk], day)
                if offset < 0:
                    assert item.pk not in rows  # not in the network yet, and nothing signed
                    continue
                row = rows[item.pk]
                assert row.standing == standing
                assert row.left_on == left
                assert row.member is (standing not in {Standing.INVITED, Standing.WITHDRAWN})
                assert (row.signed is None) == (signed is None)
                if row.signed is not None and signed is not None:
                    shown = (row.signed.edition_label, row.signed.signer_title, row.signed.effective_on)
                    assert shown == (signed.edition_label, signed.signer_title, signed.effective_on)
                wanted = {p.person.name for p in posts if p.organization == item and p.held_on(day)}
                assert {held.person for held in row.posts} == wanted
            if offset >= 0:
                past = sum(1 for days in renames if days <= offset)
                assert rows[organizations[0].pk].names.en == names[past]
        assert register_on(day, posts=True, only=organizations[1].pk) == [rows[organizations[1].pk]]
        transaction.set_rollback(True)


def rename(organization: Organization, new: Names, first: date) -> None:
    """A rename straight in the tables, as the act leaves them: the former name with its last day."""
    former = OrganizationAlias(
        organization=organization,
        kind=AliasKind.FORMER,
        name=organization.name_en,
        held_until=first - timedelta(days=1),
    )
    former.save()
    organization.name_en = new.en
    organization.save()


@pytest.mark.rule("D18")
def test_a_day_has_the_names_posts_and_signatures_of_that_day(
    clock: Any, signed: Network, edition: Edition
) -> None:
    """Through the services: an old paper, a rename, a change of the post, a person who corrects their name."""
    beta = signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta,
        edition,
        received(how="paper", effective_on=date(2022, 3, 1), signer_name="Old Beta", signer_title="Director"),
        signed.coordinator,
        NOW,
    )
    assert {row.names.en: row.standing for row in register_on(TODAY)}["Beta (example)"] == Standing.INVITED
    services.confirm_received(paper, signed.office_actor, NOW)
    next_day = TODAY + timedelta(days=1)
    fresh = later(days=2)
    record_services.rename_organization(
        beta, Names("Gamma (example)"), next_day, signed.coordinator, fresh, note="It is called so now."
    )
    first = beta.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT)
    services.end_post(first, TODAY, signed.coordinator, NOW, "moves on")

    before, after = (
        {row.organization.pk: row for row in register_on(day, posts=True)}[beta.pk]
        for day in (TODAY, next_day)
    )
    assert (before.names.en, after.names.en) == ("Beta (example)", "Gamma (example)")
    assert [held.person for held in before.posts] == ["Beta First", "Beta Second", "Beta Head"]
    assert [held.person for held in after.posts] == ["Beta Second", "Beta Head"]
    assert before.signed is not None
    assert (before.signed.signer_title, before.signed.received_how) == ("Director", "paper")
    assert (before.signed.recorded_first, before.signed.recorded_by) == ("Cora Coordinator", "Olive Office")
    old = {row.names.en: row for row in register_on(date(2022, 3, 1))}
    assert list(old) == ["Beta (example)"]  # Alpha came in 2024
    assert register_on(date(2022, 2, 28)) == []


def test_a_person_is_called_as_on_that_day(clock: Any, signed: Network) -> None:
    person = signed.people["alpha.first"]
    with acting(JOB):
        person.name = "Alpha First-Married"
        person._history_date = datetime(2026, 2, 1, tzinfo=UTC)
        person.save()
    names = [
        [held.person for row in register_on(day, posts=True) for held in row.posts]
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    ]
    assert "Alpha First" in names[0]
    assert "Alpha First-Married" in names[1]
