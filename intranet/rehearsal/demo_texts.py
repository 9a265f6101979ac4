"""The demo's text beside the English: words that say of themselves that they are an invented sample.

Nobody reviewed the protocol in Arabic for this demo, and nothing here may be taken for such a text (D4).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from protocol_pages.editions.footnotes import marks
from protocol_pages.editions.selectors import blocks_of, edition_in_force
from protocol_pages.translations import selectors, services

from .stage import Plan, Stage

SAMPLE = "نموذج مختلق لعرض الشاشة وحدها، وليس ترجمة لهذا البند ولم يراجعه أحد (INVENTED SAMPLE)."
SHOWN, WAITING = ("7B.1", "7B.2"), ("7B.3",)


def plan(at: Plan, stage: Stage, today: date) -> None:
    """Two blocks that a second person confirmed, and one that waits."""
    at(today - timedelta(days=9), 10, partial(_text, stage, SHOWN, confirmed=True))
    at(today - timedelta(days=2), 10, partial(_text, stage, WAITING, confirmed=False))


def _text(stage: Stage, addresses: tuple[str, ...], *, confirmed: bool) -> None:
    edition = edition_in_force(stage.clock.today)
    facts = services.Facts(
        "INVENTED SAMPLE: no reviewer",
        "Nobody (example)",
        stage.clock.today - timedelta(days=1),
        "Written for this demo; no text of a reviewer",
    )
    text = services.begin("ar", edition, facts, stage.office, stage.clock.tick())
    words = {
        block.id: " ".join([SAMPLE, *(f"[{number}]" for number in marks(block.text))])
        for block in blocks_of(edition)
        if set(addresses) & set(block.addresses)
    }
    services.write(text, words, stage.office, stage.clock.tick())
    services.hand_in(text, stage.office, stage.clock.tick())
    if confirmed:
        services.confirm(text, selectors.seal_of(text), stage.coordinator, stage.clock.tick())
