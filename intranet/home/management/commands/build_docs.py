"""``manage.py build_docs [--check]``: write the generated documents, or say which are out of date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.home import docs


class Command(BaseCommand):
    """Reads no database: policies and tables are code."""

    help = "Write docs/roles.md and the state diagrams in docs/features/ from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where a file would change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = docs.outdated()
        names = [str(path.relative_to(docs.ROOT)) for path in sorted(changed)]
        if options["check"]:
            if names:
                raise CommandError(f"Out of date: {', '.join(names)}. Run: manage.py build_docs")
            self.stdout.write("The generated documents are up to date.")
            return
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Written: {', '.join(names)}" if names else "Nothing to change.")
