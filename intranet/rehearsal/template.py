"""A migrated, empty database is kept on the embedded server, so that a fresh one takes a second, not a minute.

It is known by a comment that holds the fingerprint of everything that decides how a freshly migrated database
looks. Whoever migrates an empty one may leave it there: a rehearsal, or the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from intranet import embedded

ROOT = embedded.ROOT
PACKAGES = ("audit", "intranet", "protocol_pages", "signatories", "forms_app")
SUFFIX = "_template"


def fingerprint() -> str:
    """Hash of pinned packages, rights, models, migrations and what else shapes the tables."""
    digest = hashlib.sha256()
    for path in sorted(_schema_files()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _schema_files() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    yield embedded.RIGHTS
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            inside = path.relative_to(ROOT).parts
            if (
                inside[0] == "audit"
                or "migrations" in inside
                or "models" in inside
                or path.stem in {"models", "apps"}
            ):
                yield path


def copied(name: str) -> bool:
    """Make the missing database ``name`` from a kept one; False where none has the present fingerprint."""
    with _server(name) as server:
        query = "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') = %s"
        kept = server.execute(query, [fingerprint()]).fetchone()
        if kept is None:
            return False
        _copy(server, kept[0], name)
    embedded.ensure_roles_and_database(name)  # who may enter is not copied
    return True


def keep(name: str) -> None:
    """Keep a copy of the freshly migrated database ``name``, in which nobody works now."""
    with _server(name) as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name + SUFFIX))
        )
        _copy(server, name, name + SUFFIX)
        _note(server, name + SUFFIX, fingerprint())


def outdated(name: str) -> bool:
    """Whether the database has tables that code with other models or migrations made, or nobody knows who."""
    with _server(name) as server:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        found = server.execute(query, [name]).fetchone()
    if found is None or found[0] == _mark():
        return False
    with _server(name, inside=name) as server:
        tables = server.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    return bool(tables and tables[0])


def mark(name: str) -> None:
    """Note which code migrated ``name``. Not the bare fingerprint: that says "empty, to be copied"."""
    with _server(name) as server:
        _note(server, name, _mark())


def _mark() -> str:
    return f"in use since {fingerprint()}"


def _note(server: psycopg.Connection, name: str, text: str) -> None:
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(comment.format(sql.Identifier(name), sql.Literal(text)))


def _server(name: str, inside: str = "postgres") -> psycopg.Connection:
    address = embedded.ensure_server(durable=embedded.is_durable(name))
    return psycopg.connect(address.superuser_dsn, dbname=inside, autocommit=True)


def _copy(server: psycopg.Connection, source: str, target: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    names = (target, embedded.OWNER_ROLE, source)
    server.execute(statement.format(*map(sql.Identifier, names)))
