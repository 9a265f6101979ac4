"""``manage.py load_library``: the first content of the library; what is there already stays as it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from audit.actors import system_actor
from intranet.clock import now
from protocol_pages import seeding


class Command(BaseCommand):
    """Loads themes, glossary terms, resources and registers from ``protocol_pages/data/library.json``."""

    help = "Load the library's first content; a second run adds only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        made = seeding.load(system_actor("load_library"), now())
        self.stdout.write(", ".join(f"{number} {kind}" for kind, number in made.items()))
