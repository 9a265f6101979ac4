"""The stage of demo and rehearsal: a moving clock, invented people with real accounts, real services.

Nothing here sets a status: everything governed goes through the services that the views call (D41).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import translation

from audit import ledger
from audit.actors import Actor, acting, system_actor
from forms_app.monthly_reports import services as reports
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import calendars, jobs
from intranet.network.models import NetworkSettings
from intranet.notices import outbox
from protocol_pages.editions.models import Edition
from signatories import services as people
from signatories.models import Kind, Organization, Person

from .network import Invented, person_name

Plan = Callable[
    [date, int, Callable[[], object]], None
]  # puts an act on a day and hour (network's time zone)
JOB = "rehearsal"
DELEGATED_DAYS = 1200
ORGANIZATION_POSTS = (
    Capacity.PRIMARY_FOCAL_POINT,
    Capacity.SECONDARY_FOCAL_POINT,
    Capacity.HEAD_OF_AGENCY,
    Capacity.SENIOR_MANAGEMENT,
)


@dataclass
class Clock:
    """Moves forward only. ``now`` is UTC; days and hours are those of the network."""

    now: datetime
    zone: ZoneInfo

    def to(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Go to an hour of a day; a moment that has passed already is a mistake in the play."""
        moment = datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)
        if moment < self.now:
            raise ValueError(f"The clock moves forward only: {moment} is before {self.now}")
        self.now = moment
        return moment

    def tick(self, minutes: int = 1) -> datetime:
        """A little later."""
        self.now += timedelta(minutes=minutes)
        return self.now

    @property
    def today(self) -> date:
        """The calendar date in the network's time zone."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Member:
    """An invented person in one post."""

    person: Person
    user: User
    capacity: Capacity
    organization: Organization

    def actor(self, now: datetime) -> Actor:
        """As who this person acts now, with a code accepted this very moment."""
        return Actor(
            label=self.user.label,
            capacity=self.capacity.value,
            user_id=self.user.pk,
            organization_id=self.organization.pk,
            organization=self.organization.name_en,
            verified_at=now,
        )


@dataclass
class Stage:
    """Everybody and everything of one play."""

    clock: Clock
    members: dict[tuple[str, Capacity], Member] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    password: str | None = None
    _people: int = 0
    _hash: str = field(init=False)

    def __post_init__(self) -> None:
        self._hash = make_password(self.password)  # meant to be slow, and the same for all

    @property
    def now(self) -> datetime:
        return self.clock.now

    def actor(self, key: str, capacity: Capacity) -> Actor:
        """The holder of a post, acting now."""
        return self.members[key, capacity].actor(self.now)

    @property
    def coordinator(self) -> Actor:
        return self.actor("coordination", Capacity.COORDINATOR)

    @property
    def office(self) -> Actor:
        return self.actor("office", Capacity.OFFICE)

    @property
    def system(self) -> Actor:
        return system_actor(JOB)

    # -- building ---------------------------------------------------------------------------------

    def found(self, years: range) -> None:
        """Settings, confirmed calendars, the office, the coordination and their first people."""
        with translation.override("en"):
            self._settings()
            for key, name, name_ar, kind in (
                ("office", "DSRSG/HC/RC Office (example)", "مكتب المنسق المقيم (مثال)", Kind.OFFICE),
                ("coordination", "PSEA Coordination (example)", "تنسيق الشبكة (مثال)", Kind.COORDINATION),
            ):
                self._organization(Invented(key, name, name_ar, kind), self.system)
            self.fill("office", Capacity.OFFICE, self.system)
            self.fill("coordination", Capacity.COORDINATOR, self.system)
            self.fill("office", Capacity.OFFICE_ASSISTANT, self.office)
            self.fill("office", Capacity.AUDITOR, self.office)
            self.fill("coordination", Capacity.CONTENT_EDITOR, self.coordinator)
            self._calendars(years)

    def join(self, invented: Invented, posts: tuple[Capacity, ...] = ORGANIZATION_POSTS) -> Organization:
        """The Coordinator lists an organization and fills its posts."""
        organization = self._organization(invented, self.coordinator)
        for capacity in posts:
            self.fill(invented.key, capacity, self.coordinator)
        return organization

    def work(self) -> None:
        """What the machine does every hour: note what is due, deliver what waits."""
        jobs.run_due(self.now)
        outbox.deliver_due(self.clock.tick())

    def endorse(self, key: str, edition: Edition) -> None:
        """The Head of Agency endorses what stood on the screen."""
        self.endorse_as(self.members[key, Capacity.HEAD_OF_AGENCY], key, edition)

    def endorse_as(self, member: Member, key: str, edition: Edition) -> None:
        """Somebody endorses for the organization ``key``; refused unless they may (D19)."""
        people.endorse(
            self.organizations[key],
            edition,
            member.actor(self.now),
            self.now,
            sha256=edition.sha256,
            signer_name=member.person.name,
            signer_title="Head of Agency",
            authority="Head of Agency",
        )
        self.clock.tick()

    def report(self, key: str, month: date, counts: Mapping[str, int] | None) -> None:
        """The primary focal point reports the figures of a month, or signs that there is nothing (None)."""
        organization, actor = self.organizations[key], self.actor(key, Capacity.PRIMARY_FOCAL_POINT)
        if counts is None:
            reports.report_nothing(organization, month, actor, self.now)
        else:
            reports.report_figures(organization, month, counts, actor, self.now)

    def _settings(self) -> None:
        with acting(self.system, "founding of the example network"):
            NetworkSettings.objects.create(
                at=self.now,
                by=self.system.label,
                reason="founding of the example network",
                channels_verified_on=self.clock.today,
            )

    def _calendars(self, years: range) -> None:
        for year in years:
            with acting(self.coordinator, "yearly list"):
                calendars.seed_year(year)
                calendars.confirm_year(year, self.coordinator, self.now)
            ledger.record(
                now=self.now,
                actor=self.coordinator,
                action="calendar.confirm_year",
                subject=ledger.Subject("calendar", str(year), str(year)),
                clause="D25",
            )
            self.clock.tick()

    def _organization(self, invented: Invented, actor: Actor) -> Organization:
        organization = Organization(
            kind=invented.kind,
            name_en=invented.name_en,
            name_ar=invented.name_ar,
            region=invented.region,
            active_from=self.clock.today,
        )
        people.create_organization(organization, actor, self.now)
        self.organizations[invented.key] = organization
        self.clock.tick()
        return organization

    def fill(self, key: str, capacity: Capacity, actor: Actor, days: int = DELEGATED_DAYS) -> None:
        """A new invented person, with an account, in a post from today on; a delegation ends after ``days``."""
        name = person_name(self._people)
        self._people += 1
        email = f"{capacity.value.replace('_', '-')}@{key}.example"
        given, _space, family = name.partition(" ")
        user = User.objects.create(email=email, password=self._hash, first_name=given, last_name=family)
        person = Person(name=name, email=email)
        organization = self.organizations[key]
        delegated = capacity in {Capacity.OFFICE_ASSISTANT, Capacity.ACTING_COORDINATOR}
        people.appoint(
            person,
            organization,
            capacity,
            self.clock.today,
            actor,
            self.now,
            ends_on=self.clock.today + timedelta(days=days) if delegated else None,
            instrument="Note for the file (example)" if delegated else "",
        )
        people.link_account(person, user, actor if actor.is_system else self.coordinator, self.now)
        self.members[key, capacity] = Member(person, user, capacity, organization)
        self.clock.tick()
