"""Databases for tests: one migrated template, cloned in a tenth of a second, never flushed (D14).

The template is built once by ``manage.py migrate`` as the owner's role and kept until a model or a
migration changes. Tests connect as the application's role, as the product does. A test that commits
gets a clone of its own, because the application's role may not empty tables, and evidence cannot be.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from intranet.rehearsal.database import QUICK_MIGRATE
from intranet.rehearsal.template import fingerprint

ROOT = Path(__file__).resolve().parents[2]
RIGHTS = ROOT / "intranet" / "database_rights.sql"
TEMPLATE = "test_template"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server by the addresses of its two roles; the owner's may create databases."""

    app_url: str
    owner_url: str

    @classmethod
    def of_environment(cls) -> Cluster:
        """The server that the tests' settings use: DATABASE_URL's, else the embedded one."""
        app_url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
        if app_url:
            if not owner_url:
                raise RuntimeError("DATABASE_OWNER_URL is not set: the tests clone databases as that role")
            return cls(app_url, owner_url)
        from intranet.embedded import ensure_roles_and_database

        urls = ensure_roles_and_database("test")
        return cls(urls.app_url, urls.owner_url)

    def url(self, role_url: str, database: str) -> str:
        """The same address for another database."""
        return urlsplit(role_url)._replace(path=f"/{database}").geturl()

    def connect(self, database: str | None = None) -> psycopg.Connection:
        """A connection as the owner's role, outside transactions."""
        url = self.url(self.owner_url, database) if database else self.owner_url
        return psycopg.connect(url, autocommit=True)

    def drop(self, database: str) -> None:
        """Drop ``database`` and end its sessions."""
        with self.connect() as owner:
            self._drop(owner, database)

    @staticmethod
    def _drop(owner: psycopg.Connection, database: str) -> None:
        """Not WITH (FORCE): that would end an autovacuum worker too, which only a superuser may.

        Without it PostgreSQL ends such a worker itself.
        """
        owner.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [database],
        )
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))

    def clone(self, database: str) -> None:
        """Make ``database`` as a copy of the template, with the application's right to enter it."""
        with self.connect() as owner:
            name = sql.Identifier(database)
            self._drop(owner, database)
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")  # half of wal_log's time
            owner.execute(copy.format(name, sql.Identifier(TEMPLATE)))
            owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO psea_app").format(name))

    def allow_analyze(self, database: str) -> None:
        """Let the application's role gather statistics there (``analyze``): a right of tests, not of the product."""
        with self.connect(database) as owner:
            owner.execute("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO psea_app")

    def ensure_template(self, rebuild: bool = False) -> None:
        """Build the template unless it stands and no model or migration changed since."""
        lock = ROOT / "var" / "test-template.lock"
        lock.parent.mkdir(exist_ok=True)
        with lock.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if rebuild or self._template_mark() != fingerprint():
                self._build_template()
            self._drop_abandoned()

    def _template_mark(self) -> str | None:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        with self.connect() as owner:
            row = owner.execute(query, [TEMPLATE]).fetchone()
        return row[0] if row else None

    def _build_template(self) -> None:
        self.drop(TEMPLATE)
        with self.connect() as owner:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        with self.connect(TEMPLATE) as owner:
            owner.execute(RIGHTS.read_bytes())
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "intranet.settings.test",
            "DATABASE_URL": self.url(self.app_url, TEMPLATE),
            "DATABASE_OWNER_URL": self.url(self.owner_url, TEMPLATE),
        }
        command = [sys.executable, "-c", QUICK_MIGRATE]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"manage.py migrate failed:\n{done.stdout}{done.stderr}")
        with self.connect() as owner:
            mark = sql.SQL("COMMENT ON DATABASE {} IS {}")
            owner.execute(mark.format(sql.Identifier(TEMPLATE), sql.Literal(fingerprint())))

    def _drop_abandoned(self) -> None:
        """Drop the clones of test runs that were killed; a clone's name ends with its process id."""
        with self.connect() as owner:
            rows = owner.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_clone\\_%'"
            ).fetchall()
        for (name,) in rows:
            if not Path(f"/proc/{name.rsplit('_', 1)[1]}").exists():
                self.drop(name)


def analyze() -> None:
    """Tell the planner of a test's many rows, as autovacuum does on any running server.

    Autovacuum sees none of them: they are not committed. A plan made for empty tables would be kept.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Point Django's default connection, in every thread, at ``name`` and back again."""
    from django.db import connections

    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
