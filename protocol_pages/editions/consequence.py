"""What a minor or substantive edition means for those who endorsed (D7), said before anybody decides.

Who has endorsed is known a floor above, which registers how to count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import selectors
from .caveats import has_caveats
from .models import Edition, EditionDraft

Count = Callable[[datetime], int]
_counts: list[Count] = []


def register_count(count: Count) -> None:
    """``count(now)``: how many organizations are signatories now."""
    _counts.append(count)


def signatories(now: datetime) -> int:
    """How many organizations are signatories; 0 where nobody registered a count."""
    return sum(count(now) for count in _counts)


@dataclass(frozen=True, slots=True)
class Consequence:
    """``label``: the edition that it would become. ``lines``: what follows, in sentences. ``text``: of the draft,
    with ids and addresses, as a hash.
    """

    label: str
    minor: bool
    signatories: int
    lines: tuple[str, ...]
    text: str

    @property
    def seal(self) -> str:
        """Names what was shown, whatever the language: a decision is bound to it, and to the text (trap 44)."""
        facts = f"{self.label}|{self.minor}|{self.signatories}|{self.text}"
        return hashlib.sha256(facts.encode()).hexdigest()[:16]


def next_number(last: Edition | None, minor: bool) -> tuple[int, int]:
    """Number and minor number of the next edition (D7)."""
    if last is None:
        return 1, 0
    return (last.number, last.minor + 1) if minor else (last.number + 1, 0)


def of(draft: EditionDraft, minor: bool, last: Edition | None, now: datetime) -> Consequence:
    """What follows when ``draft`` is endorsed as a minor or as a substantive edition."""
    number, minor_number = next_number(last, minor)
    label = f"{number}.{minor_number}" if minor_number else str(number)
    asked = signatories(now)
    if minor:
        lines = [
            _("Nobody is asked to endorse again."),
            _("An endorsement of edition %(number)s counts for edition %(label)s too.")
            % {"number": number, "label": label},
        ]
    else:
        lines = [
            ngettext(
                "%(count)s signatory is asked to endorse edition %(label)s.",
                "%(count)s signatories are asked to endorse edition %(label)s.",
                asked,
            )
            % {"count": asked, "label": label},
        ]
        if last is not None:
            lines.append(
                _(
                    "Until an organization has endorsed it, the endorsement that it gave before binds, "
                    "or until it withdraws."
                )
            )
    if draft.blocks and not has_caveats(selectors.blocks_of_draft(draft)):
        lines.append(
            _(
                "The text lacks a caveat of section 7A or 7B: no letter with figures can leave while it is in force."
            )
        )
    text = json.dumps(draft.blocks, sort_keys=True).encode()
    return Consequence(label, minor, asked, tuple(lines), hashlib.sha256(text).hexdigest())


def seal_of(draft: EditionDraft, minor: bool, last: Edition | None, now: datetime) -> str:
    """The seal alone."""
    with translation.override("en"):
        return of(draft, minor, last, now).seal
