"""``manage.py import_network FILE.xlsx``: the same import as the Coordinator's screen, on the server."""

from __future__ import annotations

import sys
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import Actor
from intranet.access import capacities, second_factor
from intranet.access.models import User
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.files import store
from intranet.workflow.runner import Refused
from signatories import selectors
from signatories.days import network_day
from signatories.imports import services, workbook
from signatories.imports.run import Report, Verdict
from signatories.services import Upload

PLAY = ("demo", "rehearsal", "test")


class Command(BaseCommand):
    """Acts as the Coordinator whose account is named, with a current code of that account (trap 21).

    A dry run changes nothing and needs no code; so do demo and rehearsal, where everybody is invented.
    """

    help = "Import organizations, people, posts, agreements and signatures from a workbook; all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the filled-in template (.xlsx)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
        parser.add_argument(
            "--scans", type=Path, help="folder with the scans that the sheet signatures names"
        )
        parser.add_argument("--as", dest="account", help="address of the Coordinator's account")
        parser.add_argument("--code", help="a current code of that account's authenticator app")
        parser.add_argument(
            "--out", type=Path, help="where the marked workbook is written if there are faults"
        )
        parser.add_argument("--template", type=Path, help="write an empty template to this file and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        if options["template"]:
            options["template"].write_bytes(workbook.template(at))
            self.stdout.write(f"Written: {options['template']}")
            return
        path: Path | None = options["file"]
        if path is None or not path.is_file():
            raise CommandError(f"{path or 'FILE'}: there is no such file. Name the workbook (.xlsx).")
        dry_run = options["dry_run"]
        actor = self._actor(options["account"], options["code"], at, proved=not dry_run)
        sent = services.Workbook(path.name, path.read_bytes(), _scans(options["scans"]))
        run = None
        try:
            if dry_run:
                report = services.check(sent, actor, at)
            else:
                result = services.import_workbook(sent, actor, at)
                report, run = result.report, result.run
        except store.FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except Refused as refusal:
            raise CommandError(f"{refusal.reason} ({refusal.rule})") from refusal
        if not report.ok:
            out = options["out"] or path.with_name(services.marked_name(path.name))
            out.write_bytes(workbook.marked(report, at))
            for problem in report.problems:
                self.stdout.write(str(problem))
            raise CommandError(f"{len(report.problems)} faults, nothing was imported. Marked workbook: {out}")
        self._tell(report, dry_run)
        if run is not None:
            self.stdout.write(f"Recorded as import {run.pk} by {actor.label}.")

    def _tell(self, report: Report, dry_run: bool) -> None:
        for line in report.lines:
            if line.verdict != Verdict.LEFT:
                details = f" ({'; '.join(line.changes)})" if line.changes else ""
                self.stdout.write(f"{line.sheet} {line.row}: {line.verdict} {line.label}{details}")
        counts = report.counts
        said = ", ".join(f"{counts[verdict.value]} {verdict.value}" for verdict in Verdict)
        self.stdout.write(f"{'Would be done' if dry_run else 'Done'}: {said}.")
        if not report.changes_something:
            self.stdout.write("Nothing new: everything in this workbook stands in the network already.")
        if report.unused_scans:
            self.stdout.write(f"No row names these files: {', '.join(sorted(report.unused_scans))}")

    def _actor(self, account: str | None, code: str | None, at: datetime, *, proved: bool) -> Actor:
        user = self._user(account, at)
        held = next((h for h in capacities.held_by(user, at) if h.capacity in COORDINATION), None)
        if held is None:
            raise CommandError(f"{user.email} is not the Coordinator's account today.")
        if proved and settings.ENVIRONMENT not in PLAY:
            typed = code or (getpass(f"Code of {user.email}: ") if sys.stdin.isatty() else "")
            if not typed:
                raise CommandError(
                    f"An import acts as {user.email}: give a current code of its authenticator app with --code, "
                    "or import on the screen. --dry-run needs none."
                )
            if not second_factor.accepts(user, typed, at):
                raise CommandError(f"This code is not one of {user.email} now. Wait for the next one.")
        return capacities.actor_for(user, held, at)

    def _user(self, account: str | None, at: datetime) -> User:
        if account:
            user = User.objects.filter(email__iexact=account, is_active=True).first()
            if user is None:
                raise CommandError(f"{account}: there is no such account.")
            return user
        person = selectors.coordinator_on(network_day(at))
        if person is None or person.user is None:
            raise CommandError(
                "Nobody holds the post of Coordinator with an account today: found the network first "
                "(manage.py found_network), or name the account with --as."
            )
        return person.user


def _scans(folder: Path | None) -> tuple[Upload, ...]:
    """Files of a folder that may be taken; what is none is left for its row to say."""
    if folder is None:
        return ()
    if not folder.is_dir():
        raise CommandError(f"{folder}: there is no such folder.")
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file():
            content = path.read_bytes()
            try:
                kind = store.check(path.name, content)
            except store.FileRefused:
                kind = ""
            found.append((path.name, content, kind))
    return tuple(found)
