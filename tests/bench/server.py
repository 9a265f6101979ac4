"""gunicorn as deploy/ runs it, and a small client that asks it as one signed-in person."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.services.postgres import ROOT
from tests.services.waiting import wait_for

WORKERS, CLIENTS = 2, 4


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve the bench's settings; gives (port, process id of the master)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    settings = {"BIND": f"127.0.0.1:{port}", "WORKERS": str(WORKERS)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment | settings, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: _listens(port), "gunicorn", lambda: f"exit code {process.poll()}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def ask(port: int, path: str, cookie: str) -> bytes:
    """One request; anything but 200 is an error that shows where the server wanted to send us."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {answer.headers.get('Location', '')}")
    return body


def rates(port: int, paths: dict[str, str], cookie: str, rounds: int, requests: int) -> dict[str, float]:
    """Requests a second for each name, the median of interleaved rounds after a warm-up."""
    seen: dict[str, list[float]] = {name: [] for name in paths}
    with ThreadPoolExecutor(CLIENTS) as clients:
        for path in paths.values():
            list(clients.map(lambda _, path=path: ask(port, path, cookie), range(4 * WORKERS)))
        for _ in range(rounds):
            for name, path in paths.items():
                began = time.perf_counter()
                list(clients.map(lambda _, path=path: ask(port, path, cookie), range(requests)))
                seen[name].append(requests / (time.perf_counter() - began))
    return {name: statistics.median(values) for name, values in seen.items()}


def memory(master: int) -> list[float]:
    """Memory of each worker in MB: what it shares is divided among those that share it."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    found = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        found.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
    return found


def environment_for(app_url: str, owner_url: str) -> dict[str, str]:
    """The environment of a process that uses the bench's settings on one database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": app_url,
        "DATABASE_OWNER_URL": owner_url,
    }
