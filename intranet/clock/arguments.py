"""What people type behind the commands of manage.py."""

from __future__ import annotations

import argparse
from datetime import date


def day(text: str) -> date:
    """A day as YYYY-MM-DD; argparse puts the option's name before the sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day. Write it like 2026-01-11.") from None
