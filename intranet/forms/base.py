"""The form that all our forms are: crispy-forms with crispy-bootstrap5, one way to say what is wrong."""

from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property

from intranet.files.uploads import TooLarge
from intranet.workflow.runner import Refused

from . import problems


class KeyField(forms.Field):
    """The page's random id; anything else counts as none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> uuid.UUID | None:
        try:
            return uuid.UUID(str(value)) if value else None
        except ValueError:
            return None


class Manners(forms.BaseForm):
    """Labels without asterisks, errors that name field and fix; what was typed is kept.

    ``submission_key`` is a random id that the page carries: hand ``form.key`` to ``runner.perform`` so
    that a double submit makes one record.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("submission_key", uuid.uuid4())
        for field in self.fields.values():
            _dress(field)

    def full_clean(self) -> None:
        """Checks what was typed; every sentence names its field, of fields that a form added later too."""
        for field in self.fields.values():
            problems.name(field)
        super().full_clean()
        for name, field in self.fields.items():
            if isinstance(self.files.get(self.add_prefix(name)), TooLarge):
                self.errors[name] = self.error_class([problems.too_large(field)])
                self.cleaned_data.pop(name, None)
            elif name in self.errors and problems.is_no_id(field, self.errors[name]):
                self.errors[name] = self.error_class([problems.not_listed(field)])

    @cached_property
    def helper(self) -> FormHelper:
        """Fields only: the page writes the form tag, the token and the button."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def key(self) -> uuid.UUID | None:
        """The submission key of a bound, cleaned form."""
        key: uuid.UUID | None = self.cleaned_data.get("submission_key")
        return key

    def refuse(self, refusal: Refused, sentence: str = "") -> None:
        """A refusal stands on top of the form, which keeps what was typed.

        One that came before with other contents gets a new key: sent again, it is meant.
        """
        self.add_error(None, sentence or refusal.reason)
        if refusal.code == "repeated":
            sent: Any = self.data
            kept = sent.copy()
            kept[self.add_prefix("submission_key")] = str(uuid.uuid4())
            self.data = kept

    @property
    def error_list(self) -> list[dict[str, str]]:
        """Every error once, in the order of the fields: ``text`` and ``target`` (the field's id)."""
        found = [{"text": str(text), "target": ""} for text in self.non_field_errors()]
        for bound in self:
            target = "" if bound.is_hidden else bound.auto_id
            found += [{"text": str(text), "target": str(target)} for text in bound.errors]
        return found


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return
    if not widget.is_hidden:
        widget.attrs.setdefault(
            "class", "form-select" if isinstance(widget, forms.Select) else "form-control"
        )


class BaseForm(Manners, forms.Form):
    """Our form. Render it with ``layouts/form.html``, or ``{% crispy form %}`` inside your own form tag."""

    submission_key = KeyField(required=False)


class BaseModelForm(Manners, forms.ModelForm):
    """The same over a model (give ``Meta``); saving stays with the slice's service."""

    submission_key = KeyField(required=False)
