"""The page of numbers: total first, then only what that total needs (D37). Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from intranet.forms import BaseForm, NumberField, western_digits
from intranet.listing import listed

from . import codes, content
from .codes import ALREADY_SENT, RECEIVED, Section
from .content import Question

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """A section as the page shows it. ``note``: how far the sum has come; ``error``: what does not add up."""

    section: Section
    rows: list[tuple[forms.BoundField, int | None]]
    note: StrOrPromise
    error: StrOrPromise

    @property
    def target(self) -> str:
        return f"section-{self.section.code}"


class CountsForm(BaseForm):
    """Counts of one month. ``asked``: which counts; ``earlier``: last month's, shown beside
    (not where last month was nothing to report: nobody typed those zeros).

    Without a total only the total is asked. ``counts`` holds the flat whole numbers of a valid form.
    """

    def __init__(
        self,
        data: Typed | None = None,
        *,
        asked: content.Form,
        label: StrOrPromise,
        earlier: content.Counts | None = None,
        earlier_nothing: bool = False,
        **kwargs: Any,
    ) -> None:
        self.asked, self._label = asked, label
        self.earlier, self.earlier_nothing = earlier, earlier_nothing
        self._typed: Typed = data if data is not None else kwargs.get("initial") or {}
        self.total = _number(self._typed.get(RECEIVED))
        self._wrong: dict[str, tuple[StrOrPromise, str]] = {}
        self.open_questions: list[Question] = []
        super().__init__(data, **kwargs)
        self._add_fields()

    def _add_fields(self) -> None:
        self.fields[RECEIVED] = NumberField(label=self._label, most=content.LARGEST)
        if self.total is None and not self._further():
            return
        if self.asked.asks_already_sent and (self.total != 0 or self._has_value((ALREADY_SENT,))):
            self.fields[ALREADY_SENT] = NumberField(
                label=_("Of these, already sent to the inter-agency e-mail or hotline"),
                most=content.LARGEST,
            )
        for section in self.sections:
            for name, (_code, label) in zip(section.names, section.rows, strict=True):
                # One sentence a section says which rows are blank, so the rows themselves may be.
                self.fields[name] = NumberField(label=label, most=content.LARGEST, required=False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Sections that the total needs, and those in which something other than 0 was typed."""
        if self.total is None and not self._further():
            return ()
        needed = self.asked.sections(1 if self.total is None else self.total)
        everything = self.asked.sections(1)
        return tuple(s for s in everything if s in needed or self._has_value(s.names))

    @property
    def asks_only_the_total(self) -> bool:
        return len(self.sections) == 0

    def _further(self) -> bool:
        return any("__" in name or name == ALREADY_SENT for name in self._typed)

    def _has_value(self, names: tuple[str, ...]) -> bool:
        return any(_number(self._typed.get(name)) not in (None, 0) for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for section in self.sections:
            blank = [
                str(label)
                for name, (_code, label) in zip(section.names, section.rows, strict=True)
                if cleaned.get(name) is None and name not in self.errors
            ]
            if blank:
                self._section_error(
                    section, _blank_sentence(section, blank), f"id_{self._first_blank(section)}"
                )
        if not self.errors:
            for wrong in content.mismatches(_asking(self.asked, self.sections), self.counts):
                target = f"id_{wrong.field}" if not wrong.section else f"section-{wrong.section}"
                self._wrong[wrong.section or wrong.field] = (wrong.sentence, target)
                self.add_error(None, ValidationError(str(wrong.sentence), code="sum"))
        return cleaned

    def _first_blank(self, section: Section) -> str:
        return next(name for name in section.names if self.cleaned_data.get(name) is None)

    def _section_error(self, section: Section, sentence: str, target: str) -> None:
        self._wrong[section.code] = (sentence, target)
        self.add_error(None, ValidationError(sentence, code="blank"))

    @property
    def counts(self) -> dict[str, int]:
        """Flat whole numbers: everything that the page asked, all of it given."""
        numbers = [name for name, field in self.fields.items() if isinstance(field, NumberField)]
        return {name: self.cleaned_data[name] for name in numbers}

    @property
    def error_list(self) -> list[dict[str, str]]:
        """Errors in the order of the page, each with the place where it is put right."""
        found = [item for item in super().error_list if item["target"]]
        summed = [{"text": str(sentence), "target": target} for sentence, target in self._wrong.values()]
        known = {item["text"] for item in (*found, *summed)}
        return found + summed + [item for item in super().error_list if item["text"] not in known]

    def rows(self) -> list[Rows]:
        """The sections as the page shows them."""
        if self.is_bound:
            self.is_valid()
        return [self._rows(section) for section in self.sections]

    def _rows(self, section: Section) -> Rows:
        beside = None if self.earlier_nothing else self.earlier
        bound = [(self[name], None if beside is None else beside.get(name, 0)) for name in section.names]
        given = [_number(self._typed.get(name)) for name in section.names]
        note = ""
        if section.parts_of and self.total is not None:
            note = _("So far %(sum)d of %(total)d.") % {
                "sum": sum(n for n in given if n is not None),
                "total": self.total,
            }
        error = self._wrong.get(section.code, ("", ""))[0]
        return Rows(section, bound, note, error)

    @property
    def already_sent_error(self) -> StrOrPromise:
        return self._wrong.get(ALREADY_SENT, ("", ""))[0]

    def questions(self) -> list[Question]:
        """What is unusual in valid counts beside last month's and was not confirmed yet."""
        confirmed = str(self._typed.get("confirm", "")).split(",")
        asked = content.questions(self.asked, self.counts, self.earlier)
        return [] if all(q.code in confirmed for q in asked) else asked


class CorrectionForm(CountsForm):
    """The same page for a further version: the reason, and the version that the person looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why is this month corrected?"),
            choices=codes.Reason.choices,
            widget=forms.RadioSelect,
            help_text=_("A coded answer: no names, no places, no stories (§4)."),
            error_messages={"required": _("Reason: choose why this month is corrected.")},
        )


class NothingForm(BaseForm):
    """The signed statement. ``still_open``: investigations that last month left open, asked about once."""

    still = forms.BooleanField(required=False)

    def __init__(self, *args: Any, still_open: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not still_open:
            del self.fields["still"]
            return
        self.fields["still"].required = True
        self.fields["still"].label = ngettext(
            "Last month ended with %(n)d investigation open. It is closed, and there is nothing to report on it.",
            "Last month ended with %(n)d investigations open. They are closed, and there is nothing to report on them.",
            still_open,
        ) % {"n": still_open}
        self.fields["still"].error_messages["required"] = _(
            "Open investigations: confirm that none is open, or report this month's figures instead."
        )


class NothingCorrectionForm(BaseForm):
    """Nothing to report after all: reason and the version that the person looked at."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is this month corrected?"),
        choices=codes.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Reason: choose why this month is corrected.")},
    )


def typed_with_zeros(typed: Typed, section: Section) -> dict[str, Any]:
    """What was typed, with the blank rows of one section set to 0: the deliberate act of D37."""
    filled = {name: typed.get(name) or "0" for name in section.names}
    return {**{name: typed[name] for name in typed}, **filled}


def _asking(asked: content.Form, sections: tuple[Section, ...]) -> content.Form:
    """``asked`` with every section that is on the page checked, whatever the total says."""
    return content.Form(asked.name, (), sections, asked.asks_already_sent)


def _blank_sentence(section: Section, blank: list[str]) -> str:
    said = ngettext(
        "%(section)s: %(rows)s is blank. Blank is not zero: write the number, or set the rest to 0.",
        "%(section)s: %(rows)s are blank. Blank is not zero: write the numbers, or set the rest to 0.",
        len(blank),
    )
    shown = listed(blank[:3]) + ("" if len(blank) <= 3 else " …")
    return said % {"section": section.title, "rows": shown}


def _number(value: Any) -> int | None:
    if isinstance(value, int):
        return value
    text = western_digits(str(value)) if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
