"""``manage.py redline A B --out FILE.docx [--rehearsal]``: tracked changes between two editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from protocol_pages.editions import exports, selectors
from protocol_pages.editions.models import Edition
from protocol_pages.editions.redline import RedlineFault


def edition_named(label: str) -> Edition:
    """The edition called "1", "v1" or "1.2". Raises CommandError."""
    number, _, minor = label.strip().removeprefix("v").partition(".")
    try:
        return selectors.edition_by_label(int(number), int(minor or 0))
    except (ValueError, selectors.NoEdition) as error:
        known = ", ".join(edition.label for edition in selectors.editions()) or "none"
        raise CommandError(
            f"There is no edition {label!r}. Adopted editions: {known}.", returncode=2
        ) from error


class Command(BaseCommand):
    help = (
        "Word file with tracked changes from edition A to edition B; exit code 1 if it does not prove itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("a", help="the older edition, like 1 or 1.2")
        parser.add_argument("b", help="the newer edition")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        old, new = edition_named(options["a"]), edition_named(options["b"])
        try:
            data = exports.redline(old, new)
        except RedlineFault as fault:
            raise CommandError(str(fault)) from fault
        try:
            options["out"].write_bytes(data)
        except OSError as trouble:
            raise CommandError(f"--out: {trouble}", returncode=2) from trouble
        self.stdout.write(
            f"{options['out']}: from edition {old.label} to edition {new.label}, proved both ways."
        )
