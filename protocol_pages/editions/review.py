"""The yearly review of §8 as D6 settles it: pure, from facts and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

DUE_MONTH, DUE_DAY = 1, 31


@dataclass(frozen=True, slots=True)
class ReviewYear:
    """One year's review: due on 31 January; ``recorded_on`` is None where nothing is recorded."""

    year: int
    due: date
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """``years``: every review due so far, oldest first. ``next_due``: the next 31 January, today included."""

    years: tuple[ReviewYear, ...]
    next_due: date

    @property
    def not_recorded(self) -> tuple[int, ...]:
        """Years without a record: neither done nor accused (D6)."""
        return tuple(item.year for item in self.years if item.recorded_on is None)

    @property
    def recorded(self) -> tuple[ReviewYear, ...]:
        return tuple(item for item in self.years if item.recorded_on is not None)


def review_status(approved_on: date, today: date, recorded: Mapping[int, date]) -> ReviewStatus:
    """Reviews due each 31 January after the approval, whatever the edition (§8, D6).

    ``approved_on``: day of the first approval. ``today``: calendar day in the network's time zone; a review
    due today counts as due. ``recorded``: year → day on which that year's review was recorded.
    """
    first = approved_on.year + 1
    due_years = [y for y in range(first, today.year + 1) if date(y, DUE_MONTH, DUE_DAY) <= today]
    years = tuple(ReviewYear(y, date(y, DUE_MONTH, DUE_DAY), recorded.get(y)) for y in due_years)
    this_year = date(today.year, DUE_MONTH, DUE_DAY)
    next_year = today.year if today <= this_year else today.year + 1
    return ReviewStatus(years, date(max(next_year, first), DUE_MONTH, DUE_DAY))


RecordedReviews = Callable[[], Mapping[int, date]]
_sources: list[RecordedReviews] = []


def register_source(source: RecordedReviews) -> None:
    """A floor above says which reviews are recorded: year → day of the record."""
    _sources.append(source)


def recorded_reviews(sources: Iterable[RecordedReviews] | None = None) -> dict[int, date]:
    """All recorded reviews; empty until a slice that records them is installed."""
    recorded: dict[int, date] = {}
    for source in _sources if sources is None else sources:
        recorded.update(source())
    return recorded
