"""``manage.py run_due [--on DATE] [--dry-run]``: note what has become due, and tell people (D26)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.clock import arguments, jobs, now
from intranet.network.models import NetworkSettings

PLAY = {"demo", "rehearsal", "test"}


class Command(BaseCommand):
    help = "Note silence and deadlines that have passed and write the notices. Idempotent; run it every hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=arguments.day, help="as if it were the end of this day (YYYY-MM-DD)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")

    def handle(self, *args: Any, on: date | None, dry_run: bool, **options: Any) -> None:
        at = now()
        if on is not None:
            zone = NetworkSettings.current().zone()
            chosen = datetime.combine(on + timedelta(days=1), time.min, zone)
            if chosen > at and not dry_run and settings.ENVIRONMENT not in PLAY:
                raise CommandError(
                    "--on: a future date works only with --dry-run, or on a demo or rehearsal (D26)."
                )
            at = chosen
        sentences: list[str] = []

        def work() -> int:
            sentences.extend(jobs.run_due(at, dry_run))
            return len(sentences)

        if dry_run:
            work()
        else:
            jobs.remembered("run_due", work)
        for sentence in sentences:
            self.stdout.write(sentence)
        self.stdout.write(f"{len(sentences)} {'would be done' if dry_run else 'done'}.")
