"""``manage.py import_network``: the same import on the server, never in somebody else's name (trap 21)."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from audit.models import Event
from intranet.clock import now
from protocol_pages.editions.models import Edition
from signatories.imports.models import ImportRun
from signatories.models import Organization
from tests.factories import make_authenticator
from tests.signatories.imports.workbooks import PDF, everything, filled, opened, put
from tests.signatories.network import NOW, Network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, settings: Any, edition: Edition) -> Any:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "store"},
        }
    }
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "Endorsement TA.pdf").write_bytes(PDF)
    (tmp_path / "scans" / "notes.txt").write_text("not a scan")
    (tmp_path / "network.xlsx").write_bytes(filled())
    with time_machine.travel(NOW, tick=False):
        yield


def run(tmp_path: Path, *args: str) -> str:
    out = StringIO()
    call_command(
        "import_network",
        str(tmp_path / "network.xlsx"),
        "--scans",
        str(tmp_path / "scans"),
        *args,
        stdout=out,
    )
    return out.getvalue()


def test_dry_run_import_and_again(network: Network, tmp_path: Path) -> None:
    before = everything()
    said = run(tmp_path, "--dry-run")
    assert "organizations 3: created Tigris Agency" in said
    assert "Would be done: 8 created, 0 changed, 0 left." in said
    assert "No row names these files: notes.txt" in said
    assert everything() == before
    said = run(tmp_path)
    assert "Done: 8 created, 0 changed, 0 left." in said
    assert ImportRun.objects.get().by == network.coordinator.label
    before = everything()
    said = run(tmp_path)
    assert "Nothing new: everything in this workbook stands in the network already." in said
    assert everything() == before


def test_faults_are_listed_and_the_marked_workbook_is_written(network: Network, tmp_path: Path) -> None:
    (tmp_path / "network.xlsx").write_bytes(filled(change=put("posts", 3, "begins_on", "soon")))
    with pytest.raises(CommandError, match="1 faults, nothing was imported"):
        run(tmp_path)
    marked = opened((tmp_path / "network-checked.xlsx").read_bytes())
    assert marked["posts"]["E3"].comment.text.startswith("write the day")
    assert not Organization.objects.filter(name_en="Tigris Agency").exists()
    with pytest.raises(CommandError):
        run(tmp_path, "--dry-run", "--out", str(tmp_path / "here.xlsx"))
    assert (tmp_path / "here.xlsx").exists()


@pytest.mark.rule("D11")
def test_outside_demo_and_rehearsal_a_code_of_the_coordinator_is_needed(
    network: Network, tmp_path: Path, settings: Any
) -> None:
    settings.ENVIRONMENT = "production"
    user = network.coordinator_person.user
    assert user is not None
    device = make_authenticator(user)
    before = everything()
    with pytest.raises(CommandError, match="give a current code of its authenticator app with --code"):
        run(tmp_path)
    wrong = f"{(int(device.code_at(now())) + 1) % 1_000_000:06d}"
    with pytest.raises(CommandError, match="This code is not one of"):
        run(tmp_path, "--code", wrong)
    assert {name for name, rows in everything().items() if rows != before[name]} <= {"access.Authenticator"}
    assert "Would be done: 8 created" in run(tmp_path, "--dry-run")
    device.refresh_from_db()
    device.throttle_reset()
    said = run(tmp_path, "--as", user.email.upper(), "--code", device.code_at(now()))
    assert "Done: 8 created" in said
    event = Event.objects.get(action="network_import.import")
    assert (event.actor_id, event.capacity) == (user.pk, "coordinator")
    noted = Event.objects.filter(actor_id=user.pk, action__startswith="access.").values_list(
        "action", "outcome"
    )
    assert set(noted) == {("access.code", "refused"), ("access.step_up", "done")}


@pytest.mark.rule("trap 21")
@pytest.mark.parametrize(("address", "says"), [
    ("nobody@example.org", "there is no such account"),
    ("olive@example.org", "is not the Coordinator's account today"),
])  # fmt: skip
def test_nobody_but_the_coordinator_is_acted_for(
    network: Network, tmp_path: Path, address: str, says: str
) -> None:
    before = everything()
    with pytest.raises(CommandError, match=says):
        run(tmp_path, "--as", address)
    assert everything() == before


def test_without_a_founded_network_it_says_what_to_do(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="found the network first"):
        run(tmp_path)


@pytest.mark.parametrize(("name", "content", "says"), [
    ("missing.xlsx", None, "there is no such file"),
    ("network.csv", b"Name", "File: it is a text file"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken(
    network: Network, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("import_network", str(path))


def test_the_template_is_written(tmp_path: Path) -> None:
    call_command("import_network", "--template", str(tmp_path / "template.xlsx"), stdout=StringIO())
    assert "organizations" in opened((tmp_path / "template.xlsx").read_bytes()).sheetnames
