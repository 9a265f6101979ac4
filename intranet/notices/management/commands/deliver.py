"""``manage.py deliver``: deliver the notices that wait in the outbox."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from intranet.clock import jobs, now
from intranet.notices import outbox


class Command(BaseCommand):
    help = "Deliver waiting notices, with retries. Safe to run from several machines at once."

    def handle(self, *args: Any, **options: Any) -> None:
        result = outbox.Delivered(0, 0)

        def work() -> int:
            nonlocal result
            result = outbox.deliver_due(now())
            return result.sent

        jobs.remembered("deliver", work)
        self.stdout.write(
            f"{result.sent} delivered, {result.failed} failed, {len(outbox.stuck())} need a look."
        )
