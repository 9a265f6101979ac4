"""Addresses of the governed text. Fixed ones (``/v1/…``) never break; cite those."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from . import compare_views, draft_views, views, word_views
from .blocks import ADDRESS


class EditionConverter:
    """``v1`` or ``v1.2`` ↔ (number, minor)."""

    regex = r"v[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})?"

    def to_python(self, value: str) -> tuple[int, int]:
        number, _, minor = value[1:].partition(".")
        return int(number), int(minor or 0)

    def to_url(self, value: str | tuple[int, int]) -> str:
        if isinstance(value, str):
            return value
        return f"v{value[0]}.{value[1]}" if value[1] else f"v{value[0]}"


class DayConverter:
    """``2025-06-01`` ↔ date; anything that is no day of the calendar is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class AddressConverter:
    """A clause as path: ``7b/3``, ``9/a``, ``c1``."""

    regex = ADDRESS

    def to_python(self, value: str) -> str:
        return value.replace("/", ".")

    def to_url(self, value: str) -> str:
        return value.replace(".", "/").lower()


register_converter(EditionConverter, "edition")
register_converter(DayConverter, "day")
register_converter(AddressConverter, "address")

urlpatterns = [
    path("protocol/", views.protocol, name="protocol"),
    path("protocol/<edition:label>.txt", views.protocol_text, name="protocol-text"),
    path("protocol/<edition:label>.docx", word_views.word, name="protocol-word"),
    path("protocol/<edition:label>.pdf", word_views.pdf, name="protocol-pdf"),
    path("protocol/word/", word_views.upload, name="protocol-word-in"),
    path("protocol/word/save/", word_views.save, name="protocol-word-save"),
    path("protocol/<edition:label>/", views.protocol_edition, name="protocol-edition"),
    path("protocol/<edition:label>/<address:address>/", views.protocol_clause, name="protocol-clause"),
    path("protocol/compare/", compare_views.choose_editions, name="protocol-compare-choose"),
    path(
        "protocol/compare/<edition:old>..<edition:new>/",
        compare_views.compare_editions,
        name="protocol-compare",
    ),
    path(
        "protocol/compare/<edition:old>..<edition:new>.docx",
        compare_views.redline_file,
        name="protocol-redline",
    ),
    path("protocol/<edition:label>/frozen.docx", word_views.frozen_word, name="protocol-frozen-word"),
    path("protocol/editions/", draft_views.editions, name="protocol-editions"),
    path("protocol/drafts/begin/", draft_views.begin, name="protocol-draft-begin"),
    path("protocol/drafts/<uuid:pk>/", draft_views.draft, name="protocol-draft"),
    path("protocol/drafts/<uuid:pk>/page/", draft_views.page, name="protocol-draft-page"),
    path("protocol/drafts/<uuid:pk>/take/", draft_views.take, name="protocol-draft-take"),
    path("protocol/drafts/<uuid:pk>/newer/", draft_views.take_in, name="protocol-draft-newer"),
    path("protocol/drafts/<uuid:pk>/propose/", draft_views.propose, name="protocol-draft-propose"),
    path("protocol/drafts/<uuid:pk>/review/", draft_views.review, name="protocol-draft-review"),
    path("protocol/drafts/<uuid:pk>/return/", draft_views.send_back, name="protocol-draft-return"),
    path("protocol/drafts/<uuid:pk>/endorse/", draft_views.endorse, name="protocol-draft-endorse"),
    path("protocol/drafts/<uuid:pk>/discard/", draft_views.discard, name="protocol-draft-discard"),
    path("protocol/on/<day:on>/", views.protocol_on, name="protocol-on"),
    path("protocol/<address:address>/", views.protocol_current_clause, name="protocol-current-clause"),
    path("c/<str:address>", views.protocol_current_clause, name="clause-short"),
]
