"""``manage.py demo_codes``: the demo's logins with fresh one-time codes."""

from typing import Any

from django.core.management.base import BaseCommand

from intranet.clock import now
from intranet.rehearsal import database, logins


class Command(BaseCommand):
    help = "Print one login per capacity, with the codes of this moment."

    def handle(self, *args: Any, **options: Any) -> None:
        database.refuse_elsewhere()
        self.stdout.write(logins.table(now()))
