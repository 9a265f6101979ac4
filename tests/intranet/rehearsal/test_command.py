"""``manage.py rehearse`` as a newcomer runs it: a process of its own, a fresh database, files to look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core.management import CommandError, load_command_class

ROOT = Path(__file__).resolve().parents[3]


def manage(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_rehearsal_leaves_transcript_letter_mails_and_an_intact_ledger(tmp_path: Path) -> None:
    run = manage("rehearse", "--out", str(tmp_path), "--orgs", "4")
    assert run.returncode == 0, run.stderr
    steps = [json.loads(line) for line in (tmp_path / "transcript.jsonl").read_text().splitlines()]
    assert {"at", "clause", "capacity", "action", "object", "state", "outcome", "reason"} == set(steps[0])
    assert any(s["outcome"] == "refused" and s["reason"] for s in steps)
    assert [
        s["state"] for s in steps if s["action"] == "data_request.release" and s["outcome"] == "done"
    ] == ["released"]
    assert len(list(tmp_path.glob("*.docx"))) == 1
    mails = sorted((tmp_path / "mail").glob("*.eml"))
    assert mails
    assert all(message_from_bytes(m.read_bytes())["Message-ID"] for m in mails)
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert [e["sequence"] for e in events] == list(range(1, len(events) + 1))
    verified = manage("verify_events", "--rehearsal")
    assert verified.stdout.startswith("Intact:"), verified.stderr
    edition = tmp_path / "edition.json"
    exported = manage("export_edition", "1", "--format", "json", "--out", str(edition), "--rehearsal")
    assert (exported.returncode, json.loads(edition.read_text())["edition"]["number"]) == (0, 1), (
        exported.stderr
    )
    unknown = manage("redline", "1", "9", "--rehearsal", "--out", str(tmp_path / "redline.docx"))
    assert unknown.returncode == 2
    assert "Adopted editions: 1" in unknown.stderr


def test_a_rehearsal_that_cannot_be_says_why(tmp_path: Path) -> None:
    run = manage("rehearse", "--out", str(tmp_path), "--orgs", "2", "--silent", "3")
    assert run.returncode != 0
    assert "--silent and --refuse together are more than --orgs" in run.stderr
    assert not list(tmp_path.iterdir())


def test_a_day_that_is_none_is_named_with_its_option_and_the_fix() -> None:
    parser = load_command_class("intranet.rehearsal", "rehearse").create_parser("manage.py", "rehearse")
    with pytest.raises(CommandError, match=r"--start: '31\.2\.2026' is no day\. Write it like 2026-01-11\."):
        parser.parse_args(["--out", "x", "--start", "31.2.2026"])
