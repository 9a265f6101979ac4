"""Things in one line, in the reader's language."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils import translation

from intranet.listing import listed


@pytest.mark.parametrize(("language", "said"), [("en", "1, b"), ("ar", "1، b")])
def test_each_language_separates_by_its_own_comma(language: str, said: str) -> None:
    template = engines["django"].from_string("{{ a }}{% comma %}{{ b }}")
    with translation.override(language):
        assert listed([1, "b"]) == said
        assert template.render({"a": 1, "b": "b"}) == said
