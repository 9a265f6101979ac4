"""``manage.py found_network``: the first Coordinator and the first office person, once (D9, D16).

Everything after that is theirs: they register organizations and people, fill posts and send invitations.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit import ledger
from audit.actors import SYSTEM, Actor
from intranet.access import links
from intranet.access.models import Invitation
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.network.models import NetworkSettings
from intranet.workflow.runner import Refused
from signatories import services
from signatories.days import network_day
from signatories.models import Organization, Person
from signatories.models.organizations import Kind


class Command(BaseCommand):
    """Goes through the same services and rules as the pages; a second run is refused."""

    help = "Register office and coordination with their first person each, and print the invitations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--coordinator", nargs=2, metavar=("EMAIL", "NAME"), required=True)
        parser.add_argument("--office", nargs=2, metavar=("EMAIL", "NAME"), required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        actor = Actor(label="system:found_network", capacity=SYSTEM, verified_at=at)
        titles = NetworkSettings.current()
        posts = [
            (Capacity.COORDINATOR, Kind.COORDINATION, titles.coordinator_title, options["coordinator"]),
            (Capacity.OFFICE, Kind.OFFICE, titles.office_title, options["office"]),
        ]
        try:
            with transaction.atomic():
                people = [self._fill(*post, actor=actor, at=at) for post in posts]
        except Refused as refusal:  # its event went with the transaction
            ledger.record(
                now=at,
                actor=actor,
                action="network.found",
                clause=refusal.rule,
                outcome="refused",
                reason=refusal.reason,
            )
            raise CommandError(f"{refusal.reason} ({refusal.rule})") from refusal
        for person in people:
            invitation = Invitation.objects.get(user=person.user, state=Invitation.State.OPEN)
            self.stdout.write(f"{person.name}, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC:")
            self.stdout.write(links.invitation_link(invitation.seed))

    def _fill(
        self, capacity: Capacity, kind: Kind, title: str, who: tuple[str, str], *, actor: Actor, at: datetime
    ) -> Person:
        email, name = who
        day = network_day(at)
        organization = services.create_organization(
            Organization(kind=kind, name_en=title, active_from=day), actor, at
        )
        person = Person(name=name.strip(), email=email.strip().lower())
        services.appoint(person, organization, capacity, day, actor, at)
        return services.invite_person(person, actor, at)
