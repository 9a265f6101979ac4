"""Which paragraph is the title, and where the text begins behind the letterhead."""

from __future__ import annotations

from collections.abc import Sequence

from ..blocks import RTL
from .candidates import Candidate
from .ids import is_rtl

_FAR = 12  # a title by style stands among the first paragraphs
_LONGEST = 250  # letters of a title


def title_of(candidates: Sequence[Candidate], language: str) -> tuple[int, int, bool]:
    """Place of the title (-1 for none), where the text begins, and whether it was guessed.

    Where blocks are known by their ids nothing has to be guessed.
    """
    if any(candidate.known_id for candidate in candidates):
        return -1, 0, False
    end = 0
    while end < len(candidates) and _may_be_front(candidates[end]):
        end += 1
    styled = [place for place, candidate in enumerate(candidates) if candidate.look.style == "title"]
    if styled and styled[0] <= max(end, _FAR):
        return styled[0], styled[0] + 1, False
    front = [place for place in range(end) if len(candidates[place].text) <= _LONGEST]
    if _stands_over_all(end, candidates):
        front.append(end)
    if not front or (end == len(candidates) and end < 3):
        return -1, 0, False
    chosen = max(front, key=lambda place: (_loudness(candidates[place], language), -place))
    return chosen, chosen + 1, True


def _stands_over_all(place: int, candidates: Sequence[Candidate]) -> bool:
    """The only heading of its level, with all others below it: how a web page or online editor writes a title."""
    if place >= len(candidates):
        return False
    first, later = candidates[place], [c.look.outline for c in candidates[place + 1 :] if c.look.outline]
    return (
        0 < first.look.outline < min(later, default=0)
        and len(later) > 1
        and first.number is None
        and len(first.text) <= _LONGEST
    )


def _may_be_front(candidate: Candidate) -> bool:
    return (
        not candidate.look.outline
        and candidate.number is None
        and not candidate.columns
        and len(candidate.text.split()) <= 25
        and not candidate.text.endswith((".", ";", ":"))
    )


def _loudness(candidate: Candidate, language: str) -> float:
    """Size, weight and length speak for a title; another script than the text's speaks against it."""
    score = candidate.look.size * 20 + (60 if candidate.bold or candidate.look.bold else 0)
    score += min(len(candidate.text.split()), 20) * 4
    return score - (80 if is_rtl(candidate.text) != (language in RTL) else 0)
