"""Steps of a lost phone that several tests take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from audit.actors import Actor
from intranet.access.devices import Authenticator
from intranet.access.models import Invitation, User
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import services
from signatories.models import Organization, Person
from signatories.recovery import services as recovery
from signatories.recovery.models import Recovery
from signatories.recovery.services import Identity, Letter

from ..network import NOW, SCAN, TODAY, Network, acting_as, with_account

SEEN = Identity("video", "face and voice; named the day of the appointment")
CALLED = Identity("phone", "called the voucher on the number of the directory")
LETTER = Letter("Alpha Head, Country Director", TODAY, SCAN)


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def vouched(network: Network, who: str = "alpha.first", now: datetime = NOW) -> Recovery:
    """A colleague of the same organization vouches."""
    member = who.split(".")[0]
    voucher = network.actor(f"{member}.second", Capacity.SECONDARY_FOCAL_POINT)
    return recovery.vouch(user_of(network.people[who]), SEEN, voucher, now)


def one_more(
    network: Network,
    name: str,
    capacity: Capacity,
    organization: Organization,
    by: Actor | None = None,
    ends_on: date | None = None,
) -> Actor:
    """Another person of the network with an account in use, as an actor."""
    delegated = capacity in {Capacity.ACTING_COORDINATOR, Capacity.OFFICE_ASSISTANT}
    person = with_account(name, f"{name.split()[0].lower()}@example.org")
    services.appoint(
        person,
        organization,
        capacity,
        TODAY,
        by or network.office_actor,
        NOW,
        ends_on=ends_on or (date(2027, 1, 1) if delegated else None),
        instrument="note" if delegated else "",
    )
    Authenticator.objects.create(user=user_of(person), name="default")
    network.people[name.split()[0].lower()] = person
    return acting_as(person, capacity, organization)


def traces() -> dict[str, Any]:
    """What a refused act must leave as it is."""
    return {
        "recoveries": list(Recovery.objects.order_by("pk").values()),
        "invitations": list(Invitation.objects.order_by("pk").values()),
        "factors": sorted(Authenticator.objects.values_list("pk", flat=True)),
        "stamps": list(User.objects.order_by("pk").values_list("session_stamp", "password")),
        "mails": Notice.objects.count(),
    }


def refused(act: Any, code: str | None = None) -> str:
    """The act is refused and nothing changed; its reason."""
    before = traces()
    with pytest.raises(Refused) as refusal:
        act()
    assert code is None or refusal.value.code == code, (refusal.value.code, refusal.value.reason)
    assert traces() == before
    return refusal.value.reason
