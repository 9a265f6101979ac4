"""Two roles, one database (D14): the application's role owns nothing, the owner's role migrates."""

from __future__ import annotations

import sys
from typing import Any

from . import environment

PREPARE_AFTER = 2  # runs of a statement on one connection until PostgreSQL keeps its plan (intranet.compiled)
OWNER_COMMANDS = frozenset({"migrate", "sqlmigrate", "dbshell"})


def databases(name: str, prefix: str = "") -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this process.

    ``name`` is the database on the embedded server, used when DATABASE_URL is unset. Demo and
    rehearsal pass a ``prefix`` (DEMO_DATABASE_URL), so that they never meet the real database (D41).
    Commands that change the schema get the owner's role, everything else the application's.
    """
    app_url = environment.text(f"{prefix}DATABASE_URL")
    owner_url = environment.text(f"{prefix}DATABASE_OWNER_URL")
    if not app_url:
        from intranet.embedded import ensure_roles_and_database

        urls = ensure_roles_and_database(name)
        app_url, owner_url = urls.app_url, urls.owner_url
    as_owner = len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS
    if as_owner and not owner_url:
        raise ValueError(
            f"{prefix}DATABASE_OWNER_URL is not set: migrations need the role that owns the tables (D14)"
        )
    default = environment.database(owner_url if as_owner else app_url)
    default["CONN_MAX_AGE"] = 60
    default["OPTIONS"]["prepare_threshold"] = PREPARE_AFTER
    default["ATOMIC_REQUESTS"] = False  # refusals must outlive the rollback of the act they refuse
    return {"default": default}


def app_role() -> str:
    """Name of the application's SQL role, which receives table rights after every migration."""
    url = environment.text("DATABASE_URL")
    return str(environment.database(url)["USER"]) if url else "psea_app"
