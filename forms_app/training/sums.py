"""Sums and rates: pure functions. A total that its parts do not make is told, with both numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import OBLIGED, Audience

Figures = Mapping[str, Mapping[str, int]]


def attendance_fault(parts: Mapping[str, int | None], total: int | None) -> str:
    """Why an attendance does not stand, as a sentence for who typed it; empty where it does."""
    if total is None:
        return _("Total: write how many people attended.")
    if any(parts.get(a) is None for a in Audience):
        missing = next(a for a in Audience if parts.get(a) is None)
        return _("%(label)s: write a number; nobody is 0.") % {"label": missing.label}
    adds = sum(int(parts[a] or 0) for a in Audience)
    if adds != total:
        return _("The categories add to %(adds)s, the total says %(total)s. Correct one of them.") % {
            "adds": adds,
            "total": total,
        }
    return "" if total else _("Total: a session that nobody attended is not recorded.")


def compliance_faults(figures: Figures) -> list[tuple[str, str]]:
    """(category, sentence) for each category whose parts are more than its head-count; blank is no number."""
    found = []
    for audience in OBLIGED:
        row = figures.get(audience)
        if row is None:
            found.append(
                (audience.value, _("%(label)s: write four numbers; none is 0.") % {"label": audience.label})
            )
            continue
        parts = row["valid"] + row["expired"] + row["new"]
        if parts > row["required"]:
            found.append(
                (
                    audience.value,
                    _("%(label)s: valid, expired and new add to %(parts)s, the head-count is %(required)s.")
                    % {"label": audience.label, "parts": parts, "required": row["required"]},
                )
            )
    if not found and not sum(figures[a]["required"] for a in OBLIGED):
        found.append(("", _("Head-count: nobody has to be trained? Then write who works for you.")))
    return found


@dataclass(frozen=True, slots=True)
class Rate:
    """``valid`` out of ``required``; ``percent`` None where nobody has to be trained."""

    valid: int
    required: int

    @property
    def percent(self) -> float | None:
        return None if not self.required else round(100 * self.valid / self.required, 1)


def rate(figures: Figures) -> Rate:
    """Completed and valid out of the head-count, over all categories."""
    valid = sum(figures[a]["valid"] for a in OBLIGED if a in figures)
    return Rate(valid, sum(figures[a]["required"] for a in OBLIGED if a in figures))


def together(rates: Iterable[Rate]) -> Rate:
    """The network's rate: people, not organizations, are counted."""
    rows = list(rates)
    return Rate(sum(row.valid for row in rows), sum(row.required for row in rows))
