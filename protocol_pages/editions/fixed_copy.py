"""The Word file that is frozen with an edition. One place that decides how it is written."""

from __future__ import annotations

from datetime import date

from intranet.network.models import NetworkSettings

from . import redline
from .blocks import Block


def word(label: str, title: str, text: tuple[Block, ...], day: date) -> bytes:
    """The canonical text as a Word file, read back before it is kept. Raises ``redline.RedlineFault``.

    ``day``: calendar date of the properties, so that the same edition gives the same bytes.
    """
    return redline.plain(
        redline.Side(label, text),
        title=title,
        day=day,
        author=NetworkSettings.current().letterhead_name,
    )
