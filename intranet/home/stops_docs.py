"""The effects matrix of the stops, printed from the code into ``docs/features/stops.md``."""

from __future__ import annotations

from signatories.stops.matrix import MATRIX, Area, Stop


def matrix() -> str:
    """First what each cell does in a word, then a table a stop with sentence and clause."""
    stops = list(Stop)
    lines = [
        "## Effects matrix",
        "",
        "| | " + " | ".join(str(stop.label) for stop in stops) + " |",
        "|---|" + "---|" * len(stops),
    ]
    for area in Area:
        words = [MATRIX[stop][area].effect.name.lower().replace("_", " ") for stop in stops]
        lines.append(f"| **{area.label}** | " + " | ".join(words) + " |")
    for stop in stops:
        lines += ["", f"### {stop.label}", "", "| Area | What it does | Clause |", "|---|---|---|"]
        lines += [
            f"| {area.label} | {MATRIX[stop][area].says} | {MATRIX[stop][area].clause} |" for area in Area
        ]
    return "\n".join(lines)
