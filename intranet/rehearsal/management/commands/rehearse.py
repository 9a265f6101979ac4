"""``manage.py rehearse --out DIR``: play the whole main job on a fresh database and a moving clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import ledger
from intranet.clock import arguments
from intranet.rehearsal import database, transcript
from intranet.rehearsal.play import Play, Played, Script


class Command(BaseCommand):
    help = "Rehearse the whole job, from adopting the protocol to the Word letter; exit 0 only if it came out right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out", type=Path, required=True, help="folder for transcript, letters, mails, events"
        )
        parser.add_argument("--start", type=arguments.day, default=date(2026, 1, 11),
                            help="day of the senior-management follow-up (default 2026-01-11)")  # fmt: skip
        parser.add_argument("--orgs", type=int, default=7, help="how many organizations sign (default 7)")
        parser.add_argument("--silent", type=int, default=1, help="how many never answer (default 1)")
        parser.add_argument("--refuse", type=int, default=0, help="how many do not authorize (default 0)")
        parser.add_argument(
            "--late-holiday", type=arguments.day, help="a holiday announced after the follow-up"
        )
        parser.add_argument("--language", choices=["en", "ar"], default="en", help="language of the letter")

    def handle(self, *args: Any, **options: Any) -> None:
        database.refuse_elsewhere()
        try:
            script = Script(
                start=options["start"],
                organizations=options["orgs"],
                silent=options["silent"],
                refusing=options["refuse"],
                late_holiday=options["late_holiday"],
                language=options["language"],
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        database.fresh()
        played = Play(script).run()
        self._write(options["out"], played)
        self._judge(script, played)

    def _write(self, folder: Path, played: Played) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        steps = transcript.write_transcript(folder, ZoneInfo("Asia/Baghdad"))
        events, mails = transcript.write_events(folder), transcript.write_mails(folder)
        if played.release is not None and played.letter is not None:
            (folder / f"{played.release.letter_number}.docx").write_bytes(played.letter)
        self.stdout.write(f"{len(steps)} steps, {events} events, {mails} mails in {folder}.")

    def _judge(self, script: Script, played: Played) -> None:
        wrong = [f"went through but must be refused: {what}" for what in played.broken]
        if played.request.state != script.demanded:
            wrong.append(f"the request ended as {played.request.state}, not {script.demanded}")
        if (played.letter is not None) != (script.demanded == "released"):
            wrong.append("there is a letter" if played.letter else "there is no letter")
        verdict = ledger.verify()
        if not verdict.intact:
            wrong.append(f"the event ledger breaks at entry {verdict.first_bad}: {verdict.why}")
        if wrong:
            raise CommandError("The rehearsal failed: " + "; ".join(wrong) + ".")
        self.stdout.write(f"Refused as demanded: {', '.join(sorted(set(played.held)))}.")
        self.stdout.write(f"The request ended as {played.request.state}, as demanded.")
