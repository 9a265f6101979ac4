"""What docs/operations.md and deploy/ say of the product is true of the product."""

from __future__ import annotations

import configparser
import re

import pytest
from django.core.management import get_commands

from tests.services.postgres import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
READ = re.compile(r"environment\.(?:text|flag|number|words)\(\s*f?\"(?:\{prefix\})?([A-Z0-9_]+)\"")


def test_every_name_that_the_settings_read_is_in_the_table() -> None:
    sources = (ROOT / "intranet").rglob("*.py")
    names = {name for source in sources for name in READ.findall(source.read_text())}
    assert {"SECRET_KEY", "DATABASE_URL", "S3_BUCKET"} <= names
    table = set(re.findall(r"`([A-Z0-9_]{3,})`", OPERATIONS))
    assert names - table == set()


def test_every_command_that_is_named_exists() -> None:
    units = "".join(path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir())
    named = set(re.findall(r"manage\.py (\w+)", OPERATIONS + units))
    assert {"run_due", "deliver", "verify_events", "migrate"} <= named
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("path", sorted((ROOT / "deploy" / "systemd").iterdir()), ids=lambda path: path.name)
def test_each_unit_is_readable_and_each_timer_has_its_service(path: object) -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(str(path))
    name = str(path)
    if name.endswith(".timer"):
        assert parser["Timer"]["OnCalendar"]
        assert name.replace(".timer", ".service") in {
            str(unit) for unit in (ROOT / "deploy" / "systemd").iterdir()
        }
    else:
        assert parser["Service"]["User"] == "psea-intranet"
        assert "DATABASE_OWNER_URL" not in parser["Service"]["EnvironmentFile"]
        assert parser["Service"]["EnvironmentFile"] == "/etc/psea-intranet/environment"
