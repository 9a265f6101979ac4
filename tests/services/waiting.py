"""Waiting for a service to come up: ask again until it answers or the time is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event


def wait_for(ready: Callable[[], bool], what: str, trouble: Callable[[], str], seconds: float = 60) -> None:
    """Ask ``ready`` every twentieth of a second; RuntimeError with ``trouble()`` after ``seconds``."""
    until, pause = time.monotonic() + seconds, Event()
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} did not start within {seconds} seconds:\n{trouble()}")
        pause.wait(0.05)
