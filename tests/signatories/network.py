"""A small invented network, built through the services on a fixed clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from audit.actors import Actor, acting, system_actor
from intranet.access.models import User
from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.models import Kind, Organization, ParticipationEntry, Person, Post

NOW = datetime(2026, 1, 11, 9, 0, tzinfo=UTC)
TODAY = date(2026, 1, 11)
START = date(2024, 1, 1)
SCAN = ("scan.pdf", b"%PDF-1.7 signed by hand", "application/pdf")


def acting_as(
    person: Person, capacity: Capacity, organization: Organization, verified: datetime | None = NOW
) -> Actor:
    """The actor that a sign-in of this person in this capacity makes."""
    assert person.user is not None
    return Actor(
        label=person.name,
        capacity=capacity.value,
        user_id=person.user.pk,
        organization_id=organization.pk,
        organization=organization.name_en,
        verified_at=verified,
    )


@dataclass
class Network:
    """Office, coordination and their first people; members join by ``member``."""

    office: Organization
    coordination: Organization
    office_person: Person
    coordinator_person: Person
    members: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def office_actor(self) -> Actor:
        return acting_as(self.office_person, Capacity.OFFICE, self.office)

    @property
    def coordinator(self) -> Actor:
        return acting_as(self.coordinator_person, Capacity.COORDINATOR, self.coordination)

    def actor(self, name: str, capacity: Capacity) -> Actor:
        """``actor("alpha.head", Capacity.HEAD_OF_AGENCY)``."""
        return acting_as(self.people[name], capacity, self.members[name.split(".")[0]])

    def head(self, member: str) -> Actor:
        return self.actor(f"{member}.head", Capacity.HEAD_OF_AGENCY)

    def signer(self, member: str) -> Actor:
        return self.actor(f"{member}.head", Capacity.SIGNER)

    def member(self, name: str, kind: Kind = Kind.UN_AGENCY) -> Organization:
        """An organization with Head of Agency and both focal points, each with an account."""
        organization = services.create_organization(
            Organization(kind=kind, name_en=f"{name.title()} (example)", active_from=START),
            self.coordinator,
            NOW,
        )
        self.members[name] = organization
        for role, capacity in (
            ("head", Capacity.HEAD_OF_AGENCY),
            ("first", Capacity.PRIMARY_FOCAL_POINT),
            ("second", Capacity.SECONDARY_FOCAL_POINT),
        ):
            person = with_account(f"{name.title()} {role.title()}", f"{name}.{role}@example.org")
            services.appoint(person, organization, capacity, START, self.coordinator, NOW)
            self.people[f"{name}.{role}"] = person
        return organization


def give_arabic_name(organization: Organization) -> str:
    """An invented name in Arabic, recorded; returns it."""
    organization.name_ar = "\u0623\u0644\u0641\u0627"
    with acting(system_actor("test")):
        organization.save()
    return organization.name_ar


def with_account(name: str, email: str) -> Person:
    """An unsaved person whose account exists."""
    given, _space, family = name.partition(" ")
    user = User.objects.create_user(email, "a long password", first_name=given, last_name=family)
    return Person(name=name, email=email, user=user)


def found_network() -> Network:
    """As the installation does it: the system names the first office person and the Coordinator."""
    installation = system_actor("installation")
    made: dict[str, Any] = {}
    for kind, name, capacity, who in (
        (Kind.OFFICE, "Office (example)", Capacity.OFFICE, "Olive Office"),
        (Kind.COORDINATION, "Coordination (example)", Capacity.COORDINATOR, "Cora Coordinator"),
    ):
        organization = services.create_organization(
            Organization(kind=kind, name_en=name, active_from=START), installation, NOW
        )
        person = with_account(who, f"{who.split()[0].lower()}@example.org")
        services.appoint(person, organization, capacity, START, installation, NOW)
        made[capacity] = (organization, person)
    office, office_person = made[Capacity.OFFICE]
    coordination, coordinator = made[Capacity.COORDINATOR]
    return Network(office, coordination, office_person, coordinator)


def endorse(network: Network, member: str, edition: Edition, now: datetime = NOW) -> ParticipationEntry:
    """The Head of Agency endorses."""
    head = network.head(member)
    return services.endorse(
        network.members[member],
        edition,
        Actor(**{f: getattr(head, f) for f in head.__slots__} | {"verified_at": now}),
        now,
        sha256=edition.sha256,
        signer_name=network.people[f"{member}.head"].name,
        signer_title="Country Director",
        authority="Head of Agency",
    )


def received(**changes: Any) -> services.Received:
    """A letter that arrived today."""
    values: dict[str, Any] = {
        "how": "letter",
        "received_on": TODAY,
        "effective_on": TODAY,
        "signer_name": "Alpha Head",
        "signer_title": "Country Director",
        "file": SCAN,
        "authority": "Country Director",
    }
    return services.Received(**values | changes)


def counts() -> dict[str, int]:
    """Rows that a refused act must leave as they are (the event of the refusal is not among them)."""
    from intranet.files.models import StoredFile
    from intranet.notices.models import Notice

    models = (Organization, Person, Post, ParticipationEntry, Edition, StoredFile, Notice)
    return {model.__name__: model.objects.count() for model in models} | {
        "history": Organization.history.count()
    }


def later(**delta: int) -> datetime:
    return NOW + timedelta(**delta)
