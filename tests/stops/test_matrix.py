"""The effects matrix, cell by cell, through the real slices: what the product does is what the table says.

``EXPECTED`` is written down here once more, from the protocol and the rulebook, so that a cell that was changed
in the code fails although the product follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from forms_app.common import figures
from forms_app.common.figures import Period
from forms_app.data_requests import conditions, deadlines, facts
from forms_app.data_requests import services as requests
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.monthly_reports import jobs, selectors
from forms_app.monthly_reports import services as reports
from forms_app.monthly_reports.deadlines import AWAITED, Word
from intranet.access.capacities import held_by
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories.stops.matrix import (
    MATRIX,
    Access,
    Area,
    Chasers,
    Completeness,
    Consents,
    Duty,
    Notices,
    Requests,
    Stop,
)
from tests.signatories.doors import client_of, coordinator_client

from .world import (
    DECEMBER,
    FIRST_OVER,
    ISSUED,
    LATER,
    LIFT,
    LIFTED,
    NOVEMBER,
    OCTOBER,
    STOP,
    STOPPED,
    World,
    at,
    build,
)

EXPECTED: dict[Stop, tuple[Any, ...]] = {
    Stop.SUSPENSION: (
        (Duty.RESTS_CLOSED, "§4.f"),
        (Chasers.STOP, "§4.f"),
        (Requests.LEFT_OUT, "D22"),
        (Consents.VOID, "D30"),
        (Access.STAYS, "§4.f"),
        (Notices.OFFICE_COPY_COORDINATION, "§4.f"),
        (Completeness.SUSPENDED, "D22"),
    ),
    Stop.EXTERNAL_SUSPENSION: (
        (Duty.GOES_ON, "§6.1"),
        (Chasers.GO_ON, "§6.1"),
        (Requests.LEFT_OUT, "D22"),
        (Consents.VOID, "D30"),
        (Access.STAYS, "§4.f"),
        (Notices.OFFICE_COPY_COORDINATION, "§4.f"),
        (Completeness.SUSPENDED_OUTSIDE, "D22"),
    ),
    Stop.FLOW_STOP: (
        (Duty.RESTS_OPEN, "§9.g"),
        (Chasers.STOP, "§9.f"),
        (Requests.LEFT_OUT, "§9.f"),
        (Consents.VOID, "D30"),
        (Access.STAYS, "§9.f"),
        (Notices.COORDINATION, "§9.f"),
        (Completeness.SUSPENDED, "D22"),
    ),
    Stop.WITHDRAWAL: (
        (Duty.ENDS, "§9.i"),
        (Chasers.STOP, "§9.i"),
        (Requests.LEFT_OUT, "§9.i"),
        (Consents.VOID, "D30"),
        (Access.SIGNERS_ONLY, "§9.i"),
        (Notices.EVERYBODY, "§9.i fn5"),
        (Completeness.LEFT_OUT, "§9.i"),
    ),
    Stop.RECEIVING_PARTY: (
        (Duty.GOES_ON, "§6.1"),
        (Chasers.STOP, "practice"),
        (Requests.ON_HOLD, "§7B.7"),
        (Consents.VOID, "§7B.0"),
        (Access.LETTERS_HELD, "§7B.6"),
        (Notices.OFFICE_AND_COORDINATION, "§7B.6"),
        (Completeness.COUNTED, "D22"),
    ),
}
WORDS = {
    Stop.SUSPENSION: Word.SUSPENDED,
    Stop.FLOW_STOP: Word.FLOW_STOPPED,
    Stop.WITHDRAWAL: Word.WITHDRAWN,
}


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The network is built once for this file; every test works in a savepoint of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


# These come first: the fixture below leaves its stop in place until the next one is made.


@pytest.mark.rule("§9.i")
def test_figures_of_a_leaver_stay_in_the_past_and_leave_every_later_release(before: World) -> None:
    with transaction.atomic():
        released = before.requests["released"].release
        kept = (released.letter_sha256, released.contributors, released.data_set_sha256)
        STOP[Stop.WITHDRAWAL](before, STOPPED)
        released.refresh_from_db()
        assert (released.letter_sha256, released.contributors, released.data_set_sha256) == kept
        totals = selectors.month_totals(OCTOBER)
        assert totals.received == 8  # four organizations, two reports each: the past keeps the leaver's
        before.issue("later", LATER)
        current = facts.of_current(before.requests["later"])
        assert current is not None
        live = Picture(before.requests["later"], LATER).live
        assert live is not None
        assert before.alpha.pk not in live.organizations
        assert live.tables[0].total == 12  # October and November of the three that stayed
        transaction.set_rollback(True)


@pytest.mark.rule("§4.f")
def test_both_stops_hold_at_once_and_end_apart(before: World) -> None:
    with transaction.atomic():
        STOP[Stop.SUSPENSION](before, STOPPED)
        STOP[Stop.FLOW_STOP](before, STOPPED)
        before.alpha.refresh_from_db()
        assert before.alpha.state == "suspended_stopped"
        assert selectors.own_month(before.alpha, DECEMBER, LATER).cell.word is Word.SUSPENDED
        LIFT[Stop.SUSPENSION](before, at(1, 6))
        before.alpha.refresh_from_db()
        assert before.alpha.state == "flow_stopped"
        assert selectors.own_month(before.alpha, DECEMBER, LATER).open
        LIFT[Stop.FLOW_STOP](before, at(1, 6))
        before.alpha.refresh_from_db()
        assert before.alpha.state == "signatory"
        assert selectors.own_month(before.alpha, DECEMBER, LATER).is_asked
        transaction.set_rollback(True)
    assert ISSUED < STOPPED < LIFTED < LATER


@pytest.fixture(scope="module", params=list(Stop), ids=str)
def stop(request: pytest.FixtureRequest, before: World) -> Iterator[Stop]:
    """One stop, made through the services on 5 January."""
    found: Stop = request.param
    with transaction.atomic():
        STOP[found](before, STOPPED)
        yield found
        transaction.set_rollback(True)
    before.entry = before.party = None


@pytest.fixture
def world(stop: Stop, before: World) -> Iterator[World]:
    """The network after the stop; what a test does to it is undone."""
    with transaction.atomic():
        yield before
        transaction.set_rollback(True)


def duty(world: World, stop: Stop) -> Duty:
    """The word of a month that is late, and whether its report is taken."""
    row = selectors.own_month(world.alpha, DECEMBER, LATER)
    awaited = row.cell.word in AWAITED
    if not awaited:
        assert row.cell.word is WORDS[stop]
    assert bool(_own_due(world)) is (awaited and row.chased)
    try:
        with transaction.atomic():
            reports.report_nothing(world.alpha, DECEMBER, world.first("alpha"), LATER)
            assert selectors.own_month(world.alpha, DECEMBER, LATER).cell.late_days == (5 if awaited else 0)
            taken = True
    except Refused:
        taken = False
    if awaited:
        assert taken
        return Duty.GOES_ON
    if taken:
        return Duty.RESTS_OPEN
    return Duty.ENDS if row.cell.word is Word.WITHDRAWN else Duty.RESTS_CLOSED


def _own_due(world: World) -> list[Any]:
    rows = due_rows(world.first("alpha"), LATER)
    return [row for row in rows if row.url == reverse("report", args=[DECEMBER])]


def chasers(world: World, stop: Stop) -> Chasers:
    """Reminders for the late month, and the follow-up on a request that nobody answered."""
    list(jobs.remind(LATER, dry_run=False))
    reminded = {n.organization_id for n in Notice.objects.filter(kind="monthly_reports.reminder")}
    assert world.network.members["beta"].pk in reminded
    silent = world.requests["silent"]
    silent.refresh_from_db()
    told = deadlines.tell_of_overdue(FIRST_OVER, dry_run=False)
    if stop == Stop.RECEIVING_PARTY:
        with pytest.raises(Refused):
            requests.follow_up(silent, world.coordinator(FIRST_OVER), FIRST_OVER)
        assert world.alpha.pk in reminded
        return Chasers.GO_ON if told else Chasers.STOP
    assert told  # the others are overdue
    followed = Picture(silent, FIRST_OVER).overdue
    assert {known.ask.organization_id for known in followed} == {
        row.pk for name, row in world.network.members.items() if name != "alpha"
    }
    assert not [row for row in due_rows(world.first("alpha"), FIRST_OVER) if "answers" in row.url]
    return Chasers.GO_ON if world.alpha.pk in reminded else Chasers.STOP


def asked(world: World, name: str) -> set[Any]:
    current = facts.current_round(world.requests[name])
    assert current is not None
    return {ask.organization_id for ask in current.asks.all()}


def open_requests(world: World, stop: Stop) -> Requests:
    """A new round, and what happens to the one that is open."""
    agreed = world.requests["agreed"]
    agreed.refresh_from_db()
    if agreed.state == "on_hold":
        world.ask("new", LATER)
        for name in ("new", "agreed"):
            act = requests.issue if name == "new" else requests.resume
            with pytest.raises(Refused, match="suspended as a receiving party"):
                act(world.requests[name], world.coordinator(LATER), LATER)  # type: ignore[operator]
        return Requests.ON_HOLD
    world.issue("new", LATER)
    if world.alpha.pk in asked(world, "new"):
        return Requests.GO_ON
    assert next_step(Picture(agreed, LATER)).action == "ask_all_anew"
    ask = next(a for a in facts.current_round(agreed).asks.all() if a.organization_id == world.alpha.pk)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="stopped sharing"):
        requests.answer(ask, "refuse", world.first("alpha"), LATER)
    requests.ask_all_anew(agreed, world.coordinator(LATER), LATER)
    assert asked(world, "agreed") == {
        row.pk for name, row in world.network.members.items() if name != "alpha"
    }
    return Requests.LEFT_OUT


def consents(world: World, stop: Stop) -> Consents:
    """Whether the consents of 4 January bind after the stop, and after it was lifted."""
    agreed = world.requests["agreed"]
    agreed.refresh_from_db()
    assert not Picture(agreed, LATER).stopped or not conditions.consents_bind(Picture(agreed, LATER)).allowed
    LIFT[stop](world, LIFTED)
    if agreed.state == "on_hold":
        requests.resume(agreed, world.coordinator(LATER), LATER)
        agreed.refresh_from_db()
    bound = conditions.consents_bind(Picture(agreed, LATER)).allowed
    if not bound:
        requests.ask_all_anew(agreed, world.coordinator(LATER), LATER)
        assert world.alpha.pk in asked(world, "agreed")
        assert conditions.consents_bind(Picture(agreed, LATER)).allowed
    return Consents.STAND if bound else Consents.VOID


def access(world: World, stop: Stop) -> Access:
    """Which of alpha's people still come in, and whether a letter that was released is given out."""
    people = world.network.people
    held = {
        name: {item.capacity for item in held_by(people[f"alpha.{name}"].user, LATER)}  # type: ignore[arg-type]
        for name in ("first", "second", "head")
    }
    assert Capacity.SIGNER in held["head"]
    with time_machine.travel(LATER, tick=False):
        signer = client_of(people["alpha.head"], Capacity.SIGNER, world.alpha)
        receipt = world.entry or world.alpha.participation.get()
        assert signer.get(reverse("participation-entry", args=[receipt.pk])).status_code == 200
        letter = reverse("request-letter", args=[world.requests["released"].pk])
        stored = world.requests["released"].release.letter
        doors = [letter, reverse("file", args=[stored.pk])]
        given_out = {coordinator_client(world.network).get(url).status_code for url in doors}
    if given_out == {403}:
        return Access.LETTERS_HELD
    assert given_out == {200}
    if Capacity.PRIMARY_FOCAL_POINT in held["first"] and Capacity.SECONDARY_FOCAL_POINT in held["second"]:
        return Access.STAYS
    assert (held["first"], held["second"]) == (set(), set())
    assert held["head"] == {Capacity.HEAD_OF_AGENCY, Capacity.SIGNER}
    return Access.SIGNERS_ONLY


