"""What a first view weighs, and what our style sheets may say: goals of ux.md 5."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from intranet.access.roles import Capacity
from tests.personas import persona_client

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted((ROOT / "templates" / "static").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right)(?:-\w+)?\s*:|(?<![-\w])(?:left|right)\s*:|"
    r"(?:text-align|float)\s*:\s*(?:left|right)"
)
KB = 1024


def compressed(name: str) -> int:
    path = finders.find(name)
    assert path, name
    return len(brotli.compress(Path(path).read_bytes()))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_a_first_view_stays_below_60_kb(language: str) -> None:
    page = persona_client(Capacity.COORDINATOR).get(f"/{language}/").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"?]+)', page)
    scripts = re.findall(r'<script[^>]*src="/static/([^"?]+)', page)
    html = len(gzip.compress(page.encode()))
    css, js = sum(map(compressed, sheets)), sum(map(compressed, scripts))
    assert len(sheets) == 2
    assert html <= 14 * KB
    assert css <= 40 * KB
    assert js <= 20 * KB
    assert len(page.encode()) + css + js <= 60 * KB  # even where nobody compresses the page itself
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page), "nothing comes from another host"


# Asks the demo's own application for each address; the static files come before any database.
ASK = """
import io, json, sys
from django.conf import settings
settings.STATIC_ROOT = sys.argv[1]
import django; django.setup()
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
call_command("collectstatic", interactive=False, verbosity=0)
application, found = get_wsgi_application(), {}
for path in sys.argv[2:]:
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1",
             "SERVER_PORT": "80", "HTTP_ACCEPT_ENCODING": "gzip, br", "wsgi.input": io.BytesIO(),
             "wsgi.url_scheme": "http"}
    answered = []
    body = b"".join(application(asked, lambda status, headers: answered.append((status, dict(headers)))))
    found[path] = [answered[0][0], answered[0][1].get("Content-Encoding", ""), len(body)]
print(json.dumps(found))
"""


@pytest.mark.django_db
def test_a_first_view_of_the_demo_stays_below_60_kb_too(tmp_path: Path) -> None:
    client = persona_client(Capacity.COORDINATOR)
    pages = {language: client.get(f"/{language}/").content.decode() for language in ("en", "ar")}
    static = r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="(/static/[^"?]+)'
    loaded = {language: re.findall(static, page) for language, page in pages.items()}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "intranet.settings.demo",
        "DEMO_DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/none",
    }
    command = [sys.executable, "-c", ASK, str(tmp_path), *sorted({*loaded["en"], *loaded["ar"]})]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout.splitlines()[-1])
    assert {(status, encoding) for status, encoding, _size in answers.values()} == {("200 OK", "gzip")}
    for language, page in pages.items():
        assert len(loaded[language]) >= 2
        weight = len(page.encode()) + sum(answers[path][2] for path in loaded[language])
        assert weight <= 60 * KB, (language, answers)


def test_our_own_style_sheet_is_small() -> None:
    assert compressed("theme.css") <= 8 * KB


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_style_sheets_use_logical_properties_alone(path: Path) -> None:
    found = [m.group(0) for m in PHYSICAL.finditer(path.read_text())]
    assert found == []


def test_a_physical_property_would_be_found() -> None:
    for wrong in ("margin-left: 1px", "a{left:0}", "text-align: right", "padding-right:2px", "float:left"):
        assert PHYSICAL.search(wrong), wrong
    for right in (
        "margin-inline-start: 1px",
        "inset-inline-start: 0",
        "text-align: start",
        "border-left-color-x",
    ):
        assert not PHYSICAL.search(right), right
