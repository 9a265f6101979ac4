"""§9.f to §9.h as they stand in the edition in force: what is recommended while a breach is open."""

from __future__ import annotations

from datetime import date

from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import ClauseNotFound


def recommendation(day: date) -> str:
    """The clause word for word, in English; empty without an edition in force or without the clause."""
    try:
        return editions.clause(editions.edition_in_force(day), "9.g").text
    except (editions.NoEdition, ClauseNotFound):
        return ""
