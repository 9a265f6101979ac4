"""The production settings as the server starts with them, line by line (security, settings)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from intranet.settings.environment import ROOT

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "intranet.settings.production",
    "DATABASE_URL": "postgresql://psea_app:x@127.0.0.1:1/psea",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "intranet.example.org",
    "S3_BUCKET": "psea",
    "S3_ENDPOINT": "https://s3.example.org",
    "SMTP_HOST": "mail.example.org",
    "SMTP_PORT": "587",
    "SMTP_TLS": "1",
}
READ = """
import json
from django.conf import settings
import django; django.setup()
names = [n for n in dir(settings) if n.isupper()]
print(json.dumps({n: getattr(settings, n) for n in names}, default=str))
"""


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=kept | ENVIRONMENT | more, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    done = run("-c", READ)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_deployment_check_is_clean() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("SECURE_HSTS_SECONDS", 365 * 24 * 3600),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True),
        ("SECURE_SSL_REDIRECT", True),
        ("SESSION_COOKIE_NAME", "__Host-session"),
        ("CSRF_COOKIE_NAME", "__Host-csrf"),
        ("SESSION_COOKIE_SECURE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("SESSION_COOKIE_SAMESITE", "Lax"),
        ("SESSION_COOKIE_AGE", 8 * 3600),
        ("SESSION_IDLE_MINUTES", 30),
        ("STEP_UP_MINUTES", 15),
        ("SECURE_REFERRER_POLICY", "same-origin"),
        ("SECURE_CROSS_ORIGIN_OPENER_POLICY", "same-origin"),
        ("X_FRAME_OPTIONS", "DENY"),
        ("AXES_FAILURE_LIMIT", 5),
        ("AXES_LOCKOUT_PARAMETERS", [["username", "ip_address"]]),
        ("TRUSTED_PROXIES", 0),
        ("WAGTAIL_PASSWORD_RESET_ENABLED", False),
        ("INVITATION_DAYS", 7),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 2 * 1024 * 1024),
        ("EMAIL_BACKEND", "intranet.notices.smtp.Backend"),
        ("EMAIL_HOST", "mail.example.org"),
        ("EMAIL_PORT", 587),
        ("EMAIL_USE_TLS", True),
    ],
)
def test_one_line_of_the_production_settings(production: dict[str, Any], name: str, value: object) -> None:
    assert production[name] == value


def test_passwords_and_backup_codes_are_kept_as_argon2(production: dict[str, Any]) -> None:
    assert production["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    assert "MD5" not in str(production["PASSWORD_HASHERS"])


def test_files_lie_in_s3_where_a_bucket_is_named_and_never_have_a_lasting_address(
    production: dict[str, Any],
) -> None:
    files = production["STORAGES"]["default"]
    assert files["BACKEND"] == "storages.backends.s3.S3Storage"
    assert files["OPTIONS"]["bucket_name"] == "psea"
    assert files["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert (files["OPTIONS"]["querystring_auth"], files["OPTIONS"]["file_overwrite"]) == (True, False)


def test_the_address_cap_and_the_lockout_come_before_the_password(production: dict[str, Any]) -> None:
    assert [name.rsplit(".", 1)[1] for name in production["AUTHENTICATION_BACKENDS"]] == [
        "AddressCapBackend",
        "AxesStandaloneBackend",
        "ModelBackend",
    ]


def test_the_gate_stands_right_behind_the_second_factor(production: dict[str, Any]) -> None:
    names = [name.rsplit(".", 1)[1] for name in production["MIDDLEWARE"]]
    place = names.index("GateMiddleware")
    assert names[place - 1] == "WhoMiddleware"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_production_does_not_start_without_its_secrets(missing: str) -> None:
    done = run("-c", READ, **{missing: ""})
    assert done.returncode != 0
    assert missing in done.stderr
