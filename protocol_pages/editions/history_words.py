"""How the histories of drafts and editions speak."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.listing import listed
from intranet.workflow.registry import Said

from .life import version_is_seen


def _list(values: list[Any]) -> str:
    return listed(values)


def _blocks(rows: list[dict[str, Any]]) -> str:
    """The text that the blocks make, one block a paragraph."""
    lines = (f"{row.get('number', '')} {row.get('text', '')}".strip() for row in rows)
    return "\n".join(lines)


_EDITION = {"minor_kind": _("why the edition is minor")}
DRAFT = Said(
    fields=_EDITION | {"blocks": _("text"), "base": _("drafted from")},
    values={"annex": _list, "blocks": _blocks},
    hidden=frozenset({"page"}),
    page=lambda draft, actor: reverse("protocol-draft", args=[draft.pk]),
    seen=version_is_seen,
)
EDITION = Said(
    fields=_EDITION
    | {
        "draft": _("draft that was adopted"),
        "canonical_text": _("text"),
        "canonical_version": _("rule by which the text was written down"),
        "sha256": _("fingerprint of the text (SHA-256)"),
        "adopted_at": _("adopted at"),
    },
    values={"annex": _list},
    page=lambda edition, actor: reverse("protocol-edition", args=[edition.slug]),
)
FILE = Said(
    fields={
        "edition": _("edition"),
        "sha256": _("fingerprint of the file (SHA-256)"),
        "made_at": _("made at"),
    },
    related=("edition",),
)
BLOCK = Said(
    fields={
        "edition": _("edition"),
        "section": _("section"),
        "addresses": _("clauses"),
        "text": _("text"),
    },
    values={"addresses": _list},
    hidden=frozenset({"position", "block_id", "kind", "level", "lang", "marks"}),
    related=("edition",),
)
