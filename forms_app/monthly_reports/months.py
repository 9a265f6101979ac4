"""A month in an address: ``2026-01`` is the first day of January 2026."""

from __future__ import annotations

from datetime import date


class MonthConverter:
    """Path converter ``<month:month>``."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"
