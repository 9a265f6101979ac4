"""Transition tables: the single source of buttons, refusals, permission tests and state diagrams.

Pure: nothing here touches the database. ``runner.perform`` is the only code that writes a status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django_stubs_ext import StrOrPromise

from audit.actors import Actor

NEW = ""  # state of an object that is not saved yet


class Decision(NamedTuple):
    """What a policy or guard answers: (allowed, reason). ``reason`` is a sentence for the person."""

    allowed: bool
    reason: StrOrPromise = ""
    rule: str = ""  # clause of the refusal where it differs from the transition's own


ALLOWED = Decision(True)


@dataclass(slots=True)
class Context:
    """Everything a guard or effect may know. ``data`` is the validated input of the act."""

    obj: Any
    actor: Actor
    now: datetime
    note: str
    data: Mapping[str, Any]
    transition: Transition
    result: dict[str, Any] = field(default_factory=dict)


Policy = Callable[[Actor, Any, datetime], Decision]
Guard = Callable[[Context], Decision]
Effect = Callable[[Context], None]


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    ``target``: the next state, or None when the act leaves the state as it is. ``choose`` decides
    between the states of ``targets`` after the effects ran (e.g. the last answer of a round).
    ``needs``: guards that read no input; a button says their reason before anybody fills in a form.
    ``rule``: the clause or decision that the row implements, shown to people.
    """

    action: str
    label: StrOrPromise
    sources: tuple[str, ...]
    target: str | None
    rule: str
    policy: Policy
    needs: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    needs_note: bool = False
    step_up: bool = False
    targets: tuple[str, ...] = ()
    choose: Callable[[Context], str] | None = None

    def all_targets(self, source: str) -> tuple[str, ...]:
        """Every state this row may lead to from ``source``."""
        if self.targets:
            return self.targets
        return (source if self.target is None else self.target,)


@dataclass(frozen=True)
class Offer:
    """A button: the transition, whether this actor may use it now, with the reason if not; and whether it would be
    refused as things stand, whatever was typed (``stands``).
    """

    transition: Transition
    decision: Decision
    stands: Callable[[], Decision]


@dataclass(frozen=True)
class Machine:
    """All transitions of one kind of object."""

    name: str
    states: Mapping[str, StrOrPromise]
    transitions: tuple[Transition, ...]
    state_field: str = "state"

    def __post_init__(self) -> None:
        known = set(self.states) | {NEW}
        for row in self.transitions:
            stray = {*row.sources, *row.targets, *([row.target] if row.target else [])} - known
            if stray:
                raise ValueError(f"{self.name}.{row.action}: unknown states {sorted(stray)}")
        doubled = {(r.action, s) for r in self.transitions for s in r.sources}
        if len(doubled) != sum(len(r.sources) for r in self.transitions):
            raise ValueError(f"{self.name}: an action is defined twice for one state")

    def find(self, action: str, state: str) -> Transition | None:
        """The row for ``action`` in ``state``, None if the table has none."""
        return next((row for row in self.transitions if row.action == action and state in row.sources), None)

    def state_of(self, obj: Any) -> str:
        """Current state; an unsaved object is NEW."""
        return NEW if obj._state.adding else str(getattr(obj, self.state_field))

    def offers(self, obj: Any, actor: Actor, now: datetime) -> list[Offer]:
        """Buttons for ``actor``: every row of the current state with its policy's answer."""
        state = self.state_of(obj)
        return [
            Offer(row, row.policy(actor, obj, now), partial(_stands, Context(obj, actor, now, "", {}, row)))
            for row in self.transitions
            if state in row.sources
        ]

    def diagram(self) -> str:
        """State diagram in Mermaid's notation, one edge a row of the table."""
        lines = ["stateDiagram-v2"]
        for row in self.transitions:
            for source in row.sources:
                for target in row.all_targets(source):
                    lines.append(f"    {source or '[*]'} --> {target or '[*]'}: {row.action} ({row.rule})")
        return "\n".join(lines)


def _stands(context: Context) -> Decision:
    """The first refusal of the guards that read no input."""
    answers = (guard(context) for guard in context.transition.needs)
    return next((answer for answer in answers if not answer.allowed), ALLOWED)
