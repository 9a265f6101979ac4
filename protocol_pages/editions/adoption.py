"""Freezing a draft: the only code that writes editions. Called by the runner's ``adopt``."""

from __future__ import annotations

from datetime import datetime

from . import canonical
from .blocks import block_from
from .models import Edition, EditionBlock, EditionDraft


def freeze(draft: EditionDraft, now: datetime) -> Edition:
    """Write the edition and its blocks, with canonical text and fingerprint (D1).

    ``now``: UTC instant of the adoption. Each block's text is stored in canonical form, so the canonical
    text can be recomputed from the rows.
    """
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
        annex=draft.annex,
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
            )
            for position, block in enumerate(blocks)
        ]
    )
    return edition
