"""Works measured side by side, so that a busy machine slows all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def interleaved(times: int, *works: Callable[[], object]) -> list[float]:
    """Median milliseconds of each work; three rounds go first and are not counted."""
    seen: list[list[float]] = [[] for _ in works]
    for turn in range(times + 3):
        for values, work in zip(seen, works, strict=True):
            began = time.perf_counter()
            work()
            if turn >= 3:
                values.append((time.perf_counter() - began) * 1000)
    return [statistics.median(values) for values in seen]
