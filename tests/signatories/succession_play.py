"""Letters and acts of successions, played on the invented network of ``network.py``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from audit.actors import Actor, acting
from intranet.access.roles import Capacity
from intranet.clock import calendars
from signatories.models import Person
from signatories.services import appoint, end_post
from signatories.succession import services
from signatories.succession.models import Succession

from .network import NOW, TODAY, Network, acting_as, with_account

LETTER_FILE = ("letter 12.pdf", b"%PDF-1.7 the Head of Agency's letter", "application/pdf")


def letter(network: Network, successor: str = "alpha.first", **changes: Any) -> services.LetterInput:
    """The Head of Agency's letter that names ``successor``."""
    given: dict[str, Any] = {
        "successor": network.people[successor],
        "successor_title": "Deputy Director",
        "from_on": TODAY,
        "instrument": "Letter HA/12 of 10 January 2026",
        "file": LETTER_FILE,
    }
    return services.LetterInput(**given | changes)


def outside(network: Network, **changes: Any) -> services.LetterInput:
    """The same letter where it arrived on paper."""
    given = {
        "received_how": "letter",
        "received_on": TODAY,
        "signed_by": "Alpha Head",
        "signed_title": "Country Director",
    }
    return letter(network, **given | changes)


def sent(network: Network, **changes: Any) -> Succession:
    """Sent by Alpha's Head of Agency through the door."""
    return services.send(network.members["alpha"], letter(network, **changes), network.head("alpha"), NOW)


def at(actor: Actor, moment: datetime) -> Actor:
    """The same actor with a code accepted at another moment."""
    values = {name: getattr(actor, name) for name in actor.__slots__}
    return Actor(**values | {"verified_at": moment})


def verify_both(network: Network, succession: Succession, moment: datetime = NOW) -> Succession:
    """The Coordinator, then the office."""
    services.verify(succession, "Called the known number.", at(network.coordinator, moment), moment)
    return services.verify(succession, "Saw the staff card.", at(network.office_actor, moment), moment)


def another(network: Network, name: str, capacity: Capacity, home: str) -> Actor:
    """A further person at the office or the coordination, or in an organization."""
    person = with_account(name, f"{name.split()[0].lower()}@example.org")
    organization = {"office": network.office, "coordination": network.coordination}.get(home)
    organization = organization or network.members[home]
    delegated = capacity in {Capacity.ACTING_COORDINATOR, Capacity.OFFICE_ASSISTANT}
    by = network.office_actor if organization != network.members.get(home) else network.coordinator
    appoint(
        person,
        organization,
        capacity,
        TODAY,
        by,
        NOW,
        ends_on=TODAY.replace(year=TODAY.year + 1) if delegated else None,
        instrument="Delegation 4" if delegated else "",
    )
    network.people[f"{home}.{name.split()[0].lower()}"] = person
    return acting_as(person, capacity, organization)


def new_head(network: Network, name: str = "Nadia Newhead") -> Actor:
    """Alpha's Head of Agency leaves today's eve; another one begins today."""
    post = network.members["alpha"].posts.get(capacity=Capacity.HEAD_OF_AGENCY)
    end_post(post, TODAY.replace(day=TODAY.day - 1), network.coordinator, NOW)
    return another(network, name, Capacity.HEAD_OF_AGENCY, "alpha")


def confirm_calendar(network: Network, *years: int) -> None:
    """The Coordinator confirms the years' lists as they are seeded."""
    with acting(network.coordinator):
        for year in years:
            calendars.seed_year(year)
            calendars.confirm_year(year, network.coordinator, NOW)


def signer_now(person: Person, network: Network) -> Actor:
    return acting_as(person, Capacity.SIGNER, network.members["alpha"])
