"""``manage.py demo``: build the invented network once, print the logins, serve it on this machine."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from intranet.clock import now
from intranet.rehearsal import database, logins
from intranet.rehearsal.demo import Demo
from intranet.rehearsal.pages import publish_pages

DELIVER_EVERY = 15  # seconds; a server installed by docs/operations.md has a timer for it


class Command(BaseCommand):
    help = "An invented, labelled network around the real protocol, on 127.0.0.1 (PORT, default 8000)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to serve (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="build it, print the logins, stop")
        parser.add_argument("--clean", action="store_true", help="drop the demo's database and files")

    def handle(self, *args: Any, port: int, no_serve: bool, clean: bool, **options: Any) -> None:
        database.refuse_elsewhere()
        if clean:
            database.drop()
            self.stdout.write("The demo's database and files are gone.")
            return
        if not no_serve:
            refuse_busy(port)
        if database.drop_outdated():
            self.stdout.write("The demo here was built by an earlier version: it is built anew.")
        database.migrate_and_mark()
        if not _built():
            self.stdout.write("Building the example network (two years of work, about a minute) ...")
            self.stdout.flush()
            _build()
            call_command("run_due", stdout=StringIO())
            call_command("deliver", stdout=StringIO())
        logins.enrol()
        self.stdout.write(logins.table(now()))
        if not no_serve:
            self._serve(port)

    def _serve(self, port: int) -> None:
        self.stdout.write(f"\nServing on http://127.0.0.1:{port}/ (stop with Ctrl-C)")
        self.stdout.flush()
        connection.close()
        call_command("collectstatic", interactive=False, verbosity=0)
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": f"intranet.settings.{settings.ENVIRONMENT}"}
        server = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
        serving = subprocess.Popen(  # noqa: S603
            [*server, "--timeout", "120", "--log-level", "warning", "intranet.wsgi"],
            env=environment,
            cwd=settings.ROOT,
        )
        signal.signal(signal.SIGTERM, lambda *_ended: serving.terminate())  # else it would go on alone
        try:
            if attend(serving) > 0:
                raise CommandError("The server stopped; what it said stands above.")
        except KeyboardInterrupt:
            serving.wait()  # Ctrl-C reached it too
        self.stdout.write("Stopped.")


def attend(serving: subprocess.Popen[bytes], every: float = DELIVER_EVERY) -> int:
    """Wait for the server's end and give its exit code; meanwhile the mails of what visitors do are delivered."""
    while True:
        try:
            return serving.wait(every)
        except subprocess.TimeoutExpired:
            try:
                call_command("deliver", stdout=StringIO())
            except DatabaseError:
                connection.close()  # tried again a moment later, by a new one


def refuse_busy(port: int) -> None:
    """Before a minute of building. Raises CommandError where something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as trouble:
            raise CommandError(
                f"Port {port} cannot be used ({trouble}). Try: PORT=8001 make demo"
            ) from trouble


def _built() -> bool:
    from intranet.access.models import User

    return User.objects.filter(email=logins.address(*logins.SHOWN[0][:2])).exists()


def _build() -> None:
    """All or nothing: a build that is cut off leaves an empty database behind."""
    gc.freeze()  # what stands now stays: looking for rubbish among it, again and again, took a tenth of the time
    gc.set_threshold(50_000, 20, 100)
    with transaction.atomic():
        stage = Demo(now()).build()
        publish_pages(stage)
