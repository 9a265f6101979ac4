"""Freezing a draft: the only code that writes editions. Called by the runner's ``adopt``."""

from __future__ import annotations

import hashlib
from datetime import datetime

from . import canonical, fixed_copy
from .blocks import block_from
from .models import Edition, EditionBlock, EditionDraft, EditionFile


def freeze(draft: EditionDraft, now: datetime) -> Edition:
    """Write the edition, its blocks and its Word file, with canonical text and fingerprint (D1).

    ``now``: UTC instant of the adoption. Each block's text is stored in canonical form, so the canonical
    text can be recomputed from the rows.
    """
    assert draft.effective_from is not None  # the act that endorses asks for both days
    assert draft.endorsed_on is not None
    blocks = [block_from(row) for row in draft.blocks]
    text = canonical.canonical_text(blocks)
    edition = Edition.objects.create(
        draft=draft,
        number=draft.number,
        minor=draft.minor,
        minor_kind=draft.minor_kind,
        title=draft.title,
        language=draft.language,
        effective_from=draft.effective_from,
        endorsed_by=draft.endorsed_by,
        endorsed_on=draft.endorsed_on,
        document_ref=draft.document_ref,
        scope=draft.scope,
        annex=draft.annex,
        document=draft.document,
        no_document=draft.no_document,
        canonical_text=text,
        canonical_version=canonical.VERSION,
        sha256=canonical.fingerprint(text),
        adopted_at=now,
    )
    EditionBlock.write_all(
        [
            EditionBlock(
                edition=edition,
                position=position,
                block_id=block.id,
                kind=block.kind,
                level=block.level,
                section=block.section,
                number=block.number,
                addresses=list(block.addresses),
                lang=block.lang,
                text=canonical.canonical_block(block.text),
                # Marks count letters: they fit only a text that stays as it is.
                marks=block.marks if canonical.canonical_block(block.text) == block.text else [],
            )
            for position, block in enumerate(blocks)
        ]
    )
    keep_word_file(edition, now)
    return edition


def keep_word_file(edition: Edition, now: datetime) -> EditionFile:
    """Freeze the Word file of an edition, from its frozen blocks. Call inside ``acting``. ``now``: UTC."""
    rows = tuple(row.as_block() for row in edition.block_rows.order_by("position"))
    data = fixed_copy.word(edition.label, edition.title, rows, edition.effective_from, edition.language)
    kept: EditionFile = EditionFile.objects.create(
        edition=edition, data=data, sha256=hashlib.sha256(data).hexdigest(), made_at=now
    )
    return kept
