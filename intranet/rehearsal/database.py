"""A fresh database and file folder for demo or rehearsal, and their removal (D41)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from . import template

# Each migration renders classes that refer to each other; to collect them takes a quarter of the time.
QUICK_MIGRATE = """import gc, sys; gc.disable(); sys.argv = ["manage.py", "migrate", "--verbosity", "0"]
import manage; manage.main()"""
PLAY = ("demo", "rehearsal", "test")


def refuse_elsewhere() -> None:
    """Raise CommandError unless the settings are those of demo, rehearsal or tests."""
    if settings.ENVIRONMENT not in PLAY:
        raise CommandError(
            f"This plays an invented network and refuses the {settings.ENVIRONMENT} settings. "
            "Use --demo or --rehearsal."
        )


def drop() -> None:
    """Drop the database and the file folder of this environment."""
    refuse_elsewhere()
    from intranet.embedded import drop_database

    connections.close_all()
    drop_database(str(settings.DATABASES["default"]["NAME"]))
    shutil.rmtree(settings.VAR / settings.ENVIRONMENT, ignore_errors=True)


def fresh() -> None:
    """Drop and make anew: from a kept copy, else migrated as the role that owns the tables, and then kept."""
    drop()
    name = str(settings.DATABASES["default"]["NAME"])
    if not template.copied(name):
        migrate()
        connections.close_all()
        template.keep(name)


def drop_outdated() -> bool:
    """Drop what code with other tables left here; False where nothing stood, or what stands still fits."""
    name = str(settings.DATABASES["default"]["NAME"])
    if not template.outdated(name):
        return False
    drop()
    return True


def migrate_and_mark() -> None:
    """``migrate``, and a note for ``drop_outdated`` of the code that did it."""
    migrate()
    template.mark(str(settings.DATABASES["default"]["NAME"]))


def migrate() -> None:
    """Run open migrations, if there are any, in a process of their own as the owner's role (D14)."""
    from intranet.embedded import ensure_roles_and_database

    ensure_roles_and_database(str(settings.DATABASES["default"]["NAME"]))
    executor = MigrationExecutor(connections["default"])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", QUICK_MIGRATE], check=True, cwd=settings.ROOT, env=_environment()
    )


def _environment() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": f"intranet.settings.{settings.ENVIRONMENT}"}
