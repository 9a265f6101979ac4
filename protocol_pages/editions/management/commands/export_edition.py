"""``manage.py export_edition N --format docx|pdf|json [--lang ar] --out FILE [--rehearsal]``: an edition as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.papers.faults import LetterFault
from intranet.papers.pdf import PdfUnavailable
from protocol_pages.editions import exports
from protocol_pages.editions.fixed_copy import WordFault
from protocol_pages.translations.word import NoText, word

from .redline import edition_named

FORMATS = {"docx": exports.word, "pdf": exports.pdf, "json": exports.data}


class Command(BaseCommand):
    help = (
        "Write an edition as Word file (the frozen bytes), PDF, or data file for adopt_protocol; with --lang the "
        "reviewer's unofficial text in another language, as Word."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="like 1 or 1.2")
        parser.add_argument("--format", choices=sorted(FORMATS), default="docx")
        parser.add_argument("--lang", default="en", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        edition = edition_named(options["edition"])
        language = options["lang"]
        if language != "en" and options["format"] != "docx":
            raise CommandError("--lang: a reviewer's text leaves as Word only (--format docx).", returncode=2)
        try:
            content = FORMATS[options["format"]](edition) if language == "en" else word(edition, language)
        except NoText as nothing:
            raise CommandError(
                f"No confirmed text in {language!r} stands beside edition {edition.label}.", returncode=2
            ) from nothing
        except (PdfUnavailable, WordFault, LetterFault) as trouble:
            raise CommandError(str(trouble)) from trouble
        try:
            options["out"].write_bytes(content)
        except OSError as trouble:
            raise CommandError(f"--out: {trouble}", returncode=2) from trouble
        self.stdout.write(f"{options['out']}: edition {edition.label}, SHA-256 of the text {edition.sha256}")