def notices(world: World, stop: Stop) -> Notices:
    """Whom the act itself wrote to, and that no mail names anybody."""
    written = [n for n in Notice.objects.all() if n.written_at == STOPPED]
    to = {address for notice in written for address in notice.to}
    copy = {address for notice in written for address in notice.cc}
    for notice in written:
        assert not any(name in notice.text for name in ("Alpha", "Beta", "Sample"))
    if stop != Stop.RECEIVING_PARTY:
        assert "alpha.first@example.org" in to
    office, coordinator, other = (
        a in to for a in ("olive@example.org", "cora@example.org", "beta.first@example.org")
    )
    if other:
        assert office
        assert coordinator
        return Notices.EVERYBODY
    if "cora@example.org" in copy:
        assert office
        assert not coordinator
        return Notices.OFFICE_COPY_COORDINATION
    assert coordinator
    return Notices.OFFICE_AND_COORDINATION if office else Notices.COORDINATION


def completeness(world: World, stop: Stop) -> Completeness:
    """The line of a release that alpha's figures are not in, and the month's own denominator."""
    included = [row.pk for name, row in world.network.members.items() if name != "alpha"]
    if stop == Stop.RECEIVING_PARTY:
        included.append(world.alpha.pk)
    period = Period(OCTOBER, NOVEMBER)
    counted = figures.provider().completeness(period, included, LATER.date())
    of_month = selectors.grid(LATER, newest=DECEMBER, count=1).complete[0].asked
    assert counted.missing == 0
    found = {
        (4, 0, 4): Completeness.COUNTED,
        (4, 1, 4): Completeness.SUSPENDED_OUTSIDE,
        (4, 1, 3): Completeness.SUSPENDED,
        (3, 0, 3): Completeness.LEFT_OUT,
    }
    return found[counted.signatories, counted.suspended, of_month]


OBSERVE: dict[Area, Callable[[World, Stop], Any]] = {
    Area.DUTY: duty,
    Area.CHASERS: chasers,
    Area.REQUESTS: open_requests,
    Area.CONSENTS: consents,
    Area.ACCESS: access,
    Area.NOTICES: notices,
    Area.COMPLETENESS: completeness,
}


@pytest.mark.rule("§4.f")
@pytest.mark.rule("§9.f")
@pytest.mark.rule("§9.i")
@pytest.mark.rule("trap 19")
@pytest.mark.parametrize("area", list(Area), ids=str)
def test_the_product_does_what_the_cell_says(world: World, stop: Stop, area: Area) -> None:
    cell = MATRIX[stop][area]
    expected, clause = EXPECTED[stop][list(Area).index(area)]
    assert OBSERVE[area](world, stop) == expected
    assert (cell.effect, cell.clause) == (expected, clause)
    assert type(cell.effect) is type(expected)
    assert str(cell.says).strip()


def test_every_cell_is_there() -> None:
    assert set(MATRIX) == set(Stop)
    for row in MATRIX.values():
        assert list(row) == list(Area)
