"""``docs/living-protocol.md``: address of the protocol → what enforces it, and the tests that say so.

Read from the code alone: transition tables, jobs, rows of Home, letters, screens, and the ``rule`` marks of
the tests. What the protocol obliges to and nothing stands for yet is listed on the page.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intranet.clock.due import jobs
from intranet.workflow.registry import governed_objects
from protocol_pages.editions.blocks import normal_address, read_protocol
from protocol_pages.editions.under import address_of

from .docs import policies

# Every address that obliges somebody, in the order of the text.
OBLIGATIONS = (
    *("2", "4.0", "4.a", "4.b", "4.c", "4.d", "4.e", "4.f", "4.g", "4.h"),
    *("5", "6.1", "6.2", "6.3", "7A.1", "7A.2", "7A.3"),
    *("7B.0", "7B.fwd", "7B.1", "7B.2", "7B.3", "7B.4", "7B.5", "7B.6", "7B.7"),
    *("8", "9.a", "9.b", "9.c", "9.d", "9.e", "9.f", "9.g", "9.h", "9.i"),
)
SOURCES = ("audit", "intranet", "protocol_pages", "signatories", "forms_app")
_RULE = re.compile(r"§\d+[A-Za-z]?(?:\.[0-9A-Za-z]+)?(?: fn\d+)?")


@dataclass
class Row:
    """What one address has. Each part: short names, sorted when printed."""

    transitions: set[str] = field(default_factory=set)
    deadlines: set[str] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)
    screens: set[str] = field(default_factory=set)
    code: set[str] = field(default_factory=set)  # modules whose refusals, cells or papers carry the rule
    tests: set[str] = field(default_factory=set)

    @property
    def built(self) -> bool:
        """Whether anything in the product stands for it."""
        return bool(self.transitions or self.deadlines or self.notices or self.screens or self.code)


def rows(root: Path) -> Mapping[str, Row]:
    """Every address that anything names, normalized, with what it has."""
    found: dict[str, Row] = defaultdict(Row)
    for governed in governed_objects():
        for row in governed.machine.transitions if governed.machine else ():
            assert governed.machine is not None
            found[address_of(row.rule)].transitions.add(f"{governed.machine.name}.{row.action}")
    for job in jobs():
        found[address_of(job.rule)].deadlines.add(job.name)
    for policy in policies():
        found[address_of(policy.rule)].screens.add(str(policy.what))
    for top in SOURCES:
        for path in sorted((root / top).rglob("*.py")):
            place = path.relative_to(root).with_suffix("").as_posix().replace("/", ".")
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name, rule in _calls(tree):
                part = found[address_of(rule)]
                (part.deadlines if name == "DueRow" else part.notices).add(place)
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and _RULE.fullmatch(node.value)
                ):
                    found[address_of(node.value)].code.add(place)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for rule in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found[address_of(rule)].tests.add(path.relative_to(root).as_posix())
    found.pop("", None)
    return found


def _calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Rows of Home by their ``why``, letters by their ``rule``; a constant of the module is followed."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = {"DueRow": "why", "Letter": "rule", "tell": "rule"}.get(name)
        for keyword in node.keywords:
            if keyword.arg != wanted:
                continue
            value = keyword.value
            text = value.value if isinstance(value, ast.Constant) else constants.get(getattr(value, "id", ""))
            if isinstance(text, str):
                yield name, text


def _marks(tree: ast.Module) -> Iterator[str]:
    """The texts of ``pytest.mark.rule(...)``, on functions and for a whole module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rule":
            yield from (
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def without(found: Mapping[str, Row]) -> list[str]:
    """Obligations that nothing in the product stands for, in the order of the text."""
    return [address for address in OBLIGATIONS if not _row(found, address).built]


def untested(found: Mapping[str, Row]) -> list[str]:
    """Obligations that are built and that no test names."""
    return [
        address for address in OBLIGATIONS if _row(found, address).built and not _row(found, address).tests
    ]


def _row(found: Mapping[str, Row], address: str) -> Row:
    return found.get(normal_address(address), Row())


def page(root: Path) -> Mapping[Path, str]:
    """The generated page."""
    found = rows(root)
    texts = {
        normal_address(address): block.text for block in read_protocol().blocks for address in block.addresses
    }
    lines = [
        "# The living protocol",
        "",
        "Generated from the code by `manage.py build_docs`; a change by hand is lost. For each address of the",
        "protocol that obliges somebody: the acts, deadlines, notices and screens that carry its rule, and the test",
        "files whose `rule` marks name it.",
        "",
        "Nothing stands for these yet: " + _listed(f"§{address}" for address in without(found)) + ".",
        "",
    ]
    for address in OBLIGATIONS:
        row = _row(found, address)
        lines += [f"## §{address}", "", f"> {_short(texts.get(normal_address(address), ''))}", ""]
        for label, part in (
            ("Acts", row.transitions),
            ("Deadlines", row.deadlines),
            ("Notices", row.notices),
            ("Screens", row.screens),
            ("Carried by", row.code),
            ("Tests", row.tests),
        ):
            lines.append(f"- {label}: {_listed(part)}")
        lines.append("")
    return {root / "docs" / "living-protocol.md": "\n".join(lines).rstrip() + "\n"}


def _listed(names: Iterable[str]) -> str:
    return "; ".join(sorted(names)) or "none"


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"
