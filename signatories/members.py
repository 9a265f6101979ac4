"""The members' directory: rows as one actor may see them, and the search over nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import COORDINATION, Capacity
from intranet.clock.wording import plain_date

from . import selectors
from .directory import StandingShown, active_on, shown_standing
from .models import AliasKind, Organization, OrganizationAlias, Person, Post
from .names import aliases_of, folded, own_texts
from .policy import OVERSEERS
from .selectors import Contacts
from .sight import Seen, sees
from .standing import Standing


@dataclass(frozen=True)
class PersonShown:
    """A person as the actor sees them; what is not shown is empty. ``fails``: mail comes back."""

    id: UUID
    name: str
    email: str = ""
    languages: tuple[str, ...] = ()
    duty_station: str = ""
    phone: str = ""
    fails: bool = False
    spoken: tuple[StrOrPromise, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What the search may find."""
        return tuple(text for text in (self.name, self.email, self.duty_station) if text)


def shown_person(
    person: Person, capacity: str, seen: Collection[Seen], failing: Collection[str] = ()
) -> PersonShown:
    """``person`` in a post of ``capacity``; ``failing``: addresses in small letters from which mail comes back."""
    needed = {
        Capacity.HEAD_OF_AGENCY: Seen.HEAD_ADDRESS,
        Capacity.SENIOR_MANAGEMENT: Seen.MANAGEMENT,
    }.get(Capacity(capacity), Seen.FOCAL_ADDRESS)
    reached = needed in seen
    described = reached or needed is Seen.FOCAL_ADDRESS
    return PersonShown(
        person.pk,
        person.name,
        person.email if reached else "",
        tuple(person.languages) if described else (),
        person.duty_station if described else "",
        person.phone if Seen.PHONE in seen else "",
        reached and person.email.lower() in failing,
        tuple(person.languages_spoken) if described else (),
    )


@dataclass(frozen=True)
class MemberRow:
    """One organization with its contacts. ``opens``: the actor may open its page; a vacancy is None."""

    organization: Organization
    standing: StandingShown
    primary: PersonShown | None
    secondary: PersonShown | None
    head_of_agency: PersonShown | None
    management: tuple[PersonShown, ...]
    also: tuple[str, ...]  # former and other names, in words
    texts: tuple[str, ...]
    opens: bool
    left: bool = False  # withdrawn: nobody fills its posts (§9.i)

    @property
    def people(self) -> tuple[PersonShown, ...]:
        """Everybody whom the row shows."""
        named = (self.primary, self.secondary, self.head_of_agency, *self.management)
        return tuple(person for person in named if person is not None)

    @property
    def vacancies(self) -> int:
        """How many of Head of Agency and the two focal points are missing, where they are to be filled."""
        if self.left:
            return 0
        return sum(person is None for person in (self.primary, self.secondary, self.head_of_agency))


def members(actor: Actor, day: date) -> list[MemberRow]:
    """Organizations that may sign and are in the network on the day. Five queries, however many there are."""
    listed = list(active_on(day))
    standings = selectors.standings_on(day, listed)
    people = selectors.contacts_for(listed, day)
    aliases = aliases_of(listed)
    failing = selectors.failing_addresses() if actor.capacity in OVERSEERS else frozenset()
    return [
        _row(
            actor,
            item,
            standings[item.pk],
            people[item.pk],
            aliases.get(item.pk, []),
            failing,
        )
        for item in listed
    ]


def _row(
    actor: Actor,
    item: Organization,
    standing: Standing,
    found: Contacts,
    aliases: Iterable[OrganizationAlias],
    failing: Collection[str],
) -> MemberRow:
    seen = sees(actor, item.pk)

    def one(person: Person | None, capacity: Capacity) -> PersonShown | None:
        return None if person is None else shown_person(person, capacity, seen, failing)

    management = found.senior_management if Seen.MANAGEMENT in seen else ()
    names = [text for alias in aliases for text in alias.texts]
    return MemberRow(
        organization=item,
        standing=shown_standing(standing, actor, item),
        primary=one(found.primary, Capacity.PRIMARY_FOCAL_POINT),
        secondary=one(found.secondary, Capacity.SECONDARY_FOCAL_POINT),
        head_of_agency=one(found.head_of_agency, Capacity.HEAD_OF_AGENCY),
        management=tuple(
            shown_person(person, Capacity.SENIOR_MANAGEMENT, seen, failing) for person in management
        ),
        also=tuple(alias_words(alias) for alias in aliases),
        texts=(*own_texts(item), *names),
        opens=actor.organization_id == item.pk or actor.capacity in OVERSEERS,
        left=standing == Standing.WITHDRAWN,
    )


def alias_words(alias: OrganizationAlias) -> str:
    """ "until 31 December 2025: Old Name", or the other name alone."""
    if alias.kind == AliasKind.FORMER and alias.held_until is not None:
        return _("until %(day)s: %(name)s") % {"day": plain_date(alias.held_until), "name": alias.name}
    return alias.name


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the rows; empty means everything."""

    text: str = ""
    kind: str = ""
    language: str = ""
    duty_station: str = ""
    vacant: bool = False

    def finds(self, row: MemberRow) -> bool:
        """Only what the row shows is searched: a search tells nothing that the page does not (trap 36)."""
        if self.kind and row.organization.kind != self.kind:
            return False
        if self.language and not any(self.language in person.languages for person in row.people):
            return False
        if self.duty_station and all(person.duty_station != self.duty_station for person in row.people):
            return False
        if self.vacant and not row.vacancies:
            return False
        wanted = folded(self.text)
        texts = (*row.texts, *(text for person in row.people for text in person.texts))
        return not self.text.strip() or bool(wanted and any(wanted in folded(text) for text in texts))


def duty_stations(rows: Iterable[MemberRow]) -> list[str]:
    """Duty stations of the people whom the rows show, by name."""
    return sorted({p.duty_station for row in rows for p in row.people if p.duty_station})


def coordination(day: date) -> list[Post]:
    """Coordinator and acting Coordinator of the day, with their posts: every member may write to them."""
    return list(selectors.held(day).filter(capacity__in=COORDINATION).order_by("-capacity"))
