"""Where an organization stands, folded from its ledger. Pure: facts in, position out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .models import EntryKind, Organization, OrganizationState


class Standing(StrEnum):
    """Standing of an organization on one day."""

    NEVER = "never"  # not asked: another kind of organization, or not in the network that day
    INVITED = "invited"  # in the network, has not endorsed
    SIGNATORY = "signatory"
    SUSPENDED = "suspended"  # a signatory whose sharing is suspended (§4.f)
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> StrOrPromise:
        return _LABELS[self]


_LABELS: dict[Standing, StrOrPromise] = {
    Standing.NEVER: _("Not asked to sign"),
    Standing.INVITED: _("Invited"),
    Standing.SIGNATORY: _("Signatory"),
    Standing.SUSPENDED: _("Sharing suspended"),
    Standing.WITHDRAWN: _("Withdrawn"),
}


class Fact(Protocol):
    """What the fold reads of an entry in effect."""

    kind: str
    effective_on: date


@dataclass(frozen=True)
class Position:
    """The outcome of all entries in effect up to a day, in order of effect.

    ``endorsement``: the one that binds or bound last (D7); ``last``: the entry that made the
    present standing. A withdrawal ends a suspension; an endorsement of a newer edition does not.
    """

    member: bool = False
    suspended: bool = False
    endorsement: Fact | None = None
    last: Fact | None = None

    def after(self, fact: Fact) -> Position:
        """The position once ``fact`` has taken effect."""
        if fact.kind == EntryKind.ENDORSED:
            return Position(True, self.suspended, fact, self.last if self.suspended else fact)
        if not self.member:
            return self
        if fact.kind == EntryKind.WITHDRAWN:
            return Position(False, False, self.endorsement, fact)
        return Position(True, fact.kind == EntryKind.SUSPENDED, self.endorsement, fact)

    @property
    def state(self) -> OrganizationState:
        """The state in which the table of acts finds the organization."""
        if self.suspended:
            return OrganizationState.SUSPENDED
        if self.member:
            return OrganizationState.SIGNATORY
        return OrganizationState.LISTED if self.endorsement is None else OrganizationState.WITHDRAWN


def fold(facts: Iterable[Fact]) -> Position:
    """Position after ``facts``, which come in order of effect and recording."""
    position = Position()
    for fact in facts:
        position = position.after(fact)
    return position


def standing_of(organization: Organization, position: Position, day: date) -> Standing:
    """The standing that a position gives ``organization`` on ``day``."""
    if position.suspended:
        return Standing.SUSPENDED
    if position.member:
        return Standing.SIGNATORY
    if position.endorsement is not None:
        return Standing.WITHDRAWN
    asked = organization.may_sign and organization.active_on(day)
    return Standing.INVITED if asked else Standing.NEVER
