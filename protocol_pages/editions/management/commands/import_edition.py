"""``manage.py import_edition FILE.docx [--lang] [--report FILE.json] [--rehearsal]``: a draft from a Word file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import system_actor
from intranet.clock import now
from intranet.workflow.runner import Refused
from protocol_pages.editions import incoming, word_in
from protocol_pages.editions.word_report import report
from protocol_pages.editions.wordfile.document import Document


class Command(BaseCommand):
    help = (
        "Make a draft of the next edition from a Word file; with --report only say what was recognised, guessed "
        "and lost. Exit code 2 and a sentence for a file that is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the Word document (.docx)")
        parser.add_argument("--lang", default="en", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument(
            "--report", type=Path, help="write what was recognised to this file, save nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as trouble:
            raise CommandError(
                f"{path}: {trouble.strerror}. Name the Word document (.docx).", returncode=2
            ) from trouble
        try:
            if options["report"]:
                self._report(word_in.read(path.name, content, options["lang"]), options["report"])
                return
            found = incoming.read(path.name, content, options["lang"])
            draft = incoming.save(found, system_actor("import_edition"), now())
        except word_in.FileRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self._say(found.document)
        self.stdout.write(f"Draft of edition {draft.label} saved: {draft.pk}")

    def _report(self, document: Document, out: Path) -> None:
        try:
            out.write_text(
                json.dumps(report(document), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
        except OSError as trouble:
            raise CommandError(f"--report: {trouble}", returncode=2) from trouble
        self._say(document)
        self.stdout.write(f"{out}: written. Nothing was saved.")

    def _say(self, document: Document) -> None:
        reading = document.after
        self.stdout.write(
            f"{len(reading.blocks)} blocks, {len(reading.guesses)} guesses, {len(reading.losses)} losses, "
            f"{len(document.proposals)} proposals."
        )
        for remark in reading.losses:
            self.stdout.write(f"Lost: {word_in.loss(remark)}")
