"""A small invented network for the month's tests: organizations that signed on a day, an exact calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from audit.actors import Actor, acting, system_actor
from forms_app.monthly_reports import codes, content, services
from intranet.access.roles import Capacity
from intranet.clock.calendars import confirm_year
from signatories.models import EntryKind, Organization, ParticipationEntry, Person, Post
from tests.factories import make_user

SYSTEM = system_actor("tests")
JANUARY = date(2026, 1, 1)
DECEMBER = date(2025, 12, 1)
NOW = datetime(2026, 2, 3, 7, 0, tzinfo=UTC)  # Tuesday 3 February 2026, 10:00 in Baghdad


def organization(name: str, signed: date | None = date(2025, 1, 10), **fields: Any) -> Organization:
    """An invented UN agency that endorsed on ``signed``."""
    values = {"kind": "un_agency", "active_from": date(2022, 1, 31)} | fields
    with acting(SYSTEM):
        made = Organization(name_en=f"{name} (invented)", **values)
        made.save()
    if signed is not None:
        entry(made, EntryKind.ENDORSED, signed)
    return made


def entry(of: Organization, kind: EntryKind, on: date) -> None:
    """An entry of the participation ledger, in effect from ``on``."""
    with acting(SYSTEM):
        ParticipationEntry(
            organization=of,
            number=of.participation.count() + 1,
            kind=kind,
            in_effect=True,
            effective_on=on,
            recorded_at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC),
            signer_name="Signer (invented)",
            recorded_by="tests",
            recorded_capacity="system",
        ).save()


def post(of: Organization, capacity: Capacity, name: str = "", begins: date = date(2025, 1, 1)) -> Person:
    """A person in a post of ``of``."""
    with acting(SYSTEM):
        person = Person(name=name or f"{capacity} of {of}", email=f"p{uuid4().hex[:10]}@example.org")
        person.save()
        Post(person=person, organization=of, capacity=capacity, begins_on=begins).save()
    return person


def confirmed_calendar(*years: int) -> None:
    """Confirm years without a single day off, so that only weekends are skipped."""
    with acting(SYSTEM):
        for year in years or (2025, 2026):
            confirm_year(year, SYSTEM, NOW)


def actor(capacity: Capacity | str, of: Organization | None = None, label: str = "") -> Actor:
    """A signed-in person in one capacity, with an account of its own."""
    name = label or f"{capacity} (invented)"
    user = make_user(f"u{uuid4().hex[:10]}@example.org", password=None, first_name=name, last_name="")
    return Actor(name, str(capacity), user.pk, of.pk if of else None, of.name_en if of else "")


def focal_point(of: Organization, label: str = "Focal Point (invented)") -> Actor:
    return actor(Capacity.PRIMARY_FOCAL_POINT, of, label)


def coordinator() -> Actor:
    return actor(Capacity.COORDINATOR)


def counts(received: int = 0, **given: int) -> dict[str, int]:
    """Complete counts of a month: all reports exploitation by UN staff, unless said otherwise."""
    complete = dict.fromkeys(content.MONTH.names(received), 0)
    complete["received"] = received
    if received:
        complete["nature__sexual_exploitation"] = complete["personnel__un_staff"] = received
    return complete | given


def intake_counts(received: int, **given: int) -> dict[str, int]:
    complete = dict.fromkeys(content.INTAKE.names(received), 0)
    complete["received"] = received
    if received:
        complete |= dict.fromkeys(("channel__email", "nature__unknown", "personnel__unknown"), received)
    return complete | given


def send(
    of: Organization, month: date = JANUARY, received: int = 0, now: datetime = NOW, **given: int
) -> Any:
    """A sent month."""
    return services.report_figures(of, month, counts(received, **given), focal_point(of), now).obj


REASON = codes.Reason.COUNTED_TWICE.value
