"""``manage.py verify_events [--rehearsal]``: intact, or the first bad row (D15)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import ledger


class Command(BaseCommand):
    help = "Check the chain of the event ledger; names the first bad row, exit code 1."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = ledger.verify()
        if not verdict.intact:
            raise CommandError(
                f"Not intact at entry {verdict.first_bad}: {verdict.why}. {verdict.count} entries before it hold."
            )
        self.stdout.write(f"Intact: {verdict.count} entries.")
