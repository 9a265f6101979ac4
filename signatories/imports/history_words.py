"""How the history of an import speaks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from intranet.workflow.registry import Said


def _lines(lines: list[Any]) -> str:
    return ngettext("%(n)s row", "%(n)s rows", len(lines)) % {"n": len(lines)}


IMPORT = Said(
    values={"lines": _lines},
    page=lambda run, actor: reverse("import-run", args=[run.pk]),
)
