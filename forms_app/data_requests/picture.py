"""Everything a guard or the release page looks at, loaded once (§7B, D22, D30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from forms_app.common import figures, parties
from forms_app.common.figures import DataSet, Reading
from intranet.network.models import NetworkSettings
from intranet.workflow.machine import Decision
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force
from signatories.standing import Position

from . import facts, people
from .facts import AskFacts, RoundFacts
from .models import Correction, DataRequest, OfficeDecision, Round
from .tokens import BEFORE_RELEASE, DecisionKind


@dataclass
class Picture:
    """One request at one instant. Each part is read when first asked for, then kept.

    ``figures_read``: the figures of its period, where they were read together with those of other requests.
    """

    request: DataRequest
    now: datetime
    figures_read: Reading | None = None

    @classmethod
    def of(cls, pk: UUID, now: datetime) -> Picture | None:
        """The picture of a request in one query once it was issued; None when there is no such request."""
        found = facts.whole_request(pk)
        if found is None:
            request = DataRequest.objects.select_related("guarantee").filter(pk=pk).first()
            return None if request is None else cls(request, now)
        request, rounds, asks = found
        picture = cls(request, now)
        newest = rounds[-1]
        own = [ask for ask in asks if ask.round_id == newest.pk]
        picture.rounds = rounds
        picture.current = facts.assemble([newest], own, request, {})[0]
        return picture

    @classmethod
    def of_all(cls, requests: Sequence[DataRequest], now: datetime) -> list[Picture]:
        """Pictures of several requests; those that were issued share one query for organizations and answers,
        and one for figures."""
        asked = [request for request in requests if request.state in BEFORE_RELEASE]
        periods = [request.period for request in asked if request.period is not None]
        read = figures.provider().reading(periods) if periods else None
        pictures = {request.pk: cls(request, now, read if request in asked else None) for request in requests}
        for request, rounds, asks in facts.newest_asks(asked):
            picture = pictures[request.pk]
            picture.rounds = rounds
            picture.current = facts.assemble([rounds[-1]], asks, request, {})[0]
        return list(pictures.values())

    @cached_property
    def settings(self) -> NetworkSettings:
        return NetworkSettings.current()

    @cached_property
    def rounds(self) -> list[Round]:
        return facts.rounds_of(self.request)

    @cached_property
    def current(self) -> RoundFacts | None:
        """Facts of the newest round."""
        return facts.load([self.rounds[-1]], self.request)[0] if self.rounds else None

    @cached_property
    def live(self) -> DataSet | None:
        """The data set of the current round's organizations as the figures stand now."""
        period = self.request.period
        if self.current is None or period is None:
            return None
        read = self.figures_read or figures.provider()
        return read.data_set(period, self.current.organizations(), self.request.tables)

    @cached_property
    def stopped(self) -> dict[UUID, Position]:
        """Organizations of the round that a stop keeps out, or kept out since it was issued (trap 12)."""
        if self.current is None:
            return {}
        organizations = [facts.ask.organization for facts in self.current.asks]
        return people.stopped_since(organizations, self.current.round.issued_at, self.now)

    @cached_property
    def all_still_speak(self) -> bool:
        """Whether every organization of the round shared data through the network ever since (trap 12)."""
        return self.current is not None and not self.stopped

    @cached_property
    def party_stands(self) -> bool:
        """Whether the receiving party was not suspended since the round was issued (§7B.0 v)."""
        if self.current is None:
            return True
        return not parties.broken_since(self.request.requester_organization, self.current.round.issued_at)

    @cached_property
    def party(self) -> Decision:
        """Whether anything may go on for the receiving party now (D33); read once a page for all requests."""
        return parties.decision(self.request.requester_organization, self.now)

    @cached_property
    def overdue(self) -> list[AskFacts]:
        """Organizations to follow up with: the first answer's day has passed, and no stop keeps them out."""
        if self.current is None:
            return []
        return [
            known
            for known in self.current.asks
            if known.follow_up_is_due(self.now) and known.ask.organization_id not in self.stopped
        ]

    @cached_property
    def left(self) -> int:
        """Organizations that could still agree: not silent to the end, or those to ask anew (D28, D30)."""
        if self.current is None:
            return 0
        if self.all_still_speak:
            return len(self.current.asks) - len(self.current.silent(self.now))
        return len(people.to_ask(self.request, self.now, self.current.round.refused, self.figures_read))

    @cached_property
    def consents_hold(self) -> bool:
        """Consents bind to the exact data set (D30): nothing was corrected, nobody left or
        stopped, and the receiving party kept the guarantee that they rest on."""
        if self.current is None or self.live is None:
            return False
        same = self.live.sha256 == self.current.round.data_set_sha256
        return same and self.all_still_speak and self.party_stands

    @cached_property
    def authorization(self) -> OfficeDecision | None:
        """The office's newest word on the current round, when it is an authorization (§7B.7)."""
        if self.current is None:
            return None
        last = (
            OfficeDecision.objects.filter(request=self.request, round=self.current.round)
            .exclude(kind=DecisionKind.REOPEN)
            .order_by("-at")
            .first()
        )
        return last if last is not None and last.kind == DecisionKind.AUTHORIZE else None

    @cached_property
    def instruction(self) -> OfficeDecision | None:
        """The office's written instruction to go on, given after the request stopped (D29)."""
        ended = self.request.ended_at
        found = (
            OfficeDecision.objects.filter(request=self.request, kind=DecisionKind.REOPEN)
            .order_by("-at")
            .first()
        )
        return found if found is not None and ended is not None and found.at >= ended else None

    @cached_property
    def correction(self) -> Correction | None:
        """The correction of a recorded no that waits for the office's word (D17)."""
        return (
            Correction.objects.filter(
                answer__ask__round__request=self.request, reply=None, answer__confirmation=None
            )
            .order_by("at")
            .first()
        )

    @cached_property
    def edition(self) -> Edition | None:
        """The edition in force today, None when none was adopted."""
        try:
            return edition_in_force(people.today(self.now))
        except NoEdition:
            return None
