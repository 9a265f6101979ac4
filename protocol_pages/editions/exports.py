"""Files of editions, gathered from the frozen rows for the pure writers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from intranet.network.models import NetworkSettings
from intranet.papers import pdf as papers_pdf
from intranet.papers.sender import letterhead

from . import fixed_copy, printed, selectors
from . import redline as tracked
from .models import Edition


def redline(old: Edition, new: Edition) -> bytes:
    """Word file with tracked changes from ``old`` to ``new``. Raises ``redline.RedlineFault``.

    Every change carries the day from which ``new`` is in force, so the same two editions give the same bytes.
    """
    return tracked.redline(
        tracked.Side(old.label, selectors.blocks_of(old)),
        tracked.Side(new.label, selectors.blocks_of(new)),
        title=new.title,
        day=new.effective_from,
        author=NetworkSettings.current().letterhead_name,
    )


def word(edition: Edition) -> bytes:
    """The edition in Word: the bytes that were frozen with it. Raises ``fixed_copy.WordFault`` where none were."""
    kept = getattr(edition, "word_file", None)
    if kept is not None:
        return bytes(kept.data)
    text = selectors.blocks_of(edition)
    return fixed_copy.word(edition.label, edition.title, text, edition.effective_from, edition.language)


def pdf(edition: Edition) -> bytes:
    """The edition as a tagged PDF, the way all papers are made; made once for a text and a letterhead.

    Raises ``papers.pdf.PdfUnavailable``.
    """
    paper = printed.paper(
        selectors.blocks_of(edition),
        title=edition.title,
        label=edition.label,
        day=edition.effective_from,
        sha256=edition.sha256,
        address=settings.BASE_URL + reverse("protocol-edition", args=[edition.slug]),
        letterhead=letterhead(NetworkSettings.current()),
    )
    key = "protocol-pdf:" + hashlib.sha256(repr(paper).encode()).hexdigest()
    made: bytes | None = cache.get(key)
    if made is None:
        made = papers_pdf.render(paper)
        cache.set(key, made, None)
    return made


def data(edition: Edition) -> bytes:
    """The edition as a data file (JSON), as ``manage.py adopt_protocol --file`` reads it."""
    rows = [asdict(block) | {"addresses": list(block.addresses)} for block in selectors.blocks_of(edition)]
    found = {
        "format": 1,
        "language": edition.language,
        "edition": {
            "number": edition.number,
            "minor": edition.minor,
            "effective_from": edition.effective_from.isoformat(),
            "endorsed_by": edition.endorsed_by,
            "endorsed_on": edition.endorsed_on.isoformat(),
            "document_ref": edition.document_ref,
        },
        "title": edition.title,
        "sha256": edition.sha256,
        "blocks": rows,
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
