"""``manage.py adopt_protocol``: the protocol of the data file as Edition 1. Safe to repeat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import system_actor
from intranet.clock import now
from intranet.workflow.runner import Refused
from protocol_pages.editions import selectors, services
from protocol_pages.editions.blocks import DATA_FILE, BadProtocolFile, read_protocol
from protocol_pages.editions.canonical import canonical_text, fingerprint


class Command(BaseCommand):
    help = (
        "Load the protocol from its data file and adopt it as a frozen edition; does nothing the second time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA_FILE, help="data file (JSON)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            protocol = read_protocol(options["file"])
        except (BadProtocolFile, OSError) as error:
            raise CommandError(str(error)) from error
        sha256 = fingerprint(canonical_text(protocol.blocks))
        try:
            edition = selectors.edition_by_label(protocol.number, protocol.minor)
        except selectors.NoEdition:
            edition = None
        if edition is not None and edition.sha256 != sha256:
            raise CommandError(
                f"Edition {edition.label} is adopted already with another text ({edition.sha256[:12]}, the file has "
                f"{sha256[:12]}). An adopted edition never changes: give the new text the next number."
            )
        if edition is None:
            actor, moment = system_actor("adopt_protocol"), now()
            try:
                edition = services.adopt(services.bring_in(protocol, actor, moment), actor, moment)
            except Refused as refusal:
                raise CommandError(refusal.reason) from refusal
            self.stdout.write(f"Edition {edition.label} adopted.")
        else:
            self.stdout.write(f"Edition {edition.label} was adopted already.")
        self.stdout.write(f"In force from {edition.effective_from.isoformat()}, SHA-256 {edition.sha256}")
