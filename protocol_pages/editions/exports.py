"""Files of editions, gathered from the frozen rows for the pure writers."""

from __future__ import annotations

from intranet.network.models import NetworkSettings

from . import redline as tracked
from . import selectors
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
