"""The embedded PostgreSQL (D14): who starts it, who stops it, what its roles may, what it leaves alone."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from intranet import embedded, embedded_host

USER_PROCESS = """
import sys
from pathlib import Path
from intranet.embedded import ensure_server
address = ensure_server(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
print(address.superuser_dsn, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data_root(tmp_path: Path) -> Iterator[Path]:
    """A data folder that the server's user can reach, removed when its watcher has stopped the server."""
    as_root = os.geteuid() == 0
    root = Path("/var/lib/psea-intranet") / f"test-{uuid.uuid4().hex[:8]}" if as_root else tmp_path / "data"
    yield root
    if root in embedded._held:
        embedded.leave(root)
    wait_until_stopped(root)
    shutil.rmtree(root, ignore_errors=True)


def wait_until_stopped(root: Path) -> None:
    """Block until the watcher has given its lock back, which it does after stopping the server."""
    if (root / "watcher").exists():
        with (root / "watcher").open("r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)


def start_user(*arguments: str, cwd: Path = embedded.ROOT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER_PROCESS, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(cwd), *sys.path])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, "the process ended without an address"
    return line


def started_at(dsn: str) -> str:
    with psycopg.connect(dsn, dbname="postgres") as connection:
        row = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()
    assert row
    return str(row[0])


def modes(*paths: Path) -> dict[Path, int]:
    return {
        folder: folder.stat().st_mode for path in paths for folder in (path, *path.parents) if folder.exists()
    }


@pytest.mark.rule("D14")
def test_processes_that_start_at_once_share_one_server_until_the_last_has_gone(data_root: Path) -> None:
    users = [start_user(str(data_root)) for _ in range(3)]
    dsn = {address_of(user) for user in users}.pop()
    first = started_at(dsn)

    users[0].kill()  # nothing in the killed process runs, its lock goes all the same
    users[0].wait()
    users[1].communicate()
    assert started_at(dsn) == first

    users[2].communicate()
    wait_until_stopped(data_root)
    with pytest.raises(psycopg.OperationalError):
        started_at(dsn)

    late = start_user(str(data_root))
    assert started_at(address_of(late)) != first
    late.communicate()


@pytest.mark.rule("D14")
def test_no_mode_changes_when_the_checkout_lies_in_a_private_home(tmp_path: Path) -> None:
    checkout = tmp_path / "home" / "checkout"
    (checkout / "intranet").mkdir(parents=True)
    for name in ("__init__.py", "embedded.py", "embedded_host.py", "database_rights.sql"):
        shutil.copy(embedded.ROOT / "intranet" / name, checkout / "intranet")
    checkout.parent.chmod(0o700)
    watched = modes(checkout, embedded_host.wheel_binaries(), Path(sys.prefix), Path("/var/lib"))

    user = start_user(cwd=checkout)
    dsn = psycopg.conninfo.conninfo_to_dict(address_of(user))
    root = Path(str(dsn["host"])).parent if os.geteuid() == 0 else checkout / "var" / "postgresql"
    during = {path: path.stat().st_mode for path in watched}
    private = {(root / name).stat().st_mode & 0o777 for name in ("data", "log")}
    user.communicate()
    wait_until_stopped(root)
    if os.geteuid() == 0:
        shutil.rmtree(root.parent)

    assert during == watched
    assert {path: path.stat().st_mode for path in watched} == watched
    assert private == {0o700}
    assert watched[checkout.parent] & 0o777 == 0o700


@pytest.mark.rule("D14")
def test_data_below_a_private_folder_is_refused_to_root_and_opened_for_nobody(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    root = private / "data"
    if os.geteuid() == 0:
        with pytest.raises(embedded.EmbeddedUnavailable, match="no folder's mode is changed"):
            embedded.ensure_server(root)
    else:
        started_at(embedded.ensure_server(root).superuser_dsn)
    embedded.leave(root)
    wait_until_stopped(root)
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.rule("D14")
def test_the_application_role_owns_nothing_and_cannot_empty_a_table(data_root: Path) -> None:
    urls = embedded.ensure_roles_and_database("intranet", data_root)
    with psycopg.connect(urls.owner_url) as owner:
        owner.execute("CREATE TABLE entry (id bigserial PRIMARY KEY, text text)")
        row = owner.execute(
            "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, True)
    with psycopg.connect(urls.app_url, autocommit=True) as app:
        app.execute("INSERT INTO entry (text) VALUES ('one')")
        app.execute("UPDATE entry SET text = 'two'")
        app.execute("GRANT TRUNCATE ON entry TO psea_app")  # PostgreSQL only warns that nothing was granted
        for refused in (
            "TRUNCATE entry",
            "DROP TABLE entry",
            "ALTER TABLE entry DISABLE TRIGGER ALL",
            "CREATE TABLE other (id int)",
            "CREATE TABLE other (entry bigint REFERENCES entry)",
            "CREATE TEMPORARY TABLE entry (id int)",
            "CREATE DATABASE other",
            "SET ROLE psea_owner",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(refused)
        assert app.execute("SELECT text FROM entry").fetchall() == [("two",)]
        owned = app.execute("SELECT count(*) FROM pg_class WHERE relowner = 'psea_app'::regrole").fetchone()
        assert owned == (0,)


@pytest.mark.rule("D14")
def test_it_listens_on_its_socket_alone_and_keeps_what_it_confirmed(data_root: Path) -> None:
    dsn = embedded.ensure_server(data_root).superuser_dsn
    with psycopg.connect(dsn, dbname="postgres") as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone() for name in ("listen_addresses", "fsync")
        }
    assert shown == {"listen_addresses": ("",), "fsync": ("on",)}


@pytest.mark.rule("D14")
def test_only_disposable_databases_go_without_fsync(data_root: Path) -> None:
    assert "intranet" not in embedded.DISPOSABLE
    assert "demo" not in embedded.DISPOSABLE
    urls = embedded.ensure_roles_and_database("test_one", data_root)
    with psycopg.connect(urls.app_url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


@pytest.mark.rule("D14")
def test_disposable_databases_lie_in_memory_where_there_is_room_and_stay_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk = embedded._default_root() / "postgresql-disposable"
    monkeypatch.setattr(embedded, "MEMORY", tmp_path / "none")
    assert embedded._disposable_root() == on_disk
    monkeypatch.setattr(embedded, "MEMORY", tmp_path)
    monkeypatch.setattr(embedded, "ROOM", 2**60)
    assert embedded._disposable_root() == on_disk
    monkeypatch.setattr(embedded, "ROOM", 0)
    in_memory = embedded._disposable_root()
    assert in_memory.parent == tmp_path
    in_memory.mkdir()
    monkeypatch.setattr(embedded, "ROOM", 2**60)  # filled up meanwhile: the server is found all the same
    assert embedded._disposable_root() == in_memory
    in_memory.rmdir()
    in_memory.symlink_to(tmp_path)  # somebody else's trap
    assert embedded._disposable_root() == on_disk


@pytest.mark.rule("D14")
def test_a_platform_without_the_wheel_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_host, "find_spec", lambda name: None)
    with pytest.raises(embedded.EmbeddedUnavailable) as refusal:
        embedded.ensure_server()
    assert "DATABASE_URL and DATABASE_OWNER_URL" in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_a_long_path_gets_a_short_socket_folder_of_its_own() -> None:
    long = Path("/" + "x" * 90)
    chosen = embedded._socket_dir(long)
    assert len(os.fsencode(chosen / embedded.SOCKET_NAME)) <= embedded.SOCKET_PATH_LIMIT
    assert chosen != embedded._socket_dir(Path("/" + "y" * 90))
