"""Back up, restore into an empty database, and find the same rows, rights and stops."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import errors, sql

from audit import ledger
from audit.actors import Actor
from intranet import embedded_host
from tests.services.postgres import RIGHTS, ROOT, Cluster, using_database

NOW = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
LAYLA = Actor(label="Layla Example", capacity="coordinator", organization="Example network")


def script(
    name: str, argument: Path, cluster: Cluster, database: str, files: Path
) -> subprocess.CompletedProcess[str]:
    binaries = f"{embedded_host.wheel_binaries()}/" if not os.environ.get("DATABASE_URL") else ""
    environment = {
        **os.environ,
        "DATABASE_OWNER_URL": cluster.url(cluster.owner_url, database),
        "FILES_DIR": str(files),
        **{variable: binaries + variable.lower() for variable in ("PG_DUMP", "PG_RESTORE", "PSQL")},
    }
    command = [str(ROOT / "deploy" / name), str(argument)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[str]:
    name = f"test_clone_{uuid.uuid4().hex[:8]}_{os.getpid()}"
    with cluster.connect() as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with cluster.connect(name) as owner:
        owner.execute(RIGHTS.read_bytes())
    yield name
    cluster.drop(name)


@pytest.fixture
def backup(cluster: Cluster, tmp_path: Path, transactional_db: None) -> Path:
    """A backup of a database with three events and of one file."""
    for number in range(3):
        ledger.record(now=NOW, actor=LAYLA, action=f"example.act_{number}")
    (tmp_path / "files" / "letters").mkdir(parents=True)
    (tmp_path / "files" / "letters" / "one.docx").write_bytes(b"letter")
    database = str(connection.settings_dict["NAME"])
    done = script("backup.sh", tmp_path / "backups", cluster, database, tmp_path / "files")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def counts(cluster: Cluster, database: str) -> dict[str, int]:
    with cluster.connect(database) as owner:
        tables = owner.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname").fetchall()
        query = sql.SQL("SELECT count(*) FROM {}")
        return {
            name: owner.execute(query.format(sql.Identifier(name))).fetchall()[0][0] for (name,) in tables
        }


@pytest.mark.rule("D14")
def test_a_restored_database_has_the_same_rows_rights_and_stops(
    cluster: Cluster, backup: Path, empty_database: str, tmp_path: Path
) -> None:
    before = counts(cluster, str(connection.settings_dict["NAME"]))
    done = script("restore.sh", backup, cluster, empty_database, tmp_path / "restored")
    assert done.returncode == 0, done.stderr

    assert counts(cluster, empty_database) == before
    assert before["audit_event"] == 3
    assert (tmp_path / "restored" / "letters" / "one.docx").read_bytes() == b"letter"
    with using_database(empty_database):
        verdict = ledger.verify()
        assert (verdict.intact, verdict.count) == (True, 3)
        ledger.record(now=NOW, actor=LAYLA, action="example.after_restore")
        assert ledger.verify().intact
    with psycopg.connect(cluster.url(cluster.app_url, empty_database), autocommit=True) as app:
        for refused in (
            "UPDATE audit_event SET reason = ''",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
        ):
            with pytest.raises((errors.InsufficientPrivilege, errors.RestrictViolation)):
                app.execute(refused)
    with cluster.connect(empty_database) as owner, pytest.raises(errors.RestrictViolation):
        owner.execute("UPDATE audit_event SET reason = ''")


def test_a_backup_is_private_and_has_no_half_written_folder_beside_it(backup: Path) -> None:
    assert {path.name for path in backup.iterdir()} == {"database.dump", "files.tar", "SHA256SUMS"}
    assert {path.stat().st_mode & 0o077 for path in [backup, *backup.iterdir()]} == {0}
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_changed_backup_is_refused_and_nothing_restored(
    cluster: Cluster, backup: Path, empty_database: str, tmp_path: Path
) -> None:
    with (backup / "database.dump").open("r+b") as dump:
        dump.seek(2000)
        dump.write(b"\0\0\0\0")
    done = script("restore.sh", backup, cluster, empty_database, tmp_path / "restored")
    assert done.returncode != 0
    assert "database.dump: FAILED" in done.stdout + done.stderr
    assert counts(cluster, empty_database) == {}
    assert not (tmp_path / "restored").exists()


def test_a_restore_over_existing_rows_or_files_is_refused(
    cluster: Cluster, backup: Path, empty_database: str, tmp_path: Path
) -> None:
    occupied = str(connection.settings_dict["NAME"])
    before = counts(cluster, occupied)
    done = script("restore.sh", backup, cluster, occupied, tmp_path / "restored")
    assert done.returncode == 1
    assert "restore into an empty one" in done.stderr
    assert counts(cluster, occupied) == before

    done = script("restore.sh", backup, cluster, empty_database, tmp_path / "files")
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert counts(cluster, empty_database) == {}
