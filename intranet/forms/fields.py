"""Fields that accept what people type: Latin and Arabic digits; blank is never zero (D37)."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WESTERN = {ord(c): str(n) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, c in enumerate(digits)}
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00a0"))
LARGEST = 100_000


def western_digits(text: str) -> str:
    """Arabic-Indic and Persian digits become 0-9; direction marks and spaces at the ends go."""
    return text.translate(_WESTERN).translate(_MARKS).strip()


class NumberField(forms.Field):
    """A whole number from ``least`` to ``most``; ``None`` when blank, which is not 0 (D37)."""

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, most: int = LARGEST, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "num-in")
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "maxlength": "12", "dir": "ltr"}

    def to_python(self, value: Any) -> int | None:
        """Digits only: no sign, no decimals, no text."""
        text = western_digits(str(value)) if value is not None else ""
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,30}", text):
            raise ValidationError(_("%(label)s: write a whole number, like 2."), "whole", self._names())
        number = int(text)
        if number < self.least:
            raise ValidationError(
                _("%(label)s: write %(least)s or more."), "least", self._names() | {"least": self.least}
            )
        if number > self.most:
            raise ValidationError(
                _("%(label)s: %(number)s is too large. Check the number, at most %(most)s."),
                "most",
                self._names() | {"number": number, "most": self.most},
            )
        return number

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(
                _("%(label)s: write a number. If there were none, write 0."), "required", self._names()
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial if initial is not None else "") != western_digits(str(data or ""))

    def _names(self) -> dict[str, Any]:
        """A label that asks ("How many …?") stands in a sentence without its question mark."""
        return {"label": str(self.label or "").rstrip("?؟ ")}


class DayField(forms.Field):
    """A calendar day, typed as 25 1 2026, 25/1/2026 or 2026-01-25, in any of our digits."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 25/1/2026"))
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "maxlength": "20", "dir": "ltr"}

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = western_digits(str(value)) if value else ""
        if not text:
            return None
        parts = re.fullmatch(r"(\d{1,4})[\s/.-]+(\d{1,2})[\s/.-]+(\d{1,4})", text)
        problem = ValidationError(
            _("%(label)s: write the day as day/month/year, for example 25/1/2026."),
            "day",
            {"label": self.label or ""},
        )
        if parts is None:
            raise problem
        first, middle, last = (int(part) for part in parts.groups())
        year, day = (first, last) if first > 31 else (last, first)
        try:
            found = date(year, middle, day)
        except ValueError:
            raise problem from None
        if not 1990 <= year <= 2200:
            raise problem
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value


class HourField(forms.Field):
    """A time of day in the network's time zone, typed as 14:30, 14.30 or 14, in any of our digits."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 14:30"))
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "maxlength": "8", "dir": "ltr", "inputmode": "numeric"}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time):
            return value
        text = western_digits(str(value)) if value else ""
        if not text:
            return None
        parts = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", text)
        hour, minute = (int(parts[1]), int(parts[2] or 0)) if parts else (24, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(
                _("%(label)s: write the hour as hours:minutes, for example 14:30."),
                "hour",
                {"label": self.label or ""},
            )
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class MonthField(forms.ChoiceField):
    """A month out of the open ones; value and cleaned value are the first day of the month."""

    def __init__(self, months: list[date] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.open(months or [])

    def open(self, months: list[date]) -> None:
        """The months to choose from, with their names in the page's language."""
        from intranet.clock import wording

        self.choices = [(f"{day:%Y-%m}", wording.month(day)) for day in months]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return date.fromisoformat(f"{text}-01") if text else None
