"""Which day the register is asked about, and which year an organization wants on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.forms import BaseForm, DayField


def read_day(text: str, today: date) -> tuple[date, str]:
    """The day that was asked for, today where none was; a sentence where it cannot be read."""
    if not text.strip():
        return today, ""
    try:
        return DayField(label=_("Day"), required=False).clean(text[:20]) or today, ""
    except ValidationError as problem:
        return today, "; ".join(problem.messages)


class YearForm(BaseForm):
    """One year, in one language."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("en", gettext_lazy("English")), ("ar", gettext_lazy("Arabic"))],
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
