"""``manage.py invite EMAIL [--superuser]``: the first account of an installation; prints the link once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import SYSTEM, Actor
from intranet.access import accounts, links
from intranet.access.models import User
from intranet.clock import now
from intranet.workflow.runner import Refused


class Command(BaseCommand):
    """Opens the account where there is none and invites it; the same rules as on the page."""

    help = "Invite an account and print its one-time link (expires; works once)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--superuser", action="store_true", help="a technical account without any capacity"
        )
        parser.add_argument("--given", default="", help="given name")
        parser.add_argument("--family", default="", help="family name")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        actor = Actor(label="system:invite", capacity=SYSTEM, verified_at=at)
        try:
            user = self._account(options, actor)
            outcome = accounts.invite(user, actor, at)
        except (Refused, ValidationError) as refusal:
            message = refusal.reason if isinstance(refusal, Refused) else " ".join(refusal.messages)
            raise CommandError(message) from refusal
        self.stdout.write(
            f"Invitation for {user.email}, valid until {outcome.obj.expires_at:%Y-%m-%d %H:%M} UTC:"
        )
        self.stdout.write(links.invitation_link(outcome.obj.seed))

    def _account(self, options: dict[str, Any], actor: Actor) -> User:
        user = accounts.open_account(options["email"], options["given"], options["family"], actor, now())
        if options["superuser"] and not user.is_superuser:
            accounts.make_technical(user, actor, now())
        return user
