"""What keeps a file from leaving although its owner may be seen: slices register it (D33, trap 22).

The same answer serves every door through which the bytes go out, so that no address leads around it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intranet.workflow.machine import ALLOWED, Decision

Gate = Callable[[Any, datetime], Decision]  # (owner of the file, now)
_gates: dict[str, Gate] = {}


def register(owner_type: str, gate: Gate) -> None:
    """Called by a slice's ``ready``; ``owner_type``: the model's lower-case name."""
    if owner_type in _gates:
        raise ValueError(f"Files of {owner_type} have a gate already")
    _gates[owner_type] = gate


def may_leave(owner: Any, now: datetime) -> Decision:
    """Whether files of ``owner`` are given out now."""
    gate = _gates.get(str(owner._meta.model_name))
    return ALLOWED if gate is None else gate(owner, now)
