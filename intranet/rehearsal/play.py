"""The whole main job on a moving clock: protocol, signatures, months, request, ladder, letter (D41)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import translation

from audit.actors import acting
from forms_app.common import figures as common
from forms_app.data_requests import facts
from forms_app.data_requests import services as requests
from forms_app.data_requests.inputs import ConsultationInput, OfficeWord, RequestInput
from forms_app.data_requests.models import Ask, DataRequest, Release
from forms_app.data_requests.tokens import AskState, Choice, RequestState
from intranet.access.roles import Capacity
from intranet.clock.business_days import BusinessCalendar
from intranet.clock.calendars import calendar_for
from intranet.clock.models import NonWorkingDay
from intranet.files import store
from intranet.network.models import NetworkSettings
from intranet.workflow.runner import Refused
from protocol_pages.editions import services as editions
from protocol_pages.editions.blocks import DATA_FILE, read_protocol
from protocol_pages.editions.models import Edition
from signatories import services as people

from . import network, reporting, words
from .stage import Clock, Stage

BY_SILENCE = "authorization by silence"
FOR_THE_OFFICE = "the Coordinator authorizing for the office"


@dataclass(frozen=True)
class Script:
    """What is played. ``start``: day of the senior-management follow-up."""

    start: date = date(2026, 1, 11)
    organizations: int = 7
    silent: int = 1
    refusing: int = 0
    late_holiday: date | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        if self.organizations < 1 or self.silent < 0 or self.refusing < 0:
            raise ValueError("--orgs must be at least 1, --silent and --refuse at least 0")
        if self.silent + self.refusing > self.organizations:
            raise ValueError("--silent and --refuse together are more than --orgs")

    @property
    def demanded(self) -> str:
        """The state in which the request must end. Where too few gathered data nobody is asked, so nobody refuses."""
        fewest = NetworkSettings.current().minimum_contributors
        if self.refusing and self.organizations >= fewest:
            return RequestState.STOPPED.value
        enough = self.organizations - self.silent >= fewest
        return (RequestState.RELEASED if enough else RequestState.NOT_RELEASED).value


@dataclass
class Played:
    """What came about."""

    request: DataRequest
    release: Release | None
    letter: bytes | None
    held: list[str] = field(default_factory=list)  # attempts that were refused, as they had to be
    broken: list[str] = field(default_factory=list)  # attempts that went through: the rehearsal fails


@dataclass
class Play:
    """One run of a script on a fresh database."""

    script: Script
    stage: Stage = field(init=False)
    edition: Edition = field(init=False)
    request: DataRequest = field(init=False)
    held: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def run(self) -> Played:
        """Play it from the adoption of the protocol to the end of the request."""
        with translation.override("en"):
            self._found()
            self._months()
            self._ask()
            if facts.of_current(self.request) is not None:
                self._first_round()
                self._second_round()
            release = self._release()
            self._try_afterwards()
        letter = _letter(release) if release else None
        return Played(self.request, release, letter, self.held, self.broken)

    # -- what leads up to the request -------------------------------------------------------------

    def _found(self) -> None:
        zone = ZoneInfo("Asia/Baghdad")
        self.period = common.Period(*self._period())
        founded = datetime.combine(self.period.first - timedelta(days=40), time(9), zone)
        self.stage = Stage(Clock(founded, zone))
        stage = self.stage
        stage.found(range(founded.year, self.script.start.year + 2))
        draft = editions.bring_in(read_protocol(DATA_FILE), stage.system, stage.clock.tick())
        self.edition = editions.adopt(draft, stage.system, stage.clock.tick())
        self.cast = network.more(self.script.organizations)
        for invented in self.cast:
            stage.join(invented)
        self._try_endorsing_for_another()
        for invented in self.cast:
            stage.endorse(invented.key, self.edition)

    def _period(self) -> tuple[date, date]:
        """Twelve whole months that were all due well before the request."""
        last = reporting.previous_month(reporting.previous_month(self.script.start - timedelta(days=20)))
        months = reporting.months_back(last, 12)
        return months[0], months[-1]

    def _months(self) -> None:
        for month in self.period.months():
            self.stage.clock.to(reporting.next_month(month), 10)
            for position, invented in enumerate(self.cast):
                self.stage.report(invented.key, month, reporting.figures(position, month))
                self.stage.clock.tick()
            self.stage.work()

    # -- the request --------------------------------------------------------------------------------

    def _ask(self) -> None:
        stage = self.stage
        issued = self._day_of_issue()
        stage.clock.to(issued - timedelta(days=4), 10)
        self.request = requests.register(self._asked(), stage.coordinator, stage.now)
        stage.clock.tick()
        self._must_refuse(
            "issue before the office was consulted",
            lambda: requests.issue(self.request, stage.coordinator, stage.now),
        )
        stage.clock.to(issued - timedelta(days=1), 11)
        view = ConsultationInput(on=stage.clock.today, view=words.CONSULTED)
        requests.record_consultation(self.request, view, stage.office, stage.now)
        stage.clock.to(issued, 10)
        if self.script.organizations < NetworkSettings.current().minimum_contributors:
            self._must_refuse(
                "asking fewer than three organizations",
                lambda: requests.issue(self.request, stage.coordinator, stage.now),
            )
            requests.close_too_few(self.request, stage.coordinator, stage.clock.tick())
        else:
            requests.issue(self.request, stage.coordinator, stage.now)
            stage.work()
        self._must_refuse(
            "release before authorization",
            lambda: requests.release(self.request, stage.coordinator, stage.now),
        )

    def _asked(self) -> RequestInput:
        return words.external(
            "Example Donor Office (example)", self.period, self.stage.clock.today, self.script.language
        )

    def _day_of_issue(self) -> date:
        """The latest day whose time for a first answer has ended when the follow-up is sent."""
        calendar = calendar_for()
        day = self.script.start - timedelta(days=7)
        days = NetworkSettings.current().first_answer_days
        while not self._over_by(calendar, day, days):
            day -= timedelta(days=1)
        return day

    def _over_by(self, calendar: BusinessCalendar, day: date, days: int) -> bool:
        sent = datetime.combine(day, time(10), self.stage.clock.zone)
        return calendar.is_business_day(day) and calendar.count(sent, days).last_day < self.script.start

    # -- the rounds ---------------------------------------------------------------------------------

    def _first_round(self) -> None:
        stage, script = self.stage, self.script
        asks = self._asks()
        keys = [invented.key for invented in self.cast]
        silent = keys[len(keys) - script.silent :] if script.silent else []
        answering = [key for key in keys if key not in silent]
        refusing = answering[len(answering) - script.refusing :] if script.refusing else []
        stage.clock.to(stage.clock.today + timedelta(days=1), 10)
        self._try_answering_for_another(asks, keys)
        for key in answering:
            if key in refusing:
                continue
            self._answer(asks[key], key, Choice.AUTHORIZE)
        for key in refusing:
            self._answer(asks[key], key, Choice.REFUSE)
        if script.refusing or not silent:
            return
        self._silence()

    def _silence(self) -> None:
        """§7B.2: follow-up with senior management, five business days, and still no authorization."""
        stage, script = self.stage, self.script
        stage.clock.to(script.start, 10)
        stage.work()
        self._must_refuse(
            "second round before the silence was complete",
            lambda: requests.open_second_round(self.request, stage.coordinator, stage.now),
        )
        requests.follow_up(self.request, stage.coordinator, stage.clock.tick())
        stage.work()
        if script.late_holiday is not None:
            stage.clock.to(stage.clock.today + timedelta(days=1), 9)
            with acting(stage.coordinator, "announced late"):
                NonWorkingDay.objects.create(on=script.late_holiday, name="Holiday announced late (example)")
        while self._open_silences():
            stage.clock.to(stage.clock.today + timedelta(days=1), 0, 5)
            stage.work()
        stage.clock.to(stage.clock.today, 10)
        for silent in self._round().silent(stage.now):
            self._try_silence(silent.ask)

    def _second_round(self) -> None:
        stage = self.stage
        self.request.refresh_from_db()
        if self.request.state != RequestState.ROUND_1 or not self.script.silent:
            return
        if self.script.demanded == RequestState.NOT_RELEASED:
            requests.close_too_few(self.request, stage.coordinator, stage.clock.tick())
            return
        requests.open_second_round(self.request, stage.coordinator, stage.clock.tick())
        stage.work()
        stage.clock.to(stage.clock.today + timedelta(days=1), 10)
        for key, ask in self._asks().items():
            self._answer(ask, key, Choice.AUTHORIZE)

    def _asks(self) -> dict[str, Ask]:
        """The organizations of the current round, by their key."""
        by_id = {organization.pk: key for key, organization in self.stage.organizations.items()}
        return {by_id[item.ask.organization_id]: item.ask for item in self._round().asks}

    def _answer(self, ask: Ask, key: str, choice: Choice) -> None:
        stage = self.stage
        requests.answer(ask, choice, stage.actor(key, Capacity.PRIMARY_FOCAL_POINT), stage.now)
        stage.clock.tick(7)

    def _open_silences(self) -> bool:
        return bool(self._round().in_state(self.stage.now, AskState.ASKED, AskState.FOLLOWED_UP))

    def _round(self) -> facts.RoundFacts:
        self.request.refresh_from_db()
        current = facts.of_current(self.request)
        assert current is not None
        return current

    # -- the end ------------------------------------------------------------------------------------

    def _release(self) -> Release | None:
        stage = self.stage
        self.request.refresh_from_db()
        if self.request.state in {RequestState.STOPPED, RequestState.NOT_RELEASED}:
            return None
        if self.script.demanded == RequestState.NOT_RELEASED:
            requests.close_too_few(self.request, stage.coordinator, stage.clock.tick())
            return None
        requests.send_to_office(self.request, stage.coordinator, stage.clock.tick())
        self._try_authorizing_for_the_office()
        self._must_refuse(
            "release before authorization",
            lambda: requests.release(self.request, stage.coordinator, stage.now),
        )
        stage.clock.to(stage.clock.today + timedelta(days=1), 10)
        requests.authorize(self.request, self._word(), stage.office, stage.now)
        stage.clock.tick(30)
        release = requests.release(self.request, stage.coordinator, stage.now)
        self.request.refresh_from_db()
        return release

    def _word(self) -> OfficeWord:
        current = facts.of_current(self.request)
        data_set = current.round.data_set_sha256 if current is not None else ""
        return OfficeWord(text=words.AUTHORIZATION, data_set_sha256=data_set)

    # -- what must be refused -----------------------------------------------------------------------

    def _must_refuse(self, what: str, attempt: Callable[[], object]) -> None:
        """The runner must refuse; its own event goes into the transcript."""
        try:
            attempt()
        except Refused:
            self.held.append(what)
        else:
            self.broken.append(what)
        self.stage.clock.tick()

    def _try_endorsing_for_another(self) -> None:
        if len(self.cast) < 2:
            return
        one, other = self.cast[0].key, self.cast[1].key
        member = self.stage.members[one, Capacity.HEAD_OF_AGENCY]
        self._must_refuse(
            "endorsing for another organization", lambda: self.stage.endorse_as(member, other, self.edition)
        )

    def _try_answering_for_another(self, asks: dict[str, Ask], keys: list[str]) -> None:
        if len(keys) < 2:
            return
        actor = self.stage.actor(keys[0], Capacity.PRIMARY_FOCAL_POINT)
        self._must_refuse(
            "answering for another organization",
            lambda: requests.answer(asks[keys[1]], Choice.AUTHORIZE, actor, self.stage.now),
        )

    def _try_silence(self, ask: Ask) -> None:
        """No job turns time into a yes (§7B.2)."""
        answer = partial(requests.answer, ask, Choice.AUTHORIZE, self.stage.system, self.stage.now)
        self._must_refuse(BY_SILENCE, answer)

    def _try_authorizing_for_the_office(self) -> None:
        stage, word = self.stage, self._word()
        self._must_refuse(
            FOR_THE_OFFICE, lambda: requests.authorize(self.request, word, stage.coordinator, stage.now)
        )

    def _try_afterwards(self) -> None:
        """What a run that ended early did not come to, and withdrawal by somebody who did not sign (§9.i fn5)."""
        if BY_SILENCE not in self.held and facts.of_current(self.request) is not None:
            self._try_silence(self._round().asks[-1].ask)
        if FOR_THE_OFFICE not in self.held:
            self._try_authorizing_for_the_office()
        key = self.cast[0].key
        for capacity in (Capacity.PRIMARY_FOCAL_POINT, Capacity.SENIOR_MANAGEMENT):
            withdraw = partial(
                people.withdraw,
                self.stage.organizations[key],
                self.stage.actor(key, capacity),
                self.stage.now,
                statement="We withdraw.",
                effective_on=self.stage.clock.today,
            )
            self._must_refuse(f"withdrawal by {capacity.label}", withdraw)


def _letter(release: Release) -> bytes:
    return store.read(release.letter)
