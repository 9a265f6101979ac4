"""``python -m tests.screenshots [--folder FOLDER] [NAME …]``: the main screens of the demo, signed in with real codes.

Builds the demo where it does not stand, serves it on a free port, and writes PNG files (1280 and 360
pixels wide) into ``docs/pictures``. The pictures show invented organizations only.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.services.browser import chromium
from tests.services.postgres import ROOT
from tests.services.waiting import wait_for

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "intranet.settings.demo"}


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, its address, a link on it to follow by its words, its language and width."""

    name: str
    capacity: str
    path: str
    follow: str = ""
    language: str = "en"
    phone: bool = False


SHOTS = (
    Shot("home-coordinator", "coordinator", "/"),
    Shot("home-coordinator-phone", "coordinator", "/", phone=True),
    Shot("home-coordinator-ar", "coordinator", "/", language="ar"),
    Shot("protocol", "coordinator", "/protocol/"),
    Shot("month-grid", "coordinator", "/board/"),
    Shot("register", "coordinator", "/protocol/endorsements/"),
    Shot("requests", "coordinator", "/requests/"),
    Shot("request-board", "coordinator", "/requests/", follow="DR-2026-005"),
    Shot("home-focal-point", "primary_focal_point", "/"),
    Shot("home-focal-point-phone-ar", "primary_focal_point", "/", language="ar", phone=True),
    Shot("month-report", "primary_focal_point", "/reports/"),
    Shot("home-office", "office", "/"),
    Shot("event-log", "auditor", "/"),
)


def main() -> None:
    """Take every picture, or the named ones."""
    options = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    options.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    options.add_argument("names", nargs="*", help="names of pictures; all where none is given")
    chosen = options.parse_args()
    shots = [shot for shot in SHOTS if shot.name in chosen.names or not chosen.names]
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, chromium() as browser:
        for capacity in dict.fromkeys(shot.capacity for shot in shots):
            stored = sign_in(browser, address, capacity)
            for shot in (each for each in shots if each.capacity == capacity):
                print(take(browser, address, stored, shot, folder), flush=True)


@contextmanager
def served() -> Iterator[str]:
    """The demo on a free port, in a process group of its own that ends with this one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "manage.py", "demo"]
    subprocess.run([*command, "--no-serve"], cwd=ROOT, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                              start_new_session=True)  # fmt: skip
    try:
        wait_for(lambda: _listens(port), "the demo", lambda: f"exit code {server.poll()}")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, 2)
        server.wait(timeout=30)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def login_of(capacity: str) -> tuple[str, str, str]:
    """Address, password and current code, as ``manage.py demo_codes`` prints them."""
    command = [sys.executable, "manage.py", "demo_codes"]
    lines = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(rf"({capacity.replace('_', '-')}@\S+)\s+(\d{{6}})", lines)
    password = re.search(r"Password of all of them: (.+)", lines)
    if found is None or password is None:
        raise RuntimeError(f"demo_codes shows no login for {capacity}:\n{lines}")
    return found.group(1), password.group(1), found.group(2)


def sign_in(browser: Any, address: str, capacity: str) -> Any:
    """Through the door as a person: password, then the code; gives the browser's stored state."""
    email, password, _ = login_of(capacity)
    page = browser.new_page(base_url=address)
    page.goto("/")
    page.fill("input[name$=username]", email)
    page.fill("input[type=password]", password)
    page.locator("form[method=post] button[type=submit]").first.click()
    page.fill("input[name$=otp_token]", login_of(capacity)[2])
    page.locator("form[method=post] button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login" not in url)
    state = page.context.storage_state()
    page.close()
    return state


def take(browser: Any, address: str, stored: Any, shot: Shot, folder: Path) -> Path:
    """One PNG of the whole page; RuntimeError where the page did not open."""
    context = browser.new_context(
        base_url=address,
        storage_state=stored,
        viewport=PHONE if shot.phone else DESK,
        locale=shot.language,
        device_scale_factor=2 if shot.phone else 1,
    )
    page = context.new_page()
    answer = page.goto(f"/{shot.language}{shot.path}")
    if shot.follow:
        wanted = page.get_by_role("link", name=re.compile(shot.follow)).first.get_attribute("href")
        answer = page.goto(str(wanted))
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{shot.name}: {answer.status if answer else 'no answer'} at {page.url}")
    target = folder / f"{shot.name}.png"
    page.screenshot(path=str(target), full_page=True)
    context.close()
    return target


if __name__ == "__main__":
    main()
