"""Documents generated from the code: the roles matrix from the policies, diagrams from the tables.

A generator answers ``{path: whole text}``. Where people write prose around a generated part, the part
stands between two marker lines and the rest of the file is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from intranet.access.policy import ScreenPolicy, Stage, library_policies, policy_of
from intranet.access.roles import Capacity
from intranet.workflow.machine import Machine
from intranet.workflow.registry import GovernedObject, governed_objects

ROOT = Path(__file__).resolve().parents[2]
Generator = Callable[[Path], Mapping[Path, str]]
_generators: list[Generator] = []
_parts: list[tuple[str, str, Callable[[], str]]] = []
_SHORT = {
    Capacity.MEMBER: "Mem",
    Capacity.PRIMARY_FOCAL_POINT: "FP1",
    Capacity.SECONDARY_FOCAL_POINT: "FP2",
    Capacity.HEAD_OF_AGENCY: "HoA",
    Capacity.SENIOR_MANAGEMENT: "SM",
    Capacity.SIGNER: "Sig",
    Capacity.COORDINATOR: "Coo",
    Capacity.ACTING_COORDINATOR: "aCo",
    Capacity.OFFICE: "Off",
    Capacity.OFFICE_ASSISTANT: "Ast",
    Capacity.CONTENT_EDITOR: "Edi",
    Capacity.AUDITOR: "Aud",
}


def register(generator: Generator) -> None:
    """Add a generator; it receives the folder that the documents are read from and written to."""
    _generators.append(generator)


def register_part(slice_name: str, name: str, make: Callable[[], str]) -> None:
    """Add a generated part to ``docs/features/<slice_name>.md``, between the markers of ``name``."""
    _parts.append((slice_name, name, make))


def build(root: Path = ROOT) -> dict[Path, str]:
    """Every generated document as it should be, in English."""
    with translation.override("en"):
        return {path: text for generator in _generators for path, text in generator(root).items()}


def outdated(root: Path = ROOT) -> dict[Path, str]:
    """The documents whose file differs from what the code says."""
    return {
        path: text
        for path, text in build(root).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def roles(root: Path) -> Mapping[Path, str]:
    """``docs/roles.md``: what each policy opens, to whom, by which rule."""
    head = " | ".join(_SHORT.values())
    lines = [
        "# Roles: who may open what",
        "",
        "Generated from the policies by `manage.py build_docs`; a change by hand is lost.",
        "A page is closed unless a line below opens it. Another organization's object answers as one that",
        "does not exist (404); a page that is not for a capacity answers 403 with the reason (D10). What may be",
        "*done* on a page stands in the transition tables of `docs/features/`.",
        "",
        ", ".join(f"{short} = {capacity.label}" for capacity, short in _SHORT.items())
        + ", Tec = technical superuser without a capacity.",
        "",
        f"| Page | Rule | {head} | Tec |",
        "|---|---|" + ":-:|" * (len(_SHORT) + 1),
    ]
    verified = sorted({_line(policy) for policy in policies() if policy.stage == Stage.VERIFIED})
    lines += verified
    lines += ["", "## Before the second factor", "", "| Page | Rule | When |", "|---|---|---|"]
    when = {
        Stage.OPEN: "always",
        Stage.ENROLLING: "password accepted, no device yet, invitation still valid; later with a fresh code",
    }
    early = {(str(p.what), p.rule, when[p.stage]) for p in policies() if p.stage in when}
    lines += [f"| {what} | {rule} | {text} |" for what, rule, text in sorted(early)]
    return {root / "docs" / "roles.md": "\n".join(lines) + "\n"}


def _line(policy: ScreenPolicy) -> str:
    marks = ["●" if capacity in policy.capacities else "" for capacity in _SHORT]
    cells = " | ".join([*marks, "●" if policy.superuser else ""])
    return f"| {policy.what} | {policy.rule} | {cells} |"


def policies() -> Iterator[ScreenPolicy]:
    """The policy of every view: libraries', then our own."""
    yield from library_policies.values()
    for view in _views(get_resolver()):
        policy = policy_of(view)
        if policy is not None:
            yield policy


def _views(resolver: URLResolver) -> Iterator[Callable[..., object]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry)
        elif isinstance(entry, URLPattern):
            yield entry.callback


def diagrams(root: Path) -> Mapping[Path, str]:
    """``docs/features/<slice>.md``: diagram and table of each machine, and the parts that slices add."""
    texts: dict[Path, str] = {}
    for governed in governed_objects():
        if governed.machine is None:
            continue
        slice_name = governed.model._meta.app_label.replace("_", "-")
        path = root / "docs" / "features" / f"{slice_name}.md"
        present = texts.get(path) or (
            path.read_text(encoding="utf-8") if path.exists() else _title(slice_name)
        )
        texts[path] = between(present, governed.machine.name, _machine(governed, governed.machine))
    for slice_name, name, make in _parts:
        path = root / "docs" / "features" / f"{slice_name}.md"
        present = texts.get(path) or (
            path.read_text(encoding="utf-8") if path.exists() else _title(slice_name)
        )
        texts[path] = between(present, name, make())
    return texts


def _title(slice_name: str) -> str:
    return f"# {slice_name.replace('-', ' ').capitalize()}\n"


def between(text: str, name: str, part: str) -> str:
    """``text`` with the part between the markers of ``name`` replaced, or added at the end."""
    begin = f"<!-- begin {name}: generated by manage.py build_docs -->"
    end = f"<!-- end {name} -->"
    block = f"{begin}\n{part}\n{end}"
    if begin in text and end in text:
        before, rest = text.split(begin, 1)
        return before + block + rest.split(end, 1)[1]
    return text.rstrip("\n") + f"\n\n{block}\n"


def _machine(governed: GovernedObject, machine: Machine) -> str:
    lines = [
        f"## States of {governed.model._meta.verbose_name}",
        "",
        "```mermaid",
        machine.diagram(),
        "```",
        "",
        "| Act | Button | From | To | Rule | Reason asked | Fresh code |",
        "|---|---|---|---|---|:-:|:-:|",
    ]
    for row in machine.transitions:
        sources = ", ".join(f"`{source}`" if source else "new" for source in row.sources)
        targets = dict.fromkeys(target for source in row.sources for target in row.all_targets(source))
        to = ", ".join(f"`{target}`" for target in targets) if row.target or row.targets else "stays"
        note, code = ("yes" if row.needs_note else "", "yes" if row.step_up else "")
        lines.append(f"| `{row.action}` | {row.label} | {sources} | {to} | {row.rule} | {note} | {code} |")
    return "\n".join(lines)
