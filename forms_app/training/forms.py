"""Forms of training: they read what was typed; whether it adds up is the services' to say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField
from intranet.forms.fields import NumberField

from . import sums
from .models import OBLIGED, Audience, Mode, Topic
from .services import Attended, Facts

FIGURES = {
    "required": _("Head-count that has to be trained"),
    "valid": _("Completed and still valid"),
    "expired": _("Completed, expired"),
    "new": _("New, within the time of grace"),
}


class SessionForm(BaseForm):
    """One session, then the attendance: the total first, then its parts."""

    title = forms.CharField(label=_("Title"), max_length=200)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, widget=forms.RadioSelect)
    language = forms.CharField(label=_("Language of the session"), max_length=40)
    held_on = DayField(label=_("Held on"))
    governorate = forms.CharField(label=_("Governorate"), max_length=60, required=False)
    organiser = forms.CharField(label=_("Organised by"), max_length=160)
    trainers = NumberField(label=_("Number of trainers"), least=1, most=200)
    training_of_trainers = forms.BooleanField(label=_("It was a training of trainers"), required=False)
    material = forms.URLField(
        label=_("Address of the material"), max_length=500, required=False, assume_scheme="https"
    )
    total = NumberField(label=_("How many people attended"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for audience in Audience:
            self.fields[f"a_{audience.value}"] = NumberField(label=audience.label)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and (fault := sums.attendance_fault(self.attended.parts, self.attended.total)):
            self.add_error("total", fault)
        return data

    @property
    def facts(self) -> Facts:
        data = self.cleaned_data
        names = ("title", "mode", "language", "held_on", "organiser", "trainers", "governorate")
        more = {name: data[name] for name in (*names, "training_of_trainers", "material")}
        return Facts(topics=tuple(data["topics"]), **more)

    @property
    def attended(self) -> Attended:
        parts = {a.value: self.cleaned_data.get(f"a_{a.value}") for a in Audience}
        return Attended(parts, self.cleaned_data.get("total"))


class StrikeForm(BaseForm):
    """Why it does not count."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReturnForm(BaseForm):
    """A head-count and three parts a category; blank is never zero."""

    as_of = DayField(label=_("As of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for obliged in OBLIGED:
            for name, label in FIGURES.items():
                self.fields[f"{obliged.value}_{name}"] = NumberField(label=label)
        for name, field in self.fields.items():
            if name not in ("as_of", "submission_key"):
                audience = Audience(name.rpartition("_")[0])
                field.label = f"{audience.label}: {field.label}"

    def groups(self) -> list[dict[str, Any]]:
        """Bound fields by category, for the template."""
        return [
            {
                "label": audience.label,
                "fields": [(label, self[f"{audience.value}_{name}"]) for name, label in FIGURES.items()],
            }
            for audience in OBLIGED
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for audience, sentence in sums.compliance_faults(self.figures):
                self.add_error(f"{audience}_required" if audience else None, sentence)
        return data

    @property
    def figures(self) -> dict[str, dict[str, int]]:
        data = self.cleaned_data
        return {a.value: {name: data[f"{a.value}_{name}"] for name in FIGURES} for a in OBLIGED}


class UploadForm(BaseForm):
    """The workbook with sessions."""

    workbook = forms.FileField(label=_("Workbook with sessions (.xlsx)"))


class YearForm(BaseForm):
    """Which year; a GET form."""

    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(y, y) for y in range(day.year, day.year - 6, -1)]  # type: ignore[attr-defined]
