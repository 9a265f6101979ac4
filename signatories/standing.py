"""Where an organization stands, folded from its ledger. Pure: facts in, position out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .models import FLOW, STOPS, EntryKind, Organization, OrganizationState


class Standing(StrEnum):
    """Standing of an organization on one day. Suspension and stop of flow are two things; both may hold."""

    NEVER = "never"  # not asked: another kind of organization, or not in the network that day
    INVITED = "invited"  # in the network, has not endorsed
    SIGNATORY = "signatory"
    SUSPENDED = "suspended"  # a signatory whose sharing is suspended (§4.f)
    FLOW_STOPPED = "flow_stopped"  # a signatory that stopped the flow of data over a breach (§9.f)
    SUSPENDED_STOPPED = "suspended_stopped"  # both at once
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> StrOrPromise:
        return _LABELS[self]


_LABELS: dict[Standing, StrOrPromise] = {
    Standing.NEVER: _("Not asked to sign"),
    Standing.INVITED: _("Invited"),
    Standing.SIGNATORY: _("Signatory"),
    Standing.SUSPENDED: _("Sharing suspended"),
    Standing.FLOW_STOPPED: _("Flow of data stopped"),
    Standing.SUSPENDED_STOPPED: _("Sharing suspended, flow of data stopped"),
    Standing.WITHDRAWN: _("Withdrawn"),
}

# (suspended, flow stopped) of a signatory.
_MEMBER_STATES = {
    (False, False): OrganizationState.SIGNATORY,
    (True, False): OrganizationState.SUSPENDED,
    (False, True): OrganizationState.FLOW_STOPPED,
    (True, True): OrganizationState.SUSPENDED_STOPPED,
}


class Fact(Protocol):
    """What the fold reads of an entry in effect."""

    kind: str
    effective_on: date


@dataclass(frozen=True)
class Position:
    """The outcome of all entries in effect up to a day, in order of effect.

    ``endorsement``: the one that binds or bound last (D7); ``last``: the entry that made the present
    standing. ``sharing`` and ``flow``: the newest entry of each strand in this membership (§4.f, §9.f); the
    two never touch each other (trap 19). ``stopped``: the newest entry that stopped anything, kept when it
    was lifted. A withdrawal ends both stops; an endorsement of a newer edition ends neither.
    """

    member: bool = False
    endorsement: Fact | None = None
    last: Fact | None = None
    sharing: Fact | None = None
    flow: Fact | None = None
    stopped: Fact | None = None

    @property
    def suspension(self) -> Fact | None:
        """The suspension that holds (§4.f), None when there is none."""
        return self.sharing if self.sharing is not None and self.sharing.kind == EntryKind.SUSPENDED else None

    @property
    def flow_stop(self) -> Fact | None:
        """The stop of flow that holds (§9.f), None when there is none."""
        return self.flow if self.flow is not None and self.flow.kind == EntryKind.FLOW_STOPPED else None

    @property
    def suspended(self) -> bool:
        return self.suspension is not None

    @property
    def flow_stopped(self) -> bool:
        return self.flow_stop is not None

    def after(self, fact: Fact) -> Position:
        """The position once ``fact`` has taken effect."""
        if fact.kind == EntryKind.ENDORSED:
            stands = self.suspended or self.flow_stopped
            return replace(self, member=True, endorsement=fact, last=self.last if stands else fact)
        if not self.member:
            return self
        stopped = fact if fact.kind in STOPS else self.stopped
        if fact.kind == EntryKind.WITHDRAWN:
            return Position(False, self.endorsement, fact, stopped=stopped)
        if fact.kind in FLOW:
            return replace(self, last=fact, flow=fact, stopped=stopped)
        return replace(self, last=fact, sharing=fact, stopped=stopped)

    @property
    def state(self) -> OrganizationState:
        """The state in which the table of acts finds the organization."""
        if self.member:
            return _MEMBER_STATES[self.suspended, self.flow_stopped]
        return OrganizationState.LISTED if self.endorsement is None else OrganizationState.WITHDRAWN


def fold(facts: Iterable[Fact]) -> Position:
    """Position after ``facts``, which come in order of effect and recording."""
    position = Position()
    for fact in facts:
        position = position.after(fact)
    return position


def standing_of(organization: Organization, position: Position, day: date) -> Standing:
    """The standing that a position gives ``organization`` on ``day``."""
    if position.member or position.endorsement is not None:
        return Standing(position.state.value)
    asked = organization.may_sign and organization.active_on(day)
    return Standing.INVITED if asked else Standing.NEVER
