"""A service that is missing: CI fails, a person is told what to install (D40)."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def required(program: str, package: str) -> str:
    """Path of ``program``; where it is missing the test ends as D40 says."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not found:
        missing(
            f"{program} is missing: run deploy/debian-packages.sh tests, or install the package {package}"
        )
    return found


def missing(sentence: str) -> NoReturn:
    """End the test: a failure in CI, elsewhere a reason that says what to install."""
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
