"""What is wrong with a field, in a sentence that names the field and the fix: in the place of the library's words."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.forms.utils import ErrorList
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

_CHOOSE = _("{label}: choose one of the answers.")
_LIST = _("{label}: choose from the list.")
_FILE = _("{label}: choose the file again.")
_ADDRESS = _("{label}: write an address like name@example.org.")
_PAGE = _("{label}: write the address of a page like https://example.org/guide.")
_TYPED = {
    "max_length": _(
        "{label}: at most %(limit_value)d characters fit here, and there are %(show_value)d. Shorten the text."
    ),
    "null_characters_not_allowed": _("{label}: a sign in it cannot be kept. Write the text by hand."),
}
_OF_KIND: tuple[tuple[type[forms.Field], Mapping[str, StrOrPromise]], ...] = (
    (forms.EmailField, {**_TYPED, "invalid": _ADDRESS}),
    (forms.URLField, {**_TYPED, "invalid": _PAGE}),
    (
        forms.FileField,
        {
            "invalid": _FILE,
            "missing": _FILE,
            "empty": _("{label}: the file is empty. Choose it again."),
            "max_length": _(
                "{label}: the name of the file is too long. Shorten it and choose the file again."
            ),
        },
    ),
    (forms.CharField, _TYPED),
    (
        forms.ModelChoiceField,
        {"required": _CHOOSE, "invalid_choice": _LIST, "invalid_list": _LIST, "invalid_pk_value": _LIST},
    ),
    (forms.ChoiceField, {"required": _CHOOSE, "invalid_choice": _CHOOSE, "invalid_list": _CHOOSE}),
)
_HIDDEN = _("This page was damaged on its way. Open it again and send it once more.")
_NO_ID = {"invalid", "null_characters_not_allowed"}
_REQUIRED = {"required": _("{label}: this cannot stay empty.")}


def name(field: forms.Field) -> None:
    """Sentences that name the field, in the place of those that the library brings; a form's own ones stay."""
    if field.widget.is_hidden:
        _put(field, dict.fromkeys(("required", "invalid", "invalid_choice", "max_length", *_NO_ID), _HIDDEN))
    elif field.label:
        fitting = next((sentences for kind, sentences in _OF_KIND if isinstance(field, kind)), {})
        _put(field, {**_REQUIRED, **fitting})


def _put(field: forms.Field, sentences: Mapping[str, StrOrPromise]) -> None:
    for code, sentence in sentences.items():
        given = field.error_messages.get(code)
        if given is None or given is of_library(field, code):
            # Codes but "required" are filled in with values, so that a sign of per cent in a label must be doubled.
            label = field.label if code == "required" else str(field.label or "").replace("%", "%%")
            field.error_messages[code] = format_lazy(sentence, label=label)


def too_large(field: forms.Field) -> str:
    """For a file of which nothing was kept."""
    return str(
        format_lazy(_("{label}: the file is larger than 10 MB. Send a smaller one."), label=field.label)
    )


def is_no_id(field: forms.Field, errors: ErrorList) -> bool:
    """Whether what was sent for a row of a list could not even be an id, which the library says of the id."""
    return isinstance(field, forms.ModelChoiceField) and any(e.code in _NO_ID for e in errors.as_data())


def not_listed(field: forms.Field) -> str:
    """The sentence for what is not in the field's list."""
    return str(field.error_messages["invalid_choice"]) % {"value": ""}


def of_library(field: forms.Field, code: str) -> StrOrPromise | None:
    """The sentence that the library brings for a code, if it brings one with the field."""
    for kind in type(field).__mro__:
        found: Mapping[str, StrOrPromise] = vars(kind).get("default_error_messages", {})
        if code in found:
            return found[code]
    return None
