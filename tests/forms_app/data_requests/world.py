"""An invented network for the tests of the consent ladder: organizations, people, figures, acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from audit.actors import Actor, acting, system_actor
from forms_app.common import figures
from forms_app.common.figures import Cell, Completeness, DataSet, Period, Table
from forms_app.data_requests import facts, services
from forms_app.data_requests.inputs import (
    ConsultationInput,
    GuaranteeInput,
    OfficeWord,
    OutsideAnswer,
    RequestInput,
    Upload,
)
from forms_app.data_requests.models import Ask, DataRequest
from forms_app.data_requests.tokens import Choice, Kind, RequesterKind
from intranet.access.roles import Capacity
from intranet.clock import calendars
from intranet.notices import outbox
from signatories.models import EntryKind, Organization, ParticipationEntry, Person, Post
from tests.factories import make_user

JOB = system_actor("tests")
PAPER = Upload("paper.pdf", b"%PDF-1.7 invented\n")
ROWS = {
    "nature": {"exploitation": "Sexual exploitation", "abuse": "Sexual abuse"},
    "personnel": {"un_staff": "UN staff", "contractor": "Contractor"},
}


def at(day: str, hour: int = 9) -> datetime:
    """An instant on a day of the network's zone (UTC+3), given as ISO date."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC) - timedelta(hours=3)


@dataclass
class InventedFigures:
    """A provider over figures that a test writes down: organization -> {row: number}."""

    numbers: dict[UUID, dict[str, int]] = field(default_factory=dict)
    version: dict[UUID, int] = field(default_factory=dict)
    signatories: int = 0

    def report(self, organization: UUID, **rows: int) -> None:
        """Report, or correct the report of, one organization."""
        self.numbers[organization] = rows
        self.version[organization] = self.version.get(organization, 0) + 1

    def reading(self, periods: Sequence[Period]) -> InventedFigures:
        return self

    def contributors(self, period: Period) -> list[UUID]:
        return sorted(self.numbers)

    def data_set(self, period: Period, organizations: Sequence[UUID], tables: Sequence[str]) -> DataSet:
        ids = tuple(sorted(organizations))
        made = []
        for table in tables:
            cells = []
            for row in ROWS[table]:
                values = [self.numbers[pk].get(row, 0) for pk in ids if pk in self.numbers]
                cells.append(Cell(row, sum(values), sum(1 for value in values if value)))
            made.append(Table(table, tuple(cells)))
        versions = tuple(sorted(f"{pk}:{self.version[pk]}" for pk in ids if pk in self.version))
        return DataSet(period, tuple(made), ids, versions, tuple(tables))

    def completeness(
        self, period: Period, organizations: Sequence[UUID], today: date | None = None
    ) -> Completeness:
        return Completeness(len(organizations), self.signatories, 0, 0)

    def table_labels(self) -> dict[str, Any]:
        return {"nature": "Nature of the allegation", "personnel": "Category of personnel"}

    def row_labels(self, table: str) -> dict[str, Any]:
        return dict(ROWS[table])


@dataclass
class World:
    """The network of one test."""

    figures: InventedFigures
    organizations: list[Organization]
    coordinator: Actor
    office: Actor
    assistant: Actor
    office_person: Person
    people: dict[tuple[UUID, str], Actor]
    sent: int = 0

    def of(self, organization: Organization, capacity: str = Capacity.PRIMARY_FOCAL_POINT) -> Actor:
        """The person who holds a post of an organization."""
        return self.people[organization.pk, str(capacity)]

    def asks(self, request: DataRequest) -> list[Ask]:
        """The asks of the newest round, in the order of ``organizations``."""
        current = facts.current_round(request)
        assert current is not None
        order = [o.pk for o in self.organizations]
        return sorted(current.asks.all(), key=lambda ask: order.index(ask.organization_id))

    def fresh(self, actor: Actor, now: datetime) -> Actor:
        """The actor with a code accepted just now."""
        return Actor(
            label=actor.label,
            capacity=actor.capacity,
            user_id=actor.user_id,
            organization_id=actor.organization_id,
            organization=actor.organization,
            verified_at=now,
        )


def person(name: str, capacity: Capacity, organization: Organization) -> tuple[Person, Actor]:
    """A person with an account who holds a post from 2025 on."""
    user = make_user(f"{name.lower().replace(' ', '.')}@example.org", first_name=name, last_name="Example")
    with acting(JOB):
        row = Person.objects.create(name=f"{name} Example", email=user.email, user=user)
        Post.objects.create(
            person=row, organization=organization, capacity=capacity, begins_on=date(2025, 1, 1)
        )
    return row, Actor(row.name, str(capacity), user.pk, organization.pk, organization.name_en)


