"""``manage.py redact_page ID --asked-by E-MAIL --agreed-by E-MAIL --reason TEXT`` (W5)."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from audit.actors import Actor
from intranet.access.capacities import actor_for, held_by
from intranet.access.models import User
from intranet.access.roles import COORDINATION, Capacity
from intranet.clock import now
from protocol_pages.redaction import RedactionRefused, redact


class Command(BaseCommand):
    help = "Delete the earlier revisions of a page whose text was redacted: a content editor and the Coordinator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("page", type=int, help="number of the page, as its address in the admin shows")
        parser.add_argument("--asked-by", required=True, help="e-mail of a content editor")
        parser.add_argument("--agreed-by", required=True, help="e-mail of the PSEA Coordinator")
        parser.add_argument("--reason", required=True, help="why, without repeating the words")

    def handle(self, *args: Any, **options: Any) -> None:
        page = Page.objects.filter(pk=options["page"]).first()
        if page is None:
            raise CommandError(f"There is no page {options['page']}.")
        asked = _actor(options["asked_by"], {Capacity.CONTENT_EDITOR})
        agreed = _actor(options["agreed_by"], COORDINATION)
        try:
            count = redact(page, asked, agreed, options["reason"], now())
        except RedactionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} earlier revisions of page {page.pk} are gone; the event is recorded.")


def _actor(email: str, capacities: Container[str]) -> Actor:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    held = next((h for h in held_by(user, now()) if h.capacity in capacities), None) if user else None
    if user is None or held is None:
        raise CommandError(f"{email}: no account that holds the capacity needed now.")
    return actor_for(user, held, None)
