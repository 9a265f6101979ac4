"""One network in which everything of the product is running, and every stop that can be made in it.

Four organizations signed in 2025 and reported October and November; December is late. Two requests of one
party are in their first round since 4 January 2026: in ``agreed`` everybody authorized, in ``silent`` nobody
answered. One earlier request of that party was released. The organization that stops is always "alpha".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from django.core.management import call_command

from audit.actors import Actor, acting, system_actor
from forms_app.data_requests import facts
from forms_app.data_requests import services as requests
from forms_app.data_requests.inputs import ConsultationInput, OfficeWord
from forms_app.data_requests.models import DataRequest
from forms_app.data_requests.tokens import Choice
from forms_app.monthly_reports import services as reports
from forms_app.receiving_parties import services as parties
from forms_app.receiving_parties.inputs import Case, Said
from forms_app.receiving_parties.models import PartySuspension
from intranet.access.roles import Capacity
from intranet.clock.calendars import confirm_year
from intranet.notices import outbox
from protocol_pages.editions.selectors import edition_in_force
from signatories import services as acts
from signatories.models import Organization, ParticipationEntry
from signatories.stops import services as stops
from signatories.stops.matrix import Stop
from tests.forms_app.data_requests.world import given
from tests.forms_app.monthly_reports.world import counts
from tests.signatories.network import Network, found_network

NAMES = ("alpha", "beta", "gamma", "delta")
PARTY = "Sample Newsroom Collective"
OCTOBER, NOVEMBER, DECEMBER = date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)


def at(month: int, day: int, year: int = 2026, hour: int = 9) -> datetime:
    """An instant on a day of the network's zone, in the working hours."""
    return datetime(year, month, day, hour - 3, tzinfo=UTC)


SIGNED, REPORTED = at(9, 15, 2025), at(12, 3, 2025)
ISSUED, STOPPED, LIFTED, LATER = at(1, 4), at(1, 5), at(1, 11), at(1, 12)
FIRST_OVER = at(1, 14)  # the first answers of 4 January were due


@dataclass
class World:
    """Everybody, every request, and what was done to stop."""

    network: Network
    requests: dict[str, DataRequest] = field(default_factory=dict)
    entry: ParticipationEntry | None = None
    party: PartySuspension | None = None

    @property
    def alpha(self) -> Organization:
        return self.network.members["alpha"]

    def fresh(self, actor: Actor, now: datetime) -> Actor:
        return replace(actor, verified_at=now)

    def head(self, name: str, now: datetime) -> Actor:
        return self.fresh(self.network.head(name), now)

    def first(self, name: str) -> Actor:
        return self.network.actor(f"{name}.first", Capacity.PRIMARY_FOCAL_POINT)

    def coordinator(self, now: datetime) -> Actor:
        return self.fresh(self.network.coordinator, now)

    def office(self, now: datetime) -> Actor:
        return self.fresh(self.network.office_actor, now)

    def ask(self, name: str, now: datetime) -> DataRequest:
        """A further request of the party, consulted and not yet issued."""
        guarantee = given().guarantee
        assert guarantee is not None
        asked = given(
            requester_organization=PARTY,
            received_on=now.date(),
            period_first=OCTOBER,
            period_last=NOVEMBER,
            guarantee=replace(guarantee, signer_organization=PARTY, signed_on=now.date()),
        )
        request = requests.register(asked, self.coordinator(now), now)
        view = ConsultationInput(on=now.date(), view="No objection.")
        requests.record_consultation(request, view, self.office(now), now)
        self.requests[name] = request
        return request

    def issue(self, name: str, now: datetime) -> DataRequest:
        request = self.ask(name, now)
        requests.issue(request, self.coordinator(now), now)
        outbox.deliver_due(now, limit=10_000)
        return request

    def authorize_all(self, name: str, now: datetime) -> None:
        current = facts.current_round(self.requests[name])
        assert current is not None
        for ask in current.asks.select_related("organization"):
            member = next(m for m, row in self.network.members.items() if row.pk == ask.organization_id)
            requests.answer(ask, Choice.AUTHORIZE, self.first(member), now)

    def release(self, name: str, now: datetime) -> None:
        self.issue(name, now)
        self.authorize_all(name, now)
        request = self.requests[name]
        requests.send_to_office(request, self.coordinator(now), now)
        current = facts.current_round(request)
        assert current is not None
        word = OfficeWord(text="Authorized.", data_set_sha256=current.data_set_sha256)
        requests.authorize(request, word, self.office(now), now)
        requests.release(request, self.coordinator(now), now)


