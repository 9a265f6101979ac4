"""``manage.py register``: the register at the console, in four formats, with clear errors."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from manage import main
from protocol_pages.editions.models import Edition
from signatories import services
from tests.signatories.network import NOW, TODAY, Network, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KEYS = ["organization", "edition", "state", "signer_title", "endorsed_on"]


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("register", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def lived(clock: Any, signed: Network, edition: Edition) -> Network:
    """Alpha signed today; Beta's paper of 2022 was confirmed and it withdraws today by paper."""
    beta = signed.members["beta"]
    for record, day in (
        (services.record_endorsement_received_outside, date(2022, 3, 1)),
        (services.record_withdrawal_received_outside, TODAY),
    ):
        paper = received(how="paper", effective_on=day, signer_title="Director")
        arguments = (beta, edition, paper) if day != TODAY else (beta, paper)
        entry = record(*arguments, signed.coordinator, NOW)  # type: ignore[operator]
        services.confirm_received(entry, signed.office_actor, NOW)
    return signed


def test_json_is_a_list_of_objects_with_exact_keys(lived: Network) -> None:
    rows = json.loads(said("--as-of", TODAY.isoformat(), "--format", "json"))
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert rows == [
        dict(zip(KEYS, ("Alpha (example)", "1", "signatory", "Country Director", "2026-01-11"), strict=True)),
        dict(zip(KEYS, ("Beta (example)", "1", "withdrawn", "Director", "2022-03-01"), strict=True)),
    ]
    before = json.loads(said("--as-of", "2026-01-10", "--format", "json"))
    assert [(row["organization"], row["state"], row["edition"]) for row in before] == [
        ("Alpha (example)", "invited", None),
        ("Beta (example)", "signatory", "1"),
    ]
    assert json.loads(said("--as-of", "2022-02-28", "--format", "json")) == []


def test_table_and_csv_say_the_same(lived: Network) -> None:
    table = said("--as-of", "2026-01-11").splitlines()
    assert table[0] == "Register of signatories as of 2026-01-11"
    assert table[1].split() == KEYS
    assert table[3].split() == ["Alpha", "(example)", "1", "signatory", "Country", "Director", "2026-01-11"]
    lines = list(csv.reader(io.StringIO(said("--as-of", "2026-01-11", "--format", "csv"))))
    assert lines[0] == KEYS
    assert lines[2] == ["Beta (example)", "1", "withdrawn", "Director", "2022-03-01"]


def test_files_are_written_whole(lived: Network, tmp_path: Path) -> None:
    for kind in ("json", "csv", "table", "docx"):
        target = tmp_path / f"register.{kind}"
        assert said("--as-of", "2026-01-11", "--format", kind, "--out", str(target)) == ""
        assert target.stat().st_size > 50
    document = Document(str(tmp_path / "register.docx"))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Alpha (example)" in text
    assert "Beta (example)" not in text  # it withdrew: the annex is of signatories
    assert (tmp_path / "register.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--as-of", "yesterday"], "“yesterday” is no day between 1990 and 2200"),
        (["--as-of", "2026-02-30"], "Write it as year-month-day"),
        (["--as-of", "9999-12-31"], "is no day between"),
        (["--as-of", "2026-01-11", "--format", "docx"], "A Word file needs --out FILE"),
        (["--as-of", "2026-01-11", "--out", "/no/such/folder/x"], "cannot be written"),
    ],
)
def test_a_wrong_call_is_said_in_a_sentence_and_ends_with_2(arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says) as problem:
        said(*arguments)
    assert problem.value.returncode == 2


@pytest.mark.parametrize("arguments", [[], ["--as-of", "2026-01-11", "--format", "pdf"], ["--as-of", "x"]])
def test_the_shell_sees_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["manage.py", "register", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
