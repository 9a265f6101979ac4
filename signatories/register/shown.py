"""The register as a capacity may read it: that another organization suspends is for those who are told (§4.f)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.papers.sheets import Cell

from ..directory import StandingShown, came_from, shown_standing
from ..models import ReceivedHow
from ..policy import OVERSEERS
from .rows import Held, Row, Signed, register_on


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``due``: a newer substantive edition waits for its endorsement (D7)."""

    row: Row
    standing: StandingShown
    came: str
    due: bool
    posts: tuple[Held, ...]

    @property
    def signed(self) -> Signed | None:
        return self.row.signed

    @property
    def name(self) -> str:
        return self.row.names.name


def shown_on(actor: Actor, day: date, edition_number: int | None) -> list[Shown]:
    """The register of a day for ``actor``; posts only of the own organization or for those who oversee."""
    overseer = actor.capacity in OVERSEERS
    lines = []
    for row in register_on(day, posts=True):
        own = actor.organization_id == row.organization.pk
        signed = row.signed
        due = row.member and edition_number is not None and _number(signed) < edition_number
        lines.append(
            Shown(
                row,
                shown_standing(row.standing, actor, row.organization),
                _came(signed, overseer) if signed else "",
                due,
                row.posts if own or overseer else (),
            )
        )
    return lines


def _number(signed: Signed | None) -> int:
    return (signed.edition_number or 0) if signed else 0


def _came(signed: Signed, overseer: bool) -> str:
    """How an endorsement came in (D17): in full for those who oversee."""
    if not signed.received_how:
        return ""
    if not overseer:
        return _("Received outside the system and confirmed")
    how = str(ReceivedHow(signed.received_how).label)
    return came_from(how, signed.recorded_by, signed.recorded_first)


@dataclass(frozen=True, slots=True)
class Count:
    """How many organizations stand under one word."""

    label: StrOrPromise
    number: int
    shape: str = ""


def by_standing(lines: Iterable[Shown]) -> list[Count]:
    """Organizations by standing as shown, the most frequent first."""
    shapes = {str(line.standing.word): line.standing.shape for line in lines}
    counted = Counter(str(line.standing.word) for line in lines)
    return [Count(word, number, shapes[word]) for word, number in counted.most_common()]


def by_edition(lines: Iterable[Shown]) -> list[Count]:
    """Signatories by the edition that binds them, the newest first."""
    counted = Counter(
        (line.signed.edition_number or 0, line.signed.edition_label)
        for line in lines
        if line.row.member and line.signed is not None
    )
    return [Count(label, number) for (_n, label), number in sorted(counted.items(), reverse=True)]


def sheet_head() -> tuple[str, ...]:
    """Columns of the exports."""
    return (
        *(_("Organization"), _("Name in English"), _("Kind"), _("State"), _("Withdrawn on"), _("Edition")),
        *(_("Text fingerprint"), _("Endorsed on"), _("Signed by"), _("Title of the signer")),
        *(_("How it came in"), _("Posts")),
    )


def sheet_rows(lines: Iterable[Shown]) -> list[tuple[Cell, ...]]:
    """The register's lines with typed cells."""
    found: list[tuple[Cell, ...]] = []
    for line in lines:
        signed = line.signed
        about: tuple[Cell, ...] = (None,) * 5
        if signed is not None:
            about = (signed.edition_label, signed.edition_sha256, signed.effective_on)
            about += (signed.signer_name, signed.signer_title)
        posts = "; ".join(f"{post.capacity.label}: {post.person}" for post in line.posts)
        organization = line.row.organization
        found.append(
            (
                *(line.name, line.row.names.en, organization.get_kind_display(), str(line.standing.word)),
                *(line.row.left_on, *about, line.came, posts),
            )
        )
    return found
