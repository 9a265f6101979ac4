"""Imports run one way, by the floors of D8; slices never import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The longest matching prefix names the floor; a module imports only lower floors (or its own slice).
FLOORS: dict[str, int] = {
    "audit": 0,
    "intranet": 9,  # settings, urls, wsgi: the wiring on top
    "intranet.compiled": 1,
    "intranet.listing": 1,
    "intranet.embedded": 1,
    "intranet.embedded_host": 1,
    "intranet.access": 1,
    "intranet.workflow": 1,
    "intranet.clock": 1,
    "intranet.notices": 1,
    "intranet.files": 1,
    "intranet.network": 1,
    "intranet.forms": 1,
    "intranet.papers": 1,
    "intranet.home": 9,
    "intranet.rehearsal": 9,
    "protocol_pages": 2,
    "protocol_pages.editions": 2,
    "protocol_pages.care": 2,
    "signatories": 3,
    "protocol_pages.reviews": 4,
    "protocol_pages.library": 4,
    "forms_app.common": 4,
    "forms_app": 5,
}


def floor_of(module: str) -> tuple[str, int]:
    """Slice prefix and floor of a dotted module name."""
    prefix = max((p for p in FLOORS if module == p or module.startswith(p + ".")), key=len, default="")
    if not prefix:
        raise LookupError(module)
    return prefix, FLOORS[prefix]


def slice_of(module: str) -> str:
    """The form slice a module belongs to, empty outside forms_app's slices."""
    parts = module.split(".")
    return parts[1] if parts[0] == "forms_app" and len(parts) > 1 and parts[1] != "common" else ""


def imports(path: Path, module: str) -> Iterator[str]:
    """Absolute names of every project module that a file imports, lazy imports included."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join(parts[: len(parts) - node.level + 1] + ([base] if base else []))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def project_files() -> list[tuple[Path, str]]:
    files = []
    for top in ("audit", "intranet", "protocol_pages", "signatories", "forms_app"):
        for path in sorted((ROOT / top).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if ".migrations" not in module:
                files.append((path, module))
    return files


def faults(path: Path, module: str) -> list[str]:
    own, floor = floor_of(module)
    found = []
    for name in imports(path, module):
        if name.split(".")[0] not in {"audit", "intranet", "protocol_pages", "signatories", "forms_app"}:
            continue
        other, below = floor_of(name)
        if below > floor and other != own:
            found.append(f"{module} imports {name}, which is a floor above")
        if slice_of(module) and slice_of(name) and slice_of(module) != slice_of(name):
            found.append(f"{module} imports the slice {name}")
    return found


@pytest.mark.rule("D8")
def test_imports_run_one_way() -> None:
    found = [fault for path, module in project_files() for fault in faults(path, module)]
    assert found == []


@pytest.mark.rule("D8")
@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("audit.ledger", "from intranet.access.models import User"),
        ("intranet.clock.due", "import signatories.models"),
        ("forms_app.monthly_reports.services", "from forms_app.data_requests import models"),
        ("forms_app.monthly_reports.services", "from ..data_requests.models import DataRequest"),
        ("signatories.models", "def late() -> None:\n    from forms_app.common import figures"),
    ],
)
def test_a_wrong_import_would_be_found(tmp_path: Path, module: str, line: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(line)
    assert len(faults(path, module)) >= 1
