"""Strings reach the translators: makemessages reads no f-string."""

from __future__ import annotations

import ast

from tests.contracts.test_floors import project_files

GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}


def test_no_translated_string_stands_inside_an_f_string() -> None:
    lost = [
        f"{module}:{call.lineno}: {ast.unparse(call)}"
        for path, module in project_files()
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in GETTEXT
    ]
    assert lost == []


def test_translated_strings_are_marked_by_a_name_that_is_collected() -> None:
    """``gettext as _g`` works and reaches no translator."""
    lost = [
        f"{module}:{line.lineno}: {name.name} as {name.asname}"
        for path, module in project_files()
        for line in ast.walk(ast.parse(path.read_text()))
        if isinstance(line, ast.ImportFrom) and line.module == "django.utils.translation"
        for name in line.names
        if name.name in GETTEXT and name.asname not in (None, "_")
    ]
    assert lost == []
