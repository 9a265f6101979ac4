"""The generated documents follow the code: a changed row changes the diagram, a changed policy the matrix."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intranet.access import invitations
from intranet.access.policy import ScreenPolicy
from intranet.access.roles import Capacity
from intranet.home import docs
from intranet.workflow import registry


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(docs.ROOT / "docs", tmp_path / "docs")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs.outdated, "__defaults__", (tmp_path,))
    return tmp_path


def test_one_changed_transition_changes_the_diagram(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("build_docs")
    path = copy / "docs" / "features" / "access.md"
    before = path.read_text(encoding="utf-8")
    assert "open --> used: accept (D10)" in before
    call_command("build_docs", "--check")
    machine = invitations.MACHINE
    rows = tuple(replace(row, rule="§0") if row.action == "accept" else row for row in machine.transitions)
    governed = registry.find("invitation")
    assert governed is not None
    changed = replace(governed, machine=replace(machine, transitions=rows))
    monkeypatch.setitem(registry._objects, "invitation", changed)
    with pytest.raises(CommandError, match=r"access\.md"):
        call_command("build_docs", "--check")
    assert path.read_text(encoding="utf-8") == before
    call_command("build_docs")
    assert "open --> used: accept (§0)" in path.read_text(encoding="utf-8")


def test_one_changed_policy_changes_the_matrix(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from intranet.home import views

    call_command("build_docs")
    closed = ScreenPolicy("Home, for the auditor only", frozenset({Capacity.AUDITOR}), "D10")
    monkeypatch.setattr(views.home, "screen_policy", closed)
    with pytest.raises(CommandError, match=r"roles\.md"):
        call_command("build_docs", "--check")


def test_prose_around_a_generated_part_is_kept(copy: Path) -> None:
    call_command("build_docs")
    path = copy / "docs" / "features" / "access.md"
    text = path.read_text(encoding="utf-8")
    path.write_text("# Doors\n\nProse before.\n" + text + "\nProse after.\n", encoding="utf-8")
    call_command("build_docs", "--check")
    path.write_text(
        path.read_text(encoding="utf-8").replace("accept (D10)", "accept (D99)"), encoding="utf-8"
    )
    call_command("build_docs")
    again = path.read_text(encoding="utf-8")
    assert "Prose before." in again
    assert "Prose after." in again
    assert "D99" not in again
