"""The stops of the demo: one organization in every state, and receiving parties that are kept back (D41).

Played through the services on the moving clock; nothing here sets a state. Palm Grove suspends in ``demo``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from audit.actors import Actor
from forms_app.data_requests import services as requests
from forms_app.data_requests.tokens import Kind, RequesterKind
from forms_app.receiving_parties import services as parties
from forms_app.receiving_parties.inputs import Case, Said
from forms_app.receiving_parties.models import PartySuspension
from intranet.access.roles import Capacity
from signatories import services as acts
from signatories.selectors import position
from signatories.stops import effects
from signatories.stops import services as stops

from . import words
from .stage import Plan, Stage

FLOW_STOPPED = "two-rivers"  # over a breach (§9.f)
BOTH = "al-nahda"  # stopped the flow, and suspended sharing besides
WITHDRAWN = "marshland"  # acknowledged by the Coordinator, not yet by the office
PARTY = "Sample Research Centre (example)"
NEAR_NAME = "Sample Research Center (example)"
LIFTED_PARTY = "Sample Policy Desk (example)"


def shares_monthly(stage: Stage, key: str) -> bool:
    """Whether a focal point of the demo sends this month's report: a signatory without a stop on reports."""
    found = position(stage.organizations[key], stage.clock.today)
    return effects.takes_reports(found) and effects.resting(found) is None


@dataclass
class Stops:
    """The scenes."""

    stage: Stage

    def plan(self, at: Plan, today: date) -> None:
        """Plan them by ``at(day, hour, play)``; all of them lie before the requests that are still open."""
        for days, hour, play in (
            (120, 11, self.suspend_and_lift_later),
            (90, 10, self.stop_the_flow),
            (85, 11, self.stop_both),
            (62, 12, self.lift),
            (60, 10, self.withdraw),
            (59, 11, self.acknowledge),
            (20, 11, self.propose),
            (19, 12, self.agree),
            (3, 11, self.ask_under_a_near_name),
        ):
            at(today - timedelta(days=days), hour, play)

    def _head(self, key: str) -> Actor:
        return self.stage.actor(key, Capacity.HEAD_OF_AGENCY)

    def stop_the_flow(self) -> None:
        """In writing with the reasons, to the Coordinator (§9.f)."""
        self._stop_flow(FLOW_STOPPED)

    def _stop_flow(self, key: str) -> None:
        stage = self.stage
        stops.stop_flow(
            stage.organizations[key],
            self._head(key),
            stage.now,
            breach_reference=f"BR-{stage.clock.today.year}-01",
            reasons="A table of the network was passed on without authorization, and nobody was informed.",
            effective_on=stage.clock.today,
        )

    def stop_both(self) -> None:
        """Two strands at once, each with its own addressee (trap 19)."""
        stage = self.stage
        self._stop_flow(BOTH)
        now = stage.clock.tick(30)
        acts.suspend(
            stage.organizations[BOTH],
            self._head(BOTH),
            now,
            reason="capacity",
            effective_on=stage.clock.today,
            scope="external",
            review_on=stage.clock.today + timedelta(days=90),
        )

    def withdraw(self) -> None:
        """By the individual who signed (footnote 5)."""
        stage = self.stage
        acts.withdraw(
            stage.organizations[WITHDRAWN],
            replace(self._head(WITHDRAWN), capacity=Capacity.SIGNER.value),
            stage.now,
            statement="Our organization ends its work in the country and withdraws from the protocol.",
            effective_on=stage.clock.today + timedelta(days=7),
        )

    def acknowledge(self) -> None:
        """The Coordinator acknowledges; the office has not yet."""
        stage = self.stage
        entry = stage.organizations[WITHDRAWN].participation.get(kind="withdrawn")
        stops.acknowledge(entry, stage.coordinator, stage.now)

    def _case(self, party: str, reason: str) -> Case:
        return Case(
            party=party,
            release_number="Table of 2023, sent by mail",
            reason=reason,
            from_on=self.stage.clock.today,
            address="Example Avenue 12, Example City",
        )

    def _of(self, party: str) -> PartySuspension:
        return PartySuspension.objects.get(party=party)

    def suspend_and_lift_later(self) -> None:
        """The office suspends a party by its own word."""
        case = self._case(LIFTED_PARTY, "It used the table for a purpose that was not authorized.")
        parties.suspend(
            case,
            Said("The party is suspended until it confirms the caveat."),
            self.stage.office,
            self.stage.now,
        )

    def lift(self) -> None:
        """The second act."""
        said = Said("The party confirmed the caveat in writing.")
        parties.lift(self._of(LIFTED_PARTY), said, self.stage.office, self.stage.now)

    def propose(self) -> None:
        """The Coordinator holds everything back at once and asks the office."""
        parties.propose(
            self._case(PARTY, "It printed the table in a public note."),
            self.stage.coordinator,
            self.stage.now,
        )

    def agree(self) -> None:
        """The office decides."""
        parties.agree(self._of(PARTY), Said("The party is suspended."), self.stage.office, self.stage.now)

    def ask_under_a_near_name(self) -> None:
        """A request of a name that is near: nothing goes on until a person has said whether it is the party."""
        stage = self.stage
        asked = words.plain(Kind.EXTERNAL, NEAR_NAME, RequesterKind.ACADEMIC, stage.clock.today)
        requests.register(asked, stage.coordinator, stage.now)