def build_world(count: int = 4, region: str = "", posts: Sequence[Capacity] | None = None) -> World:
    """``count`` signatories with four posts each, a Coordinator, an office, calendars of 2025 to 2027."""
    made = InventedFigures(signatories=count)
    figures._providers[:] = [made]
    with acting(JOB):
        for year in (2025, 2026, 2027):
            calendars.seed_year(year)
            calendars.confirm_year(year, JOB, at("2025-01-01"))
        organizations = [
            Organization.objects.create(
                kind="un_agency", name_en=f"Agency {n:03d}", active_from=date(2022, 1, 31), region=region
            )
            for n in range(count)
        ]
        for organization in organizations:
            ParticipationEntry.objects.create(
                organization=organization,
                number=1,
                kind=EntryKind.ENDORSED,
                in_effect=True,
                effective_on=date(2022, 1, 31),
                recorded_at=at("2022-01-31"),
                signer_name="Signer Example",
                recorded_by="tests",
                recorded_capacity="coordinator",
            )
        desk = Organization.objects.create(
            kind="coordination", name_en="Coordination", active_from=date(2022, 1, 31)
        )
        house = Organization.objects.create(kind="office", name_en="Office", active_from=date(2022, 1, 31))
    people: dict[tuple[UUID, str], Actor] = {}
    wanted = (
        posts
        if posts is not None
        else (
            Capacity.PRIMARY_FOCAL_POINT,
            Capacity.SECONDARY_FOCAL_POINT,
            Capacity.HEAD_OF_AGENCY,
            Capacity.SENIOR_MANAGEMENT,
        )
    )
    for organization in organizations:
        for capacity in wanted:
            name = f"{organization.name_en} {capacity.value.replace('_', ' ')}"
            people[organization.pk, str(capacity)] = person(name, capacity, organization)[1]
        made.report(organization.pk, exploitation=2, abuse=1, un_staff=1, contractor=2)
    office_person, office = person("Office Decider", Capacity.OFFICE, house)
    return World(
        figures=made,
        organizations=organizations,
        coordinator=person("Coordinator", Capacity.COORDINATOR, desk)[1],
        office=office,
        assistant=person("Office Assistant", Capacity.OFFICE_ASSISTANT, house)[1],
        office_person=office_person,
        people=people,
    )


def given(**changes: Any) -> RequestInput:
    """A complete external request of 2025's figures."""
    values: dict[str, Any] = {
        "kind": Kind.EXTERNAL,
        "requester_organization": "Example Donor Office",
        "requester_kind": RequesterKind.DONOR,
        "received_on": date(2025, 12, 20),
        "contact_name": "Dana Donor",
        "contact_title": "Programme officer",
        "contact_email": "donor@donor.example",
        "period_first": date(2025, 1, 1),
        "period_last": date(2025, 11, 1),
        "tables": ("nature", "personnel"),
        "purpose": "Planning of 2026 prevention funding",
        "used_for": "An internal funding note",
        "used_how": "National totals in one table, read by four people",
        "fed_back": "A two-page summary by 30 April 2026",
        "guarantee": GuaranteeInput(
            signer_name="Robin Receiver",
            signer_title="Head of office",
            signer_organization="Example Donor Office",
            signed_on=date(2025, 12, 19),
            text="We do not disseminate the report and use it for nothing else.",
            file=PAPER,
        ),
    }
    return RequestInput(**(values | changes))


ISSUED = at("2026-01-04")
FIRST_OVER = at("2026-01-13")  # 5, 7, 8, 11, 12 January count: the 6th is Army Day


def deliver(now: datetime) -> None:
    """Everything in the outbox leaves."""
    outbox.deliver_due(now, limit=10_000)


def registered(world: World, now: datetime = ISSUED, **changes: Any) -> DataRequest:
    return services.register(given(**changes), world.coordinator, now)


def consulted(world: World, now: datetime = ISSUED, **changes: Any) -> DataRequest:
    request = registered(world, now, **changes)
    services.record_consultation(
        request, ConsultationInput(on=now.date(), view="No objection."), world.office, now
    )
    return request


def issued(world: World, now: datetime = ISSUED, **changes: Any) -> DataRequest:
    request = consulted(world, now, **changes)
    services.issue(request, world.coordinator, now)
    deliver(now)
    return request


def everybody_authorizes(world: World, request: DataRequest, now: datetime, but: Sequence[int] = ()) -> None:
    """Every organization of the newest round says yes, but those with these numbers."""
    for number, ask in enumerate(world.asks(request)):
        if number not in but:
            services.answer(ask, Choice.AUTHORIZE, world.of(ask.organization), now)


def word(request: DataRequest, text: str = "Authorized for release.") -> OfficeWord:
    """The office's own text on the newest round."""
    current = facts.current_round(request)
    assert current is not None
    return OfficeWord(text=text, data_set_sha256=current.data_set_sha256)


def outside(choice: Choice, day: date, **changes: Any) -> OutsideAnswer:
    """An answer that came by mail."""
    values: dict[str, Any] = {
        "choice": str(choice),
        "person": "Head Example",
        "capacity": str(Capacity.HEAD_OF_AGENCY),
        "received_on": day,
        "file": PAPER,
    }
    return OutsideAnswer(**(values | changes))


def authorized(world: World, now: datetime = ISSUED) -> DataRequest:
    """A request with every consent and the office's word."""
    request = issued(world, now)
    everybody_authorizes(world, request, now)
    services.send_to_office(request, world.coordinator, now)
    services.authorize(request, word(request), world.fresh(world.office, now), now)
    return request


def adopt_protocol(now: datetime | None = None) -> None:
    """The real protocol, adopted as Edition 1 by the product's own services."""
    from protocol_pages.editions import services as editions
    from protocol_pages.editions.blocks import read_protocol

    when = now or at("2026-01-01")
    editions.adopt(editions.bring_in(read_protocol(), JOB, when), JOB, when)
