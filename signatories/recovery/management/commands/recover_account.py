"""``manage.py recover_account EMAIL --reason TEXT``: the last resort where nobody is left who could vouch."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import SYSTEM, Actor
from intranet.access import links
from intranet.access.models import User
from intranet.clock import now
from intranet.workflow.runner import Refused
from signatories.recovery import services


class Command(BaseCommand):
    """Refused while two people of the network could do it; the reason stays in the event ledger."""

    help = "A one-time link for a lost phone where nobody is left in the network who could vouch and confirm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="whose letter was seen, by whom, and when")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        at = now()
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        if not reason.strip():
            raise CommandError("--reason: write whose letter was seen, by whom, and when.")
        actor = Actor(label="system:recover_account", capacity=SYSTEM, verified_at=at)
        try:
            invitation = services.on_the_server(user, actor, at, reason.strip())
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self.stdout.write(f"Valid until {invitation.expires_at:%Y-%m-%d %H:%M} UTC, works once:")
        self.stdout.write(links.invitation_link(invitation.seed))