def build() -> World:
    """The network before anybody stops."""
    call_command("adopt_protocol", verbosity=0)
    network = found_network()
    world = World(network)
    job = system_actor("tests")
    with acting(job):
        for year in (2025, 2026):
            confirm_year(year, job, SIGNED)
    for name in NAMES:
        organization = network.member(name)
        edition = edition_in_force(SIGNED.date())
        acts.endorse(
            organization,
            edition,
            world.head(name, SIGNED),
            SIGNED,
            sha256=edition.sha256,
            signer_name=network.people[f"{name}.head"].name,
            signer_title="Country Director",
            authority="Head of Agency",
        )
        for month in (OCTOBER, NOVEMBER):
            reports.report_figures(organization, month, counts(2), world.first(name), REPORTED)
    world.release("released", at(12, 10, 2025))
    for name in ("agreed", "silent"):
        world.issue(name, ISSUED)
    world.authorize_all("agreed", ISSUED)
    return world


def _suspend(scope: str) -> Callable[[World, datetime], None]:
    def stop(world: World, now: datetime) -> None:
        world.entry = acts.suspend(
            world.alpha, world.head("alpha", now), now, reason="safety", effective_on=now.date(), scope=scope
        )

    return stop


def _stop_flow(world: World, now: datetime) -> None:
    world.entry = stops.stop_flow(
        world.alpha,
        world.head("alpha", now),
        now,
        breach_reference="BR-2026-01",
        reasons="Figures were passed on.",
        effective_on=now.date(),
    )


def _withdraw(world: World, now: datetime) -> None:
    signer = world.fresh(world.network.signer("alpha"), now)
    world.entry = acts.withdraw(world.alpha, signer, now, statement="We leave.", effective_on=now.date())


def _suspend_party(world: World, now: datetime) -> None:
    case = Case(
        party=PARTY, release_number="RL-2025-001", reason="It published the table.", from_on=now.date()
    )
    world.party = parties.suspend(case, Said("It is suspended."), world.office(now), now)


def _resume(world: World, now: datetime) -> None:
    acts.resume(world.alpha, world.head("alpha", now), now, effective_on=now.date())


def _resume_flow(world: World, now: datetime) -> None:
    stops.resume_flow(world.alpha, world.head("alpha", now), now, effective_on=now.date())


def _endorse_again(world: World, now: datetime) -> None:
    edition = edition_in_force(now.date())
    acts.endorse(
        world.alpha,
        edition,
        world.head("alpha", now),
        now,
        sha256=edition.sha256,
        signer_name="Alpha Head",
        signer_title="Country Director",
        authority="Head of Agency",
    )


def _lift_party(world: World, now: datetime) -> None:
    assert world.party is not None
    parties.lift(world.party, Said("It is lifted."), world.office(now), now)


STOP: dict[Stop, Callable[[World, datetime], None]] = {
    Stop.SUSPENSION: _suspend("all"),
    Stop.EXTERNAL_SUSPENSION: _suspend("external"),
    Stop.FLOW_STOP: _stop_flow,
    Stop.WITHDRAWAL: _withdraw,
    Stop.RECEIVING_PARTY: _suspend_party,
}
LIFT: dict[Stop, Callable[[World, datetime], None]] = {
    Stop.SUSPENSION: _resume,
    Stop.EXTERNAL_SUSPENSION: _resume,
    Stop.FLOW_STOP: _resume_flow,
    Stop.WITHDRAWAL: _endorse_again,
    Stop.RECEIVING_PARTY: _lift_party,
}
