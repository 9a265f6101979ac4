"""``/letter-templates/…``: which Word templates the letters are made from."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views
from .models import Language, LetterKind


class KindConverter(StringConverter):
    """A letter that is made from a template."""

    regex = "|".join(LetterKind.values)


class LanguageConverter(StringConverter):
    """A language of the letters."""

    regex = "|".join(Language.values)


register_converter(KindConverter, "letterkind")
register_converter(LanguageConverter, "letterlanguage")

_ONE = "letter-templates/<letterkind:kind>/<letterlanguage:language>/"

urlpatterns = [
    path("letter-templates/", views.index, name="letter-templates"),
    path(_ONE, views.replace, name="letter-template"),
    path(f"{_ONE}built-in.docx", views.built_in_file, name="letter-template-built-in"),
    path(f"{_ONE}specimen.docx", views.specimen, name="letter-template-specimen"),
    path(f"{_ONE}withdraw/", views.withdraw, name="letter-template-withdraw"),
]
