"""Where a stop of flow names its breach (§9.f): the form of a reference, and the register that may check it.

The register of breaches is a slice of its own. Where it is installed it registers its look-up here, and a
stop of flow must name a breach that is open in it; until then the form of the reference is what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

REFERENCE = re.compile(r"BR-(19|20)\d{2}-\d{2,4}")


@dataclass(frozen=True, slots=True)
class Breach:
    """What the register says of one breach. ``office_involved``: then §9.g recommends nothing to anybody."""

    reference: str
    open: bool
    office_involved: bool


LookUp = Callable[[str, datetime], Breach | None]
_registers: list[LookUp] = []


def register(look_up: LookUp) -> None:
    """Called once, by the slice that keeps the breaches: ``look_up(reference, now)``."""
    if _registers:
        raise ValueError("There is one register of breaches")
    _registers.append(look_up)


def is_kept() -> bool:
    """Whether a register of breaches is installed."""
    return bool(_registers)


def find(reference: str, now: datetime) -> Breach | None:
    """The breach of this reference; None when it is not known, or nobody keeps a register."""
    return _registers[0](reference, now) if _registers else None


def written(reference: str) -> str:
    """A reference as it is stored: without spaces, in capitals."""
    return "".join(reference.split()).upper()


def is_well_formed(reference: str) -> bool:
    """BR-YYYY-NN."""
    return REFERENCE.fullmatch(reference) is not None
